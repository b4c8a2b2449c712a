"""A day is the author's own: where clocks are changed, wrong or far away, whoever looks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_history import build

# Each commit is made by git itself in that zone, at that time on the wall there.
ZONES = {
    'Berlin, spring': ('Europe/Berlin', [
        ('2026-03-28T23:59:59', 'Sat 28 23:59 +0100'),
        ('2026-03-29T01:59:59', 'Sun 29 01:59 +0100'),
        ('2026-03-29T03:00:00', 'Sun 29 03:00 +0200'),
        ('2026-03-29T23:59:59', 'Sun 29 23:59 +0200'),
        ('2026-03-30T00:00:00', 'Mon 30 00:00 +0200'),
    ]),
    'New York, autumn': ('America/New_York', [
        ('2026-10-31T23:59:59', 'Sat 31 23:59 -0400'),
        ('2026-11-01T00:30:00', 'Sun 01 00:30 -0400'),
        ('2026-11-01T03:00:00', 'Sun 01 03:00 -0500'),
        ('2026-11-01T23:59:59', 'Sun 01 23:59 -0500'),
        ('2026-11-02T00:00:00', 'Mon 02 00:00 -0500'),
    ]),
    'Lord Howe, half an hour': ('Australia/Lord_Howe', [
        ('2026-04-04T23:59:59', 'Sat 04 23:59 +1100'),
        ('2026-04-05T03:00:00', 'Sun 05 03:00 +1030'),
        ('2026-04-05T23:59:59', 'Sun 05 23:59 +1030'),
        ('2026-10-04T03:00:00', 'Sun 04 03:00 +1100'),
    ]),
    'Santiago, at midnight': ('America/Santiago', [
        ('2026-09-05T23:59:59', 'Sat 05 23:59 -0400'),
        ('2026-09-06T01:00:00', 'Sun 06 01:00 -0300'),
        ('2026-09-06T23:59:59', 'Sun 06 23:59 -0300'),
    ]),
    'Kiritimati, a day ahead': ('Pacific/Kiritimati', [
        ('2026-01-01T00:00:00', 'Thu 01 00:00 +1400'),
        ('2026-01-01T23:59:59', 'Thu 01 23:59 +1400'),
    ]),
}  # fmt: skip
MACHINES = ('UTC', 'Pacific/Pago_Pago', 'Pacific/Kiritimati', 'Europe/Berlin')


def seen(path: Path, machine: str, *options: str) -> str:
    return subprocess.run(
        [sys.executable, '-m', 'roadmap_md', 'log', *options, '--', path], cwd=path.parent,
        env={**os.environ, 'TZ': machine}, capture_output=True, check=True, encoding='utf-8',
    ).stdout  # fmt: skip


def toggled(zone: str, moment: str) -> str:
    return (
        'if grep -q "^✅ Day 1 – Lists" $F; then reset Lists; else tick Lists; fi; '
        f'TZ={zone} GIT_AUTHOR_DATE={moment} GIT_COMMITTER_DATE={moment} git commit -qam a'
    )


@pytest.mark.parametrize(('zone', 'rows'), ZONES.values(), ids=ZONES)
def test_days_where_clocks_are_changed(
    zone: str, rows: list[tuple[str, str]], tmp_path: Path
) -> None:
    path, _ = build(tmp_path, '\n'.join(toggled(zone, at) for at, _ in rows))
    shown = [seen(path, machine) for machine in MACHINES]
    assert len(set(shown)) == 1
    day = ''
    said = []
    for line in shown[0].splitlines():
        if line[:1].isalpha():
            name, number, *_ = line.split()
            day = f'{name[:3]} {int(number):02}'
        elif line:
            said.append(f'{day} {line.split()[0]}')
    assert said == [expected.rpartition(' ')[0] for _, expected in reversed(rows)]
    lines = seen(path, 'UTC', '--output-format', 'csv').splitlines()[1:]
    offsets = [line.split('"')[1][-6:].replace(':', '') for line in lines]
    assert offsets == [expected.rpartition(' ')[2] for _, expected in reversed(rows)]


CLOCKS = {
    'the committer is later': (
        'tick Lists; GIT_AUTHOR_DATE="2026-01-01T23:30:00 -0800" GIT_COMMITTER_DATE="2026-03-03T10:00:00 +0000"'
        ' git commit -qam a', '2026-01-01T23:30:00-08:00',
    ),
    'rebased': (
        'branch b; tick Lists; GIT_AUTHOR_DATE="2026-01-01T23:30:00 -0800" git commit -qam a; switch main;'
        ' ticked Read; switch b; clock; git rebase -q main', '2026-01-01T23:30:00-08:00',
    ),
    'picked': (
        'branch b; tick Lists; GIT_AUTHOR_DATE="2026-01-01T23:30:00 -0800" git commit -qam a; switch main;'
        ' ticked Read; clock; git cherry-pick b >/dev/null', '2026-01-01T23:30:00-08:00',
    ),
    'before 1970': (
        'tick Lists; GIT_AUTHOR_DATE="@0 -1200" git commit -qam a', '1969-12-31T12:00:00-12:00',
    ),
    'in the far future': (
        'tick Lists; GIT_AUTHOR_DATE="@4102444800 +0000" git commit -qam a', '2100-01-01T00:00:00+00:00',
    ),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'date'), CLOCKS.values(), ids=CLOCKS)
def test_the_date_is_the_authors(script: str, date: str, tmp_path: Path) -> None:
    path, _ = build(tmp_path, script)
    rows = seen(path, 'Pacific/Apia', '--task', 'w1d1', '--output-format', 'csv').splitlines()[1:]
    assert [row.split('"')[1] for row in rows] == [date]


DAYS = {
    'the first day': (('--since', '2026-03-29', '--until', '2026-03-29'), ['23:59', '03:00', '01:59']),
    'up to': (('--until', '2026-03-28'), ['23:59']),
    'from': (('--since', '2026-03-30'), ['00:00']),
    'none': (('--since', '2026-03-31'), []),
}  # fmt: skip


@pytest.mark.parametrize(('options', 'times'), DAYS.values(), ids=DAYS)
def test_since_and_until_name_the_authors_days(
    options: tuple[str, ...], times: list[str], tmp_path: Path
) -> None:
    zone, rows = ZONES['Berlin, spring']
    path, _ = build(tmp_path, '\n'.join(toggled(zone, at) for at, _ in rows))
    found = seen(path, 'Pacific/Pago_Pago', *options, '--output-format', 'csv').splitlines()[1:]
    assert [row.split('"')[1][11:16] for row in found] == times
