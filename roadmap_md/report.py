"""All that a report on some plans shows, before anything of it is given a form."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from .chronicle import Chronicle
from .history import Entry
from .lint import Diagnostic
from .milestones import Milestones
from .stats import Counts, count
from .tracker import Tracker


class Plan(NamedTuple):
    """The *tracker* at *path*, when its tasks were *reached*, and the *problems* found in it."""

    path: str
    tracker: Tracker
    reached: Mapping[int, Milestones]
    problems: Sequence[Diagnostic]


class Past(NamedTuple):
    """What happened to all the plans, and the *notes* that were kept with it, newest first.

    *incomplete* is why that may not be all.
    """

    told: Chronicle
    notes: Sequence[Entry]
    incomplete: Sequence[str]


class Report(NamedTuple):
    """The *plans* as they are on the day *today*; *past* is None where nothing keeps one."""

    today: date
    plans: Sequence[Plan]
    past: Past | None

    @property
    def counts(self) -> Counts:
        return count(status for plan in self.plans for status in plan.tracker.state)

    @property
    def problems(self) -> list[Diagnostic]:
        return [found for plan in self.plans for found in plan.problems]


def noted(entries: Iterable[Entry]) -> list[Entry]:
    """Those with a note; of several that one commit made, the first."""
    told: dict[str, Entry] = {}
    for entry in entries:
        if entry.note:
            told.setdefault(entry.of.commit, entry)
    return list(told.values())
