"""What a merge was about: which tasks are still in conflict, and what became of the others."""

from collections.abc import Iterator
from typing import NamedTuple

from .align import align
from .alike import read_alike
from .conflicts import Conflict, find_conflicts, line_of, side, sides
from .status import Status
from .text import is_text
from .tracker import Tracker
from .vocabulary import Preference


class Disagreement(NamedTuple):
    """A task of *tracker*, by index, with two statuses; *base* is None where that is not known."""

    tracker: Tracker
    task: int
    base: Status | None
    ours: Status
    theirs: Status


class Left(NamedTuple):
    """A conflict that is left: the line of its first marker, from 1, and what it is about.

    It is about text where no task has two statuses.
    """

    line: int
    conflict: Conflict
    tasks: tuple[Disagreement, ...]


class Settled(NamedTuple):
    """A task of *tracker*, by index, whose status both sides told differently before."""

    tracker: Tracker
    task: int


def left(data: bytes, base: bytes | None, preference: Preference = Preference()) -> list[Left]:
    """The conflicts in *data*, and the statuses that are in conflict there."""
    conflicts = find_conflicts(data)
    found = list(_disagreements(data, base, preference)) if is_text(data) else []
    places = _places(data, conflicts)
    return [
        Left(
            line_of(data, conflict),
            conflict,
            tuple(d for d in found if _start(d) in place),
        )
        for conflict, place in zip(conflicts, places, strict=True)
    ]


def settled(
    before: bytes, after: bytes, preference: Preference = Preference()
) -> Iterator[Settled]:
    """The tasks whose statuses were in conflict in *before*, and are not in *after*."""
    if not (is_text(before) and is_text(after)):
        return
    were = list(_disagreements(before, None, preference))
    if not were:
        return
    are = {found.task for found in _disagreements(after, None, preference)}
    now = read_alike(sides(after, find_conflicts(after))[0], preference)
    pairs = align(were[0].tracker.skeleton, now.skeleton)
    for was in were:
        if was.task in pairs and (at := pairs.index(was.task)) not in are:
            yield Settled(now, at)


def _disagreements(
    data: bytes, base: bytes | None, preference: Preference
) -> Iterator[Disagreement]:
    ours, theirs = (read_alike(half, preference) for half in sides(data, find_conflicts(data)))
    if ours.data == theirs.data:
        return
    before = read_alike(base, preference) if base and is_text(base) else None
    of_base = dict(enumerate(align(before.skeleton, ours.skeleton))) if before else {}
    for at, mine in enumerate(align(ours.skeleton, theirs.skeleton)):
        if mine >= 0 and ours.state[mine] is not theirs.state[at]:
            was = of_base.get(mine, -1)
            status = before.state[was] if before and was >= 0 else None
            yield Disagreement(ours, mine, status, ours.state[mine], theirs.state[at])


def _start(disagreement: Disagreement) -> int:
    return disagreement.tracker.marks[disagreement.task].span.start


def _places(data: bytes, conflicts: tuple[Conflict, ...]) -> list[range]:
    """Where the conflicts are in ours."""
    found: list[range] = []
    for at, conflict in enumerate(conflicts):
        start = len(
            side(data[: conflict.whole.start], conflicts[:at], lambda c: data[slice(*c.ours)])
        )
        found.append(range(start, start + conflict.ours.stop - conflict.ours.start))
    return found
