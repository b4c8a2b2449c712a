"""Sections and tasks are nested as they stand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmap_md.outline import Branch, outline
from roadmap_md.tracker import Tracker, read_tracker

TRACKERS = sorted((Path(__file__).parent / 'data/trackers').glob('*.md'))


def drawn(tracker: Tracker, branches: tuple[Branch, ...], indent: str = '') -> Iterator[str]:
    """A line for each branch: its lines (from 1), then its name."""
    for section, task, line, stop, beneath in branches:
        names = [tracker.sections[section].text] if section >= 0 else []
        names += [tracker.tasks[task].key] if task >= 0 else []
        yield f'{indent}{line + 1}-{stop} {" = ".join(names)}'
        yield from drawn(tracker, beneath, indent + '  ')


@pytest.mark.parametrize(
    'text, expected',
    [
        ('', ''),
        ('- [ ] one\n  - [ ] two\n- [ ] three\n', '1-2 one\n  2-2 one/two\n3-3 three'),
        (
            '# Plan\n- [ ] top\n## Week 1\n[ ] Day 1\n[x] Day 2\n## Week 2\n[ ] Day 1\n',
            '1-8 Plan\n  2-2 plan/top\n  3-5 Week 1\n    4-4 week-1/day-1\n    5-5 week-1/day-2\n'
            '  6-8 Week 2\n    7-7 week-2/day-1',
        ),
        ('## Day 1 ✅\ntext\n## Day 2 ⬜\n', '1-2 Day 1 = day-1\n3-4 Day 2 = day-2'),
        ('日程\n====\n- [ ] 一\n', '1-4 日程\n  3-3 日程/一'),
    ],
    ids=['nothing', 'tasks', 'sections', 'sections that are tasks', 'an underlined heading'],
)  # fmt: skip
def test_outline(text: str, expected: str) -> None:
    tracker = read_tracker(text.encode())
    assert '\n'.join(drawn(tracker, outline(tracker))) == expected


def flat(branches: tuple[Branch, ...]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from flat(branch.beneath)


@pytest.mark.parametrize('path', TRACKERS, ids=lambda path: path.stem)
def test_everything_is_there_once_and_within_what_is_around_it(path: Path) -> None:
    tracker = read_tracker(path.read_bytes())
    every = list(flat(outline(tracker)))
    assert sorted(b.task for b in every if b.task >= 0) == list(range(len(tracker.tasks)))
    assert sorted(b.section for b in every if b.section >= 0) == list(range(len(tracker.sections)))
    for branch in every:
        for inner in branch.beneath:
            assert branch.line <= inner.line < inner.stop <= branch.stop
