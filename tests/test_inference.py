"""What commits say of tasks: a subject or a path, and the tasks that it is evidence for.

A row is ``subject | what it did to files``, where ``+`` added, ``*`` changed, ``-`` deleted, ``0`` is
an empty file; and what follows: ``w6d3`` is certain, ``w6d3?`` likely, ``w1d3/w2d3`` one of these.
"""

import itertools
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_md.evidence import Commit, File, Found
from roadmap_md.inference import find_evidence
from roadmap_md.status import Status
from roadmap_md.tracker import Tracker, read_tracker

RESTART = """\
# AI Engineer Roadmap

# PHASE 1 — PYTHON

## Week 1 – Python Data Structures
[ ] Day 1 – Lists
[ ] Day 2 – Tuples
[ ] Day 3 – Sets
[ ] Day 4 – Dictionaries
[ ] Day 5 – Practice & mini problems

# PHASE 2 — LLM

## Week 6 – Working with Models
[ ] Day 1 – Calling LLM APIs
[ ] Day 2 – Error handling
[ ] Day 3 – JSON outputs
[ ] Day 4 – Token awareness
[ ] Day 5 – Few-shot prompting
"""
THROUGH = '# 100 days\n\n' + ''.join(f'- [ ] Day {n}\n' for n in range(0, 31))
WEEKS = """\
## Phase 1

- [ ] Week 1 – Basics
- [ ] Week 2 – Tools

## Phase 2

- [ ] Week 3 – Models
"""
CHAPTERS = """\
- [ ] Chapter 1: Numbers
- [ ] Chapter 2: Strings
- [ ] Module 2.1: Trees
- [ ] Module 2.2: Graphs
- [ ] Day 3a
- [ ] Day 3b
- [ ] Days 5-7
- [ ] Read the introduction
- [ ] Read the introduction twice
- [ ] Pick a project
"""
SPANISH = (
    '## Semana 1\n\n- [ ] Día 1: Listas\n- [ ] Día 2: Tuplas\n\n## Semana 2\n\n- [ ] Día 1: Leer\n'
)
CHINESE = '## 第1周\n\n- [ ] 第1天 列表\n- [ ] 第2天 元组\n\n## 第2周\n\n- [ ] 第1天 文件\n'
PLANS = {
    'restart': RESTART, 'through': THROUGH, 'weeks': WEEKS, 'chapters': CHAPTERS,
    'spanish': SPANISH, 'chinese': CHINESE,
}  # fmt: skip

