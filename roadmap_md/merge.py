"""Two versions of a tracker made one: statuses task by task, all else as git merges text.

A clean merge holds every change of status that either side made. Where that cannot be shown, and
where one of the three cannot be read as a tracker, the answer is that of the text merge alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .align import align
from .alike import read_alike
from .errors import UserError
from .rewrite import WriteProofError, edit_status, set_statuses
from .spelling import place, spelled
from .status import Status, merged_status
from .tally import Name, Tally, copied, named_tallies, recounted
from .text import Edit, is_readable, splice
from .tracker import Tracker, read_tracker
from .vocabulary import Preference


class Merged(NamedTuple):
    """The bytes of a merge; where it is not *clean* they hold conflict markers."""

    data: bytes
    clean: bool


TextMerge = Callable[[bytes, bytes, bytes], Merged]
# Of base, ours and theirs.
_Three = tuple[Tracker, Tracker, Tracker]
_Task = tuple[int, int, int]


def merge(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    text_merge: TextMerge,
    preference: Preference = Preference(),
) -> Merged:
    """*ours* and *theirs*, which both come from *base*, as one; *text_merge* merges the text."""
    if ours == theirs or theirs == base:
        return Merged(ours, True)
    if ours == base:
        return Merged(theirs, True)
    try:
        merged = _by_tasks(base, ours, theirs, text_merge, preference)
    except (UnicodeDecodeError, UserError, WriteProofError):
        merged = None
    return merged or text_merge(base, ours, theirs)


def _by_tasks(
    base: bytes, ours: bytes, theirs: bytes, text_merge: TextMerge, preference: Preference
) -> Merged | None:
    if not all(map(is_readable, (base, ours, theirs))):
        return None
    before = (
        read_alike(base, preference),
        read_alike(ours, preference),
        read_alike(theirs, preference),
    )
    if not all(tracker.tasks for tracker in before):
        return None
    agreed = _agreed(before)
    after = _respelled(before, _written(before, agreed), agreed)
    evened, counts = _evened(after)
    result = text_merge(*(tracker.data for tracker in evened))
    if not result.clean:
        return result
    kept = _kept(result.data, before, agreed, evened, counts)
    if kept is None and counts:
        result = text_merge(*(tracker.data for tracker in after))
        kept = _kept(result.data, before, agreed, after, {}) if result.clean else result.data
    return None if kept is None else Merged(kept, result.clean)


# Statuses


def _agreed(three: _Three) -> dict[_Task, Status]:
    """The tasks that all three have, and the status of each that is merged without doubt."""
    base, ours, theirs = three
    in_ours = {old: new for new, old in enumerate(align(base.skeleton, ours.skeleton))}
    in_theirs = {old: new for new, old in enumerate(align(base.skeleton, theirs.skeleton))}
    found: dict[_Task, Status] = {}
    for at, was in enumerate(base.state):
        if at in in_ours and at in in_theirs:
            task = at, in_ours[at], in_theirs[at]
            status = merged_status(was, ours.state[task[1]], theirs.state[task[2]])
            if status is not None:
                found[task] = status
    return found


def _written(three: _Three, agreed: Mapping[_Task, Status]) -> _Three:
    """The three, each with the statuses that are *agreed*; without those that cannot be written."""
    try:
        return _all_written(three, agreed)
    except UserError:
        able = {task: s for task, s in agreed.items() if _is_writable(three, task, s)}
        return _all_written(three, able)


def _all_written(three: _Three, agreed: Mapping[_Task, Status]) -> _Three:
    base, ours, theirs = (_set(tracker, side, agreed) for side, tracker in enumerate(three))
    return base, ours, theirs


def _set(tracker: Tracker, side: int, agreed: Mapping[_Task, Status]) -> Tracker:
    changes = {
        task[side]: status
        for task, status in agreed.items()
        if tracker.state[task[side]] is not status
    }
    return set_statuses(tracker, changes) if changes else tracker


def _is_writable(three: _Three, task: _Task, status: Status) -> bool:
    try:
        for tracker, at in zip(three, task, strict=True):
            edit_status(tracker, at, status)
    except UserError:
        return False
    return True


# Spellings: one status, differently written, would be a conflict of text


def _respelled(before: _Three, after: _Three, agreed: Mapping[_Task, Status]) -> _Three:
    """*after*, where a status that a side changed is written as that side has written it."""
    edits: tuple[list[Edit], list[Edit], list[Edit]] = ([], [], [])
    for task, status in agreed.items():
        if any(tracker.state[at] is not status for tracker, at in zip(after, task, strict=True)):
            continue  # it could not be written
        marks = [t.statused[at].marks for t, at in zip(before, task, strict=True)]
        if len({tuple(mark.carrier.kin for mark in of_one) for of_one in marks}) > 1:
            continue
        was = [spelled(t, of_one) for t, of_one in zip(before, marks, strict=True)]
        if len(set(was)) == 1:
            continue
        now = [t.statused[at].marks for t, at in zip(after, task, strict=True)]
        states = [t.state[at] for t, at in zip(before, task, strict=True)]
        canonical = spelled(after[0], now[0])
        for side, spelling in _spellings(was, states, status, canonical).items():
            for mark, said in zip(now[side], spelling, strict=True):
                span = place(after[side], mark)
                if after[side].data[slice(*span)] != said:
                    edits[side].append(Edit(span, said))
    return _edited(after, edits)


def _spellings(
    was: Sequence[tuple[bytes, ...]],
    states: Sequence[Status],
    status: Status,
    canonical: tuple[bytes, ...],
) -> dict[int, tuple[bytes, ...]]:
    """By side (base is 0) how what *was* written is to be written; sides not named stay."""
    base, ours, theirs = was
    if ours == base:
        source = 2
    elif theirs == base or ours == theirs:
        source = 1
    elif (states[1] is states[0]) != (states[2] is states[0]):
        # One side set it, the other has written it in another form, which is to stay.
        return {0: was[1 if states[2] is states[0] else 2]}
    else:
        able = [spelling for side, spelling in enumerate(was) if side and states[side] is status]
        if states[1] is states[0] or not able:
            return {}
        return dict.fromkeys(range(3), canonical if canonical in able else min(able))
    return dict.fromkeys(range(3), was[source]) if states[source] is status else {}


def _edited(three: _Three, edits: Sequence[Sequence[Edit]]) -> _Three:
    """The three with *edits*; without any, where they would change what is read."""
    base, ours, theirs = (
        read_tracker(splice(tracker.data, of_one), tracker.preference) if of_one else tracker
        for tracker, of_one in zip(three, edits, strict=True)
    )
    for old, new in zip(three, (base, ours, theirs), strict=True):
        if new.state != old.state or new.skeleton != old.skeleton:
            return three
    return base, ours, theirs


# Counts


_Counts = dict[Name, tuple[Tally, Tally]]


def _evened(three: _Three) -> tuple[_Three, _Counts]:
    """The three with counts that are written alike; and these, as ours and theirs had them."""
    if not all(tracker.page.may_hold_counts for tracker in three):
        return three, {}
    base, ours, theirs = map(named_tallies, three)
    counts: _Counts = {}
    edits: tuple[list[Edit], list[Edit], list[Edit]] = ([], [], [])
    for name, model in base.items():
        if name in ours and name in theirs:
            sides = ours[name], theirs[name]
            if any(len(tally.aggregates) != len(model.aggregates) for tally in sides):
                continue
            of_sides = [copied(t, tally, model) for t, tally in zip(three[1:], sides, strict=True)]
            if any(of_sides):
                counts[name] = sides
                edits[1].extend(of_sides[0])
                edits[2].extend(of_sides[1])
    evened = _edited(three, edits)
    return evened, counts if evened is not three else {}


def _recounted(merged: Tracker, sides: '_Sides', three: _Three, counts: _Counts) -> bytes | None:
    """*merged* with *counts* of the tasks that they count in ours or theirs; None if in doubt."""
    sources: dict[Name, tuple[range, tuple[Tally, Tally]]] = {}
    for name, tallies in counts.items():
        tasks = {
            side.merged[at]
            for side, tally in zip(sides, tallies, strict=True)
            for at in tally.tasks
            if at in side.merged
        }
        if not tasks or max(tasks) - min(tasks) + 1 != len(tasks):
            return None
        sources[name] = range(min(tasks), max(tasks) + 1), tallies
    edits = recounted(merged, sources, three[1:])
    if not edits:
        return None if edits is None else merged.data
    after = read_tracker(splice(merged.data, edits), merged.preference)
    return after.data if (after.skeleton, after.state) == (merged.skeleton, merged.state) else None


# The proof


class _Side(NamedTuple):
    """A side: which task of it is which of what was *merged*."""

    tracker: Tracker
    merged: dict[int, int]


_Sides = tuple[_Side, _Side]


def _kept(
    data: bytes, before: _Three, agreed: Mapping[_Task, Status], three: _Three, counts: _Counts
) -> bytes | None:
    """The clean merge *data*, its counts made right; None where it lost a change of either side."""
    if not is_readable(data):
        return None
    known = next((tracker for tracker in three if tracker.data == data), None)
    merged = known or read_tracker(data, before[0].preference)
    ours, theirs = (
        _Side(side, {old: new for new, old in enumerate(align(side.skeleton, merged.skeleton))})
        for side in before[1:]
    )
    found = {new for side in (ours, theirs) for old, new in side.merged.items() if old >= 0}
    if len(found) < len(merged.tasks):
        return None  # a task that neither side has
    for side, other in ((1, 2), (2, 1)):
        expected = {task[side]: status for task, status in agreed.items()}
        if not _keeps((ours, theirs)[side - 1], expected, before[0], before[other], merged):
            return None
    return _recounted(merged, (ours, theirs), three, counts)


def _keeps(
    side: _Side, expected: Mapping[int, Status], base: Tracker, other: Tracker, merged: Tracker
) -> bool:
    """Does *merged* hold the statuses that are *expected*, else those of *side*?

    A task may only be missing that the *other* side has removed, and this one has left alone.
    """
    gone: dict[int, int] | None = None
    for at, own in enumerate(side.tracker.state):
        new = side.merged.get(at)
        if new is None:
            if gone is None:
                gone = dict(_removed(base, side.tracker, other))
            if at not in gone or base.state[gone[at]] is not own:
                return False
        elif merged.state[new] is not expected.get(at, own):
            return False
    return True


def _removed(base: Tracker, side: Tracker, other: Tracker) -> Iterator[tuple[int, int]]:
    """The tasks of *side* that *base* has and *other* has not, each with that of *base*."""
    left = set(align(base.skeleton, other.skeleton))
    for at, was in enumerate(align(base.skeleton, side.skeleton)):
        if was >= 0 and was not in left:
            yield at, was
