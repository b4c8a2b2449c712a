"""Streaks: runs of days on each of which something was completed."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .rhythm import Kind


class Run(NamedTuple):
    """*days* with something completed, from *first* to *last*, and none missed between them."""

    days: int
    first: date
    last: date


class Streak(NamedTuple):
    """The run that goes on, or None, and the longest; of several the latest."""

    current: Run | None
    longest: Run | None


def streak(days: Iterable[tuple[date, Kind]]) -> Streak:
    """The streaks in consecutive *days*, which end today.

    A missed day ends a run. Rest days, pauses, and a day that is not over neither end nor lengthen
    it.
    """
    run: Run | None = None
    longest: Run | None = None
    for day, kind in days:
        if kind is Kind.MISSED:
            run = None
        elif kind is Kind.DONE:
            run = Run(run.days + 1, run.first, day) if run else Run(1, day, day)
            longest = run if not longest or run.days >= longest.days else longest
    return Streak(run, longest)
