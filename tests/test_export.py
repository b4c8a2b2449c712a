"""Calendars and tables of a plan, read back by those who read such files."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from worktree import Work, done, sh, work_tree

from roadmap_md.escape import visible

TITLES = {
    'plain': 'Lists',
    'what separates values': 'a, b; c:d "e" \\ f',
    'looks like line ends': r'x\nEND:VEVENT\r\nBEGIN:VALARM',
    'looks like a property': 'ATTACH:http://example.com BEGIN:VALARM',
    'escapes for a terminal': 'red \x1b[31m \x07 bell \x9b',
    'what is not seen': 'left \u202e right \u200b \U000e0041',
    'line separators': 'one \u2028 two \x0b three \x85 four',
    'HTML': '<script>alert(1)</script> <b>&amp;</b>',
    'emoji': '🎯 👩‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇹🇷',
    'long and CJK': '集合とリスト' * 40,
    'long and emoji': '👩‍🚀🇹🇷' * 40,
    'a formula': '=HYPERLINK("http://example.com")',
    'only blanks within': 'a\tb  c\xa0d',
}  # fmt: skip
PLAN = '# Plan; with, signs\n\n' + ''.join(
    f'- [ ] Day {number} – {title}\n' for number, title in enumerate(TITLES.values(), 1)
)
NOTE = 'first, line; \\n\r\nEND:VEVENT\r\nBEGIN:VALARM\n\x1b[31m 集合 🎯'


def export(work: Work, *arguments: str) -> bytes:
    """What ``roadmap-md export`` prints on 6 January 2026."""
    command = [sys.executable, '-m', 'roadmap_md', 'export', *arguments, '--today', '2026-01-06']
    return subprocess.run(command, cwd=work.top, capture_output=True, check=True).stdout


def read(data: bytes) -> list[dict[str, str]]:
    """The properties of what is in a calendar, as icalendar reads them."""
    found = Calendar.from_ical(data).walk()
    return [{name: str(one.decoded(name)) for name in one} for one in found[1:]]


@pytest.fixture(scope='module')
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Work:
    """A plan of `TITLES`, the first of which is completed."""
    work = work_tree(tmp_path_factory.mktemp('hostile'), PLAN)
    done(work.top, 'roadmap-md tick "ROADMAP.md:3" -m "$NOTE"', NOTE=NOTE)
    return work


@pytest.mark.parametrize('options', [(), ('--todo',)], ids=['events', 'to-dos'])
def test_a_calendar_says_what_the_plan_says(hostile: Work, options: tuple[str, ...]) -> None:
    data = export(hostile, 'ics', *options)
    kinds = {type(one).__name__ for one in Calendar.from_ical(data).walk()}
    assert kinds == {'Calendar', 'Todo' if options else 'Event'}
    sign = '' if options else '✓ '
    listed = json.loads(export(hostile, 'json'))['tasks']
    assert [of['title'] for of in listed] == [title.rstrip() for title in TITLES.values()]
    shown = [f'day {number} – {visible(of["title"])}' for number, of in enumerate(listed, 1)]
    found = [Calendar.from_ical(data).walk()[at + 1]['SUMMARY'] for at in range(len(listed))]
    assert found == [sign + shown[0], *shown[1:]]


def test_a_note_is_text(hostile: Work) -> None:
    first = Calendar.from_ical(export(hostile, 'ics')).walk()[1]
    assert first['DESCRIPTION'] == (
        'Plan; with, signs\n\nfirst, line; \\n\nEND:VEVENT\nBEGIN:VALARM\n [31m 集合 🎯'
    )


def test_lines_are_as_the_standard_wants_them(hostile: Work) -> None:
    lines = export(hostile, 'ics').split(b'\r\n')
    assert lines.pop() == b''
    assert max(map(len, lines)) <= 75
    assert not any(byte < 0x20 for line in lines for byte in line)
    for line in lines:
        line.decode()  # no character is torn


def test_two_runs_and_a_clone_give_the_same_bytes(hostile: Work, tmp_path: Path) -> None:
    done(tmp_path, f'git clone -q "{hostile.top}" clone')
    for format in ('ics', 'csv', 'json'):
        first = export(hostile, format)
        assert first == export(hostile, format) == export(Work(tmp_path / 'clone'), format)


def test_no_cell_of_a_table_is_a_formula(hostile: Work) -> None:
    rows = list(csv.DictReader(io.StringIO(export(hostile, 'csv').decode())))
    assert [row['key'] for row in rows] == [f'day-{n}' for n in range(1, len(TITLES) + 1)]
    assert not any(cell.startswith(('=', '+', '-', '@')) for row in rows for cell in row.values())
    assert rows[11]['title'] == "'" + TITLES['a formula']


# when, as git has it: the day of the author, which a calendar shows, and the moment
MOMENTS = {
    '2026-03-29T02:30:00+0100': ('2026-03-29', '2026-03-29 01:30'),  # not on clocks in Berlin
    '2026-10-25T02:59:59+0100': ('2026-10-25', '2026-10-25 01:59'),  # there for the second time
    '2026-01-01T00:10:00+1400': ('2026-01-01', '2025-12-31 10:10'),
    '2025-12-31T23:50:00-1100': ('2025-12-31', '2026-01-01 10:50'),
    '2024-02-29T12:00:00+0545': ('2024-02-29', '2024-02-29 06:15'),
    '@0 +0000': ('1970-01-01', '1970-01-01 00:00'),
    '@253402200000 +0000': ('9999-12-30', '9999-12-30 20:00'),
}


def test_the_day_is_the_authors(tmp_path: Path) -> None:
    days = ''.join(f'- [ ] Day {number}\n' for number in range(1, len(MOMENTS) + 1))
    work = work_tree(tmp_path, f'# Days\n\n{days}')
    for number, moment in enumerate(MOMENTS, 1):
        done(work.top, f'sed -i "s/\\[ \\] Day {number}$/[x] Day {number}/" ROADMAP.md; git commit -qam x',
             GIT_AUTHOR_DATE=moment)  # fmt: skip
    for options, stamp in (((), 'DTSTAMP'), (('--todo',), 'COMPLETED')):
        found = [
            one.decoded(stamp)
            for one in Calendar.from_ical(export(work, 'ics', *options)).walk()[1:]
        ]
        assert not any(when.utcoffset() for when in found)
        assert [f'{when:%Y-%m-%d %H:%M}' for when in found] == [at for _, at in MOMENTS.values()]
    events = Calendar.from_ical(export(work, 'ics')).walk()[1:]
    assert [str(one.decoded('DTSTART')) for one in events] == [day for day, _ in MOMENTS.values()]


# what becomes of a plan: do its tasks keep their UIDs?
LIVES = {
    'nothing': (':', True),
    'ticked': ('roadmap-md tick next', True),
    'retitled': ('sed -i "s/something/another thing/" ROADMAP.md; git commit -qam title', True),
    'another form': ('roadmap-md convert --to emoji >/dev/null; git commit -qam form', True),
    'moved down': ('sed -i "1i About this plan\\n" ROADMAP.md; git commit -qam text', True),
    'order': ('sed -i "3{h;d};11G" ROADMAP.md; git commit -qam order', True),
    'a tick amended': ('roadmap-md tick next; git commit -q --amend -m other', True),
    'edited, not committed': ('sed -i "s/something/another thing/" ROADMAP.md', True),
    'another file': ('git mv ROADMAP.md plan.md; git commit -qm name', True),
    'renumbered': ('sed -i "s/Day /Day 1/" ROADMAP.md; git commit -qam numbers', False),
    'another repository': ('git commit -q --amend -m other', False),
}  # fmt: skip


@pytest.mark.parametrize(('life', 'kept'), LIVES.values(), ids=LIVES)
def test_a_task_keeps_its_uid(life: str, kept: bool, tmp_path: Path) -> None:
    work = work_tree(tmp_path)
    before = {one['UID'] for one in read(export(work, 'ics'))}
    done(work.top, life)
    after = {one['UID'] for one in read(export(work, 'ics', *map(str, work.top.glob('[Rp]*.md'))))}
    assert len(before) == 9
    assert after == before if kept else not after & before


def test_events_and_things_to_do_are_not_the_same(hostile: Work) -> None:
    uids = {one['UID'] for one in read(export(hostile, 'ics'))}
    assert uids.isdisjoint(one['UID'] for one in read(export(hostile, 'ics', '--todo')))


def test_nothing_acts_in_the_log_of_github(tmp_path: Path) -> None:
    work = work_tree(tmp_path, '# Plan\n\n- [ ] Day 1\n')
    note = 'first\n::error::boo\n\n##[error]boo ' + '::' * 60
    done(work.top, 'roadmap-md tick next -m "$NOTE"', NOTE=note)
    for arguments in ('ics', 'ics --todo', 'csv', 'json'):
        logged = done(work.top, f'roadmap-md export {arguments}', GITHUB_ACTIONS='true')
        assert 'boo' in logged
        assert not re.search(r'(?m)^\s*::|##\[', logged)


STATES = '# Plan\n\n- [ ] A\n  - [x] B\n  - [/] C\n  - [ ] D\n- ⛔ E\n- ❌ F\n'


def test_every_status_is_a_thing_to_do(tmp_path: Path) -> None:
    work = work_tree(tmp_path, STATES)
    found = read(export(work, 'ics', '--todo'))
    uids = {one['UID']: one['SUMMARY'] for one in found}
    assert [
        (one['SUMMARY'], one['STATUS'], one.get('DUE', ''), uids.get(one.get('RELATED-TO', ''), ''))
        for one in found
    ] == [
        ('A', 'NEEDS-ACTION', '2026-01-07', ''),
        ('B', 'COMPLETED', '', 'A'),  # when, nobody knows: it was when the plan appeared
        ('C', 'IN-PROCESS', '2026-01-06', 'A'),
        ('D', 'NEEDS-ACTION', '2026-01-07', 'A'),
        ('E', 'NEEDS-ACTION', '', ''),
        ('F', 'CANCELLED', '', ''),
    ]
    said = sh(work.top, 'roadmap-md export ics --today 2026-01-06 >/dev/null').stdout
    assert (
        said
        == 'roadmap-md: completed in no commit that is known, so the calendar has no day for 1 task\n'
    )


KHAL = """[calendars]
[[plan]]
path = {0}/calendar
[sqlite]
path = {0}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def shown(work: Work) -> list[tuple[str, dict[str, str]]]:
    """What a calendar has to call each task, and the task."""
    tasks = json.loads(export(work, 'json'))['tasks']
    return [(f'day {at} – {visible(of["title"])}', of) for at, of in enumerate(tasks, 1)]


