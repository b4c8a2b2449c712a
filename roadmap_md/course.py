"""How one learner of many goes on: when they last completed something, in what rhythm, how fast.

The same words as for one tracker (`streak`, `pace`), in the time in which ten thousand can be told.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from .activity import Counts
from .pace import RECENT, daily, pace
from .rhythm import Rhythm, days
from .status import STATUSES, Status
from .streak import streak

_COMPLETED, _STARTED, _OPEN = (
    STATUSES.index(status) for status in (Status.COMPLETED, Status.IN_PROGRESS, Status.NOT_STARTED)
)


_LAST = date.max.toordinal()
_ENDS_A_RUN = 14  # days; a week has at least three on which something is to be done
_DAY = itemgetter(0)


class Tick(NamedTuple):
    """A *task* going from one status to another (numbers in ``STATUSES``) on the ordinal *day*."""

    day: int
    task: int
    before: int
    after: int


class Course(NamedTuple):
    """What the ticks of a learner come to.

    *last* is the day of the last completion, *active* how many days have one, *streak* how many of
    them the run has that goes on, *pace* how many tasks a week were completed recently, *finish*
    when all is completed if that goes on. *times* are the days that each task was in progress.
    """

    last: date | None = None
    active: int = 0
    streak: int = 0
    pace: float | None = None
    finish: date | None = None
    times: Mapping[int, int] = {}


def course(ticks: Iterable[Tick], left: int, rhythm: Rhythm, today: date) -> Course:
    """What *ticks*, oldest first, come to; *left* tasks are to be completed yet.

    As everywhere, a task is completed on a day if it is when the day ends, and was not when it
    began. Ticks of days to come count in nothing.
    """
    until = today.toordinal()
    passed = [tick for tick in ticks if tick.day <= until]
    first, done = _completed(passed)
    if not done:
        return Course(times=_times(passed))
    run = _run(done, rhythm, today)
    per_week = _pace(list(first.values()), done, rhythm, today)
    finish = None
    if per_week and left:
        start = until + (until in done)
        finish = date.fromordinal(min(start + ceil(left * 7 / per_week) - 1, _LAST))
    last = date.fromordinal(max(done))
    return Course(last, len(done), run, per_week, finish, _times(passed))


def _completed(ticks: Iterable[Tick]) -> tuple[dict[int, int], set[int]]:
    """The day on which each task was first completed, and all days on which any was."""
    first: dict[int, int] = {}
    done: set[int] = set()
    for day, of_day in groupby(sorted(ticks, key=_DAY), key=_DAY):
        began: dict[int, int] = {}
        ended: dict[int, int] = {}
        for _, task, before, after in of_day:
            began.setdefault(task, before)
            ended[task] = after
        for task, after in ended.items():
            if after == _COMPLETED != began[task]:
                first.setdefault(task, day)
                done.add(day)
    return first, done


def _times(ticks: Iterable[Tick]) -> dict[int, int]:
    """For each task that was started and completed, how many days it was in progress."""
    started: dict[int, int] = {}
    found: dict[int, int] = {}
    for day, task, _, after in ticks:
        if after == _STARTED:
            started.setdefault(task, day)
        elif after == _OPEN:
            started.pop(task, None)
        elif after == _COMPLETED and task in started:
            found.setdefault(task, max(day - started.pop(task), 0))
    return found


def _run(done: set[int], rhythm: Rhythm, today: date) -> int:
    """The length of the run that goes on.

    Two weeks in which nothing was done end any run without pauses, so that most days need not be
    looked at.
    """
    recent = sorted(done)
    if not rhythm.pauses:
        until = today.toordinal()
        for at, day in reversed(list(enumerate(recent))):
            if until - day > _ENDS_A_RUN:
                recent = recent[at + 1 :]
                break
            until = day
    run = streak(days(rhythm, set(map(date.fromordinal, recent)), today)).current
    return run.days if run else 0


def _pace(first: Sequence[int], done: set[int], rhythm: Rhythm, today: date) -> float:
    """Tasks a week, recently; *first* are the days on which each was first completed."""
    if rhythm.pauses:
        dates = set(map(date.fromordinal, done))
        counts = {date.fromordinal(day): Counts(first.count(day)) for day in first}
        found = pace(daily(list(days(rhythm, dates, today)), counts))
        return found.recent if found else 0.0
    last = today.toordinal()
    last -= last not in done  # today is not over
    number = min(RECENT, last - min(done) + 1)
    recent = sum(last - number < day <= last for day in first)
    return recent * 7 / max(number, 7)
