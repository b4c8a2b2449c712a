"""Reordered on one side, ticked on the other: the merge has both, and the log every tick once."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from worktree import done

from roadmap_md.rewrite import set_statuses
from roadmap_md.status import Status
from roadmap_md.tracker import read_tracker

BOX = """# Roadmap

## Week 1 – Data [0/4]

- [ ] Day 1 – Lists
- [ ] Day 2 – Tuples
- [ ] Day 3 – Sets
- [ ] Day 4 – Practice

## Week 2 – Files [0/4]

- [ ] Day 1 – Reading
- [ ] Day 2 – Writing
- [ ] Day 3 – Paths
- [ ] Day 4 – Practice

## Week 3 – Text [0/4]

- [ ] Day 1 – Strings
- [ ] Day 2 – Regexes
- [ ] Day 3 – 漢字 🎯
- [ ] Day 4 – Practice
"""
LINES = re.sub(r'^- (\[ \].*)$', r'\1  ', BOX, flags=re.M)
TABLE = re.sub(
    r'((?:^- \[ \] Day \d – .*\n)+)',
    lambda rows: (
        '| Day | What | Status |\n|---|---|---|\n'
        + re.sub(r'- \[ \] Day (\d) – (.*)', r'| Day \1 | \2 | ⬜ |', rows[1])
    ),
    BOX,
    flags=re.M,
)
PLANS = {'boxes': BOX, 'bare lines': LINES, 'a table': TABLE}


def renumbered(text: str) -> str:
    """*text* with the days of each week, and the weeks, numbered as they stand."""
    weeks, rows, day = 0, [], 0
    for row in text.splitlines(keepends=True):
        if row.startswith('## Week'):
            weeks, day = weeks + 1, 0
            row = re.sub(r'Week \d+', f'Week {weeks}', row)
        elif 'Day ' in row:
            day += 1
            row = re.sub(r'Day \d+', f'Day {day}', row)
        rows.append(row)
    return ''.join(rows)


def inserted(text: str) -> str:
    """A day more in the middle of each of the first two weeks."""
    for title in ('Tuples', 'Writing'):
        row = next(row for row in text.splitlines(keepends=True) if title in row)
        text = text.replace(row, row.replace(title, f'Before {title.lower()}') + row)
    return renumbered(text.replace('/4]', '/5]', 2))


def week(text: str, number: int) -> str:
    start = text.index(f'## Week {number}')
    stop = text.find('## Week', start + 1)
    return text[start : stop if stop > 0 else None].rstrip('\n') + '\n\n'


def ordered(text: str, *numbers: int) -> str:
    weeks = ''.join(week(text, number) for number in numbers)
    return text[: text.index('## Week')] + weeks.rstrip('\n') + '\n'


def swapped(text: str) -> str:
    """Two days change places."""
    first, second = (
        next(row for row in text.splitlines(keepends=True) if title in row)
        for title in ('Lists', 'Sets')
    )
    return renumbered(text.replace(first, '\0').replace(second, first).replace('\0', second))


def another_week(text: str) -> str:
    """A day goes from the first week to the third."""
    row = next(row for row in text.splitlines(keepends=True) if 'Sets' in row)
    before = next(row for row in text.splitlines(keepends=True) if 'Regexes' in row)
    text = text.replace(row, '').replace(before, row + before)
    text = re.sub(r'(Week 1 .*)/4', r'\1/3', text)
    return renumbered(re.sub(r'(Week 3 .*)/4', r'\1/5', text))


class Case(NamedTuple):
    reorder: Callable[[str], str]
    titles: tuple[str, ...]  # what the other side ticks


CASES = {
    'a day put in': Case(inserted, ('Lists', 'Tuples', 'Reading', 'Paths')),
    'a week put in front': Case(
        lambda text: renumbered(text.replace('## Week 1', week(text, 3).replace('Strings', 'Setup').replace('Regexes', 'Editor').replace('漢字 🎯', 'Shell').replace('– Text', '– Tools') + '## Week 1', 1)),
        ('Lists', 'Tuples', 'Reading'),
    ),
    'weeks change places': Case(lambda text: renumbered(ordered(text, 2, 1, 3)), ('Lists', 'Reading', '漢字')),
    'the last week goes first': Case(lambda text: renumbered(ordered(text, 3, 1, 2)), ('Lists', 'Tuples', 'Writing')),
    'days change places': Case(swapped, ('Lists', 'Tuples', 'Sets')),
    'a day goes to another week': Case(another_week, ('Lists', 'Sets', 'Strings')),
    'weeks are called otherwise': Case(
        lambda text: text.replace('Data', 'Structures').replace('## Week', '## Módulo'), ('Lists', 'Tuples', 'Reading'),
    ),
}  # fmt: skip


def ticked(data: bytes, title: str) -> bytes:
    tracker = read_tracker(data)
    at = next(at for at, task in enumerate(tracker.tasks) if task.title.startswith(title))
    return set_statuses(tracker, {at: Status.COMPLETED}).data


ENDS = {
    'merge': 'git merge -q --no-edit phone',
    'rebase': 'git switch -q phone; git rebase -q main',
    'other way round': 'git switch -q phone; git merge -q --no-edit main',
    'resolve': (
        'roadmap-md uninstall; git merge -q --no-edit phone && exit\n'
        'roadmap-md resolve --add; git commit --no-verify -qm merged'
    ),
}
WAYS = [('boxes', how) for how in ENDS] + [('bare lines', 'merge'), ('a table', 'merge')]


@pytest.mark.parametrize(('plan', 'how'), WAYS, ids=' '.join)
@pytest.mark.parametrize('name', CASES)
def test_reordered_and_ticked(tmp_path: Path, name: str, plan: str, how: str, long: bool) -> None:
    """Each with a merge; of the other ways every third, unless it is the long run."""
    turn = WAYS.index((plan, how))
    if not long and turn and ([*CASES].index(name) + turn) % 3:
        pytest.skip('the long run tries them all')
    reorder, titles = CASES[name]
    file = tmp_path / 'ROADMAP.md'
    data = PLANS[plan].encode()
    new = reorder(PLANS[plan])
    assert new != PLANS[plan]
    for at, title in enumerate(('', *titles)):
        data = ticked(data, title) if title else data
        (tmp_path / str(at)).write_bytes(data)
    (tmp_path / 'new').write_text(new)
    done(
        tmp_path,
        'git init -q -b main; git config maintenance.auto false; roadmap-md install\n'
        'commit() { cp $1 ROADMAP.md; git add ROADMAP.md; git commit --no-verify -qm "$1"; }\n'
        f'commit 0; git switch -qc phone; for at in $(seq {len(titles)}); do commit $at; done\n'
        f'git switch -q main; commit new; {ENDS[how]}',
    )
    # The text is the new one, with the ticks in their places, and counted.
    expected = new
    for row in new.splitlines():
        if any(f' {title}' in row and 'Before' not in row for title in titles):
            expected = expected.replace(row, row.replace('[ ]', '[x]').replace('⬜', '✅'))
    assert re.sub(r'\d+/', '', file.read_text()) == re.sub(r'\d+/', '', expected)
    done(tmp_path, 'roadmap-md lint --history --select RM305,RM404,RM2')
    # Every tick is told once.
    told = json.loads(done(tmp_path, 'roadmap-md log --json'))['transitions']
    found = sorted(one['title'] for one in told if one['to'] == 'completed')
    assert len(told) == len(titles)
    assert all(row.startswith(title) for row, title in zip(found, sorted(titles), strict=True))
