"""What an editor can show at the ends of lines: how far a section is, and when a task was done."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .milestones import Milestones
from .stats import by_section
from .status import Status
from .tracker import Tracker


class Hint(NamedTuple):
    """*text* to show at byte *offset*; *about* says it whole."""

    offset: int
    text: str
    about: str


def progress(tracker: Tracker) -> Iterator[Hint]:
    """``3/7`` at each heading with tasks beneath it, unless its author counts there."""
    counted = _counted(tracker)
    for section, _, counts in by_section(tracker):
        line = tracker.sections[section].line
        of = counts.scope
        if of and line not in counted:
            about = f'{counts.completed} of {of} completed, {counts.percent}%'
            yield Hint(_end(tracker, line), f'{counts.completed}/{of}', about)


def dates(tracker: Tracker, reached: Mapping[int, Milestones]) -> Iterator[Hint]:
    """``5 Jan 2026`` at each completed task of which that is known."""
    alone = Counter(task.line for task in tracker.tasks)
    for at, (task, status) in enumerate(zip(tracker.tasks, tracker.state, strict=True)):
        completed = reached.get(at, Milestones()).completed
        if status is Status.COMPLETED and completed and (date := completed.date):
            mark = tracker.marks[at].span
            offset = _end(tracker, task.line) if alone[task.line] == 1 else mark.stop
            text = f'{date.day} {date:%b} {date.year}'
            about = f'completed on {date:%A} at {date:%H:%M} by {completed.author}'
            yield Hint(offset, text, about)


def _counted(tracker: Tracker) -> set[int]:
    """The lines with counts that are kept by hand."""
    if not tracker.page.may_hold_counts:
        return set()
    from .tally import counted  # few trackers keep counts

    return {line for line, _ in counted(tracker)}


def _end(tracker: Tracker, line: int) -> int:
    """Where the text of *line* ends, before blanks."""
    start, stop = tracker.page.line(line)
    return start + len(tracker.data[start:stop].rstrip())
