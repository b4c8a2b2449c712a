"""Places in a file, and edits that change nothing they do not name."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

BOM = b'\xef\xbb\xbf'


class Span(NamedTuple):
    """The bytes from *start* up to, not including, *stop*."""

    start: int
    stop: int


class Edit(NamedTuple):
    """Replace the bytes of *span* with *new*."""

    span: Span
    new: bytes


def splice(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Apply *edits* to *data*; every byte outside their spans is kept.

    Raises ValueError where two edits overlap.
    """
    parts: list[bytes] = []
    done = 0
    for (start, stop), new in sorted(edits):
        if start < done:
            raise ValueError(f'edits overlap at byte {start}')
        parts += data[done:start], new
        done = stop
    return b''.join((*parts, data[done:]))


def is_text(data: bytes) -> bool:
    """Is *data* UTF-8, without a NUL byte?"""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return b'\0' not in data


def is_readable(data: bytes) -> bool:
    """May *data* be read as one state? Not with a NUL byte, nor with both sides of a conflict."""
    if b'\0' in data:
        return False
    if b'<<<<<<<' not in data or b'>>>>>>>' not in data:
        return True
    lines = iter(data.split(b'\n'))
    return not all(
        any(line.startswith(sign) for line in lines)
        for sign in (b'<<<<<<<', b'=======', b'>>>>>>>')
    )


def line_starts(data: bytes) -> list[int]:
    """The offset of each line's first byte. A line ends at ``\\n`` and nowhere else."""
    lengths = [len(line) + 1 for line in data.split(b'\n')[:-1]]
    return list(accumulate(lengths, initial=0))


class Location(NamedTuple):
    """Line and column as people count them: from 1, in characters; a BOM is not one."""

    line: int
    column: int


def locate(data: bytes, starts: list[int], offset: int) -> Location:
    """Where *offset* is; *starts* are the ``line_starts`` of *data*."""
    line = bisect_right(starts, offset)
    before = data[starts[line - 1] : offset]
    return Location(line, len(before.decode(errors='replace').removeprefix('\ufeff')) + 1)


# The bytes are in ▓█░■□▰▱●○, and in little else; of squares two alike are a bar.
_SIGNS_OF_COUNTS = (
    b'%', b'\x96', b'\x97', b'[#', b'[=', b'[--', b'[    ',
    *(square * 2 for square in map(str.encode, '🟥🟦🟧🟨🟩🟪🟫⬛⬜')),
    *((square + '\ufe0f').encode() * 2 for square in '⬛⬜'),
)  # fmt: skip


def may_hold_counts(data: bytes) -> bool:
    """Could there be a count, a percentage or a bar in *data*? Answered without a pattern."""
    if any(sign in data for sign in _SIGNS_OF_COUNTS):
        return True
    if b'/' in data and any(
        part[:1].isdigit() for part in data.translate(None, b' \t\xa0\xc2').split(b'/')[1:]
    ):
        return True
    return any(part[:1].isdigit() for part in data.split(b' of ')[1:])
