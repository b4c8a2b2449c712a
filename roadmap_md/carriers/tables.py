"""Carrier 4, tables: what reads them is imported where there is one, which few trackers have."""

from collections.abc import Iterator

from ..mark import Carrier, Mark, Taken
from ..markdown import Kind
from ..page import Page
from ..text import Edit
from ..vocabulary import Target, Vocabulary


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The cells of Markdown's tables that show a status."""
    if any(block.kind is Kind.TABLE for block in page.blocks):
        from . import table_cell

        yield from table_cell.read(page, vocabulary, taken)


def write(page: Page, mark: Mark, target: Target) -> list[Edit]:
    """The edit that replaces a cell's status, and leaves its column as wide as it was."""
    from . import table_cell

    return table_cell.write(page, mark, target)


def read_html(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The cells of HTML's tables that show a status; they are never rewritten."""
    if b'<table' in page.data or b'<TABLE' in page.data:
        from . import html_table

        yield from html_table.read(page, vocabulary, taken)


CELL = Carrier('table cell', read, write, 'cell')
HTML = Carrier('HTML table', read_html, None, 'html')
