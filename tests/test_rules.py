"""Every rule reports the lines that its examples say, at the character that is to be changed."""

from datetime import date
from pathlib import Path

import pytest

from roadmap_md.config import Config
from roadmap_md.lint import Diagnostic, lint, new_errors
from roadmap_md.rewrite import set_statuses
from roadmap_md.rule import Severity, examples, page_of
from roadmap_md.rules import HISTORY_RULES, MESSAGE_RULES, RULES
from roadmap_md.status import Status
from roadmap_md.tracker import read_tracker

EDGES = Path(__file__).parent / 'data' / 'rules'
TODAY = date(2026, 3, 2)


def found(data: bytes, *codes: str, config: Config = Config()) -> list[Diagnostic]:
    return [
        d
        for d in lint(data, 'ROADMAP.md', config, TODAY).diagnostics
        if not codes or d.rule.code in codes
    ]


def cases():
    """Each example of each page: those of the docstrings, then those of ``data/rules/CODE.md``."""
    for rule in (rule for rule in RULES if rule not in (*HISTORY_RULES, *MESSAGE_RULES)):
        edges = EDGES / f'{rule.code}.md'
        pages = [page_of(rule), edges.read_text(encoding='utf-8') if edges.exists() else '']
        for page in pages:
            for number, example in enumerate(examples(page), 1):
                where = 'docstring' if page is pages[0] else 'edge'
                yield pytest.param(rule, example, id=f'{rule.code}-{where}-{number}')


@pytest.mark.parametrize(('rule', 'example'), list(cases()))
def test_examples(rule, example):
    assert [d.start.line for d in found(example.before, rule.code)] == list(example.reported)
    if example.reported:
        assert found(example.after, rule.code) == []


@pytest.mark.parametrize('rule', RULES, ids=[rule.code for rule in RULES])
def test_every_rule_has_a_page(rule):
    summary, reason, *_ = page_of(rule).split('\n\n')
    assert summary.endswith('.') and '\n' not in summary
    assert not reason.startswith('```') or rule.code == 'RM205'
    assert any(example.reported for example in examples(page_of(rule)))


def test_edge_cases_belong_to_rules():
    assert {path.stem for path in EDGES.glob('*.md')} <= {rule.code for rule in RULES}


# DESIGN: all others are warnings.
ERRORS = """RM001 RM004 RM005 RM006 RM007 RM101 RM102 RM201 RM203 RM301 RM302 RM306
    RM404 RM406 RM902 RM903 RM904""".split()


@pytest.mark.parametrize('rule', RULES, ids=[rule.code for rule in RULES])
def test_severities(rule):
    assert (rule.severity is Severity.ERROR) == (rule.code in ERRORS)


def test_codes_and_names_are_unique_and_in_order():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert [rule.code for rule in RULES] == sorted({rule.code for rule in RULES})


