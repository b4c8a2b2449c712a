"""The order in which tasks are to be done, and which one is next."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .section import Section
from .status import Status
from .task import Task
from .tracker import Tracker

PASSABLE = (Status.COMPLETED, Status.CANCELLED, Status.BLOCKED)


class Gap(NamedTuple):
    """The tasks *opened* were left open although *after*, a later one, was not."""

    opened: tuple[int, ...]
    after: int


def leaves(tracker: Tracker) -> list[int]:
    """The tasks without tasks beneath them."""
    return [index for index in range(len(tracker.tasks)) if index not in tracker.parents]


def next_task(tracker: Tracker) -> int | None:
    """The first task in progress, else the first that is neither settled nor blocked."""
    of_leaves = leaves(tracker)
    for candidates in (of_leaves, sorted(tracker.parents)):
        for wanted in (Status.IN_PROGRESS, Status.NOT_STARTED):
            for index in candidates:
                if tracker.state[index] is wanted:
                    return index
    return None


def next_to_start(tracker: Tracker) -> int | None:
    """The first task that is not started."""
    return next((i for i in leaves(tracker) if tracker.state[i] is Status.NOT_STARTED), None)


def sequences(tracker: Tracker, no_skipping: bool) -> Sequence[Sequence[int]]:
    """The runs of tasks within which order matters, each in document order.

    All tasks where nothing may be skipped; else the numbered tasks of one kind, across sections
    with one parent. In a table for several people each has runs of their own.
    """
    return _sequences(tracker.sections, tracker.tasks, no_skipping)


@lru_cache(maxsize=8)  # trackers that are alike have the same ones
def _sequences(
    sections: tuple[Section, ...], tasks: tuple[Task, ...], no_skipping: bool
) -> Sequence[Sequence[int]]:
    parents = {task.parent for task in tasks}
    runs: dict[tuple[str, str, int, int], list[int]] = {}
    for index, task in enumerate(tasks):
        if index in parents:
            continue
        if no_skipping:
            runs.setdefault((task.owner, '', -1, -1), []).append(index)
        elif task.numbering:
            around = sections[task.section].parent if task.section >= 0 else -1
            alike = (task.owner, task.numbering.kind, around, task.parent)
            runs.setdefault(alike, []).append(index)
    return list(runs.values())


def gaps(tracker: Tracker, later: Status, no_skipping: bool) -> Iterator[Gap]:
    """Each gap once: its open tasks, and the first task after them that is *later*.

    An open task in progress is a gap before a completed one, not before another in progress.
    """
    closes_gap = PASSABLE if later is Status.COMPLETED else (*PASSABLE, Status.IN_PROGRESS)
    for sequence in sequences(tracker, no_skipping):
        opened: list[int] = []
        for index in sequence:
            status = tracker.state[index]
            if status is later and opened:
                yield Gap(tuple(opened), index)
                opened = []
            elif status not in closes_gap:
                opened.append(index)
