"""How many tasks there were, and how many were completed, at the end of each day."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from .activity import task_of
from .history import ScopeChange, Transition
from .status import Status


class Point(NamedTuple):
    """What there was at the end of *day*; *total* includes the *cancelled*.

    *added* and *removed* are the tasks that appeared and went on that day, but for those with which
    the tracker began.
    """

    day: date
    total: int
    completed: int
    cancelled: int
    added: int = 0
    removed: int = 0


def _turn(of: Transition | ScopeChange) -> int:
    """In one second tasks appear before they change, and go after that."""
    return 0 if of.before is None else 2 if of.after is None else 1


def burn_up(pasts: Sequence[Iterable[Transition | ScopeChange]]) -> list[Point]:
    """A point for each day on which something changed in the *pasts* of several trackers.

    A past is all transitions and changes of scope. What two branches did alike counts once.
    """
    found = [
        (of.date.date(), -of.age, at, of)
        for at, past in enumerate(pasts)
        for of in [*past][::-1]
        if of.date
    ]
    found.sort(key=lambda change: (*change[:2], _turn(change[3])))
    tasks: dict[Hashable, Status] = {}
    begun: set[int] = set()
    points: list[Point] = []
    for day, changes in groupby(found, key=lambda change: change[0]):
        added = removed = 0
        first = set()
        for _, _, tracker, of in changes:
            task = tracker, *task_of(of)
            if of.after is None:
                removed += tasks.pop(task, None) is not None
                continue
            if task not in tasks and of.before is None:
                first |= {(tracker, of.commit)} if tracker not in begun else set()
                begun.add(tracker)
                added += (tracker, of.commit) not in first
            if tasks.get(task) is Status.COMPLETED and of.before not in (None, Status.COMPLETED):
                continue  # another branch did that while it was open there
            tasks[task] = of.after
        now = list(tasks.values())
        completed, cancelled = now.count(Status.COMPLETED), now.count(Status.CANCELLED)
        points.append(Point(day, len(now), completed, cancelled, added, removed))
    return points
