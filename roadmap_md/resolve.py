"""A tracker with conflict markers, merged as the driver would have: what is certain is settled.

Whatever its author has settled by hand stays. What cannot be merged with certainty stays a
conflict: without a base nobody can tell which side has changed.
"""

import re
from collections.abc import Iterator, Sequence

from .conflicts import Conflict, find_conflicts, side, sides
from .errors import UserError
from .merge import Merged, TextMerge, merge
from .merge_markers import Three
from .vocabulary import Preference

# In place of a base that nobody knows: each half differs from it, so that none is taken for old.
_UNKNOWN = b'\x1f the base is not known \x1f\n'
# What counts are made of, which are counted anew.
_COUNTED = re.compile('[0-9%░▒▓█▏▎▍▌▋▊▉■□▪▫●○◯⬛⬜🟩🟦#=.-]+')

_ROUNDS = 10


def resolve(
    data: bytes,
    versions: Three | None,
    text_merge: TextMerge,
    preference: Preference = Preference(),
) -> Merged:
    """*data* without those of its conflicts that can be settled with certainty.

    *versions* are base, ours and theirs as they were before git merged them, where that is known.
    *text_merge* writes a base if all conflicts of *data* have one. Raises UserError where the
    markers cannot be read.
    """
    conflicts = find_conflicts(data)
    if not conflicts:
        return Merged(data, True)
    halves = sides(data, conflicts)
    if versions:
        merged = merge(*versions, text_merge, preference)
        if halves in (_halves(text_merge(*versions).data), _halves(merged.data)):
            return merged
    for _ in range(_ROUNDS):  # what is settled may be what two others have been apart for
        merged = _once(data, versions, text_merge, preference)
        if merged.clean or merged.data == data:
            return merged
        data = merged.data
    return Merged(data, False)


def _once(
    data: bytes, versions: Three | None, text_merge: TextMerge, preference: Preference
) -> Merged:
    conflicts = find_conflicts(data)
    for merged in _merged(data, conflicts, versions, text_merge, preference):
        if _holds(merged.data, data, conflicts):
            # What zdiff3 shows as a base grows when it is merged again, and tells nothing new.
            is_new = _halves(merged.data) != _halves(data) or _size(merged.data) < _size(data)
            return merged if is_new else Merged(data, False)
    return Merged(data, False)


def base_of(data: bytes, conflicts: Sequence[Conflict]) -> bytes:
    """*data* with the base of each conflict in its place, or a line that is in no tracker."""

    def half(conflict: Conflict) -> bytes:
        return _UNKNOWN if conflict.base is None else data[slice(*conflict.base)]

    return side(data, conflicts, half)


def _merged(
    data: bytes,
    conflicts: Sequence[Conflict],
    versions: Three | None,
    text_merge: TextMerge,
    preference: Preference,
) -> Iterator[Merged]:
    """What comes of the sides of *data*, by each base that there is; the best known one first."""
    halves = sides(data, conflicts)
    if versions:
        yield merge(versions[0], *halves, text_merge, preference)
    base = base_of(data, conflicts)
    if all(conflict.base for conflict in conflicts):
        yield merge(base, *halves, text_merge, preference)
    else:
        yield text_merge(base, *halves)  # a base that is made up has no statuses


def _halves(data: bytes) -> tuple[bytes, bytes] | None:
    try:
        return sides(data, find_conflicts(data))
    except UserError:
        return None


def _size(data: bytes) -> int:
    """How much of *data* is in conflicts, without their bases."""
    found = find_conflicts(data)
    wholes = sum(conflict.whole.stop - conflict.whole.start for conflict in found)
    return wholes - sum(len(data[slice(*conflict.base)]) for conflict in found if conflict.base)


def _holds(merged: bytes, data: bytes, conflicts: Sequence[Conflict]) -> bool:
    """Does *merged* have all lines of *data* that are in no conflict, in their order?"""
    lines = iter(_uncounted(merged))
    return all(line in lines for line in _uncounted(side(data, conflicts, lambda _: b'')))


def _uncounted(data: bytes) -> list[str]:
    return _COUNTED.sub('', data.decode(errors='surrogateescape')).split('\n')