NAMED = [
    # The history of the learner whose tracker this is.
    ('restart', 'Add week 6 day 3,4 and 5', 'w6d3 w6d4 w6d5'),
    ('restart', 'parser | +week6/week6_d3_parser.py', 'w6d3'),
    ('restart', 'Add week 6 day 3,4 and 5 | +week6/week6_d3_parser.py +week6/week6_d4.py', 'w6d3 w6d4 w6d5'),
    # Numbers in subjects.
    ('restart', 'Week 1 Day 3', 'w1d3'),
    ('restart', 'W6D3 - parsing', 'w6d3'),
    ('restart', 'w1d1-w1d3', 'w1d1 w1d3'),
    ('restart', 'w6d3-5', 'w6d3 w6d4 w6d5'),
    ('restart', 'w6d3, w6d4', 'w6d3 w6d4'),
    ('restart', 'week6_day3', 'w6d3'),
    ('restart', 'week 1: day 1 to day 3', 'w1d1 w1d2 w1d3'),
    ('restart', 'Week 1, Day 3 - 5', 'w1d3 w1d4 w1d5'),
    ('restart', 'feat(week6): day 3', 'w6d3'),
    ('restart', 'docs: notes of week 6 day 3', 'w6d3'),
    ('restart', 'day 3 and 4 of week 6', 'w6d3 w6d4'),
    ('restart', 'day 5 of week 1, day 1 of week 6', 'w1d5 w6d1'),
    ('restart', 'week 1 day 5 and day 1 of week 6', 'w1d5 w6d1'),
    ('restart', 'week 1 day 5, week 6 day 1', 'w1d5 w6d1'),
    ('restart', 'Week 6: day 1 calls, day 2 errors & day 3 – parsing', 'w6d1 w6d2 w6d3'),
    ('restart', 'Day 3 (Week 6)', 'w6d3'),
    ('restart', 'week6day3', 'w6d3'),
    ('restart', 'W6:D3 parse', 'w6d3'),
    ('restart', 'Week 6 Day 3/4', 'w6d3'),
    ('restart', '[W6D3] parse JSON', 'w6d3'),
    ('restart', 'week 6 day 3 and some of day 4', 'w6d3'),
    ('restart', 'week 6 day 3 + started day 4', 'w6d3'),
    ('restart', 'Weeks 1 and 6 completed', ' '.join(f'w{w}d{d}?' for w in (1, 6) for d in range(1, 6))),
    ('restart', 'day 3, 4 week 6', 'w6d3 w6d4'),
    ('restart', 'finish week 6 day 4, based on week 6 day 3', 'w6d4'),
    ('restart', 'Week One Day Two', 'w1d2'),
    ('restart', '✅ Phase 2, week 6, day 3', 'w6d3'),
    ('restart', 'week 6 day 3/5', 'w6d3'),
    ('restart', 'finish week 1 day 3, start week 1 day 4', 'w1d3'),
    ('restart', 'fix week 1 day 3 and add week 1 day 4', 'w1d4'),
    ('restart', 'week 1 day 3 done, fix typos', 'w1d3'),
    ('restart', 'W1D4: dictionaries - add, update, delete', 'w1d4'),
    ('through', 'Day 23', 'd23'),
    ('through', 'Day 007: closures', 'd7'),
    ('through', 'day 0', 'd0'),
    ('through', '#day3 of my challenge', 'd3'),
    ('through', 'Days 1-3', 'd1 d2 d3'),
    ('through', 'Add day 2 3 and 4', 'd2 d3 d4'),
    ('through', 'Day 2 of #100DaysOfCode Challenge.', 'd2'),
    ('through', 'day 3 30 minutes', 'd3'),
    ('through', 'x | +day_3_4/main.py', 'd3'),
    ('through', 'x | +2022/Days/Images/Day10_Go2.png', 'd10'),
    ('through', 'Tag 3 bis 5 fertig', 'd3 d4 d5'),
    ('through', 'Jour 4 et 5', 'd4 d5'),
    ('through', 'Gün 3 tamamlandı', 'd3'),
    ('through', '2일차', 'd2'),
    ('chapters', 'Day 3b', 'd3b'),
    ('chapters', 'days 5-7', 'd5-7'),
    ('spanish', 'semana 1 día 2 hecho', 'w1d2'),
    ('spanish', 'Semana 2, dia 1', 'w2d1'),
    ('chinese', '完成第1周第2天', 'w1d2'),
    # Numbers in paths.
    ('restart', 'x | +week-6/day-3/main.py', 'w6d3'),
    ('restart', 'x | +phase-2/week-6/day-03-json/main.py', 'w6d3'),
    ('restart', 'x | +Week6Day3.java', 'w6d3'),
    ('restart', 'x | +src/week_6_day_3.py', 'w6d3'),
    ('restart', 'x | +w6d3.ipynb', 'w6d3'),
    ('through', 'x | +day07/README.md', 'd7'),
    ('through', 'x | +Day7Closures.java', 'd7'),
    ('spanish', 'x | +semana_1/dia_2.py', 'w1d2'),
    # What one does not say the other does.
    ('restart', 'Day 3 | +week6/parser.py', 'w6d3'),
    ('restart', 'Week 6 | +day3/parser.py', 'w6d3'),
    ('restart', 'Day 3 – JSON outputs', 'w6d3'),
    ('restart', 'Day 3: sets', 'w1d3'),
    ('restart', 'Day 3 (sets)', 'w1d3'),
    ('restart', 'Day 3 sets up the parser', 'w1d3?'),
    # Likely only.
    ('restart', 'x | *week6/week6_d3_parser.py', 'w6d3?'),
    ('restart', 'x | +week6/d3_chart.py', 'w6d3?'),
    ('restart', 'Learn few-shot prompting', 'w6d5?'),
    ('restart', 'x | +notes/error_handling.md', 'w6d2?'),
    ('restart', 'x | +CallingLLMApis.kt', 'w6d1?'),
    ('restart', 'semester 2 week 6 day 3', 'w6d3?'),
    ('restart', 'add week 6 day 3 exercise 2', 'w6d3?'),
    ('restart', 'week 1 completed', 'w1d1? w1d2? w1d3? w1d4? w1d5?'),
    ('restart', 'update the readme | +week6/day3.py', 'w6d3?'),
    ('restart', 'Week 6 day 4 | +week6/day4.py +week6/day5.py', 'w6d4 w6d5?'),
    ('restart', 'all | ' + ' '.join(f'+week{w}/day{d}.py' for w in (1, 6) for d in range(1, 6)),
     ' '.join(f'w{w}d{d}?' for w in (1, 6) for d in range(1, 6))),
    ('weeks', 'week 2', 'p1w2?'),
    ('weeks', 'complete week 2', 'p1w2'),
    ('weeks', 'x | +week2/notes.md', 'p1w2?'),
    ('chapters', 'Module 2.1', 'm2.1?'),
    ('chapters', 'read the introduction', 'read-the-introduction?'),
    ('chapters', 'read the introduction twice', 'read-the-introduction-twice?'),
    ('restart', 'x | +week6/day3_plan.md', 'w6d3?'),
    ('restart', 'x | +templates/week6/day3.html', 'w6d3?'),
    ('restart', 'week 6 day 1 mentions day 3', 'w6d1 w6d3?'),
    # Nobody knows which.
    ('restart', 'take the parser of day 3 for a script in week 6', 'w1d3/w6d3'),
    ('restart', 'Day 3', 'w1d3/w6d3'),
    ('restart', 'x | +day3/main.py', 'w1d3/w6d3'),
    ('restart', 'Day 3 | +week1/a.py +week6/b.py', 'w1d3/w6d3'),
    ('restart', 'week 1 day 3: token awareness', 'w1d3/w6d4'),
]  # fmt: skip

