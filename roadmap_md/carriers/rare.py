"""The carriers that few trackers need: what reads them is imported where there is a sign of it."""

from collections.abc import Iterator

from ..mark import Carrier, Mark, Taken
from ..markdown import Kind
from ..page import Page
from ..text import Edit
from ..vocabulary import Target, Vocabulary


def read_cells(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The cells of Markdown's tables that show a status."""
    if any(block.kind is Kind.TABLE for block in page.blocks):
        from . import table_cell

        yield from table_cell.read(page, vocabulary, taken)


def write_cell(page: Page, mark: Mark, target: Target) -> list[Edit]:
    """The edit that replaces a cell's status, and leaves its column as wide as it was."""
    from . import table_cell

    return table_cell.write(page, mark, target)


def read_html(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The cells of HTML's tables that show a status."""
    if b'<table' in page.data or b'<TABLE' in page.data:
        from . import html_table

        yield from html_table.read(page, vocabulary, taken)


def read_struck(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The list items that are struck through."""
    if b'~~' in page.data:
        from . import strikethrough

        yield from strikethrough.read(page, vocabulary, taken)


def write_struck(page: Page, mark: Mark, target: Target) -> list[Edit]:
    """The edits that put a marker before the text, and strike it through no longer."""
    from . import strikethrough

    return strikethrough.write(page, mark, target)


def read_bars(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The list items with a bar beneath their text."""
    if page.may_hold_counts:
        from . import item_bar

        yield from item_bar.read(page, vocabulary, taken)


CELL = Carrier('table cell', read_cells, write_cell, 'cell')
HTML = Carrier('HTML table', read_html, None, 'html')
STRUCK = Carrier('strikethrough', read_struck, write_struck, 'line')
BAR = Carrier('item bar', read_bars, None, 'item bar')
