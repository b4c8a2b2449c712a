"""Tasks are named as people name them; what is ambiguous is refused with its candidates."""

import pytest

from roadmap_md.errors import UserError
from roadmap_md.select import resolve, select
from roadmap_md.tracker import read_tracker

WEEKS = b"""\
# Phase 1
## Week 1
- [x] Day 1 - Lists
- [ ] Day 2 - Tuples
- [ ] Day 3 - Sets
## Week 2
- [ ] Day 1 - Files
- [ ] Day 2 - JSON basics
# Phase 2
## Week 3
- [ ] Day 1 - Git basics
- [ ] Day 10 - Review
"""
RESTARTED = b"""\
# Phase 1
## Week 1
- [ ] Day 1 - Lists
# Phase 2
## Week 1
- [ ] Day 1 - Git
"""
TITLES = """\
# Setup
- [ ] Install Python {#py}
- [ ] Read *PEP 8*
  - [ ] Chapter 1
- [ ] Éclair
# Ship it
- [ ] Write the docs
- [ ] Install
- [ ] 2.5 talks
""".encode()
SEMANAS = '# Semana 1\n- [ ] Día 1: Listas\n- [ ] Día 2: Tuplas\n'.encode()
LETTERED = b'- [ ] Day 3\n- [ ] Day 3b\n'
MONTHS = b'# Month 1\n- [ ] Day 1\n# Module 1\n- [ ] Day 1\n'

NAMES = {
    'a key': (WEEKS, 'week-1/day-2', 'week-1/day-2'),
    'a longer path': (WEEKS, 'phase-1/week-1/day-2', 'week-1/day-2'),
    'a path with a gap': (WEEKS, 'phase-2/day-10', 'week-3/day-10'),
    'a path of words': (WEEKS, 'Week 1/Day 2', 'week-1/day-2'),
    'a path with >': (WEEKS, 'week 2 > day 1', 'week-2/day-1'),
    'letters': (WEEKS, 'w1d3', 'week-1/day-3'),
    'capital letters': (WEEKS, 'W1D3', 'week-1/day-3'),
    'three pairs of letters': (WEEKS, 'p1w1d3', 'week-1/day-3'),
    'words run together': (WEEKS, 'week2day1', 'week-2/day-1'),
    'zeros before a number': (WEEKS, 'w01d03', 'week-1/day-3'),
    'a number is whole': (WEEKS, 'w3d10', 'week-3/day-10'),
    'letters of one task only': (WEEKS, 'd10', 'week-3/day-10'),
    'numbers': (WEEKS, '2.1', 'week-2/day-1'),
    'three numbers': (WEEKS, '2.3.1', 'week-3/day-1'),
    'a line': (WEEKS, ':4', 'week-1/day-2'),
    'a file and a line': (WEEKS, 'ROADMAP.md:4', 'week-1/day-2'),
    'a path and a line': (WEEKS, 'docs/ROADMAP.md:4', 'week-1/day-2'),
    'a title': (WEEKS, 'Sets', 'week-1/day-3'),
    'a title in other case': (WEEKS, 'json BASICS', 'week-2/day-2'),
    'a part of one title': (WEEKS, 'tupl', 'week-1/day-2'),
    'the text with its number': (WEEKS, 'Day 2 - Tuples', 'week-1/day-2'),
    'next': (WEEKS, 'next', 'week-1/day-2'),
    'weeks restart': (RESTARTED, 'p2w1d1', 'phase-2/week-1/day-1'),
    'weeks restart, a title': (RESTARTED, 'Git', 'phase-2/week-1/day-1'),
    'an identifier': (TITLES, 'py', 'py'),
    'a title, and a part of another': (TITLES, 'Install', 'ship-it/install'),
    'a title with emphasis': (TITLES, 'Read *PEP 8*', 'setup/read-pep-8'),
    'a slug': (TITLES, 'write-the-docs', 'ship-it/write-the-docs'),
    'a section and a slug': (TITLES, 'Ship it/Install', 'ship-it/install'),
    'a nested task': (TITLES, 'read-pep-8/chapter-1', 'setup/read-pep-8/chapter-1'),
    'an accent': (TITLES, 'éclair', 'setup/éclair'),
    'a title with numbers': (TITLES, '2.5', 'ship-it/2-5-talks'),
    'a letter behind a number': (LETTERED, 'd3b', 'day-3b'),
    'no letter behind a number': (LETTERED, 'd3', 'day-3'),
    'in English': (SEMANAS, 'w1d2', 'week-1/day-2'),
    'in its own language': (SEMANAS, 'semana1día2', 'week-1/day-2'),
    'in its own language, a path': (SEMANAS, 'Semana 1/Día 2', 'week-1/day-2'),
    'a kind that m may stand for': (MONTHS, 'mod1d1', 'module-1/day-1'),
}  # fmt: skip


@pytest.mark.parametrize(('data', 'name', 'key'), NAMES.values(), ids=NAMES)
def test_names(data, name, key):
    tracker = read_tracker(data)
    assert tracker.tasks[resolve(tracker, name, 'docs/ROADMAP.md')].key == key