SPANS = {
    'RM001': (b'# P\n- [ ] Caf\xe9\n', 'RM001', (2, 10, 2, 11)),
    'RM001, a NUL': (b'- [ ] a\0b\n', 'RM001', (1, 8, 1, 9)),
    'RM002': ('\ufeff# P\n'.encode(), 'RM002', (1, 1, 1, 1)),
    'RM003': (b'a\r\nb\nc\n', 'RM003', (1, 2, 2, 1)),
    'RM003, most are CRLF': (b'a\r\nb\nc\r\n', 'RM003', (2, 2, 3, 1)),
    'RM006': (b'<<<<<<< HEAD\n- [ ] a\n=======\n', 'RM006', (1, 1, 1, 13)),
    'RM101': ('🎯 é\n\n  - [?] Day 2\n'.encode(), 'RM101', (3, 5, 3, 8)),
    'RM101, an emoji': ('✅ Day 1\n🎉 Day 2\n'.encode(), 'RM101', (2, 1, 2, 2)),
    'RM102': (b'> - [] Lists\n', 'RM102', (1, 5, 1, 7)),
    'RM102, run into its text': (b'- [x]Lists\n', 'RM102', (1, 3, 1, 6)),
    'RM103': (b'- [x] a\n- [x] b\n- [X] c\n', 'RM103', (3, 3, 3, 6)),
    'RM201': ('- [ ] Day 1 – é\n- [ ] Day 1 – Sets\n'.encode(), 'RM201', (2, 7, 2, 19)),
    'RM202': (b'- [ ] Day 1\n- [ ] Day 3\n', 'RM202', (2, 7, 2, 12)),
    'RM202, a section': (b'# Week 1\na\n# Week 3\r\na\n', 'RM202', (3, 1, 3, 9)),
    'RM203': (b'- [ ] Day 2\n- [ ] Day 1\n', 'RM203', (2, 7, 2, 12)),
    'RM204': ('\ufeff# Wéek 0\n# Week 1\n'.encode(), 'RM204', (1, 1, 1, 9)),
    'RM205': (b'1) [ ]\n', 'RM205', (1, 4, 1, 7)),
    'RM206': (b'> ##Week 2\n', 'RM206', (1, 3, 1, 5)),
    'RM301': (b'- [ ] Day 1\n- [x] Day 2\n', 'RM301', (2, 3, 2, 6)),
    'RM301, after a BOM': ('\ufeff[ ] Day 1\n✅ Day 2\n'.encode(), 'RM301', (2, 1, 2, 2)),
    'RM302': (b'No skipping\n\n- [/] a\n- [/] b\n', 'RM302', (4, 3, 4, 6)),
    'RM306': (b'- [ ] Day 1\n- [/] Day 2\n', 'RM306', (2, 3, 2, 6)),
}


@pytest.mark.parametrize(('data', 'code', 'place'), SPANS.values(), ids=SPANS)
def test_places(data, code, place):
    diagnostic = found(data, code)[0]
    assert (*diagnostic.start, *diagnostic.stop) == place


MESSAGES = {
    'RM001': (b'\xff', 'not UTF-8 at byte 0 (ff)'),
    'RM003': (b'a\r\nb\nc\n', 'ends in CRLF, but 2 of 3 lines end in LF'),
    'RM101': ('[ ] open\n✅ done\n\n- [?] a\n'.encode(), '[?] is not in the legend on line 1'),
    'RM101, no legend': (b'- [?] a\n', '[?] is no marker that means a status'),
    'RM102': ('- [\u00a0] a\n'.encode(), '[\\u{a0}] is not a box; write [ ] and a blank behind it'),
    'RM103': (b'- [x] a\n- [x] b\n- [X] c\n', '[X] for completed, elsewhere [x]'),
    'RM103, a legend': (
        '[ ] open\n✅ done\n\n✅ a\n[x] b\n[x] c\n'.encode(),
        '[x] for completed, the legend has ✅ (2 times)',
    ),
    'RM201': (b'- [ ] Day 1\n- [ ] Day 1\n', 'day 1 stands on line 1 too'),
    'RM201, a title': (b'- [ ] Sets\n- [x] sets\n', "'Sets' stands on line 1 too"),
    'RM202': (b'- [ ] Day 1\n- [ ] Day 4\n', 'day 4 follows day 1; 2 to 3 missing'),
    'RM203': (b'- [ ] Day 2\n- [ ] Day 1\n', 'day 1 stands after day 2'),
    'RM204': (b'# Week 1\n', "nothing is beneath 'Week 1'"),
    'RM301': (b'- [ ] Day 1: Lists\n- [x] Day 2\n', "completed, but 'Lists' on line 1 is not"),
    'RM301, in progress': (
        b'- [/] Day 1\n- [x] Day 2\n',
        "completed, but 'Day 1' on line 1 is still in progress",
    ),
    'RM302': (
        b'No skipping.\n\n- [/] a\n- [/] b\n',
        "in progress, but so is 'a' on line 3 (at most 1)",
    ),
    'RM306': (
        b'- [ ] Day 1: Lists\n- [/] Day 2\n',
        "in progress, but 'Lists' on line 1 is not started",
    ),
}


@pytest.mark.parametrize(('data', 'message'), MESSAGES.values(), ids=MESSAGES)
def test_messages(data, message):
    assert message in [diagnostic.problem.message for diagnostic in found(data)]


