"""Tables as rows of cells, and cells rewritten so that their columns stay as wide as they were.

https://github.github.com/gfm/#tables-extension-
"""

import re
from collections import Counter
from typing import NamedTuple

from .page import Page
from .text import Edit, Span

_PIPE = re.compile(rb'\\[!-/:-@\[-`{-~]|\|')
_LINK = r'!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)'
_MARKS = r'<[^<>]{1,200}>|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}'


class Cell(NamedTuple):
    """What stands between two pipes, blanks included, and its text without them."""

    span: Span
    text: str

    @property
    def plain(self) -> str:
        """The text without emphasis, tags, and what links lead to."""
        text = self.text.replace('\\|', '|')
        if '](' in text:
            text = re.sub(_LINK, r'\1', text)
        if any(sign in text for sign in '*_`<'):
            text = re.sub(_MARKS, '', text)
        return ' '.join(text.split())


class Row(NamedTuple):
    """The cells of a row, and its line (from 0)."""

    line: int
    cells: tuple[Cell, ...]

    def plain(self, column: int) -> str:
        """The plain text in *column*; empty where a ragged row has none there."""
        return self.cells[column].plain if column < len(self.cells) else ''


class Table(NamedTuple):
    """A table: its block, its *head*, and the *rows* beneath the delimiter row, *rule*."""

    block: int
    head: Row
    rule: Row
    rows: tuple[Row, ...]


def read_table(page: Page, block: int) -> Table:
    """The table that block number *block* is."""
    first, stop = page.blocks[block].first, page.blocks[block].stop
    head, rule, *rows = (
        Row(line, _cells(page, page.body(line, block))) for line in range(first, stop)
    )
    wide = len(head.cells)
    return Table(block, head, rule, tuple(Row(row.line, row.cells[:wide]) for row in rows))


def _cells(page: Page, body: Span) -> tuple[Cell, ...]:
    pipes = [m.start() for m in _PIPE.finditer(page.data, *body) if m[0] == b'|']
    text = page.data[slice(*body)]
    starts = [body.start, *(at + 1 for at in pipes)]
    stops = [*pipes, body.stop]
    if text.startswith(b'|'):
        del starts[0], stops[0]
    if pipes and not page.data[pipes[-1] + 1 : body.stop].strip():
        del starts[-1], stops[-1]
    return tuple(
        Cell(Span(start, stop), page.data[start:stop].decode().strip())
        for start, stop in zip(starts, stops, strict=True)
    )


def rewrite(page: Page, table: Table, span: Span, new: bytes) -> list[Edit]:
    """The edit that puts *new* in place of *span* in a cell, and keeps the cell's width.

    The width is what most of the other cells in the column have; where there is no such width, or
    no room, only *span* is replaced, and a blank stays between text and pipe.
    """
    row, column = place_of(table, span)
    start, stop = row.cells[column].span
    before, behind = page.data[start : span.start], page.data[span.stop : stop]
    text = behind.rstrip(b' \t')
    blanks = len(behind) - len(text)
    others = [
        page.data[slice(*other.cells[column].span)].decode()
        for other in (table.head, table.rule, *table.rows)
        if other is not row and column < len(other.cells)
    ]
    padded = blanks
    for measure in (width, len):  # people align by either
        wide, times = Counter(map(measure, others)).most_common(1)[0]
        if 2 * times > len(others) and measure(page.data[start:stop].decode()) >= wide:
            padded = wide - measure((before + new + text).decode())
            break
    least = 1 if new + text and (blanks or before[:1] in (b' ', b'\t')) else 0
    kept = behind[len(text) :] if padded == blanks else b' ' * max(padded, least)
    return [Edit(Span(span.start, stop), new + text + kept)]


def place_of(table: Table, span: Span) -> tuple[Row, int]:
    """The row and the column of the cell that *span* lies in."""
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            if cell.span.start <= span.start and span.stop <= cell.span.stop:
                return row, column
    raise ValueError(f'no cell holds the bytes from {span.start} to {span.stop}')


def width(text: str) -> int:
    """How many columns *text* takes in an editor or on a terminal."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth  # few tables need it

    wide: int = wcswidth(text)
    return wide if wide >= 0 else len(text)