def mended(text: str) -> str:
    """The icalendar 4 of Debian 12 takes an escaped backslash and n for a line end."""
    return text.replace('\n', r'\n')


@pytest.mark.skipif(not shutil.which('khal'), reason='khal is not installed')
def test_khal_shows_each_task_on_its_day(hostile: Work, tmp_path: Path) -> None:
    (tmp_path / 'calendar').mkdir()
    (tmp_path / 'khal.conf').write_text(KHAL.format(tmp_path))
    for _ in range(2):  # importing again doubles nothing
        (tmp_path / 'plan.ics').write_bytes(export(hostile, 'ics'))
        done(tmp_path, 'khal -c khal.conf import --batch plan.ics')
    each = "khal -c khal.conf list --day-format '' --format '@@{start-date} {title}' 2026-01-01 30d"
    found = [mended(piece.strip('\n')) for piece in done(tmp_path, each).split('@@')[1:]]
    assert sorted(found) == sorted(
        f'{(of["completed"] or of["planned"])[:10]} {"✓ " * bool(of["completed"])}{name}'
        for name, of in shown(hostile)
    )


TODOMAN = """path = "{0}/to*"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
cache_path = "{0}/cache"
"""


@pytest.mark.skipif(not shutil.which('todoman'), reason='todoman is not installed')
def test_todoman_lists_each_task(hostile: Work, tmp_path: Path) -> None:
    (tmp_path / 'todo').mkdir()
    (tmp_path / 'todo/plan.ics').write_bytes(export(hostile, 'ics', '--todo'))
    (tmp_path / 'todoman.py').write_text(TODOMAN.format(tmp_path))
    every = 'todoman --config todoman.py --porcelain list --status ANY 2>/dev/null'
    found = [
        (
            mended(one['summary']),
            one['completed'],
            one['due'] and str(date.fromtimestamp(one['due'])),
        )
        for one in json.loads(done(tmp_path, every))
    ]
    assert sorted(found) == sorted(
        (name, of['status'] == 'completed', of['planned']) for name, of in shown(hostile)
    )


