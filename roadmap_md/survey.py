"""Counts learners, each in the time that it takes to count bytes."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from .cohort import Learner, Plan
from .course import Tick, course
from .plan_outline import PlanOutline
from .rhythm import Rhythm, rhythm_of
from .stats import Counts
from .status import STATUSES, Status
from .stencil import picks
from .tracker import Tracker

_IN_PROGRESS, _OPEN, _DONE = (
    STATUSES.index(status) for status in (Status.IN_PROGRESS, Status.NOT_STARTED, Status.COMPLETED)
)
_CODES = tuple(STATUSES.index(Status(name.replace('_', '-'))) for name in Counts._fields)


class Clock(NamedTuple):
    """The day it is, and which days count, if that is configured; else the plan says."""

    today: date
    rest_days: tuple[int, ...] | int | None = None
    pauses: tuple[tuple[date, date], ...] = ()

    def rhythm(self, plan: Tracker) -> Rhythm:
        return rhythm_of(self.rest_days, self.pauses, [plan.skeleton])


class Tip(NamedTuple):
    """What is at a commit: the name of the *plan*, the *state*, and what follows from that.

    *current* is the number of the task that is next, or -1.
    """

    plan: str
    state: bytes
    counts: Counts
    current: int


class Survey:
    """What is counted of all learners that are added, for each plan that they have."""

    def __init__(self) -> None:
        self._tallies: dict[str, _Tally] = {}

    def tip(self, outline: PlanOutline, state: bytes) -> Tip:
        """What is where there is that *state* of that plan."""
        current = self._tally(outline).current(state)
        return Tip(outline.name, state, Counts(*map(state.count, _CODES)), current)

    def add(self, called: tuple[str, str, str], outline: PlanOutline, tip: Tip) -> Learner:
        """The learner at that *tip*; *called* is the name, where that was read, and the commit."""
        plan, state, counts, current = tip
        tally = self._tallies.get(plan) or self._tally(outline)
        tally.states.append(state)
        tally.at.append(current)
        return Learner(*called, plan, counts, *tally.named[current])

    def _tally(self, outline: PlanOutline) -> '_Tally':
        found = self._tallies.get(outline.name)
        if found is None:
            found = self._tallies[outline.name] = _Tally(outline)
        return found

    def follow(
        self, learner: Learner, plan: Tracker, ticks: Sequence[Tick], clock: Clock
    ) -> Learner:
        """The same learner, whose *ticks* are those of tasks of *plan*."""
        counts = learner.counts
        left = counts.total - counts.completed - counts.cancelled
        tally = self._tallies[learner.plan]
        tally.rhythm = tally.rhythm or clock.rhythm(plan)
        of = course(ticks, left, tally.rhythm, clock.today)
        for task, days in of.times.items():
            tally.times[task][days] += 1
        return learner._replace(course=of._replace(times={}))

    def plans(self) -> dict[str, Plan]:
        return {name: tally.plan() for name, tally in self._tallies.items()}


class _Tally:
    """What is counted of those with one plan."""

    def __init__(self, outline: PlanOutline) -> None:
        self.outline = outline
        self.rhythm: Rhythm | None = None
        self.times: list[Counter[int]] = [Counter() for _ in outline.keys]
        self.states: list[bytes] = []
        self.at: list[int] = []
        self.named = [*zip(outline.keys, outline.titles, strict=True), ('', '')]
        self._candidates = [
            (indices, picks(list(indices)))
            for indices in (outline.leaves, outline.parents)
            if indices
        ]

    def current(self, state: bytes) -> int:
        """As ``next_task`` has it; -1 where nothing is left."""
        for indices, pick in self._candidates:
            codes = bytes(pick(state))
            for wanted in (_IN_PROGRESS, _OPEN):
                if (at := codes.find(wanted)) >= 0:
                    return indices[at]
        return -1

    def plan(self) -> Plan:
        every, tasks = b''.join(self.states), len(self.outline.keys)
        passed = tuple(every[at::tasks].count(_DONE) for at in range(tasks))
        at = Counter(self.at)
        here = tuple(at[task] for task in range(tasks))
        return Plan(self.outline, len(self.states), passed, here, tuple(self.times))