NOTHING = [
    # No number of a task.
    ('through', '3 days of work'),
    ('through', '30 day challenge'),
    ('through', '7-day streak'),
    ('through', 'a day off'),
    ('through', 'Monday'),
    ('through', 'learn d3'),
    ('through', 'd3 chart of the week'),
    ('through', 'release v1.day3'),
    ('through', 'see https://example.com/day/3'),
    ('through', '--day 3'),
    ('through', 'closes #3'),
    ('through', 'bump actions from 3 to 4'),
    ('through', 'day 300'),
    ('through', 'days 29-33'),
    ('through', 'day 3-2026'),
    ('through', 'day 3.5'),
    ('through', 'day 3b'),
    ('through', '3天'),
    ('restart', 'week 7 day 3'),
    ('restart', 'week 6 day 9'),
    ('restart', 'phase 1 week 6 day 3'),
    ('restart', 'add week 6'),
    ('restart', 'week 6'),
    ('restart', 'lists'),
    ('restart', 'add tuples'),
    ('restart', 'x | +week6/d3.js'),
    ('restart', 'x | +week6/d3.min.js'),
    ('restart', 'x | +week6/notes.md'),
    ('restart', 'x | +week6/week1/day3.py'),
    ('restart', 'x | +docs/handling.md'),
    ('restart', 'x | +src/my_error_handling_code.py'),
    ('restart', 'x | +node_modules/week6/day3.js'),
    ('restart', 'x | +.cache/week6/day3.py'),
    ('restart', 'x | 0week6/day3/.gitkeep 0week6/day3/main.py'),
    ('restart', 'add week 6 day 3 | 0week6/day3/main.py'),
    ('weeks', 'week 3 day 2'),
    ('weeks', 'day 2 of week 3'),
    ('weeks', 'x | +week3/day2/main.py'),
    ('chapters', 'chapter 2 exercise 4'),
    ('chapters', 'day 3'),
    ('chapters', 'day 6'),
    ('chapters', 'project'),
    # What says that it is not complete.
    ('through', 'WIP day 3'),
    ('through', 'wip: day 3'),
    ('through', 'Day 3 (wip)'),
    ('through', 'start day 3'),
    ('through', 'Started day 3'),
    ('through', 'begin day 3'),
    ('through', 'plan day 3'),
    ('through', 'prepare for day 3'),
    ('through', 'day 3 in progress'),
    ('through', 'day 3 not done yet'),
    ('through', 'half of day 3'),
    ('through', 'day 3 part 1'),
    ('through', 'day 3 almost done'),
    ('through', 'day 3, unfinished'),
    ('through', 'Day 3: 🚧'),
    ('through', 'skeleton of day 3'),
    ('through', 'add folder day 3'),
    ('through', 'todo: day 3'),
    ('through', 'progress on day 3'),
    ('through', 'setup for day 3'),
    ('through', 'empezar día 3'),
    ('through', 'Tag 3 angefangen'),
    ('through', 'начать день 3'),
    ('through', '第3天 未完成'),
    ('through', 'wip | +day3/main.py'),
    ('through', 'add templates | +day3/main.py'),
    ('through', 'start day 3 | +day3/main.py'),
    ('through', "don't do day 3"),
    ('through', 'I missed day 3'),
    ('through', 'all except day 3'),
    ('through', 'rest instead of day 3'),
    ('through', 'schedule day 3'),
    ('through', 'no time for day 3'),
    ('through', 'day 3, day 4 not done'),
    ('through', 'days 3, 4 not done'),
    ('through', 'days 3 and 4: wip'),
    ('through', 'day 3 -> day 4'),
    # What only touched it, or took it away.
    ('through', 'a bug from day 3'),
    ('through', 'questions about day 3'),
    ('through', 'what I did after day 3'),
    ('through', 'parser, based on day 3'),
    ('through', 'reuse day 3'),
    ('through', 'Add day 3 to the readme'),
    ('through', 'Add day 3 to the roadmap'),
    ('through', 'fix typo in day 3'),
    ('through', 'fix: day 3'),
    ('through', 'Day 3 - fix typo'),
    ('through', 'style: day 3'),
    ('through', 'refactor day 3'),
    ('through', 'rename day 3 to day 4'),
    ('through', 'move day 3'),
    ('through', 'Update day 3'),
    ('through', 'Revert "Add day 3"'),
    ('through', 'revert day 3'),
    ('through', 'remove day 3'),
    ('through', 'Delete day3.py'),
    ('through', 'Remove day 3, day 4'),
    ('through', 'fixup! Add day 3'),
    ('through', "Merge branch 'day-3'"),
    ('through', 'Merge pull request #4 from ada/day-3'),
    ('through', 'eliminar día 3'),
    ('through', 'Tag 3 korrigiere'),
    ('through', '删除第3天'),
    ('through', 'fix typos | *day3/main.py'),
    ('through', 'Day 4 | *day3/main.py -day4/x', 'd4'),
    ('through', 'x | -day3/main.py'),
    ('through', 'day 3 | -day3/main.py'),
    ('through', 'by weeks | -day3.py +week1/day3.py'),
    # Plans.
    ('through', 'day 3 | *ROADMAP.md'),
    ('restart', 'complete week 6 day 3 | *ROADMAP.md'),
]  # fmt: skip


