"""What was done to a tracker by hand since it was last committed, as steps to be committed.

A step is one task's change of status and nothing else. All steps together make the last commit's
version say of each task what the file says of it; the text of both stays what it is.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .align import align
from .spelling import spelled_as
from .status import Status
from .tracker import Tracker

# Whether the first tracker may become the second.
Allowed = Callable[[Tracker, Tracker], bool]
_RANK = {
    Status.NOT_STARTED: 0, Status.BLOCKED: 0, Status.IN_PROGRESS: 1, Status.COMPLETED: 2,
    Status.CANCELLED: 2,
}  # fmt: skip


class Move(NamedTuple):
    """A task with another status: number *old* in the last commit, *new* in the file."""

    old: int
    new: int


class Step(NamedTuple):
    """One move, as the last commit's version *before* and *after* it."""

    move: Move
    before: Tracker
    after: Tracker


class HandEdits(NamedTuple):
    """The *steps* from *head*, the last commit's version, towards the *file*.

    *start* is the file with the statuses that it had before them. *fixed* are tasks of the file
    whose status is not that of the last commit, and cannot be written there: *added* those that
    are not there at all, and have one that says something.
    """

    head: Tracker
    file: Tracker
    start: Tracker
    steps: tuple[Step, ...]
    fixed: tuple[int, ...]
    added: tuple[int, ...]

    @property
    def committed(self) -> Tracker:
        """What the last commit holds after the steps."""
        return self.steps[-1].after if self.steps else self.head


def hand_edits(head: Tracker, file: Tracker, is_allowed: Allowed) -> HandEdits:
    """What differs in *file*; each step is allowed, where there is an order in which it is."""
    moves: list[Move] = []
    added: list[int] = []
    for new, old in enumerate(align(head.skeleton, file.skeleton)):
        if old < 0:
            if file.state[new] is not Status.NOT_STARTED:
                added.append(new)
        elif file.state[new] is not head.state[old]:
            moves.append(Move(old, new))
    moves = _usual_order(moves, head, file)
    steps = _steps(moves, head, file)
    able = [step.move for step in steps]
    fixed = sorted(move.new for move in moves if move not in able)
    start = _before(able, head, file)
    order = _order(able, start, file, is_allowed)
    if order != able:
        steps = _steps(order, head, file)
    return HandEdits(head, file, start, tuple(steps), tuple(fixed), tuple(added))


def _usual_order(moves: Sequence[Move], head: Tracker, file: Tracker) -> list[Move]:
    """What was taken back, from last to first; then what was done, in the order of the file."""
    back = [m for m in moves if _RANK[file.state[m.new]] < _RANK[head.state[m.old]]]
    return [*reversed(back), *(move for move in moves if move not in back)]


def _steps(moves: Sequence[Move], head: Tracker, file: Tracker) -> list[Step]:
    """The *moves* that can be made, one after the other."""
    steps: list[Step] = []
    now = head
    for move in moves:
        after = spelled_as(now, move.old, file, move.new)
        if after is not None:
            steps.append(Step(move, now, after))
            now = after
    return steps


def _before(moves: Sequence[Move], head: Tracker, file: Tracker) -> Tracker:
    """*file* without the *moves*, as far as it can be written."""
    start = file
    for old, new in moves:
        start = spelled_as(start, new, head, old) or start
    return start


def _order(moves: Sequence[Move], start: Tracker, file: Tracker, is_allowed: Allowed) -> list[Move]:
    """The first order in which each step is allowed; else that of *moves*, as its end decides."""
    if len(moves) < 2 or not is_allowed(start, file):
        return list(moves)
    order: list[Move] = []
    left, now = list(moves), start
    while left:
        tries = ((move, spelled_as(now, move.new, file, move.new) or now) for move in left)
        found = next((one for one in tries if is_allowed(start, one[1])), None)
        if found is None:
            return list(moves)
        order.append(found[0])
        left.remove(found[0])
        now = found[1]
    return order