SELECTIONS = {
    'all': (Config(), 'RM103 RM202 RM301'),
    'a family': (Config(select=('RM3',)), 'RM301'),
    'a code': (Config(select=('RM202',)), 'RM202'),
    'a name': (Config(select=('mixed-markers', 'RM301')), 'RM103 RM301'),
    'all but': (Config(ignore=('RM2', 'mixed-markers')), 'RM301'),
    'the longer name wins': (Config(select=('RM202',), ignore=('RM2',)), 'RM202'),
    'nothing': (Config(select=()), ''),
}


@pytest.mark.parametrize(('config', 'codes'), SELECTIONS.values(), ids=SELECTIONS)
def test_selection(config, codes):
    data = b'- [ ] Day 1\n- [x] Day 2\n- [x] Day 4\n- [ ] Day 5\n- [X] Day 6\n'
    assert sorted({d.rule.code for d in found(data, config=config)}) == codes.split()


def test_a_file_that_is_no_text_has_no_other_problems():
    assert [d.rule.code for d in found(b'- [?] Caf\xe9\n- [?] b\n')] == ['RM001']


WAIVERS = {
    'for a task': ('RM301 day-1: was ill', True),
    'by a short name': ('RM301 d1: was ill', True),
    'in small letters': ('rm301 d1: was ill', True),
    'for a family in small letters': ('rm3 d1: was ill', True),
    'by the name of the rule in capitals': ('Skipped-Task d1: was ill', True),
    'by half of its name': ('skipped d1: was ill', False),
    'by the name of the rule': ('skipped-task d1: was ill', True),
    'for a family': ('RM3 d1: was ill', True),
    'for several rules': ('RM202, RM301 d1: was ill', True),
    'for the file': ('RM301: was ill', True),
    'until that day': ('RM301 d1: was ill, until 2026-03-02', True),
    'until the day before': ('RM301 d1: was ill, until 2026-03-01', False),
    'until the day before, with a full stop': ('RM301 d1: was ill, until 2026-03-01.', False),
    'until the day before, in parentheses': ('RM301 d1: was ill (until 2026-03-01)', False),
    'until that day, in a sentence in parentheses': ('RM301 d1: ill (until 2026-03-02.)', True),
    'until a day that is none': ('RM301 d1: was ill, until 2026-02-31', False),
    'without a reason': ('RM301 d1', False),
    'with an empty reason': ('RM301 d1: ', False),
    'with a date for a reason': ('RM301 d1: until 2026-12-01', False),
    'for another task': ('RM301 d2: was ill', False),
    'for a task that is not there': ('RM301 d9: was ill', False),
    'for another rule': ('RM306 d1: was ill', False),
}


@pytest.mark.parametrize(('waiver', 'allowed'), WAIVERS.values(), ids=WAIVERS)
def test_waivers(waiver, allowed):
    data = f'- [ ] Day 1\n- [x] Day 2\n\n<!-- roadmap-md: allow {waiver} -->\n'.encode()
    assert (found(data, 'RM301') == []) is allowed


W = '<!-- roadmap-md: allow RM301 d1: was ill -->'
QUOTED = {
    # where it stands, and whether it is an example
    'a fence': (f'```\n{W}\n```', True),
    'indented code': (f'    {W}', True),
    'a code span': (f'Write `{W}` for it.', True),
    'a code span with other text': (f'Write `like this: {W} or so`.', True),
    'a code span of two backticks': (f'Write ``a ` {W} `` for it.', True),
    'a code span over lines': (f'Write `this:\nor {W}` for it.', True),
    'a block of HTML, which ends the paragraph': (f'Write `this:\n{W}` for it.', False),
    'a code span in an item': (f'> - Write `this: {W}`.', True),
    'a code span in a heading': (f'## Of `such: {W}`', True),
    'a code span in a table': (f'| a |\n|---|\n| `as {W}` |', True),
    'a code span in an underlined heading': (f'Of `such: {W}`\n---', True),
    'behind a code span': (f'Because of `this`: {W}', False),
    'between code spans': (f'`a` {W} `b`', False),
    'a backtick that opens nothing': (f'`a {W}', False),
    'a backtick in another paragraph': (f'`a\n\n{W}\n\nb`', False),
    'a backtick in another row': (f'| ` |\n|---|\n| {W} |\n| ` |', False),
    'a backtick in a comment': (f'a <!-- ` --> {W} `', False),
    'an escaped backtick': (f'\\`a {W} `', False),
    'the end of a line': (f'Some text {W}', False),
}