@pytest.mark.parametrize('data', [WEEKS, RESTARTED, TITLES, SEMANAS, MONTHS])
def test_every_key_names_its_task(data):
    tracker = read_tracker(data)
    for index, task in enumerate(tracker.tasks):
        assert resolve(tracker, task.key, 'ROADMAP.md') == index
        assert resolve(tracker, '/'.join(task.path), 'ROADMAP.md') == index


REFUSED = {
    'two tasks': (
        WEEKS, 'basics',
        "'basics' names 2 tasks: say which: week-2/day-2 (JSON basics), week-3/day-1 (Git basics)",
    ),
    'letters of two tasks': (
        RESTARTED, 'w1d1',
        "'w1d1' names 2 tasks: say which: phase-1/week-1/day-1 (Lists), phase-2/week-1/day-1 (Git)",
    ),
    'a letter of two kinds': (
        MONTHS, 'm1d1',
        "'m1d1' names 2 tasks: say which: month-1/day-1, module-1/day-1",
    ),
    'none, but near one': (
        WEEKS, 'week-1/day-9',
        "no task in ROADMAP.md is named 'week-1/day-9': did you mean ",
    ),
    'a title misspelt': (
        WEEKS, 'tupels',
        "no task in ROADMAP.md is named 'tupels': did you mean week-1/day-2?",
    ),
    'none': (WEEKS, 'xyz', "no task in ROADMAP.md is named 'xyz': 'roadmap-md list' shows all names"),
    'a line without a task': (WEEKS, ':1', "no task in ROADMAP.md is named ':1'"),
    'a line of another file': (WEEKS, 'MAP.md:4', "no task in ROADMAP.md is named 'MAP.md:4'"),
    'nothing': (WEEKS, '', "no task in ROADMAP.md is named ''"),
    'a blank': (WEEKS, ' ', "no task in ROADMAP.md is named ' '"),
    'a huge number': (WEEKS, 'd' + '9' * 5000, "no task in ROADMAP.md is named 'd999"),
    'huge numbers': (WEEKS, '1.' + '9' * 5000, "no task in ROADMAP.md is named '1.999"),
    'a huge line': (WEEKS, ':' + '9' * 5000, "no task in ROADMAP.md is named ':999"),
    'a file without tasks': (b'# Plan', 'w1d1', 'ROADMAP.md has no tasks: mark them with [ ]'),
    'all is done': (b'- [x] a', 'next', 'nothing is next in ROADMAP.md: every task is settled or blocked'),
    'a range backwards': (
        WEEKS, 'w2d1..w1d2',
        "'w2d1..w1d2' is empty: week-1/day-2 stands before week-2/day-1: write 'w1d2..w2d1'",
    ),
    'many': (
        b''.join(b'- [ ] Topic %d x\n' % i for i in range(12)), 'x',
        "topic-7 (x) and 4 more",
    ),
}  # fmt: skip


@pytest.mark.parametrize(('data', 'name', 'message'), REFUSED.values(), ids=REFUSED)
def test_refused(data, name, message):
    with pytest.raises(UserError) as caught:
        select(read_tracker(data), [name], 'ROADMAP.md')
    assert message in str(caught.value)
    assert caught.value.hint


RANGES = {
    'a range': (['w1d1..w1d3'], 'w1d1 w1d2 w1d3'),
    'over sections': (['w1d3..w2d1'], 'w1d3 w2d1'),
    'to the end': (['w2d2..'], 'w2d2 w3d1 w3d10'),
    'from the beginning': (['..w1d2'], 'w1d1 w1d2'),
    'of one': (['w1d1..w1d1'], 'w1d1'),
    'of lines and titles': ([':4..Files'], 'w1d2 w1d3 w2d1'),
    'several names': (['w2d1', 'w1d1'], 'w1d1 w2d1'),
    'one name twice': (['w1d2', 'Tuples', 'w1d1..w1d2'], 'w1d1 w1d2'),
}


@pytest.mark.parametrize(('names', 'chosen'), RANGES.values(), ids=RANGES)
def test_several(names, chosen):
    tracker = read_tracker(WEEKS)
    expected = [resolve(tracker, name, 'ROADMAP.md') for name in chosen.split()]
    assert select(tracker, names, 'ROADMAP.md') == expected


NEXT = {
    'the first open one': ('[x] a\n[ ] b\n[ ] c', 'b'),
    'the one in progress': ('[ ] a\n[ ] b\n[/] c', 'c'),
    'not what is blocked or cancelled': ('- ⛔ a\n- ❌ b\n- ⬜ c', 'c'),
    'what a parent holds, before the parent': ('- [ ] a\n  - [x] b\n  - [ ] c', 'a/c'),
    'the parent when its tasks are done': ('- [ ] a\n  - [x] b', 'a'),
}


@pytest.mark.parametrize(('text', 'key'), NEXT.values(), ids=NEXT)
def test_next(text, key):
    tracker = read_tracker(text.encode())
    assert tracker.tasks[resolve(tracker, 'next', 'ROADMAP.md')].key == key
