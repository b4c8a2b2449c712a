"""How many tasks there were, and how many were completed, at the end of each day."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from .activity import monday, oldest_first, task_of
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


def burn_up(pasts: Sequence[Iterable[Transition | ScopeChange]]) -> list[Point]:
    """A point for each day on which something changed in the *pasts* of several trackers.

    A past is all transitions and changes of scope. What two branches did alike counts once.
    """
    found = [
        (of.date.date(), -of.age, at, of)
        for at, past in enumerate(pasts)
        for of in oldest_first(past)
        if of.date
    ]
    found.sort(key=lambda change: change[:2])
    scope = _Scope()
    points: list[Point] = []
    for day, changes in groupby(found, key=lambda change: change[0]):
        steps = [scope.follow(tracker, of) for _, _, tracker, of in changes]
        number = scope.numbers
        points.append(Point(
            day, len(scope.tasks), number[Status.COMPLETED], number[Status.CANCELLED],
            steps.count(1), steps.count(-1),
        ))  # fmt: skip
    return points


def weekly(points: Iterable[Point]) -> list[Point]:
    """What there was at the end of each week in which something changed."""
    weeks: dict[date, Point] = {}
    for point in points:
        week = monday(point.day)
        before = weeks.get(week, point._replace(added=0, removed=0))
        weeks[week] = point._replace(
            added=before.added + point.added, removed=before.removed + point.removed
        )
    return list(weeks.values())


class _Scope:
    """The tasks there are, and how many of them have which status."""

    def __init__(self) -> None:
        self.tasks: dict[Hashable, Status] = {}
        self.numbers: Counter[Status] = Counter()
        self.first: dict[int, str] = {}  # the commit with which a tracker began

    def follow(self, tracker: int, of: Transition | ScopeChange) -> int:
        """Do what was done: 1 where it added a task, -1 where it removed one."""
        task = tracker, *task_of(of)
        now = self.tasks.get(task)
        if now is Status.COMPLETED and of.before not in (None, now) and of.after:
            return 0  # another branch did that while it was open there
        if now:
            self.numbers[now] -= 1
        if of.after is None:
            return -1 if self.tasks.pop(task, None) else 0
        self.tasks[task] = of.after
        self.numbers[of.after] += 1
        is_new = now is None and of.before is None
        return int(is_new and self.first.setdefault(tracker, of.commit) != of.commit)
