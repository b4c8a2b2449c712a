"""What two sides say where git could not merge them, read from its conflict markers."""

from collections.abc import Iterator
from typing import NamedTuple


class Disputed(NamedTuple):
    """Lines of the two sides, without line ends; *line* is where the file has the first marker."""

    line: int
    ours: tuple[bytes, ...]
    theirs: tuple[bytes, ...]


def disputed(data: bytes, size: int = 7) -> Iterator[Disputed]:
    """The conflicts in *data*, whose markers have *size* characters; in any style."""
    begin, base, middle, end = (mark * size for mark in (b'<', b'|', b'=', b'>'))
    line, ours, theirs = 0, list[bytes](), list[bytes]()
    side: list[bytes] | None = None
    for number, row in enumerate(data.splitlines(), 1):
        word = row.partition(b' ')[0]
        if word == begin:
            line, ours, theirs = number, [], []
            side = ours
        elif side is None:
            continue
        elif word == base and side is ours:
            side = []
        elif word == middle:
            side = theirs
        elif word == end:
            yield Disputed(line, tuple(ours), tuple(theirs))
            side = None
        else:
            side.append(row)
