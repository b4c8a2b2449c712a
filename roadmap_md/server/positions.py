"""Where bytes are, as an editor counts: lines from 0, and columns in units of its own encoding."""

from bisect import bisect_right
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

from ..text import Span, line_starts


class Places:
    """The positions of the bytes of *data*, in units of *encoding*, and the other way round.

    A line ends at ``\\n`` and nowhere else, as in Neovim, Emacs and everything that we read; what
    is said to lie beyond the end of a line lies at its end.
    """

    def __init__(self, data: bytes, encoding: PositionEncodingKind | str) -> None:
        self.data = data
        self.encoding = encoding

    @cached_property
    def starts(self) -> list[int]:
        return line_starts(self.data)

    def range(self, span: Span) -> Range:
        return Range(self.position(span.start), self.position(span.stop))

    def position(self, offset: int) -> Position:
        """Where byte *offset* is."""
        line = bisect_right(self.starts, offset) - 1
        before = self.data[self.starts[line] : offset]
        if self.encoding == PositionEncodingKind.Utf8 or before.isascii():
            return Position(line, len(before))
        text = before.decode(errors='replace')
        if self.encoding == PositionEncodingKind.Utf32:
            return Position(line, len(text))
        return Position(line, len(text.encode('utf-16-le')) // 2)

    def span(self, around: Range) -> Span:
        start, stop = self.offset(around.start), self.offset(around.end)
        return Span(start, max(start, stop))

    def offset(self, position: Position) -> int:
        """The byte that *position* is before."""
        if position.line >= len(self.starts):
            return len(self.data)
        start = self.starts[position.line]
        line = self.data[start : self._end(position.line)]
        if self.encoding == PositionEncodingKind.Utf8 or line.isascii():
            return start + min(position.character, len(line))
        text = line.decode(errors='surrogatepass')
        if self.encoding == PositionEncodingKind.Utf32:
            return start + len(text[: position.character].encode(errors='surrogatepass'))
        units = text.encode('utf-16-le', errors='surrogatepass')[: 2 * position.character]
        before = units.decode('utf-16-le', errors='surrogatepass')
        if not text.startswith(before):
            before = before[:-1]  # half a character is none
        return start + len(before.encode(errors='surrogatepass'))

    def _end(self, line: int) -> int:
        """Where *line* ends, without what ends it."""
        if line + 1 == len(self.starts):
            return len(self.data)
        end = self.starts[line + 1] - 1
        is_pair = self.data[self.starts[line] : end].endswith(b'\r')
        return end - is_pair
