"""Many learners with one plan: how far each is, and what that comes to.

What is known of a group is a `Group`; those of several repositories are put together by `together`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from .align import align
from .course import Course
from .plan_outline import PlanOutline, outline_of
from .stats import Counts
from .tracker import read_tracker
from .vocabulary import Preference


class Learner(NamedTuple):
    """How far one learner is; *source* is the ref or directory where that was read.

    *plan* is the name of theirs, and *current* the key of the task that they are at, *title* its
    title; *course* is what their history tells, if that was asked, *errors* how often which rules
    are broken, by code. Where nothing could be read, *trouble* says why, and there is no plan.
    """

    name: str
    source: str
    commit: str = ''
    plan: str = ''
    counts: Counts = Counts(0, 0, 0, 0, 0)
    current: str = ''
    title: str = ''
    course: Course | None = None
    errors: Mapping[str, int] | None = None
    trouble: str = ''

    @property
    def error_count(self) -> int:
        return sum((self.errors or {}).values())

    @property
    def at(self) -> str:
        """Where they are, in words."""
        if self.current:
            return called(self.current, self.title)
        blocked = self.counts.blocked
        return f'{blocked} blocked' if blocked else 'all is done'


def called(key: str, title: str) -> str:
    """A task by its key and its title, once if they are the same."""
    return f'{key}  {title}' if title not in ('', key) else key


class Plan(NamedTuple):
    """A plan that some learners have.

    For each task: how many have *passed* it, how many are *here*, at it, and how many had it in
    progress for so many days (*times*).
    """

    outline: PlanOutline
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
        one.outline, one.learners + other.learners,
        tuple(map(sum, zip(one.passed, other.passed, strict=True))),
        tuple(map(sum, zip(one.here, other.here, strict=True))),
        tuple(Counter(a) + Counter(b) for a, b in zip(one.times, other.times, strict=True)),
    )  # fmt: skip


class Stage(NamedTuple):
    """A task of the plan: how many learners have *passed* it, and how many are *here*, at it.

    *times* are the quartiles of how many days they had it in progress, where that is known.
    """

    key: str
    title: str
    passed: int
    here: int
    times: tuple[int, int, int] | None


def template(group: Group, example: bytes | None, preference: Preference) -> PlanOutline | None:
    """The plan to compare with: *example*, or else what most have; None where none has any."""
    if example is not None:
        return outline_of(read_tracker(example, preference))
    if not group.plans:
        return None
    every = group.plans.values()
    return max(every, key=lambda plan: (plan.learners, plan.outline.example)).outline


class Other(NamedTuple):
    """A *plan* that is not the common one; *texts* are those of its tasks, *common* those of that.

    *pairs* tell for each of its tasks which of the common ones it is, or -1.
    """

    plan: Plan
    texts: Sequence[str]
    common: Sequence[str]
    pairs: Sequence[int]


def others(group: Group, common: PlanOutline, preference: Preference) -> list[Other]:
    """The plans that some have instead of the *common* one."""
    plans = [plan for name, plan in group.plans.items() if name != common.name]
    if not plans:
        return []
    ours = read_tracker(common.example, preference)
    texts = [task.text for task in ours.tasks]
    found = []
    for plan in plans:
        theirs = read_tracker(plan.outline.example, preference)
        pairs = align(ours.skeleton, theirs.skeleton)
        found.append(Other(plan, [task.text for task in theirs.tasks], texts, pairs))
    return found


def stages(group: Group, common: PlanOutline, other: Iterable[Other]) -> list[Stage]:
    """Each task of the *common* plan, and how far those are who have it, in whatever plan."""
    number = len(common.keys)
    passed, here = [0] * number, [0] * number
    times: list[Counter[int]] = [Counter() for _ in common.keys]
    every: list[tuple[Plan, Sequence[int]]] = [(one.plan, one.pairs) for one in other]
    if same := group.plans.get(common.name):
        every.append((same, range(number)))
    for plan, pairs in every:
        for at, task in enumerate(pairs):
            if task >= 0:
                passed[task] += plan.passed[at]
                here[task] += plan.here[at]
                times[task].update(plan.times[at])
    return [
        Stage(key, title, passed[at], here[at], quartiles(times[at]))
        for at, (key, title) in enumerate(zip(common.keys, common.titles, strict=True))
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


def changed(other: Iterable[Other]) -> list[Changed]:
    """What those have changed who have another plan, the most frequent first."""
    found = []
    for plan, texts, common, pairs in other:
        kept = {*pairs}
        both = [(common[old], texts[new]) for new, old in enumerate(pairs) if old >= 0]
        found.append(Changed(
            plan.outline.name, plan.learners,
            tuple(texts[new] for new, old in enumerate(pairs) if old < 0),
            tuple(text for at, text in enumerate(common) if at not in kept),
            tuple((old, new) for old, new in both if old != new),
        ))  # fmt: skip
    return sorted(found, key=lambda one: (-one.learners, one.plan))


STUCK = 14  # days without anything completed


class View(NamedTuple):
    """Which learners are shown: *only* some kind, or *at* a task; and who comes first."""

    only: str = ''
    at: str = ''
    sort: str = 'progress'


ONLY: Mapping[str, Callable[[Learner, str, date], bool]] = {
    'begun': lambda one, common, today: one.counts.is_begun,
    'not-begun': lambda one, common, today: not one.counts.is_begun,
    'finished': lambda one, common, today: one.counts.percent == 100,
    'unfinished': lambda one, common, today: one.counts.percent != 100,
    'changed': lambda one, common, today: one.plan != common,
    'stuck': lambda one, common, today: is_stuck(one, today),
    'problems': lambda one, common, today: bool(one.errors),
}


@cache  # of many learners few have counts that no other has
def _percent(counts: Counts) -> float:
    return counts.exact_percent or 0


SORTS: Mapping[str, Callable[[Learner], Any]] = {
    'progress': lambda one: -_percent(one.counts),
    'name': lambda one: 0,
    'last': lambda one: -(one.course.last or date.min).toordinal() if one.course else 0,
    'streak': lambda one: -one.course.streak if one.course else 0,
    'pace': lambda one: -(one.course.pace or 0) if one.course else 0,
    'problems': lambda one: -one.error_count,
}
OF_HISTORY = ('last', 'streak', 'pace')


BY_NAME = attrgetter('name', 'source')


def chosen(
    learners: Iterable[Learner], view: View, common: str, today: date,
    ties: Callable[[Learner], Any] = BY_NAME,
) -> list[Learner]:  # fmt: skip
    """Those of *learners* that the *view* shows; *common* is the plan that all began with.

    Where the view puts nobody first, *ties* does.
    """
    found = learners
    if view.at:
        found = (one for one in found if view.at in (one.current, one.title))
    if view.only:
        is_shown = ONLY[view.only]
        found = (one for one in found if is_shown(one, common, today))
    return sorted(sorted(found, key=ties), key=SORTS[view.sort])


def is_stuck(one: Learner, today: date) -> bool:
    """Has one begun, is not done, and completed nothing for long?"""
    last = one.course.last if one.course else None
    return last is not None and one.counts.percent != 100 and (today - last).days >= STUCK
