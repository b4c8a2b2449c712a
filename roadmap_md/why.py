"""Why a streak is as long as it is: what each day was, and for what reason."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from .activity import Event, monday
from .rhythm import WEEKDAYS, Kind, Rhythm


class Reason(NamedTuple):
    """What *day* was, how long the streak was when it ended, and what the day *says* for itself.

    *events* are what happened to tasks on it.
    """

    day: date
    kind: Kind
    length: int
    says: str
    events: tuple[Event, ...]


def why(
    kinds: Sequence[tuple[date, Kind]], events: Sequence[Event], rhythm: Rhythm
) -> Iterator[Reason]:
    """The reasons of consecutive days, oldest first."""
    on = {day: tuple(group) for day, group in groupby(events, key=lambda event: event.day)}
    length, free, week = 0, 0, date.min
    for day, kind in kinds:
        if monday(day) != week:
            week, free = monday(day), 0
        free += kind is Kind.REST and day.weekday() not in rhythm.weekdays
        says = _says(day, kind, rhythm, free, length)
        length = length + 1 if kind is Kind.DONE else 0 if kind is Kind.MISSED else length
        yield Reason(day, kind, length, says, on.get(day, ()))


def _says(day: date, kind: Kind, rhythm: Rhythm, free: int, length: int) -> str:
    match kind:
        case Kind.REST if day.weekday() in rhythm.weekdays:
            return f'{WEEKDAYS[day.weekday()]} is a rest day'
        case Kind.REST:
            return f'free day {free} of {rhythm.free} in this week'
        case Kind.PAUSE:
            first, last = next(pause for pause in rhythm.pauses if pause.first <= day <= pause.last)
            return f'paused from {first} to {last}'
        case Kind.MISSED:
            return 'the streak ends' if length else ''
        case Kind.OPEN:
            return 'today is not over'
    return ''
