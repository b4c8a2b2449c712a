"""HTML tables, read as those in Markdown are; never rewritten."""

from collections.abc import Iterator
from html.parser import HTMLParser

from ..mark import Mark, Taken
from ..markdown import Kind
from ..page import Page
from ..table import Cell, Row, Table
from ..text import Span
from ..vocabulary import Vocabulary
from .table_cell import of_cells, statuses


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The cells of HTML tables that show a status, row by row."""
    known = of_cells(page, vocabulary)
    for index, block in enumerate(page.blocks):
        if block.kind is Kind.HTML:
            for table in _tables(page, index):
                yield from statuses(table, known, page)


def _tables(page: Page, index: int) -> Iterator[Table]:
    block = page.blocks[index]
    start, stop = page.starts[block.first], page.line(block.stop - 1).stop
    reader = _Reader(page, block.first)
    reader.feed(page.data[start:stop].decode())
    # Not closed: for each tag or comment that is left open, that would look for its end once more.
    for head, *rows in reader.found:
        wide = len(head.cells)
        body = tuple(Row(row.line, row.cells[:wide]) for row in rows)
        yield Table(index, head, Row(head.line, ()), body)


class _Reader(HTMLParser):
    """Collects the rows of each table; a table in a cell is text."""

    def __init__(self, page: Page, first: int) -> None:
        super().__init__()
        self.page = page
        self.first = first  # the line that the parser calls 1
        self.found: list[list[Row]] = []
        self.rows: list[Row] | None = None
        self.cells: list[Cell] = []
        self.cell: list[str] | None = None
        self.start = 0
        self.number = self.column = self.offset = 0  # where it stood last
        self.line = ''

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == 'table' and self.rows is None:
            self.rows = []
        elif tag == 'tr':
            self._end_row()
        elif tag in ('td', 'th'):
            self._end_cell()
            self.cell = []
            self.start = self._offset() + len((self.get_starttag_text() or '').encode())
        elif self.cell is not None and tag == 'input' and ('type', 'checkbox') in attrs:
            self.cell.append('[x]' if 'checked' in dict(attrs) else '[ ]')
        elif self.cell is not None and tag == 'br':
            self.cell.append(' ')

    def handle_endtag(self, tag: str) -> None:
        if tag in ('td', 'th'):
            self._end_cell()
        elif tag in ('tr', 'table'):
            self._end_row()
        if tag == 'table' and self.rows:
            self.found.append(self.rows)
        if tag == 'table':
            self.rows = None

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def _end_cell(self) -> None:
        if self.cell is not None:
            text = ' '.join(''.join(self.cell).split())
            self.cells.append(Cell(Span(self.start, self._offset()), text))
        self.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.cells and self.rows is not None:
            line = self.page.locate_line(self.cells[0].span.start)
            self.rows.append(Row(line, tuple(self.cells)))
        self.cells = []

    def _offset(self) -> int:
        """The byte at which the parser stands."""
        number, column = self.getpos()
        if number != self.number:
            start = self.page.starts[self.first + number - 1]
            stop = self.page.line(self.first + number - 1).stop
            self.number, self.column, self.offset = number, 0, start
            self.line = self.page.data[start:stop].decode()
        # A line may hold a whole table, and is measured once.
        self.offset += len(self.line[self.column : column].encode())
        self.column = column
        return self.offset
