"""Many learners with one plan: how far each is, and what that comes to.

What is known of a group is a `Group`; those of several repositories are put together by `together`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from .align import align
from .course import Course, Tick, course
from .order import leaves
from .rhythm import Rhythm, rhythm_of
from .stats import Counts
from .status import STATUSES, Status
from .stencil import Stencilled, picks
from .tracker import Tracker, read_tracker
from .vocabulary import Preference

_IN_PROGRESS, _OPEN = (STATUSES.index(s) for s in (Status.IN_PROGRESS, Status.NOT_STARTED))
_COUNTED = (
    Status.COMPLETED, Status.IN_PROGRESS, Status.NOT_STARTED, Status.BLOCKED, Status.CANCELLED,
)  # fmt: skip
_CODES = tuple(map(STATUSES.index, _COUNTED))


class Learner(NamedTuple):
    """How far one learner is; *source* is the ref or directory where that was read.

    *plan* is the name of theirs, and *current* the key of the task that they are at, *title* its
    title; *course* is what their history tells, if that was asked. Where nothing could be read,
    *trouble* says why, and there is no plan.
    """

    name: str
    source: str
    commit: str = ''
    plan: str = ''
    counts: Counts = Counts(0, 0, 0, 0, 0)
    current: str = ''
    title: str = ''
    course: Course | None = None
    trouble: str = ''


class Plan(NamedTuple):
    """A plan that some learners have: *example* is one of their files.

    For each task: how many have *passed* it, how many are *here*, at it, and how many had it in
    progress for so many days (*times*).
    """

    example: bytes
    learners: int
    passed: tuple[int, ...]
    here: tuple[int, ...]
    times: tuple[Mapping[int, int], ...]


class Group(NamedTuple):
    """Some *learners*, and their *plans* by name."""

    learners: tuple[Learner, ...]
    plans: Mapping[str, Plan]


def together(groups: Iterable[Group]) -> Group:
    """All of them as one."""
    learners: list[Learner] = []
    plans: dict[str, Plan] = {}
    for group in groups:
        learners += group.learners
        for name, plan in group.plans.items():
            plans[name] = _sum(plans[name], plan) if name in plans else plan
    return Group(tuple(learners), plans)


def _sum(one: Plan, other: Plan) -> Plan:
    return Plan(
        one.example, one.learners + other.learners,
        tuple(map(sum, zip(one.passed, other.passed, strict=True))),
        tuple(map(sum, zip(one.here, other.here, strict=True))),
        tuple(Counter(a) + Counter(b) for a, b in zip(one.times, other.times, strict=True)),
    )  # fmt: skip


class Clock(NamedTuple):
    """The day it is, and which days count, if that is configured; else the plan says."""

    today: date
    rest_days: tuple[int, ...] | int | None = None
    pauses: tuple[tuple[date, date], ...] = ()

    def rhythm(self, plan: Tracker) -> Rhythm:
        return rhythm_of(self.rest_days, self.pauses, [plan.skeleton])


class Survey:
    """Counts learners one after the other, each in the time that it takes to count bytes."""

    def __init__(self) -> None:
        self._tallies: dict[int, _Tally] = {}

    def add(self, name: str, source: str, commit: str, found: Stencilled) -> Learner:
        """The learner whose tracker was *found*."""
        tally = self._tallies.get(id(found.example))
        if tally is None:
            tally = self._tallies[id(found.example)] = _Tally(found.example)
        state = found.state
        tally.learners += 1
        tally.states.append(state)
        current = tally.current(state)
        if current >= 0:
            tally.here[current] += 1
        key, title = tally.named[current]
        counts = Counts._make([state.count(code) for code in _CODES])
        return Learner(name, source, commit, tally.name, counts, key, title)

    def follow(
        self, learner: Learner, plan: Tracker, ticks: Sequence[Tick], clock: Clock
    ) -> Learner:
        """The same learner, whose *ticks* are those of tasks of *plan*."""
        counts = learner.counts
        left = counts.total - counts.completed - counts.cancelled
        tally = self._tallies[id(plan)]
        tally.rhythm = tally.rhythm or clock.rhythm(plan)
        of = course(ticks, left, tally.rhythm, clock.today)
        for task, days in of.times.items():
            tally.times[task][days] += 1
        return learner._replace(course=of._replace(times={}))

    def plans(self) -> dict[str, Plan]:
        found: dict[str, Plan] = {}
        for tally in self._tallies.values():
            plan = tally.plan()
            found[tally.name] = _sum(found[tally.name], plan) if tally.name in found else plan
        return found


class _Tally:
    """What is counted of those whose plan is that of *example*."""

    def __init__(self, example: Tracker) -> None:
        self.example = example
        self.name = plan_name(example)
        self.learners = 0
        self.here = [0] * len(example.tasks)
        self.rhythm: Rhythm | None = None
        self.times: list[Counter[int]] = [Counter() for _ in example.tasks]
        self.states: list[bytes] = []
        of_leaves = leaves(example)
        self._candidates = [
            (indices, picks(indices)) for indices in (of_leaves, sorted(example.parents)) if indices
        ]
        self.named = [(task.key, task.title) for task in example.tasks] + [('', '')]

    def current(self, state: bytes) -> int:
        """As ``next_task`` has it; -1 where nothing is left."""
        for indices, pick in self._candidates:
            codes = bytes(pick(state))
            for wanted in (_IN_PROGRESS, _OPEN):
                if (at := codes.find(wanted)) >= 0:
                    return indices[at]
        return -1

    def plan(self) -> Plan:
        done = STATUSES.index(Status.COMPLETED)
        every = b''.join(self.states)
        tasks = len(self.here)
        passed = tuple(every[at::tasks].count(done) for at in range(tasks))
        return Plan(self.example.data, self.learners, passed, tuple(self.here), tuple(self.times))


def plan_name(tracker: Tracker) -> str:
    """What two trackers have in common whose tasks and sections have the same names and places."""
    sections, tasks, *_ = tracker.skeleton
    said = repr((
        [(section.level, section.text, section.parent) for section in sections],
        [(task.text, task.section, task.parent, task.owner) for task in tasks],
    ))  # fmt: skip
    return blake2b(said.encode(errors='surrogatepass'), digest_size=8).hexdigest()


class Stage(NamedTuple):
    """A task of the plan: how many learners have *passed* it, and how many are *here*, at it.

    *times* are the quartiles of how many days they had it in progress, where that is known.
    """

    key: str
    title: str
    passed: int
    here: int
    times: tuple[int, int, int] | None


def template(group: Group, example: bytes | None, preference: Preference) -> Tracker | None:
    """The plan to compare with: *example*, or else what most have; None where none has any."""
    if example is None:
        if not group.plans:
            return None
        example = max(group.plans.values(), key=lambda plan: (plan.learners, plan.example)).example
    return read_tracker(example, preference)


def stages(group: Group, common: Tracker, preference: Preference) -> list[Stage]:
    """Each task of the *common* plan, and how far those are who have it, in whatever plan."""
    passed, here = ([0] * len(common.tasks) for _ in range(2))
    times: list[Counter[int]] = [Counter() for _ in common.tasks]
    for plan in group.plans.values():
        theirs = read_tracker(plan.example, preference)
        for at, task in enumerate(align(common.skeleton, theirs.skeleton)):
            if task >= 0:
                passed[task] += plan.passed[at]
                here[task] += plan.here[at]
                times[task].update(plan.times[at])
    return [
        Stage(task.key, task.title or task.text, passed[at], here[at], quartiles(times[at]))
        for at, task in enumerate(common.tasks)
    ]


def quartiles(counts: Mapping[int, int]) -> tuple[int, int, int] | None:
    """The first number that a quarter, a half, three quarters of all are not above.

    *counts* tells how often each number is there.
    """
    total = sum(counts.values())
    if not total:
        return None
    found: list[int] = []
    seen = 0
    for number in sorted(counts):
        seen += counts[number]
        while len(found) < 3 and seen * 4 >= total * (len(found) + 1):
            found.append(number)
    return found[0], found[1], found[2]


class Changed(NamedTuple):
    """How the plan of some *learners* differs from the common one, in titles of tasks."""

    plan: str
    learners: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    retitled: tuple[tuple[str, str], ...]


def changed(group: Group, common: Tracker, preference: Preference) -> list[Changed]:
    """What those have changed who have another plan, the most frequent first."""
    found = []
    for name, plan in group.plans.items():
        theirs = read_tracker(plan.example, preference)
        if name == plan_name(common):
            continue
        pairs = align(common.skeleton, theirs.skeleton)
        both = [(common.tasks[old], theirs.tasks[new]) for new, old in enumerate(pairs) if old >= 0]
        found.append(Changed(
            name, plan.learners,
            tuple(theirs.tasks[new].text for new, old in enumerate(pairs) if old < 0),
            tuple(task.text for at, task in enumerate(common.tasks) if at not in pairs),
            tuple((old.text, new.text) for old, new in both if old.text != new.text),
        ))  # fmt: skip
    return sorted(found, key=lambda one: (-one.learners, one.plan))


STUCK = 14  # days without anything completed


class View(NamedTuple):
    """Which learners are shown: *only* some kind, or *at* a task; and who comes first."""

    only: str = ''
    at: str = ''
    sort: str = 'progress'


ONLY = ('begun', 'not-begun', 'finished', 'unfinished', 'changed', 'stuck')
SORTS: Mapping[str, Callable[[Learner], Any]] = {
    'progress': lambda one: -(one.counts.exact_percent or 0),
    'name': lambda one: '',
    'last': lambda one: -(one.course.last or date.min).toordinal() if one.course else 0,
    'streak': lambda one: -one.course.streak if one.course else 0,
    'pace': lambda one: -(one.course.pace or 0) if one.course else 0,
}
OF_HISTORY = ('last', 'streak', 'pace')


def chosen(learners: Iterable[Learner], view: View, common: str, today: date) -> list[Learner]:
    """Those of *learners* that the *view* shows; *common* is the plan that all began with."""
    found = [one for one in learners if _is_chosen(one, view, common, today)]
    return sorted(found, key=lambda one: (SORTS[view.sort](one), one.name))


def _is_chosen(one: Learner, view: View, common: str, today: date) -> bool:
    if view.at and view.at not in (one.current, one.title):
        return False
    counts = one.counts
    finished = counts.percent == 100
    begun = counts.completed + counts.in_progress > 0
    return {
        '': True, 'begun': begun, 'not-begun': not begun, 'finished': finished,
        'unfinished': not finished, 'changed': one.plan != common,
        'stuck': not finished and is_stuck(one, today),
    }[view.only]  # fmt: skip


def is_stuck(one: Learner, today: date) -> bool:
    """Has one begun, and completed nothing for long?"""
    last = one.course.last if one.course else None
    return last is not None and (today - last).days >= STUCK
