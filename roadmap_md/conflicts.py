"""Conflicts in a file, as git marks them: where they are, and what each side would be.

A file is read only if there is one way to do it. Markers of any size from three characters on,
with labels or without, in the styles merge, diff3 and zdiff3.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .errors import UserError
from .text import Edit, Span, splice

_OPENING = re.compile(rb'(<{3,})(?: (.*?))?\r?\n')
_USUAL = 7  # https://git-scm.com/docs/gitattributes#_conflict_marker_size


class Conflict(NamedTuple):
    """The *whole* of it, with its markers, and what stands between; *base* is None in style merge.

    *labels* are those of ours, base and theirs.
    """

    whole: Span
    ours: Span
    base: Span | None
    theirs: Span
    labels: tuple[bytes, bytes, bytes]
    size: int


def find_conflicts(data: bytes) -> tuple[Conflict, ...]:
    """The conflicts of *data*, in order.

    Raises UserError, with the line, where markers can be read in several ways, or in none.
    """
    found: list[Conflict] = []
    lines = data.split(b'\n')
    offset, skipped = 0, 0
    for number, line in enumerate(lines):
        opening = _OPENING.fullmatch(line + b'\n') if offset >= skipped else None
        if opening and (conflict := _read(data, lines, number, offset, opening)):
            found.append(conflict)
            skipped = conflict.whole.stop
        offset += len(line) + 1
    return tuple(found)


def line_of(data: bytes, conflict: Conflict) -> int:
    """The line of its first marker, from 1."""
    return data.count(b'\n', 0, conflict.whole.start) + 1


def side(data: bytes, conflicts: Sequence[Conflict], half: Callable[[Conflict], bytes]) -> bytes:
    """*data* with the *half* of each conflict in its place."""
    return splice(data, (Edit(conflict.whole, half(conflict)) for conflict in conflicts))


def sides(data: bytes, conflicts: Sequence[Conflict]) -> tuple[bytes, bytes]:
    """*data* as ours and as theirs."""
    return (
        side(data, conflicts, lambda conflict: data[slice(*conflict.ours)]),
        side(data, conflicts, lambda conflict: data[slice(*conflict.theirs)]),
    )


def _read(
    data: bytes, lines: Sequence[bytes], first: int, start: int, opening: re.Match[bytes]
) -> Conflict | None:
    """The conflict that opens on line *first*; None where a short marker opens none."""
    size = len(opening[1])
    labels = [opening[2] or b'', b'', b'']
    inner = start + len(lines[first]) + 1
    base = divider = None
    misfit = None
    for sign, number, span, label in _signs(lines, first + 1, inner, size):
        if sign == b'|' and not (base or divider):
            base, labels[1] = span, label
        elif sign == b'=' and not divider:
            divider = span
        elif sign == b'>' and divider:
            labels[2] = label
            return Conflict(
                Span(start, min(span.stop, len(data))),  # the last line may lack its end
                Span(inner, base.start if base else divider.start),
                Span(base.stop, divider.start) if base else None,
                Span(divider.stop, span.start),
                (labels[0], labels[1], labels[2]),
                size,
            )
        else:
            misfit = number
            break
    if size < _USUAL:
        return None
    raise UserError(
        f'the conflict on line {first + 1} has no end'
        if misfit is None
        else f'line {misfit + 1} is a marker that does not fit the conflict on line {first + 1}',
        'give it one line each of <<<<<<<, ======= and >>>>>>>, or settle it by hand',
    )


def _signs(
    lines: Sequence[bytes], first: int, offset: int, size: int
) -> Iterator[tuple[bytes, int, Span, bytes]]:
    """The markers of that *size* from line *first* on: sign, line, where, label."""
    marker = re.compile(rb'(?:([<|>])\1{%d}(?: (.*?))?|={%d})\r?' % (size - 1, size))
    for number in range(first, len(lines)):
        line = lines[number]
        if line[:1] in b'<|=>' and line and (found := marker.fullmatch(line)):
            span = Span(offset, offset + len(line) + 1)
            yield found[1] or b'=', number, span, found[2] or b''
        offset += len(line) + 1
