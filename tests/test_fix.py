"""Fixes write what the rules' examples show, come to an end, and safe ones change no task."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_md.config import Config
from roadmap_md.errors import UserError
from roadmap_md.fix import fix
from roadmap_md.lint import lint
from roadmap_md.rule import Example, Rule, examples, page_of
from roadmap_md.rules import RULES
from roadmap_md.text import is_text
from roadmap_md.tracker import read_tracker

TODAY = date(2026, 3, 2)
TRACKERS = sorted((Path(__file__).parent / 'data' / 'trackers').glob('*.md'))


def fixed(data: bytes, *codes: str, unsafe: bool = False) -> bytes:
    config = Config(select=codes or ('RM',))
    return fix(data, 'ROADMAP.md', config, TODAY, unsafe).data


def fixable() -> list[object]:
    """The examples of the rules that can mend what they report."""
    found = []
    for rule in RULES:
        for number, example in enumerate(examples(page_of(rule)), 1):
            report = lint(example.before, 'ROADMAP.md', Config(select=(rule.code,)), TODAY)
            if report.diagnostics and all(d.problem.edits for d in report.diagnostics):
                found.append(pytest.param(rule, example, id=f'{rule.code}-{number}'))
    return found


@pytest.mark.parametrize(('rule', 'example'), fixable())
def test_a_fix_writes_what_the_example_shows(rule: Rule, example: Example) -> None:
    assert fixed(example.before, rule.code, unsafe=True) == example.after


def test_the_rules_that_can_mend() -> None:
    codes = {param.id.partition('-')[0] for param in fixable()}
    assert sorted(codes) == [
        'RM002', 'RM003', 'RM004', 'RM005', 'RM007', 'RM102', 'RM103', 'RM104', 'RM105', 'RM106',
        'RM206', 'RM305',
    ]  # fmt: skip


SAFE = {
    # name: before, after --fix, after --fix --unsafe-fixes
    'a box is made well-formed only on request, for it makes a task': (
        '- [] Lists\n', '- [] Lists\n', '- [ ] Lists\n',
    ),
    'the form that was chosen stays': (
        '[ ] Lists  \n[x] Sets\n', '[ ] Lists  \n[x] Sets\n', '- [ ] Lists  \n- [x] Sets\n',
    ),
    'a hidden character in a title': (
        '- [ ] Tup\u200bles\n', '- [ ] Tup\u200bles\n', '- [ ] Tuples\n',
    ),
    'a hidden character in prose': ('te\u200bxt\n', 'text\n', 'text\n'),
    'a spelling': ('- [x] a\n- [x] b\n- [X] c\n',) + ('- [x] a\n- [x] b\n- [x] c\n',) * 2,
    'a heading that is none, with tasks beneath': (
        '##Week 2\n\n- [ ] Day 1\n', '##Week 2\n\n- [ ] Day 1\n', '## Week 2\n\n- [ ] Day 1\n',
    ),
    'a count, and the key of what it stands over': (
        '# Sets [0/2]\n- [x] a\n- [ ] b\n',) + ('# Sets [1/2]\n- [x] a\n- [ ] b\n',) * 2,
    'a count with another total': (
        '# Sets [0/3]\n- [x] a\n- [ ] b\n',) * 2 + ('# Sets [1/2]\n- [x] a\n- [ ] b\n',
    ),
    'both a break and a list are wanted: the list comes first': (
        '[ ] a\n[ ] b\n', '[ ] a  \n[ ] b\n', '- [ ] a\n- [ ] b\n',
    ),
    'line ends are kept': (
        '✅ a\r\n✅ b\r\n---\r\n',) + ('✅ a  \r\n✅ b\r\n\r\n---\r\n',) * 2,
    'a byte order mark before the first marker': (
        '\ufeff- [X] a\n- [x] b\n- [x] c\n',) + ('- [x] a\n- [x] b\n- [x] c\n',) * 2,
    'C1 controls are damage, and stay for a repair': ('a \x80\n',) * 3,
}  # fmt: skip


@pytest.mark.parametrize(('before', 'safe', 'unsafe'), SAFE.values(), ids=SAFE)
def test_safe_and_unsafe(before: str, safe: str, unsafe: str) -> None:
    assert fixed(before.encode()).decode() == safe
    assert fixed(before.encode(), unsafe=True).decode() == unsafe


def test_more_spellings_than_rounds() -> None:
    done, doing = '[x] [X] [✓] [✔] [✅] [☑] ✅ ☑ ✔'.split(), '[/] [~] 🟨 🟡 🚧 🔄'.split()
    titles = [f'{at}{turn}' for turn in range(3) for at in range(len(done) + len(doing))]
    before = zip(['[x]', '[/]', *(done + doing) * 3], ['x', 'y', *titles], strict=True)
    after = zip(['[x]', '[/]', *(['[x]'] * 9 + ['[/]'] * 6) * 3], ['x', 'y', *titles], strict=True)
    plan, mended = (''.join(f'- {m} a{t}\n' for m, t in rows) for rows in (before, after))
    assert fixed(plan.encode(), 'RM103').decode() == mended


COUNTS = {
    'brackets': ('## A [1/3]', '## A [2/3]'),
    'parentheses': ('## A (1/3)', '## A (2/3)'),
    'blanks': ('## A [ 1 / 3 ]', '## A [ 2 / 3 ]'),
    'another total, in brackets': ('## A [1/2]', '## A [1/2]'),
    'a date': ('## A (9/10)', '## A (9/10)'),
    'bare': ('## A 1/3', '## A 2/3'),
    'bare, of something else': ('## A 1/5', '## A 1/5'),
    'bare, of all, the cancelled ones too': ('## A 1/4', '## A 2/4'),
    'a percentage': ('## Week 1 50%', '## Week 1 66%'),
    'a percentage of something else': ('## Coverage 50%', '## Coverage 50%'),
    'a mark': ('## Exam (50%)', '## Exam (50%)'),
    'a percentage in brackets': ('## A [50%]', '## A [66%]'),
    'a bar': ('## A ▓░░', '## A ▓▓░'),
    'a bar and a percentage': ('## A ████░░░░░░ 40%', '## A ██████░░░░ 66%'),
    'a bar of hashes': ('## A [#-----]', '## A [####--]'),
    'rounded up': ('## A ███████░░░', '## A ███████░░░'),
    'squares': ('## A □□□', '## A ■■□'),
    'right': ('## A [2/3] 66% ▓▓░', '## A [2/3] 66% ▓▓░'),
    'not a count': ('## 24/7 support', '## 24/7 support'),
    'not a percentage of tasks': ('## 100% coverage', '## 100% coverage'),
    'setext': ('A [1/3]\n=======', 'A [2/3]\n======='),
}


@pytest.mark.parametrize(('before', 'after'), COUNTS.values(), ids=COUNTS)
def test_counts(before: str, after: str) -> None:
    tasks = '\n\n- [x] a\n- [x] b\n- [ ] c\n- [-] d\n'
    assert fixed((before + tasks).encode(), 'RM305').decode() == after + tasks


def test_a_count_is_no_part_of_a_name() -> None:
    keys = [
        [task.key for task in read_tracker(f'# Arrays{count}\n- [ ] Sum\n'.encode()).tasks]
        for count in ('', ' [3/5]', ' (12/50)', ' 60%', ' ▓▓▓░░', ' – 2/3')
    ]
    assert keys == [['arrays/sum']] * 6


@pytest.mark.parametrize('path', TRACKERS, ids=lambda path: path.stem)
@pytest.mark.parametrize('unsafe', [False, True])
def test_twice_is_once(path: Path, unsafe: bool) -> None:
    check_law_4(path.read_bytes(), unsafe)


def test_twice_is_once_on_seeds(request: pytest.FixtureRequest) -> None:
    folder = request.config.getoption('--seeds')
    paths = sorted(Path(folder).rglob('*.md')) if folder else []
    if not paths:
        pytest.skip('no --seeds')
    for path in paths:
        for unsafe in (False, True):
            check_law_4(path.read_bytes(), unsafe)


def check_law_4(data: bytes, unsafe: bool) -> None:
    """Fix twice = fix once, nothing fixable is left, and safe fixes change no task."""
    once = fixed(data, unsafe=unsafe)
    assert fixed(once, unsafe=unsafe) == once
    if is_text(data) and not unsafe:
        before, after = read_tracker(data), read_tracker(once)
        assert after.state == before.state
        if fixed(data, 'RM004') == data:  # a repair may change titles: it has its own proof
            assert [(t.key, t.title) for t in after.tasks] == [
                (t.key, t.title) for t in before.tasks
            ]


LINES = st.sampled_from(
    """# Week 1 [1/2]|## Week 2 ▓░░|##Week 3|- [ ] Day 1|- [x] Day 2|- [X] Day 3|[ ] Day 4|✅ Day 5|
    [x] Day 6|-[ ] Day 7|- []Day 8|---|===|  - [/] nested|> - [ ] quoted|te\u200bxt|âœ… damaged|–|
    `code|```|<!-- x -->|1. [x] one|- ✅ done|| a | b |\\|-|-|""".replace('\n    ', '').split('|')
)


@given(st.lists(LINES, max_size=12), st.sampled_from(['\n', '\r\n']), st.booleans(), st.booleans())
def test_law_4(lines: list[str], end: str, mark: bool, unsafe: bool) -> None:
    check_law_4(('\ufeff' * mark + end.join(lines)).encode(), unsafe)


def test_fixes_that_come_to_no_end_write_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rules that undo each other, which ours are not, end in an error."""
    from collections.abc import Iterator

    import roadmap_md.lint
    from roadmap_md.rule import Problem, Severity, rule
    from roadmap_md.text import Edit, Span

    @rule('RM998', 'restless', Severity.WARNING)
    def restless(data: bytes) -> Iterator[Problem]:
        span = Span(0, 1)
        yield Problem(span, 'x', edits=(Edit(span, b'b' if data[:1] == b'a' else b'a'),))

    monkeypatch.setattr(roadmap_md.lint, 'TEXT_RULES', (restless,))
    with pytest.raises(UserError, match='RM998 come to no end, so nothing was written'):
        fix(b'a\n', 'ROADMAP.md', Config(), TODAY, unsafe=False)


SOUND = (Path(__file__).parent.parent / 'ROADMAP.md').read_bytes()


def test_the_damaged_tracker() -> None:
    """As it came: UTF-8 read as Windows-1254, with the bytes lost that this has not."""
    damaged = SOUND.decode('cp1254', errors='ignore').encode()
    config = Config(select=('RM004', 'RM005'))
    safe = fix(damaged, 'ROADMAP.md', config, TODAY, unsafe=False)
    both = fix(damaged, 'ROADMAP.md', config, TODAY, unsafe=True)
    assert (len(safe.applied), len(both.applied)) == (104, 106)
    left = lint(both.data, 'ROADMAP.md', config, TODAY).diagnostics
    assert [(d.rule.code, d.start.line) for d in left] == [('RM005', 226)]
    assert '🍯 🎯 🏯 🐯' in left[0].problem.message
    pairs = zip(both.data.split(b'\n'), SOUND.split(b'\n'), strict=True)
    assert [at for at, (ours, first) in enumerate(pairs, 1) if ours != first] == [226]