@pytest.mark.parametrize(('text', 'is_example'), QUOTED.values(), ids=QUOTED)
def test_a_waiver_in_code_is_an_example(text, is_example):
    data = f'- [ ] Day 1\n- [x] Day 2\n\n# More\n\n{text}\n'.encode()
    codes = [d.rule.code for d in found(data) if d.rule.code[:3] in ('RM3', 'RM9')]
    assert codes == ['RM301'] * is_example


@pytest.mark.parametrize('name', ['RM999', 'rm999', 'R', 'skipped', 'skiped-task'])
def test_a_waiver_of_no_rule_is_said(name):
    data = f'- [ ] Day 1\n\n<!-- roadmap-md: allow {name}: was ill -->\n'.encode()
    assert [d.rule.code for d in found(data)] == ['RM904']


def test_new_errors_are_those_that_a_change_makes():
    before = read_tracker(b'- [ ] Day 1\n- [x] Day 2\n- [x] Day 3\n- [ ] Day 4\n- [ ] Day 5\n')
    skips = set_statuses(before, {4: Status.COMPLETED})
    errors = new_errors(before, skips, Config(), 'ROADMAP.md', TODAY)
    assert [(rule.code, problem.keys) for rule, problem in errors] == [('RM301', ('day-4',))]
    goes_on = set_statuses(before, {3: Status.COMPLETED})
    assert new_errors(before, goes_on, Config(), 'ROADMAP.md', TODAY) == []


def test_what_belongs_to_no_task_is_new_only_once():
    before = read_tracker(b'- [?] Day 0\n- [ ] Day 1\n- [ ] Day 2\n')
    ticked = set_statuses(before, {0: Status.COMPLETED})
    assert new_errors(before, ticked, Config(), 'ROADMAP.md', TODAY) == []
    more = read_tracker(before.data + b'- [?] Day 3\n')
    errors = new_errors(before, more, Config(), 'ROADMAP.md', TODAY)
    assert [(rule.code, problem.keys) for rule, problem in errors] == [('RM101', ())]


GAPS = {
    # name: text, the problems, the tasks that waivers must name
    'two open days': ('- [ ] Day 1\n- [ ] Day 2\n- [x] Day 3\n', [(1, ('day-1', 'day-2'))]),
    'one of them waived': (
        '- [ ] Day 1\n- [ ] Day 2\n- [x] Day 3\n\n<!-- roadmap-md: allow RM301 d1: ill -->\n',
        [(2, ('day-2',))],
    ),
    'both waived': (
        '- [ ] Day 1\n- [ ] Day 2\n- [x] Day 3\n\n'
        '<!-- roadmap-md: allow RM301 d1: ill -->\n<!-- roadmap-md: allow RM301 d2: ill -->\n',
        [],
    ),
    'all waived': (
        '- [ ] Day 1\n- [x] Day 2\n\n<!-- roadmap-md: allow RM301: an old plan -->\n', []
    ),
}  # fmt: skip


@pytest.mark.parametrize(('text', 'expected'), GAPS.values(), ids=GAPS)
def test_each_task_of_a_gap_is_waived_by_itself(text, expected):
    problems = [d.problem for d in found(text.encode()) if d.rule.code in ('RM301', 'RM901')]
    named = [(int(p.message.split('line ')[1].split()[0]), p.keys) for p in problems]
    assert named == expected


def test_a_gap_of_two_can_be_closed_in_order():
    tracker = read_tracker(b'- [ ] Day 1\n- [ ] Day 2\n- [x] Day 3\n')
    for index in (0, 1):
        after = set_statuses(tracker, {index: Status.COMPLETED})
        assert new_errors(tracker, after, Config(), 'ROADMAP.md', TODAY) == []
