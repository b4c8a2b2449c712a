"""All that `stats --history` tells, computed from the past of some trackers and the day it is."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from .activity import Counts, Event, What, by_day, by_week, events, task_of
from .burnup import Point, burn_up
from .forecast import Forecast, forecast
from .history import ScopeChange, Transition
from .pace import Pace, Times, daily, pace, times
from .people import Person, people
from .rhythm import Kind, Rhythm, days
from .stats import count
from .status import Status
from .streak import Streak, streak
from .tracker import Tracker


class Told(NamedTuple):
    """One tracker and its past, newest first: as `past.Past` has it."""

    newest: Tracker
    transitions: Sequence[Transition]
    scope: Sequence[ScopeChange]

    @property
    def changes(self) -> list[Transition | ScopeChange]:
        """All that has happened to its tasks."""
        return [*self.transitions, *self.scope]


class Chronicle(NamedTuple):
    """What happened by day, week and person, and what that amounts to.

    *events* are oldest first; in *future* are those that are dated after *today*, which count in
    nothing else. *uncommitted* tasks are completed in the file, and in no commit yet.
    """

    today: date
    rhythm: Rhythm
    kinds: list[tuple[date, Kind]]
    events: list[Event]
    future: list[Event]
    days: Mapping[date, Counts]
    weeks: Mapping[date, Counts]
    people: list[Person]
    streak: Streak
    pace: Pace | None
    times: Times
    forecast: Forecast
    burn_up: list[Point]
    uncommitted: int

    @property
    def reopened(self) -> list[Event]:
        """For each task that was reopened, when it last was."""
        last = {event.task: event for event in self.events if event.what is What.REOPENED}
        return list(last.values())


def chronicle(told: Sequence[Told], rhythm: Rhythm, today: date) -> Chronicle:
    found = events([one.changes for one in told])
    future = [event for event in found if event.day > today]
    found = [event for event in found if event.day <= today]
    told = [_until(one, today) for one in told]
    by = by_day(found)
    done = {day for day, counts in by.items() if counts.done}
    kinds = list(days(rhythm, done, today))
    completed = daily(kinds, by)
    counts = count(status for one in told for status in one.newest.state)
    left = counts.total - counts.completed - counts.cancelled
    is_done = bool(kinds) and kinds[-1][1] is Kind.DONE
    start = today + timedelta(days=1) if is_done else today
    return Chronicle(
        today, rhythm, kinds, found, future, by, by_week(by), people(found, rhythm, today),
        streak(kinds),
        pace(completed), _times(told, today),
        forecast(left, completed, rhythm, start),
        burn_up([one.changes for one in told]),
        _uncommitted(told),
    )  # fmt: skip


def _until(told: Told, today: date) -> Told:
    """The same without what is dated after today."""
    transitions = [of for of in told.transitions if not of.date or of.date.date() <= today]
    scope = [of for of in told.scope if not of.date or of.date.date() <= today]
    return told._replace(transitions=transitions, scope=scope)


def _times(told: Sequence[Told], today: date) -> Times:
    found = [times(one.changes, one.newest.state, today) for one in told]
    return Times(*([one for of in lists for one in of] for lists in zip(*found, strict=True)))


def _uncommitted(told: Sequence[Told]) -> int:
    """How many tasks are completed in a file, and not in what is committed."""
    return sum(
        len({task_of(of) for of in one.transitions
             if not of.date and of.after is Status.COMPLETED})
        for one in told
    )  # fmt: skip
