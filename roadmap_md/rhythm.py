"""Which days count: those with a completed task, rest days, planned pauses, and those missed.

All of it is arithmetic on calendar days; a day is whoever's it was that completed something.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .tracker import Skeleton

WEEKDAYS = ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
_MOST_REST = 4  # days of a week of which the plan has fewer are not read as a rhythm


class Pause(NamedTuple):
    """Days on which nothing is to be done, *first* and *last* included."""

    first: date
    last: date


class Rhythm(NamedTuple):
    """Which days may be left out: *weekdays* (Monday is 0), *pauses*, and *free* days of any week.

    A week is Monday to Sunday; its first *free* days without a completed task are the free ones.
    """

    weekdays: frozenset[int] = frozenset()
    free: int = 0
    pauses: tuple[Pause, ...] = ()

    def is_pause(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.pauses)


class Kind(Enum):
    """What a day was; *open* is today while nothing is completed yet."""

    DONE = 'done'
    REST = 'rest'
    PAUSE = 'pause'
    MISSED = 'missed'
    OPEN = 'open'


def rhythm_of(
    rest_days: int | Collection[int] | None,
    pauses: Sequence[tuple[date, date]],
    plans: 'Iterable[Skeleton]',
) -> Rhythm:
    """The rhythm that is configured; where no *rest_days* are, what all the *plans* have.

    *rest_days* are weekdays, or the number of free days in a week.
    """
    if rest_days is None:
        rest_days = min(map(free_days, plans), default=0)
    between = tuple(Pause(*pause) for pause in pauses)
    if isinstance(rest_days, int):
        return Rhythm(free=rest_days, pauses=between)
    return Rhythm(weekdays=frozenset(rest_days), pauses=between)


_WEEK = re.compile(r'week-[\d.]+[a-z]?')
_NUMBERED_DAY = re.compile(r'day-[\d.]+[a-z]?')


def free_days(plan: 'Skeleton') -> int:
    """How many days of a week the *plan* leaves free: two where its weeks have five days.

    More than half of the weeks must have as many days, from three to six; the last week, which may
    not be planned yet, is passed over where it has fewer. Which days of the week they are, the plan
    does not say.
    """
    weeks: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for task in plan.tasks:
        names = iter(enumerate(task.path, start=1))
        week = next((at for at, name in names if _WEEK.fullmatch(name)), 0)
        day = next((at for at, name in names if _NUMBERED_DAY.fullmatch(name)), 0)
        if week and day:
            weeks.setdefault(task.path[:week], set()).add(task.path[:day])
    counts = [len(days) for days in weeks.values()]
    if len(counts) > 1 and counts[-1] < counts[-2]:
        counts.pop()
    usual = max(counts, key=counts.count, default=0)
    free = len(WEEKDAYS) - usual
    return free if counts.count(usual) * 2 > len(counts) and 0 < free <= _MOST_REST else 0


def days(rhythm: Rhythm, done: AbstractSet[date], today: date) -> Iterator[tuple[date, Kind]]:
    """What each day was, from the first of those on which something was *done*, to *today*.

    Days after today are passed over: they have not been yet.
    """
    first = min(done, default=date.max).toordinal()
    left = rhythm.free
    for number in range(first, today.toordinal() + bool(done)):
        day = date.fromordinal(number)
        if day.weekday() == 0:
            left = rhythm.free
        kind = _kind(rhythm, day, done, today, left)
        if kind is Kind.REST and day.weekday() not in rhythm.weekdays:
            left -= 1
        yield day, kind


def _kind(rhythm: Rhythm, day: date, done: AbstractSet[date], today: date, free: int) -> Kind:
    if day in done:
        return Kind.DONE
    if rhythm.is_pause(day):
        return Kind.PAUSE
    if day.weekday() in rhythm.weekdays:
        return Kind.REST
    if day == today:
        return Kind.OPEN
    return Kind.REST if free else Kind.MISSED


def missed(rhythm: Rhythm, done: AbstractSet[date], today: date) -> int:
    """How many days were missed since something was last done; today is not over yet."""
    count = 0
    for _, kind in days(rhythm, done, today):
        count = 0 if kind is Kind.DONE else count + (kind is Kind.MISSED)
    return count
