"""Tables as rows of cells, and cells rewritten so that their columns stay as wide as they were.

https://github.github.com/gfm/#tables-extension-
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from .page import Page
from .text import Edit, Span

_PIPE = re.compile(rb'\\[!-/:-@\[-`{-~]|\|')
_LINK = r'!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)'
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
    """A table: its block, its *head*, and the *rows* beneath the delimiter row, *rule*.

    Each row has a cell at least, and no more than the head.
    """

    block: int
    head: Row
    rule: Row
    rows: tuple[Row, ...]


@lru_cache(maxsize=2)  # read to find its marks, and once more for each that is written
def read_table(page: Page, block: int) -> Table:
    """The table that block number *block* is."""
    first, stop = page.blocks[block].first, page.blocks[block].stop
    head, rule, *rows = (
        Row(line, _cells(page, page.body(line, block))) for line in range(first, stop)
    )
    wide = len(head.cells)
    body = tuple(Row(row.line, row.cells[:wide]) for row in rows if row.cells)
    return Table(block, head, rule, body)


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
    padded = blanks
    for measure in (width, len):  # people align by either
        now = measure(page.data[start:stop].decode())
        wide, is_usual = _usual(_widths(page, table.block, column, measure), now)
        if is_usual and now >= wide:
            padded = wide - measure((before + new + text).decode())
            break
    least = 1 if new + text and (blanks or before[:1] in (b' ', b'\t')) else 0
    kept = behind[len(text) :] if padded == blanks else b' ' * max(padded, least)
    return [Edit(Span(span.start, stop), new + text + kept)]


def _usual(widths: Counter[int], own: int) -> tuple[int, bool]:
    """The commonest of *widths*, without the one that is a cell's *own*; do most have it?"""
    others = widths - Counter((own,))
    ((wide, times),) = others.most_common(1)
    return wide, 2 * times > others.total()


@lru_cache(maxsize=64)  # a whole table may be rewritten cell by cell
def _widths(page: Page, block: int, column: int, measure: Callable[[str], int]) -> Counter[int]:
    """How wide the cells of a column are, its head and rule included."""
    table = read_table(page, block)
    return Counter(
        measure(page.data[slice(*row.cells[column].span)].decode())
        for row in (table.head, table.rule, *table.rows)
        if column < len(row.cells)
    )


def place_of(table: Table, span: Span) -> tuple[Row, int]:
    """The row and the column of the cell that *span* lies in."""
    at = bisect_right(table.rows, span.start, key=lambda row: row.cells[0].span.start)
    for row in table.rows[max(at - 1, 0) : at]:
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