def tracker(plan: str) -> Tracker:
    return read_tracker(PLANS[plan].encode())


_number = itertools.count(1)


def commit(row: str, name: str = '') -> Commit:
    subject, _, changes = row.partition(' | ')
    files = []
    for change in changes.split():
        before = f'{next(_number):040x}' if change[0] in '*-' else ''
        after = f'{next(_number):040x}' if change[0] in '*+' else ''
        if change[0] == '0':
            after = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
        files.append(File(change[1:], before, after))
    name = name or f'{next(_number):040x}'
    date = '1767600000 +0100'
    return Commit(name, ('0' * 40,), 'Ada Learner', 'ada@example.com', date, subject, tuple(files))


def shown(plan: Tracker, found: Found) -> str:
    """As the rows above have it."""

    def short(task: int) -> str:
        names = (piece.split('-', 1) for piece in plan.tasks[task].key.split('/'))
        return ''.join(
            name[0][0] + name[1] if len(name) > 1 and name[1][0].isdigit() else '-'.join(name)
            for name in names
        )

    said = [short(one.task) + '?' * (not one.is_certain) for one in found.suggestions]
    said += ['/'.join(map(short, one.tasks)) for one in found.ambiguous]
    return ' '.join(said)


def said_by(plan: str, *rows: str, opened: dict[str, set[int]] | None = None) -> str:
    """What the commits of *rows*, newest first, say of the tasks of *plan*."""
    of = tracker(plan)
    commits = [commit(row, f'{at:040x}') for at, row in enumerate(rows)]
    return shown(of, find_evidence(of, commits, frozenset({'ROADMAP.md'}), opened or {}))