def test_several_trackers_in_one_calendar(tmp_path: Path) -> None:
    work = work_tree(tmp_path)
    done(work.top, 'cp ROADMAP.md other.md; git add .; git commit -qm other')
    found = Calendar.from_ical(export(work, 'ics', 'ROADMAP.md', 'other.md'))
    assert found['X-WR-CALNAME'] == 'Days · Days'
    assert len({one['UID'] for one in found.walk()[1:]}) == 18


def test_outside_a_repository(tmp_path: Path) -> None:
    (tmp_path / 'ROADMAP.md').write_text('# Plan\n\n- [x] A\n- [ ] B\n')
    told = done(
        tmp_path, 'roadmap-md export json ROADMAP.md ./ROADMAP.md --today 2026-01-06 2>/dev/null'
    )
    found = json.loads(told)
    assert (found['complete'], found['incomplete']) == (False, ['no-repository'])
    assert [(of['completed'], of['planned']) for of in found['tasks']] == [
        (None, None),
        (None, '2026-01-06'),
    ]


@pytest.mark.parametrize('format', ['ics', 'ics --todo', 'csv', 'json'])
def test_a_name_that_is_no_utf_8(format: str, tmp_path: Path) -> None:
    plan = os.fsencode(tmp_path) + b'/\xff.md'
    with open(plan, 'wb') as file:
        file.write(b'- [ ] A\n')
    said = done(tmp_path, f'roadmap-md export {format} *.md 2>/dev/null')
    assert r'\u{dcff}.md' in said or r'\udcff.md' in said


