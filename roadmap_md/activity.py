"""What was completed on which day, and what was reopened.

A task is *completed on* a day if it is when the day ends, and was not when it began: what is taken
back on the same day was nothing. Each task counts once, on the first such day; completed once
more, after it was reopened, it counts as *again*.
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
    of: Transition
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


def events(pasts: Sequence[Iterable[Transition]]) -> list[Event]:
    """All that happened in the *pasts* of several trackers, oldest first.

    What is not committed has no day yet, and is not among it.
    """
    found = [event for at, past in enumerate(pasts) for event in _of_tracker(past, at)]
    return sorted(found, key=lambda event: (event.day, event.of.age * -1))


def _of_tracker(past: Iterable[Transition], tracker: int) -> Iterator[Event]:
    tasks: dict[tuple[Hashable, ...], list[Transition]] = {}
    for of in oldest_first(past):
        tasks.setdefault(task_of(of), []).append(of)
    for transitions in tasks.values():
        yield from _of_task(transitions, tracker)


def oldest_first(past: Iterable[Transition]) -> list[Transition]:
    """The transitions that have a date; of those made in one second git's order is kept."""
    found = [of for of in past if of.date]
    found.reverse()
    return sorted(found, key=lambda of: -of.age)


def _of_task(transitions: Sequence[Transition], tracker: int) -> Iterator[Event]:
    """What became of one task, day by day."""
    completed = transitions[0].before is Status.COMPLETED
    ever = completed
    for day, changes in groupby(transitions, key=_day):
        before, last = completed, transitions[0]
        for of in changes:
            if of.after is Status.COMPLETED and not completed:
                completed, last = True, of
            elif of.before is Status.COMPLETED and of.after is not of.before and completed:
                # what another branch did to it while it was open has not reopened it
                completed, last = False, of
        if completed and not before:
            yield Event(day, What.AGAIN if ever else What.COMPLETED, last, tracker)
            ever = True
        elif before and not completed:
            yield Event(day, What.REOPENED, last, tracker)


def _day(of: Transition) -> date:
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