@pytest.mark.parametrize(('plan', 'row', 'tasks'), NAMED, ids=lambda value: str(value)[:60])
def test_what_is_named(plan: str, row: str, tasks: str) -> None:
    assert said_by(plan, row) == tasks


@pytest.mark.parametrize('row', NOTHING, ids=lambda row: str(row[1])[:60])
def test_what_is_no_evidence(row: tuple[str, ...]) -> None:
    assert said_by(*row[:2]) == (row[2] if len(row) > 2 else '')


LATER = [
    # What a later commit takes back or begins anew; the newest stands first.
    ('through', ['Remove day 3', 'Add day 3'], ''),
    ('through', ['Revert "Add day 3"', 'Add day 3'], ''),
    ('through', ['WIP day 3', 'Add day 3'], ''),
    ('through', ['Add day 3', 'Remove day 3'], 'd3'),
    ('through', ['Add day 3', 'start day 3'], 'd3'),
    ('through', ['fix typo in day 3', 'Add day 3'], 'd3'),
    ('through', ['Day 4: remove from lists', 'Add day 4'], 'd4'),
    ('through', ['clean up | -day3/main.py', 'x | +day3/main.py'], ''),
    ('through', ['clean up | -day3/main.py', 'Day 3 | +day3/main.py'], 'd3'),
    ('through', ['sort | -day3/main.py +src/day3/main.py', 'x | +day3/main.py'], 'd3'),
    ('through', ['sort | -day3/main.py +day4/main.py', 'x | +day3/main.py'], ''),
    # What was opened again.
    ('through', ['x', 'reset', 'Add day 2'], ''),
    ('through', ['Add day 2', 'reset', 'x'], 'd2'),
    ('through', ['x', 'Add day 2', 'x'], ''),
    ('through', ['x', 'x', 'Add day 1'], 'd1'),
]


@pytest.mark.parametrize(('plan', 'rows', 'tasks'), LATER, ids=str)
def test_what_happened_later(plan: str, rows: list[str], tasks: str) -> None:
    of = tracker(plan)
    opened = {f'{1:040x}': {2}} if 'x' in rows else {}
    assert said_by(plan, *rows, opened=opened) == tasks
    assert of.tasks[2].key == 'day-2'


def test_what_is_opened_and_not_committed_has_no_evidence() -> None:
    assert said_by('through', 'Add day 2', 'Add day 3', opened={'': {2}}) == 'd3'


def test_merges_are_no_evidence() -> None:
    merge = commit('Day 3 | +day3.py')._replace(parents=('1' * 40, '2' * 40))
    assert find_evidence(tracker('through'), [merge], frozenset(), {}) == Found((), ())


def test_settled_and_blocked_tasks_are_not_proposed() -> None:
    plan = read_tracker(
        b'- [x] Day 1\n- [-] Day 2\n- [ ] Day 3\n- [/] Day 4\n- \xe2\x9b\x94 Day 5\n'
    )
    found = find_evidence(plan, [commit('Days 1-5')], frozenset(), {})
    assert shown(plan, found) == 'd3 d4'