REFUSALS = {
    'export': "missing argument '{ics|csv|json}'",
    'export csv --todo': '--todo goes with ics',
    'export ics missing.md': 'missing.md: there is no such file',
    'export json -o ./ROADMAP.md': './ROADMAP.md is the tracker itself',
    'export csv -o link.md': 'link.md is the tracker itself',
    'badge -o ROADMAP.md': 'ROADMAP.md is the tracker itself',
    'report -o ROADMAP.md': 'ROADMAP.md is the tracker itself',
    'export ics -o /proc/nothing/x.ics': '/proc/nothing/x.ics cannot be written',
    'export ics --today 9999-01-01': "invalid value for '--today': '9999-01-01' is too late",
}  # fmt: skip


@pytest.mark.parametrize('command', REFUSALS)
def test_refusals(command: str, tmp_path: Path) -> None:
    work = work_tree(tmp_path)
    os.link(work.file, work.top / 'link.md')
    ended = sh(work.top, f'roadmap-md {command}')
    assert ended.returncode == 2
    assert ended.stdout.startswith(f'roadmap-md: {REFUSALS[command]}')


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    code = 'import sys; sys.modules["icalendar"] = None; from roadmap_md.__main__ import main; sys.exit(main())'
    run = subprocess.run(
        [sys.executable, '-c', code, 'export', 'ics'], cwd=work_tree(tmp_path).top, env=os.environ,
        capture_output=True, text=True,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, '')
    assert run.stderr == (
        'roadmap-md: this needs icalendar, which is not installed\n'
        "  pip install 'roadmap-md[export]'\n"
    )
