"""How fast tasks are completed, and how long they are in progress.

Planned pauses are left out of all that is divided by time, and so is today until something is done.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from .activity import Counts, What, events, oldest_first, task_of
from .history import ScopeChange, Transition
from .rhythm import Kind
from .status import Status

RECENT = 28  # days
_WEEK = 7


class Pace(NamedTuple):
    """Tasks completed in a week, *recent* over the last *days* that count, and *overall*.

    *days* are `RECENT`, or as many as there are since the first task was completed.
    """

    recent: float
    days: int
    overall: float
    overall_days: int


def daily(days: Sequence[tuple[date, Kind]], counts: Mapping[date, Counts]) -> list[int]:
    """How many tasks were completed on each of the *days* that count, rest days included.

    The last of them is today.
    """
    over = days[:-1] if days and days[-1][1] is not Kind.DONE else days
    return [counts.get(day, Counts()).completed for day, kind in over if kind is not Kind.PAUSE]


def pace(completed: Sequence[int]) -> Pace | None:
    """The pace of so many tasks *completed* day by day; None before the first.

    What took less than a week is taken as a week's work.
    """
    if not any(completed):
        return None
    recent = completed[-RECENT:]
    return Pace(_weekly(recent), len(recent), _weekly(completed), len(completed))


def _weekly(completed: Sequence[int]) -> float:
    return sum(completed) * _WEEK / max(len(completed), _WEEK)


class Progress(NamedTuple):
    """A task in progress since *since*, or until it was completed; *days* are calendar days."""

    of: Transition | ScopeChange
    since: date
    days: int


class Times(NamedTuple):
    """How long tasks that were completed had been in progress, and those that are now."""

    completed: list[Progress]
    now: list[Progress]

    @property
    def median(self) -> float | None:
        """Days; 0 is within one day."""
        days = sorted(progress.days for progress in self.completed)
        middle = len(days) // 2
        if not days:
            return None
        return days[middle] if len(days) % 2 else (days[middle - 1] + days[middle]) / 2


def times(past: Sequence[Transition | ScopeChange], state: Sequence[Status], today: date) -> Times:
    """The times in progress of one tracker, whose *state* is now that.

    A task is in progress from the day on which it was first said to be, unless it was set back to
    not started. What was never said to be in progress has no such time.
    """
    since: dict[object, Progress] = {}
    first = {(event.task, event.of) for event in events([past]) if event.what is What.COMPLETED}
    completed = []
    for of in oldest_first(of for of in past if of.before and of.after):
        assert of.date
        task, day = task_of(of), of.date.date()
        if of.after is Status.IN_PROGRESS:
            since.setdefault(task, Progress(of, day, max((today - day).days, 0)))
        elif of.after is Status.NOT_STARTED:
            since.pop(task, None)
        elif of.after is Status.COMPLETED and task in since:
            begun = since.pop(task)
            if ((0, *task), of) in first:
                completed.append(Progress(of, begun.since, max((day - begun.since).days, 0)))
    now = [
        since[at,]
        for at, status in enumerate(state)
        if status is Status.IN_PROGRESS and (at,) in since
    ]
    return Times(completed, now)