def test_tasks_with_tasks_beneath_are_not_proposed() -> None:
    plan = read_tracker(b'- [ ] Day 1\n  - [ ] Exercise 1\n  - [ ] Exercise 2\n- [ ] Day 2\n')
    commits = [commit('Day 2'), commit('Day 1'), commit('day 1 exercise 2')]
    assert shown(plan, find_evidence(plan, commits, frozenset(), {})) == 'd1e2 d2'


def test_in_a_table_for_several_people_each_has_their_own() -> None:
    plan = read_tracker(
        b'| Day | Ada | Bob |\n|---|---|---|\n| Day 1 | [ ] | [ ] |\n| Day 2 | [ ] | [ ] |\n'
    )
    found = find_evidence(plan, [commit('Day 2')], frozenset(), {})
    assert [plan.tasks[one.task].owner for one in found.suggestions] == ['Ada']


def test_where_the_evidence_stands() -> None:
    text = 'Add week 6 day 3,4 and 5'
    found = find_evidence(
        tracker('restart'), [commit(f'{text} | +week6/week6_d3_parser.py')], frozenset(), {}
    )
    assert [
        [[said.text[slice(*span)] for span in said.spans] for said in one.evidence]
        for one in found.suggestions
    ] == [[['week 6', 'day 3'], ['week6', 'd3']], [['week 6', '4']], [['week 6', '5']]]


def test_of_much_evidence_the_newest_is_kept() -> None:
    commits = [commit(f'Day 3 number {at}') for at in range(25)]
    (one,) = find_evidence(tracker('through'), commits, frozenset(), {}).suggestions
    assert [said.text for said in one.evidence] == [f'Day 3 number {at}' for at in range(10)]
    assert one.more == 15


@pytest.mark.parametrize(
    'text',
    ['day ' * 50_000, 'week 1 day ' + '1,' * 50_000, 'w1d' * 50_000, '第' * 50_000, '\0\x1b[31m day 3',
     '1' * 100_000, 'day ' + '9' * 100_000, 'day 1-' * 20_000, '\u202eday 3', '_' * 100_000, 'aB' * 50_000],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_no_text_makes_it_slow(text: str) -> None:
    start = time.process_time()
    for plan in PLANS:
        said_by(plan, text)
        find_evidence(
            tracker(plan),
            [commit('x')._replace(files=(File(text, '', 'a' * 40),))],
            frozenset(),
            {},
        )
    assert time.process_time() - start < 4


PIECES = [
    'week', 'day', 'Week 1', 'week 6', 'day 3', 'd3', 'w6', 'w6d3', '3', '4', 'and', ',', '-', ' ', '_', '/',
    'of', 'fix', 'add', 'start', 'Revert', 'done', 'Sets', 'Few-shot prompting', '第3天', '\u0301', '\x1b', '.py',
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map(''.join)


@given(st.lists(st.tuples(texts, st.lists(texts, max_size=3)), max_size=4))
def test_whatever_is_said_only_open_tasks_are_proposed_and_the_text_is_there(
    said: list[tuple[str, list[str]]],
) -> None:
    plan = read_tracker(RESTART.replace('[ ] Day 2', '✅ Day 2').encode())
    commits = [
        commit('x')._replace(
            subject=subject, files=tuple(File(path, '', f'{next(_number):040x}') for path in paths)
        )
        for subject, paths in said
    ]
    found = find_evidence(plan, commits, frozenset(), {})
    assert found == find_evidence(plan, commits, frozenset(), {})
    for one in found.suggestions:
        assert plan.state[one.task] is Status.NOT_STARTED
        assert one.is_certain == any(evidence.is_certain for evidence in one.evidence)
        for evidence in one.evidence:
            assert all(0 <= start < stop <= len(evidence.text) for start, stop in evidence.spans)
            number = plan.tasks[one.task].numbering
            if evidence.is_certain and number:
                ends = [evidence.text[slice(*span)] for span in evidence.spans]
                assert any(re.search(rf'0*{number.first}|[-–～]', end) for end in ends)
    for several in found.ambiguous:
        assert all(plan.state[task] is Status.NOT_STARTED for task in several.tasks)
