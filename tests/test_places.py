"""A diagnostic points at what it is about, wherever that stands; lines of real trackers.

Line and column were decided by hand: lines end at LF and nowhere else, columns are characters
from 1, a byte order mark is not one. The text is what the caret stands under.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from wcwidth import wcwidth

from roadmap_md.config import Config
from roadmap_md.escape import visible
from roadmap_md.fix import fix
from roadmap_md.lint import Diagnostic, lint
from roadmap_md.output import full
from roadmap_md.output.terminal import Painter
from roadmap_md.status import Status
from roadmap_md.text import is_text
from roadmap_md.tracker import Tracker, read_tracker

TODAY = date(2026, 3, 2)
PLACES = {
    # file and what is nasty: document, rule, line, column, text
    'MichaelCade__90DaysOfDevOps__README.md: emoji': (
        '### 🐳 Containers\n\n- [ ] ☸ 13 > [](Days/Day13.md)\n- [ ] ☸ 14 > [](Days/Day14.md)\n'
        '  - [ ] 🏗️ 14 > []()\n- [ ] ☸ 13 > [](Days/Day13.md)\n',
        'RM201', 6, 7, '☸ 13 > [](Days/Day13.md)',
    ),
    'ggangesh__learning-in-public__weekly-log-template.md: nested in a quote, CRLF': (
        '## 🛠️ Built\r\n\r\n> - [ ] 🚀 Projects\r\n>   - [x] [First](../built/first.md)\r\n'
        '>   - 🔨 [Project Name](../built/project.md) - IN PROGRESS\r\n',
        'RM101', 5, 7, '🔨',
    ),
    'imfsiddiqui__brepo__TODO.md: behind form feeds': (
        '## High\x0cPriority\n\n- [x] one\x0c- [ ]\n\x0c\n- [ ] two\n\n1. [ ]\n',
        'RM205', 7, 4, '[ ]',
    ),
    'unknown__id53808599996__mysql-30-days.md: tabs': (
        '# Week 2\n\n-\t[x]\tDay 13\n\t-\t[ ]\tread\tit again\n'
        '-\t[ ]\tDay 15 — Week 2\tchallenge\t· EXPLAIN basics\n',
        'RM202', 5, 7, 'Day 15 — Week 2\tchallenge\t· EXPLAIN basics',
    ),
    'ranjithprabhuk__learnings__PROGRESS.md: behind a byte order mark': (
        '\ufeff## Phase 2: Neural Networks & TensorFlow.js (Weeks 3-4)\r\n\r\n'
        '## Phase 3: LLMs\r\n- [ ] Tokens\r\n',
        'RM204', 1, 1, '## Phase 2: Neural Networks & TensorFlow.js (Weeks 3-4)',
    ),
    'unknown__neetcode150__checklist.md: the second of two, behind ideographs': (
        '## 双指针 Two Pointers (4/5) – 80%\n\n- [x] 回文\n- [x] 三数之和\n- [ ] 接雨水\n',
        'RM305', 1, 29, '80%',
    ),
    'unknown__mission-board__bars.md: behind line separators': (
        '# Bars\u2028of the board\n\n> M0\u2028M1\u2029\n>   [x] M1   Shared list     done\n',
        'RM104', 4, 5, '[x]',
    ),
    'unknown__mojibake-cp1254__roadmap-review.md: up to the end of the line': (
        '## ğŸ“Š Current Roadmap Analysis\r\n\r\n### Phase 1: Foundation âœ… (Completed)\r\n- [ ] one\r\n',
        'RM004', 3, 25, 'âœ… (Completed)',
    ),
    'unknown__fr-todo.md: behind combining characters': (
        "# A\u0300 faire\n\n- [ ] Supporter les ta\u0302ches\n  - [x] Imple\u0301menter l'affi\u200bchage\n",
        'RM007', 4, 28, '\u200b',
    ),
    'MouldyToast__OpenRune-Server__PROGRESS.md: an item on the line of another': (
        '# 👩‍💻 Progress\n\n* 1. 🔴 not added\n  2. 🟢 added\n  3. 🟢 added\n',
        'RM109', 4, 6, '🟢',
    ),
}  # fmt: skip


def found(data: bytes, path: str = 'ROADMAP.md') -> list[Diagnostic]:
    return lint(data, path, Config(), TODAY).diagnostics


def cells(text: str) -> int:
    return sum(max(wcwidth(char), 0) for char in text)


def above_the_caret(rows: list[str]) -> str:
    """What the carets of a printed diagnostic stand under."""
    source, carets = rows[2:4]
    before, count = carets.index('^'), carets.count('^')
    at = 0
    while cells(source[:at]) < before:
        at += 1
    stop = at
    while cells(source[at:stop]) < count:
        stop += 1
    return source[at:stop]


@pytest.mark.parametrize(
    ('document', 'code', 'line', 'column', 'text'), PLACES.values(), ids=PLACES
)
def test_places(document: str, code: str, line: int, column: int, text: str) -> None:
    data = document.encode()
    *_, last = [d for d in found(data) if d.rule.code == code]
    assert (last.start, data[slice(*last.problem.span)].decode()) == ((line, column), text)
    rows = list(full.diagnostics(data, [last], Painter(False)))
    assert f'{line}:{column}: {code}' in rows[0]
    assert above_the_caret(rows) == visible(text.replace('\t', '    '))


def no_place_for_tasks(text: str) -> Iterator[int]:
    """The lines (from 0) of code blocks, comments and front matter, by another parser."""
    lines = text.replace('\r\n', '\n').replace('\r', ' ').removeprefix('\ufeff').split('\n')
    if lines[0].rstrip() == '---' and '---' in lines[1:]:
        end = lines.index('---', 1)
        yield from range(end + 1)
        lines[: end + 1] = [''] * (end + 1)
    for token in MarkdownIt().parse('\n'.join(lines)):
        comment = token.type == 'html_block' and token.content.lstrip().startswith('<!--')
        if token.map and (comment or token.type in ('fence', 'code_block')):
            yield from range(*token.map)


def check_tracker(data: bytes, path: str) -> tuple[int, int]:
    """Check all places in a file, and its safe fixes; how many diagnostics and tasks there are."""
    diagnostics = found(data, path)
    for diagnostic in diagnostics:
        start, stop = diagnostic.problem.span
        assert 0 <= start <= stop <= len(data), diagnostic
        assert diagnostic.start.line == data[:start].count(b'\n') + 1, diagnostic
        line = data.split(b'\n')[diagnostic.start.line - 1] + b'\n'
        assert 1 <= diagnostic.start.column <= len(line.decode(errors='replace')), diagnostic
    if not is_text(data):
        return len(diagnostics), 0
    tracker = read_tracker(data)
    lines = {task.line for task in tracker.tasks}
    assert lines.isdisjoint(no_place_for_tasks(data.decode())), path
    fixed = fix(data, path, Config(), TODAY, unsafe=False).data
    assert keys_and_statuses(read_tracker(fixed)) == keys_and_statuses(tracker), path
    return len(diagnostics), len(tracker.tasks)


def keys_and_statuses(tracker: Tracker) -> list[tuple[str, Status]]:
    return [(task.key, status) for task, status in zip(tracker.tasks, tracker.state, strict=True)]


TRACKERS = sorted((Path(__file__).parent / 'data' / 'trackers').glob('*.md'))


@pytest.mark.parametrize('path', TRACKERS, ids=lambda path: path.stem)
def test_trackers(path: Path) -> None:
    check_tracker(path.read_bytes(), path.name)


def test_seeds(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    """``--seeds FOLDER``: every file in it is linted, and every place is a sound one."""
    folder = request.config.getoption('--seeds')
    paths = sorted(Path(folder).rglob('*.md')) if folder else []
    if not paths:
        pytest.skip('no --seeds')
    figures = [check_tracker(path.read_bytes(), path.name) for path in paths]
    diagnostics, tasks = map(sum, zip(*figures, strict=True))
    with capsys.disabled():
        print(f'\n{len(paths)} files, {diagnostics} diagnostics, {tasks} tasks')
