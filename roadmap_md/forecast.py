"""When all may be completed: a range, drawn from what was completed day by day.

Each run draws days from the past until nothing is left
(https://kanbanize.com/kanban-resources/kanban-analytics/monte-carlo-simulation). Before that it
draws the past itself anew, with replacement (Efron's bootstrap,
https://doi.org/10.1214/aos/1176344552), which makes the range wider where less is known.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from .rhythm import Rhythm

PERCENTS = (50, 85, 95)
RUNS = 1000
WINDOW = 84  # days of the past that are drawn from
LEAST_DAYS, LEAST_ACTIVE = 14, 5  # with fewer, or fewer with something completed, nothing is said
HORIZON = 3650  # days; what takes longer is not said


class Forecast(NamedTuple):
    """By which *dates* the *left* tasks are completed in so many *percents* of all runs.

    There are none where too little is known: *active* of the *days* that are drawn from had
    something completed. A date is None where it is more than ten years away.
    """

    left: int
    days: int
    active: int
    percents: tuple[int, ...]
    dates: tuple[date | None, ...]


def forecast(
    left: int,
    completed: Sequence[int],
    rhythm: Rhythm,
    start: date,
    percents: Sequence[int] = PERCENTS,
) -> Forecast:
    """When *left* tasks will be completed, if it goes on as the days in *completed*.

    *start* is the first day to come that counts. It is assumed that the days to come are like
    those, each by itself, that nobody adds tasks, and that nothing is done in planned pauses. The
    same arguments give the same answer.
    """
    past = completed[-WINDOW:]
    active = sum(map(bool, past))
    known = Forecast(left, len(past), active, tuple(percents), ())
    if not left or len(past) < LEAST_DAYS or active < LEAST_ACTIVE:
        return known
    lengths = sorted(_runs(left, past))
    chosen = [lengths[-(-RUNS * percent // 100) - 1] for percent in percents]
    return known._replace(dates=tuple(_dates(chosen, rhythm, start)))


def _runs(left: int, past: Sequence[int]) -> list[int]:
    """How many days each run took; more than `HORIZON` where it came to no end."""
    return [_run(left, past, Random(seed).random) for seed in range(RUNS)]


def _run(left: int, past: Sequence[int], random: Callable[[], float]) -> int:
    count = len(past)
    drawn = [past[int(random() * count)] for _ in past]
    if sum(drawn) * HORIZON < left * count / 2:
        return HORIZON + 1  # it would be drawn for long
    done = days = 0
    while done < left and days <= HORIZON:
        done += drawn[int(random() * count)]
        days += 1
    return days


def _dates(lengths: Sequence[int], rhythm: Rhythm, start: date) -> list[date | None]:
    """The last of so many days from *start* on, those in pauses left out."""
    to_come = range(min(HORIZON, (date.max - start).days + 1))
    every = (start + timedelta(days=at) for at in to_come)
    counted = [day for day in every if not rhythm.is_pause(day)]
    return [counted[length - 1] if length <= len(counted) else None for length in lengths]
