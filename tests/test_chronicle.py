"""``stats --history`` on real repositories: what the past tells, whatever the machine's clock."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from console import ROOT, on_a_terminal
from hypothesis import given
from hypothesis import strategies as st
from pasts import day, past
from worktree import Work, work_tree

from roadmap_md.activity import count
from roadmap_md.chronicle import Told, chronicle
from roadmap_md.forecast import LEAST_ACTIVE, LEAST_DAYS, PERCENTS, RUNS, WINDOW
from roadmap_md.output import views
from roadmap_md.output.chronicle_json import history
from roadmap_md.pace import RECENT
from roadmap_md.rhythm import Kind, Rhythm
from roadmap_md.tracker import read_tracker
from roadmap_md.why import why

RUN = [sys.executable, '-m', 'roadmap_md']
# Each line of these is run by `sh`; day and hour of January 2026, offset, number of the task.
SHELL = r"""
F=ROADMAP.md
at() { export GIT_AUTHOR_DATE="2026-01-$1:00$2" GIT_COMMITTER_DATE="2026-02-0$((n = ${n:-0} % 9 + 1))T12:00:00+0000"; }
mark() { sed -i "s/\[.\] Day $1 /[$2] Day $1 /" $F; git commit -qam "$1"; }
tick() { at "$1" "$2"; mark "$3" x; }
reset() { at "$1" "$2"; mark "$3" ' '; }
"""


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return work_tree(tmp_path / 'work')


def stats(work: Work, *options: str, **environment: str) -> dict:
    done = subprocess.run(
        [*RUN, 'stats', '--history', '--json', *options], cwd=work.top, capture_output=True,
        env={**os.environ, **environment}, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


STREAKS = {
    # name: what was done, today, the streak now and the longest
    'nothing': ('', 5, 0, 0),
    'three days': ('tick 05T20 +0100 1; tick 06T20 +0100 2; tick 07T20 +0100 3', 7, 3, 3),
    'today is not over': ('tick 05T20 +0100 1; tick 06T20 +0100 2', 7, 2, 2),
    'over': ('tick 05T20 +0100 1; tick 06T20 +0100 2', 8, 0, 2),
    # A day is the author's own: four ticks on three of them, in one day of UTC.
    'around the world': ('tick 05T23 -0800 1; tick 06T07 +0000 2; tick 07T00 +1400 3; tick 07T01 +1400 4', 7, 3, 3),
    # Berlin and New York, on the nights on which their clocks change.
    'daylight saving': ('tick 24T23 +0100 1; tick 25T23 +0200 2; tick 26T23 -0400 3; tick 27T23 -0500 4', 28, 4, 4),
    'half hours': ('tick 05T23 +0545 1; tick 06T00 +1245 2; tick 07T23 -0930 3', 7, 3, 3),
    'a clock that is ahead': ('tick 05T20 +0100 1; tick 30T20 +0100 2; tick 06T20 +0100 3', 6, 2, 2),
    'a clock that was behind': ('tick 06T20 +0100 1; tick 05T20 +0100 2', 6, 2, 2),
    'a rebase keeps the days': (
        'tick 05T20 +0100 1; git checkout -qb b; tick 06T20 +0100 2; tick 07T20 +0100 3; git checkout -q main;'
        ' at 09T12 +0000; echo more >> other.md; git commit -qam other; git rebase -q main b', 7, 3, 3),
    'two branches': (
        'git checkout -qb b; tick 05T20 +0100 1; tick 06T20 +0100 4; git checkout -q main;'
        ' tick 06T21 +0100 1; tick 07T20 +0100 8; git merge -q b -m merge', 7, 3, 3),
    'taken back on its day': ('tick 05T20 +0100 1; tick 06T20 +0100 2; reset 06T21 +0100 2', 7, 0, 1),
    'taken back later': ('tick 05T20 +0100 1; tick 06T20 +0100 2; reset 07T21 +0100 2', 7, 2, 2),
    'not committed': ('tick 05T20 +0100 1; sed -i "s/. . Day 2/[x] Day 2/" $F', 6, 1, 1),
    'by the author’s date': ('tick 05T20 +0100 1; GIT_COMMITTER_DATE=2030-01-01T00:00:00Z tick 06T20 +0100 2', 6, 2, 2),
}  # fmt: skip
ZONES = ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata', 'America/New_York']


@pytest.mark.parametrize(('script', 'today', 'now', 'longest'), STREAKS.values(), ids=STREAKS)
def test_streaks_in_any_time_zone(
    script: str, today: int, now: int, longest: int, work: Work
) -> None:
    work.sh(SHELL + script)
    found = stats(work, '--today', f'2026-01-{today:02}')
    assert (found['streak']['current'], found['streak']['longest']) == (now, longest)
    assert sum(day['completed'] for day in found['days']) <= found['total']
    zones = ZONES if '-0' in script else ZONES[1:2]
    for zone in zones:
        assert stats(work, '--today', f'2026-01-{today:02}', TZ=zone) == found


def test_no_streak_where_something_is_missing(work: Work, tmp_path: Path) -> None:
    work.sh(SHELL + 'tick 05T20 +0100 1; tick 06T20 +0100 2; tick 07T20 +0100 3')
    subprocess.run(
        ['git', 'clone', '-q', '--depth=2', work.top.as_uri(), tmp_path / 'short'], check=True
    )
    found = stats(Work(tmp_path / 'short'), '--today', '2026-01-07')
    assert (found['complete'], found['incomplete']) == (False, ['shallow'])
    assert set(found['streak'].values()) == {None}
    assert [found[name] for name in ('pace', 'forecast', 'burn_up')] == [None] * 3
    assert [(day['date'], day['kind'], day['streak']) for day in found['days']] == [
        ('2026-01-07', 'done', None)
    ]
    assert [who['streak'] for who in found['people']] == [None]
    for options in (
        ['--history'],
        ['--why'],
        ['--by', 'day'],
        ['--by', 'person'],
        ['--by', 'week'],
    ):
        done = subprocess.run(
            [*RUN, 'stats', *options, '--today', '2026-01-07'],
            cwd=tmp_path / 'short', capture_output=True, text=True,
        )  # fmt: skip
        assert 'this clone is shallow' in done.stderr
        assert not re.search(r'\bmissed|\brest\b|[1-9] days?,|Pace|Forecast', done.stdout)


def test_several_trackers_are_one_streak(work: Work) -> None:
    work.sh(
        SHELL + 'cp ROADMAP.md b.md; git add .; git commit -qm b; tick 05T20 +0100 1;'
        ' F=b.md; tick 06T20 +0100 1; tick 07T20 +0100 2'
    )
    both = stats(work, 'ROADMAP.md', 'b.md', '--today', '2026-01-07')
    assert both['streak']['current'] == 3
    assert both['total'] == 18
    assert [(event['path'], event['key']) for event in both['events']] == [
        ('ROADMAP.md', 'day-1'),
        ('b.md', 'day-1'),
        ('b.md', 'day-2'),
    ]
    assert both['forecast']['left'] == 15
    assert both['burn_up'][-1]['completed'] == 3
    for other in (['b.md', './b.md'], ['b.md', 'b.md']):
        assert stats(work, *other, '--today', '2026-01-07')['streak']['current'] == 2


def test_paths_as_they_were_given(work: Work) -> None:
    work.sh(
        SHELL + 'mkdir sub; cp $F sub/a.md; git add .; git commit -qm a; F=sub/a.md;'
        ' tick 05T20 +0100 1; git mv sub/a.md sub/b.md; git commit -qm mv'
    )
    done = subprocess.run(
        [*RUN, 'stats', '--why', '--today', '2026-01-05', '../ROADMAP.md', 'b.md'],
        cwd=work.top / 'sub', capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split('  ')[-1] == 'b.md: day 1 – something\n'


def test_numbers_stand_on_the_right_where_the_first_is_not_known(work: Work) -> None:
    work.sh(
        SHELL
        + 'at 04T20 +0100; mark 1 x; git checkout -q --orphan new; git commit -qm new; reset 05T20 +0100 1; tick 06T20 +0100 2'
    )
    done = subprocess.run(
        [*RUN, 'stats', '--by', 'day', '--today', '2026-01-06'], cwd=work.top, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[1:] == [
        '2026-01-05                        0      0         1      9                 0',
        '2026-01-06  done       1          1      0         0      9                 1',
    ]


def test_what_two_branches_did_counts_once(work: Work) -> None:
    work.sh(
        SHELL + 'git checkout -qb b; tick 05T20 +0100 1; git checkout -q main; tick 06T20 +0100 1;'
        ' at 07T12 +0000; git merge -q b -m merge'
    )
    found = stats(work, '--today', '2026-01-07')
    assert [(day['date'], day['kind'], day['completed']) for day in found['days']] == [
        ('2026-01-05', 'done', 1),
        ('2026-01-06', 'missed', 0),
        ('2026-01-07', 'open', 0),
    ]


def test_a_plan_without_weeks_has_no_rest_days(work: Work) -> None:
    work.sh(SHELL + 'tick 05T20 +0100 1; tick 07T20 +0100 2')
    assert stats(work, '--today', '2026-01-07')['streak']['current'] == 1
    (work.top / 'roadmap-md.toml').write_text('rest-days = ["tuesday"]')
    assert stats(work, '--today', '2026-01-07')['streak']['current'] == 2
    (work.top / 'roadmap-md.toml').write_text('pauses = ["2026-01-06"]')
    assert stats(work, '--today', '2026-01-07')['streak']['current'] == 2


def test_one_screen(work: Work) -> None:
    work.sh(SHELL + '; '.join(f'tick {5 + at:02}T20 +0100 {at}' for at in range(1, 9)))
    shown = on_a_terminal(
        'stats', '--history', '--today', '2026-01-13', directory=work.top, PAGER='', COLUMNS='80'
    )
    rows = shown.splitlines()
    assert len(rows) <= 40
    assert max(len(re.sub(r'\x1b\[[\d;]*m', '', row)) for row in rows) <= 80


def test_what_was_renamed_since(work: Work) -> None:
    work.sh(SHELL + 'git mv ROADMAP.md plan.md; git commit -qm mv; F=plan.md; tick 05T20 +0100 1')
    done = subprocess.run(
        [*RUN, 'stats', 'plan.md', '--since-ref', 'HEAD~2', '--json'], cwd=work.top,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert (found['before']['completed'], found['after']['completed']) == (0, 1)
    assert found['tasks'] == [
        {'key': 'day-1', 'title': 'something', 'path': 'plan.md', 'before': 'not-started', 'after': 'completed'}
    ]  # fmt: skip


THEN = {
    # name: what was committed then, what is said of it now
    'not UTF-8': (r"printf '\377' > $F", 'then:ROADMAP.md is not UTF-8 at byte 0'),
    'a NUL byte': (r"printf 'a\000' > $F", 'then:ROADMAP.md has a NUL byte at byte 1'),
    'a conflict': (
        "printf '<<<<<<< a\n- [ ] A\n=======\n- [x] A\n>>>>>>> b\n' > $F",
        'then:ROADMAP.md has conflict markers'),
    'no file': ('git rm -q $F', 'all is new: no such file was there, or nothing in it'),
    'a folder': ('rm $F; mkdir $F; echo a > $F/b', 'all is new: no such file was there'),
    'a link': ('rm $F; ln -s other.md $F', 'all is new: no such file was there'),
    'an empty file': (': > $F', 'all is new: no such file was there, or nothing in it'),
    'other ends of lines': (r"sed -i 's/$/\r/' $F", 'no status has changed since then'),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'said'), THEN.values(), ids=THEN)
def test_since_what_was_then(script: str, said: str, work: Work) -> None:
    work.sh(
        f'{SHELL} {script}; git add -A; git commit -qm then; git tag then; rm -rf $F;'
        ' git checkout -q HEAD~1 -- $F; git add -A; git commit -qm now'
    )
    done = subprocess.run(
        [*RUN, 'stats', '--since-ref', 'then'], cwd=work.top, capture_output=True, text=True
    )
    assert said in done.stdout + done.stderr
    assert done.returncode == (2 if said.startswith('then:') else 0)
    assert bool(done.stdout) is not bool(done.stderr)


def test_who_has_no_name(work: Work) -> None:
    work.sh(SHELL + 'tick 05T20 +0100 1; tick 06T20 +0100 2')
    commit = work.git('cat-file', 'commit', 'HEAD').replace(
        'author Ada Learner <ada@example.com>', 'author  <>'
    )
    work.sh(
        f"git reset -q --hard $(printf '%s\n' '{commit}' | git hash-object -t commit -w --stdin)"
    )
    done = subprocess.run(
        [*RUN, 'stats', '--history', '--today', '2026-01-06'], cwd=work.top, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert 'People    no name 1 · Ada Learner 1' in done.stdout


def test_plain_stats_asks_no_git(work: Work, tmp_path: Path) -> None:
    (tmp_path / 'git').write_text('#!/bin/sh\necho asked >&2\nexit 1\n')
    (tmp_path / 'git').chmod(0o755)
    done = subprocess.run(
        [sys.executable, '-X', 'importtime', '-m', 'roadmap_md', 'stats'], cwd=work.top,
        env={**os.environ, 'PATH': str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert 'asked' not in done.stderr
    imported = {line.rpartition('|')[2].strip() for line in done.stderr.splitlines()}
    assert 'roadmap_md.stats' in imported
    history = {'past', 'replay', 'chronicle', 'rhythm', 'activity', 'forecast', 'since'}
    assert imported & {f'roadmap_md.{name}' for name in history} == set()


def test_a_step_summary_of_the_past(work: Work) -> None:
    work.sh(SHELL + 'tick 05T20 +0100 1')
    summary = work.top / 'summary.md'
    subprocess.run(
        [*RUN, 'stats', '--history', '--today', '2026-01-05', '--output-format', 'github'],
        cwd=work.top, check=True, env={**os.environ, 'GITHUB_STEP_SUMMARY': str(summary)},
    )  # fmt: skip
    assert (
        '| Streak | 1 day, since Monday 5 January 2026; the longest so far |' in summary.read_text()
    )


def test_the_page_names_every_key(work: Work) -> None:
    work.sh(SHELL + 'at 04T20 +0100; mark 9 "\\/"; tick 05T20 +0100 1; reset 06T20 +0100 1')
    page = (ROOT / 'docs/stats.md').read_text(encoding='utf-8')
    table = page.partition('## JSON')[2].partition('`stats --since-ref')[0]
    named = set(re.findall(r'`(\w+)`', table))
    found = stats(work, '--today', '2026-01-06')
    plain = subprocess.run([*RUN, 'stats', '--json'], cwd=work.top, capture_output=True, check=True)
    keys = set(found) - set(json.loads(plain.stdout))
    for value in [found[key] for key in keys]:
        for part in value if isinstance(value, list) else [value]:
            keys |= set(part) if isinstance(part, dict) else set()
    assert keys <= named


def test_the_page_has_the_figures() -> None:
    page = ' '.join((ROOT / 'docs/stats.md').read_text(encoding='utf-8').split())
    for said in (
        f'in so many of {RUNS:,} runs',
        f'like the last {WINDOW} (',
        f'fewer than {LEAST_DAYS} days, or fewer than {LEAST_ACTIVE} with',
        f'the last {RECENT} days',
        *(f'{percent}% ' for percent in PERCENTS),
    ):
        assert said in page


CHANGES = st.lists(
    st.builds(
        '{}@{}{} {} {}>{} {}'.format, st.integers(1, 40), st.integers(0, 23),
        st.sampled_from(['+0', '+9', '-8']), st.sampled_from('ABCab'),
        st.sampled_from('.~x-0'), st.sampled_from('.~x-0'), st.sampled_from(['ada', 'bob']),
    ),
    max_size=15,
).map(' | '.join)  # fmt: skip


@given(CHANGES, st.integers(1, 45), st.integers(0, 3))
def test_laws(line: str, today: int, free: int) -> None:
    """Whatever happened, in whatever order: the parts of what is told agree."""
    changes = past(line)
    newest = read_tracker(b'- [ ] A\n- [x] B\n- [/] C\n')
    transitions = [of for of in changes if of.before and of.after and of.before is not of.after]
    scope = [of for of in changes if (of.before is None) is not (of.after is None)]
    told = chronicle([Told(newest, transitions, scope)], Rhythm(free=free), day(today))
    assert [when for when, _ in told.kinds] == sorted({when for when, _ in told.kinds})
    assert {when for when, kind in told.kinds if kind is Kind.DONE} == {
        when for when, counts in told.days.items() if counts.done
    }
    everything = tuple(map(sum, zip(*told.days.values(), strict=True))) or (0, 0, 0)
    for parts in (told.weeks.values(), [who.counts for who in told.people], [count(told.events)]):
        assert (tuple(map(sum, zip(*parts, strict=True))) or (0, 0, 0)) == everything
    assert all(event.day > told.today for event in told.future)
    now, longest = told.streak
    assert (now.days if now else 0) <= (longest.days if longest else 0)
    assert sum(who.streak.longest.days for who in told.people if who.streak.longest) <= sum(
        who.days for who in told.people
    )
    assert all(0 <= p.completed + p.cancelled <= p.total for p in told.burn_up)
    last = [reason.length for reason in why(told.kinds, told.events, told.rhythm)][-1:]
    assert last == [now.days if now else 0] * bool(told.kinds)
    assert not any(point.day > told.today for point in told.burn_up)
    json.dumps(history(told, ['ROADMAP.md'], []))
    for names, rows, *_ in (
        views.by_day(told, True),
        views.by_week(told),
        views.by_person(told, True),
    ):
        assert {len(row) for row in rows} <= {len(names)}
