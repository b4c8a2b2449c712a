"""When each task was started and completed, by whom."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .history import Transition
from .status import Status


class Milestones(NamedTuple):
    """The transitions that made a task what it is now; None where its past does not tell.

    *started* is the first start since the task was last reset, and *completed* the last completion,
    where it is still completed.
    """

    started: Transition | None = None
    completed: Transition | None = None


def milestones(transitions: Iterable[Transition]) -> Mapping[int, Milestones]:
    """Those of every task that has some, by its index in the newest tracker.

    *transitions* are newest first, as `Past` has them.
    """
    reached: dict[int, Milestones] = {}
    for transition in reversed(list(transitions)):
        if transition.current >= 0:
            before = reached.get(transition.current, Milestones())
            reached[transition.current] = _after(transition, before)
    return {task: found for task, found in reached.items() if any(found)}


def _after(transition: Transition, before: Milestones) -> Milestones:
    if transition.after is Status.COMPLETED:
        return before._replace(completed=transition)
    if transition.after is Status.IN_PROGRESS:
        return Milestones(started=before.started or transition)
    if transition.after is Status.NOT_STARTED:
        return Milestones()
    return before._replace(completed=None)
