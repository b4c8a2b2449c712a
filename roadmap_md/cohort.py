"""Many learners with one plan: how far each is, and what that comes to.

What is known of a group is a `Group`; those of several repositories are put together by `together`.
"""

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from .align import align
from .order import leaves
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
    title. Where nothing could be read, *trouble* says why, and there is no plan.
    """

    name: str
    source: str
    commit: str = ''
    plan: str = ''
    counts: Counts = Counts(0, 0, 0, 0, 0)
    current: str = ''
    title: str = ''
    trouble: str = ''


class Plan(NamedTuple):
    """A plan that some learners have: *example* is one of their files, *passed* and *here* count.

    For each task: how many have completed it, and how many are at it.
    """

    example: bytes
    learners: int
    passed: tuple[int, ...]
    here: tuple[int, ...]


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
    )  # fmt: skip


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
        return Plan(self.example.data, self.learners, passed, tuple(self.here))


def plan_name(tracker: Tracker) -> str:
    """What two trackers have in common whose tasks and sections have the same names and places."""
    sections, tasks, *_ = tracker.skeleton
    said = repr((
        [(section.level, section.text, section.parent) for section in sections],
        [(task.text, task.section, task.parent, task.owner) for task in tasks],
    ))  # fmt: skip
    return blake2b(said.encode(errors='surrogatepass'), digest_size=8).hexdigest()


class Stage(NamedTuple):
    """A task of the plan: how many learners have *passed* it, and how many are *here*, at it."""

    key: str
    title: str
    passed: int
    here: int


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
    for plan in group.plans.values():
        theirs = read_tracker(plan.example, preference)
        for at, task in enumerate(align(common.skeleton, theirs.skeleton)):
            if task >= 0:
                passed[task] += plan.passed[at]
                here[task] += plan.here[at]
    return [
        Stage(task.key, task.title or task.text, *numbers)
        for task, *numbers in zip(common.tasks, passed, here, strict=True)
    ]


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


SORTS: Mapping[str, Callable[[Learner], Any]] = {
    'name': lambda learner: learner.name,
    'progress': lambda learner: (-(learner.counts.exact_percent or 0), learner.name),
}
