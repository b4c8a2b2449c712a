"""What was done to a tracker by hand since it was last committed, as steps to be committed.

A step is one task's change of status and nothing else. All steps together make the last commit's
version say of each task what the file says of it; the text of both stays what it is.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from .align import align
from .identity import sure_pairs
from .rewrite import WriteProofError
from .spelling import spelled_as
from .status import Status
from .tracker import Tracker, read_tracker

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


class Why(Enum):
    """Why a status cannot be committed without the text around it."""

    NEW = 'new'  # the last commit has no such task
    UNSURE = 'unsure'  # it may be another task
    FIXED = 'fixed'  # it says so by its place, as beneath a heading *Done*


class Left(NamedTuple):
    """A task of the file whose status stays there."""

    task: int
    why: Why


class HandEdits(NamedTuple):
    """The *steps* from *head*, the last commit's version, towards the *file*.

    *start* is the file with the statuses that it had before them. *left* are the tasks of the file
    whose status is another, and no step.
    """

    head: Tracker
    file: Tracker
    start: Tracker
    steps: tuple[Step, ...]
    left: tuple[Left, ...]

    @property
    def committed(self) -> Tracker:
        """What the last commit holds after the steps."""
        return self.steps[-1].after if self.steps else self.head


def hand_edits(head: Tracker, file: Tracker, is_allowed: Allowed) -> HandEdits:
    """What differs in *file*; each step is allowed, where there is an order in which it is."""
    moves: list[Move] = []
    left: list[Left] = []
    found = align(head.skeleton, file.skeleton)
    sure = sure_pairs(head, file, found)
    for new, old in enumerate(found):
        if old < 0:
            if file.state[new] is not Status.NOT_STARTED:
                left.append(Left(new, Why.NEW))
        elif file.state[new] is not head.state[old]:
            if new in sure:
                moves.append(Move(old, new))
            else:
                left.append(Left(new, Why.UNSURE))
    moves = _usual_order(moves, head, file)
    steps = _steps(moves, head, file)
    able = [step.move for step in steps]
    left += (Left(move.new, Why.FIXED) for move in moves if move not in able)
    start = _before(able, head, file)
    order = _order(able, start, file, is_allowed)
    if order != able:
        steps = _steps(order, head, file)
    _prove(steps)
    return HandEdits(head, file, start, tuple(steps), tuple(sorted(left)))


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


def _prove(steps: Sequence[Step]) -> None:
    """What is committed in the end is read as if nothing like it had been read before."""
    if not steps:
        return
    wanted = steps[-1].after
    after = read_tracker(wanted.data, wanted.preference)
    if (after.skeleton, after.state) != (wanted.skeleton, wanted.state):
        raise WriteProofError('the commits would change more than statuses')


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
