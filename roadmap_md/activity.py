"""What was completed on which day, and what was reopened.

A task is *completed on* a day if it is when the day ends, and was not when it began: what is taken
back on the same day was nothing. Each task counts once, on the first such day; completed once
more, after it was reopened or removed, it counts as *again*.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from .history import ScopeChange, Transition
from .status import Status


class What(Enum):
    """What happened to a task on a day, seen from its end."""

    COMPLETED = 'completed'
    AGAIN = 'again'
    REOPENED = 'reopened'


class Event(NamedTuple):
    """Something that happened on *day*, by the transition *of* tracker number *tracker*."""

    day: date
    what: What
    of: Transition | ScopeChange
    tracker: int

    @property
    def task(self) -> Hashable:
        return self.tracker, *task_of(self.of)


class Counts(NamedTuple):
    """How much happened; *completed* are tasks, each of which counts once ever."""

    completed: int = 0
    again: int = 0
    reopened: int = 0

    @property
    def done(self) -> int:
        """What was completed, for the first time or again."""
        return self.completed + self.again


def task_of(of: Transition | ScopeChange) -> tuple[Hashable, ...]:
    """What tells one task of a tracker from another, through its whole past."""
    return (of.current,) if of.current >= 0 else (of.key, of.title)


def events(pasts: Sequence[Iterable[Transition | ScopeChange]]) -> list[Event]:
    """All that happened in the *pasts* of several trackers, oldest first.

    A past is all transitions and changes of scope. What is not committed has no day yet, and is not
    among it.
    """
    found = [event for at, past in enumerate(pasts) for event in _of_tracker(past, at)]
    return sorted(found, key=lambda event: (event.day, event.of.age * -1))


def _of_tracker(past: Iterable[Transition | ScopeChange], tracker: int) -> Iterator[Event]:
    tasks: dict[tuple[Hashable, ...], list[Transition | ScopeChange]] = {}
    for of in oldest_first(past):
        tasks.setdefault(task_of(of), []).append(of)
    for changes in tasks.values():
        yield from _of_task(changes, tracker)


def oldest_first(
    past: Iterable[Transition | ScopeChange],
) -> list[Transition | ScopeChange]:
    """What has a date; of what was done in one second git's order is kept.

    But in that second tasks appear before they change, and go after that.
    """
    found = [of for of in past if of.date]
    found.reverse()
    return sorted(found, key=lambda of: (-of.age, _turn(of)))


def _turn(of: Transition | ScopeChange) -> int:
    return 0 if of.before is None else 2 if of.after is None else 1


def _of_task(changes: Sequence[Transition | ScopeChange], tracker: int) -> Iterator[Event]:
    """What became of one task, day by day."""
    completed = (changes[0].before or changes[0].after) is Status.COMPLETED
    ever, gone = completed, False
    for day, of_day in groupby(changes, key=_day):
        before, was_gone = completed, gone
        last: Transition | ScopeChange | None = None
        for of in of_day:
            if of.after is None:
                gone = True
            elif of.before is None:
                if gone:
                    completed, gone, last = of.after is Status.COMPLETED, False, of
                if was_gone:
                    before, was_gone = completed, False
            elif of.after is Status.COMPLETED and not completed:
                completed, last = True, of
            elif of.before is Status.COMPLETED and of.after is not of.before and completed:
                # what another branch did to it while it was open has not reopened it
                completed, last = False, of
        if last and completed and not before:
            yield Event(day, What.AGAIN if ever else What.COMPLETED, last, tracker)
        elif last and before and not completed:
            yield Event(day, What.REOPENED, last, tracker)
        ever = ever or completed


def _day(of: Transition | ScopeChange) -> date:
    assert of.date
    return of.date.date()


def count(found: Iterable[Event]) -> Counts:
    of = [event.what for event in found]
    return Counts(of.count(What.COMPLETED), of.count(What.AGAIN), of.count(What.REOPENED))


def by_day(found: Sequence[Event]) -> dict[date, Counts]:
    """The days on which something happened, in order."""
    return {day: count(group) for day, group in groupby(found, key=lambda event: event.day)}


def monday(day: date) -> date:
    """The first day of its week; weeks are those of ISO 8601."""
    return day - timedelta(days=day.weekday())


def by_week(days: dict[date, Counts]) -> dict[date, Counts]:
    """The weeks in which something happened, by their Mondays."""
    return {
        week: Counts(*map(sum, zip(*(days[day] for day in group), strict=True)))
        for week, group in groupby(days, key=monday)
    }
