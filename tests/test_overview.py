"""A tracker as a tree, and what a filter leaves of it."""

from collections.abc import Iterable

import pytest

from roadmap_md.overview import Part, matching, overview
from roadmap_md.tracker import Tracker, read_tracker

PHASES = """\
# Plan

## Phase 1 – Words

### Week 1
- [x] Day 1 – Lists
- [/] Day 2 – Tuples

### Notes
no task here

## Phase 2
- [ ] Day 1 – Sets
  - [x] frozen
  - [ ] mutable
- [-] Day 2 – Ranges
"""


def drawn(tracker: Tracker, branches: Iterable[Part], indent: str = '') -> str:
    rows = ''
    for branch in branches:
        named = (
            tracker.tasks[branch.task].text
            if branch.task >= 0
            else f'{tracker.sections[branch.section].text}:'
        )
        counts = branch.counts and f' {branch.counts.completed}/{branch.counts.total}'
        rows += f'{indent}{named}{counts or ""}\n'
        rows += drawn(tracker, branch.beneath, indent + '  ')
    return rows


def test_sections_tasks_and_counts() -> None:
    tracker = read_tracker(PHASES.encode())
    assert (
        drawn(tracker, overview(tracker))
        == """\
Phase 1 – Words: 1/2
  Week 1: 1/2
    Day 1 – Lists
    Day 2 – Tuples
Phase 2: 1/4
  Day 1 – Sets 1/2
    frozen
    mutable
  Day 2 – Ranges
"""
    )


# Words, whether only what is open, what is left.
FILTERS = {
    'nothing': ('', False, 'Lists Tuples Sets frozen mutable Ranges'),
    'open': ('', True, 'Tuples Sets mutable'),
    'a word of the title': ('TUP', False, 'Tuples'),
    'a section': ('week 1', False, 'Lists Tuples'),
    'a status': ('in-progress', False, 'Tuples'),
    'a key': ('phase-2/day-2', False, 'Ranges'),
    'all of them': ('phase-2 day completed', False, 'frozen'),
    'none': ('nowhere', False, ''),
}


@pytest.mark.parametrize(('words', 'open_only', 'left'), FILTERS.values(), ids=FILTERS)
def test_filter(words: str, open_only: bool, left: str) -> None:
    tracker = read_tracker(PHASES.encode())
    found = matching(tracker, words, open_only)
    assert [tracker.tasks[index].title for index in found] == left.split()


def test_what_leads_to_a_filtered_task_stays_with_all_its_counts() -> None:
    tracker = read_tracker(PHASES.encode())
    assert (
        drawn(tracker, overview(tracker, matching(tracker, 'frozen')))
        == """\
Phase 2: 1/4
  Day 1 – Sets 1/2
    frozen
"""
    )


def flat(parts: Iterable[Part]) -> Iterable[Part]:
    for part in parts:
        yield part
        yield from flat(part.beneath)


def test_what_is_called_alike_is_told_apart() -> None:
    plan = '# Plan\n' + '## Notes\n- [ ] read\n- [ ] read\n' * 2
    names = [part.name for part in flat(overview(read_tracker(plan.encode())))]
    assert len(names) == len(set(names)) == 6
