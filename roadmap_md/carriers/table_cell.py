"""Carrier 4, the table cell: a column of statuses, a column for each person, or a row of them.

A column shows statuses where each of its cells is one, or where its head says so and half of them
are. A cell of a count (``3/5``, ``60%``) is none.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..mark import About, Fault, Mark, Taken
from ..markdown import Kind
from ..numbering import read_numbering
from ..page import Page
from ..phrase import Phrase, read_phrase, respelled
from ..status import Status
from ..table import Cell, Row, Table, place_of, read_table, rewrite
from ..text import Edit, Span
from ..vocabulary import EAST_ASIAN, Family, Target, Vocabulary, default, is_symbol
from ..words import STATUS_LABELS, TOTAL_LABELS, fold, status_word, words_of
from .label import Label, labels


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The cells that show a status, row by row."""
    known: Vocabulary | None = None
    for index, block in enumerate(page.blocks):
        if block.kind is Kind.TABLE and block.first not in taken:
            known = known or of_cells(page, vocabulary)
            yield from statuses(read_table(page, index), known, page)


def write(page: Page, mark: Mark, target: Target) -> list[Edit]:
    """The edit that replaces a cell's status, and leaves its column as wide as it was."""
    target = target._replace(vocabulary=of_cells(page, target.vocabulary))
    table = read_table(page, mark.block)
    row, column = place_of(table, mark.span)
    phrase = read_phrase(row.cells[column].text, target.vocabulary)
    used = target.used.get(target.status, {})
    usual = max(used, key=used.__getitem__, default=None)
    if mark.is_symbol and phrase is None:
        usual = None
    if usual is not None and (phrase is None or (not usual and mark.may_be_blank)):
        new = usual
    elif phrase:
        new = respelled(phrase, target, alike=mark.is_symbol).encode()
    else:
        new = target._replace(used={}).marker(Family.EMOJI)
    written = read_phrase(new.decode(), target.vocabulary)
    if mark.is_evidence and written and (written.symbol or written.behind.strip()) in _ANSWERS:
        new = default(target.status, Family.BOX)
    return rewrite(page, table, mark.span, new)


def of_cells(page: Page, vocabulary: Vocabulary) -> Vocabulary:
    """*vocabulary*, with what markers mean in cells where no legend says otherwise.

    Beside ✅ a ❌ is what is not done yet; in East Asian tables ⭕ is done and 🔺 half done.
    """
    if vocabulary.spellings:
        return vocabulary
    found = dict.fromkeys(('❌'.encode(), b':x:'), Status.NOT_STARTED)
    if any(marker in page.data for marker in EAST_ASIAN):
        text = page.data.decode()
        if any('\u3040' <= char <= '\u9fff' or '\uac00' <= char <= '\ud7af' for char in text):
            found |= EAST_ASIAN
    return vocabulary._replace(meanings={**vocabulary.meanings, **found})


class _Column(NamedTuple):
    """A column (of a transposed table, a row) that shows statuses, by the index of each cell.

    *said* are the phrases of its cells; None where one is empty or cannot be read. So many cells
    are *filled*, and so many *understood*.
    """

    column: int
    named: bool
    cells: tuple[Cell | None, ...]
    said: tuple[Phrase | None, ...]
    filled: int
    understood: int

    @property
    def may_be_blank(self) -> bool:
        return self.named and self.filled == self.understood


def statuses(table: Table, vocabulary: Vocabulary, page: Page) -> Iterator[Mark]:
    """The marks of *table*, in order."""
    phrases = _Phrases(vocabulary)
    if transposed := _transposed(table, phrases):
        yield from _of_row(table, transposed, page)
        return
    all_bold = all(row.cells[0].text.startswith(_BOLD) for row in table.rows)
    rows = [row for row in table.rows if not _sums_up(row, phrases, all_bold)]
    columns = list(_columns(table, rows, phrases))
    evidence = None
    if not columns and (first := _before_names(rows, phrases)):
        columns = [first]
        pairs = zip(rows, first.said, strict=True)
        named = labels(table, [_without_marker(row, phrase) for row, phrase in pairs], [])
    elif columns:
        named = labels(table, rows, [column.column for column in columns])
        if not columns[0].named and not _are_numbered(table, rows):
            evidence = _evidence(columns)
    else:
        return
    # Of several columns that are called so the first counts; of others each is somebody's.
    is_shared = len(columns) > 1 and not columns[0].named
    showing = {column.column for column in columns}
    for at, row in enumerate(rows):
        may_be_blank = bool(named[at].text) and (all_bold or not _is_head(row, showing))
        for column in columns:
            cell, phrase = column.cells[at], column.said[at]
            if cell is None or not (named[at].text or phrase):
                continue
            mark = _mark(table, row.line, column, cell, phrase, page, named[at])
            if is_shared:
                owner = table.head.plain(column.column)
                mark = mark._replace(about=About.TASK, owner=owner, is_evidence=cell is evidence)
            elif column is not columns[0]:
                mark = mark._replace(about=About.AGAIN, may_be_blank=False)
            elif cell is evidence or mark.may_be_blank > may_be_blank:
                mark = mark._replace(is_evidence=cell is evidence, may_be_blank=False)
            if phrase or column is columns[0] or is_shared:
                yield mark


def _mark(
    table: Table, line: int, column: _Column, cell: Cell, phrase: Phrase | None, page: Page,
    named: Label,
) -> Mark:  # fmt: skip
    fault, status, blank = None, Status.NOT_STARTED, column.may_be_blank
    if phrase:
        span = _within(page, cell, (phrase.said + phrase.date).encode())
        status = phrase.status
        blank = blank and not phrase.lead + phrase.rest  # nothing else is left
    elif text := cell.text.encode():
        span = _within(page, cell, text)
        fault = Fault.UNKNOWN if is_symbol(text) else Fault.UNCLEAR
    else:
        start = min(cell.span.start + 1, cell.span.stop)
        span = Span(start, start)
    return Mark(
        span, None if fault else status, line, named.span, -1, table.block, fault, About.ROW,
        named.text, may_be_blank=blank, is_symbol=not column.named,
    )  # fmt: skip


def _within(page: Page, cell: Cell, text: bytes) -> Span:
    """Where *text* stands in *cell*; all of it, where HTML spells it otherwise."""
    start = page.data.find(text, *cell.span)
    return Span(start, start + len(text)) if start >= 0 else cell.span


class _Phrases(dict[str, Phrase | None]):
    """What the texts of cells say; the same few stand in all of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __missing__(self, text: str) -> Phrase | None:
        self[text] = phrase = read_phrase(text, self.vocabulary) if text else None
        return phrase


def _columns(table: Table, rows: Sequence[Row], phrases: _Phrases) -> Iterator[_Column]:
    """The columns that show statuses: those that are called so, else all that do."""
    found = [
        _column(at, _is_called(head.plain, STATUS_LABELS), [row.cells for row in rows], phrases)
        for at, head in enumerate(table.head.cells)
    ]
    called = [column for column in found if column.named and _is_mostly_read(column)]
    if called:
        yield from called
        return
    others = [column for column in found if _is_all_symbols(column)]
    if others and (not _are_answers(others) or _are_numbered(table, rows)):
        yield from others


def _column(at: int, named: bool, rows: Sequence[Sequence[Cell]], phrases: _Phrases) -> _Column:
    cells = tuple(cells[at] if at < len(cells) else None for cells in rows)
    said = tuple(_said(cell, phrases, named) if cell else None for cell in cells)
    filled = sum(1 for cell in cells if cell and cell.text)
    return _Column(at, named, cells, said, filled, sum(1 for phrase in said if phrase))


def _said(cell: Cell, phrases: _Phrases, named: bool) -> Phrase | None:
    """The status that *cell* shows; beneath a head that says so, it may go on."""
    phrase = phrases[cell.text]
    return phrase if phrase and (named or phrase.is_whole) else None


def _is_mostly_read(column: _Column) -> bool:
    return 2 * column.understood >= column.filled and bool(column.cells)


def _is_all_symbols(column: _Column) -> bool:
    """Without a head that says so: a status in each cell that is not empty, and no bare words."""
    if not column.understood or column.understood < column.filled:
        return False
    return all(phrase.symbol or phrase.behind for phrase in column.said if phrase)


def _before_names(rows: Sequence[Row], phrases: _Phrases) -> _Column | None:
    """The first column, where a symbol is before the name in each row: ``✅ Day 1``."""
    column = _column(0, True, [row.cells for row in rows], phrases)
    if rows and all(p and p.symbol and not (p.word or p.is_whole) for p in column.said):
        return column._replace(named=False)
    return None


def _without_marker(row: Row, phrase: Phrase | None) -> Row:
    first, *others = row.cells
    return row._replace(cells=(first._replace(text=phrase.rest.strip() if phrase else ''), *others))


_ANSWERS = frozenset(['✅', '✔', '✔️', '☑', '☑️', '❌', '✗', '✘', ':white_check_mark:', ':x:'])


def _are_answers(columns: Sequence[_Column]) -> bool:
    """Does nothing but ✅ and ❌ stand there, as where features are compared?"""
    return _evidence(columns) is None


def _evidence(columns: Sequence[_Column]) -> Cell | None:
    """The last cell with a status that is no answer to a question."""
    pairs = [pair for c in columns for pair in zip(c.cells, c.said, strict=True)]
    said = [(cell, phrase.symbol or phrase.behind.strip()) for cell, phrase in pairs if phrase]
    others = [cell for cell, symbol in said if cell and symbol not in _ANSWERS]
    return max(others, key=lambda cell: cell.span, default=None)


def _are_numbered(table: Table, rows: Sequence[Row]) -> bool:
    firsts = [row.plain(0) for row in rows]
    return all(text.rstrip('.').isdecimal() or read_numbering(text)[0] for text in firsts)


def _is_called(name: str, labels: str) -> bool:
    return fold(name).rstrip(' :：') in words_of(labels)


_BOLD = ('**', '__', '<b>')


def _sums_up(row: Row, phrases: _Phrases, all_bold: bool) -> bool:
    """Is *row* a total, or the head of a group of rows?"""
    texts = [cell for cell in row.cells if cell.text]
    name = next((cell.plain for cell in texts if cell.plain and not phrases[cell.text]), '')
    if _is_called(name, TOTAL_LABELS):
        return True
    return not all_bold and len(row.cells) > 1 and _is_head(row, set())


def _is_head(row: Row, without: Collection[int]) -> bool:
    """Is a text in bold all that stands in *row*, *without* these columns?"""
    texts = [cell.text for at, cell in enumerate(row.cells) if cell.text and at not in without]
    return len(texts) == 1 and texts[0].startswith(_BOLD)


def _transposed(table: Table, phrases: _Phrases) -> tuple[Row, _Column] | None:
    """The row that shows a status in each column, where its first cell says so."""
    if _is_called(table.head.plain(0), STATUS_LABELS):
        return None  # what is beneath are statuses, and no names
    if not any(_names_status(row.plain(0)) for row in table.rows):
        return None
    found: list[tuple[Row, _Column]] = []
    for row in table.rows:
        column = _column(0, True, [[cell] for cell in row.cells[1:]], phrases)
        if column.understood and _is_mostly_read(column):
            found.append((row, column))
    if len(found) == 1 and _names_status(found[0][0].plain(0)):
        return found[0]
    return None


def _names_status(name: str) -> bool:
    """Is *name* what the status is called, and no status itself, as *Done* and ✅ are?"""
    is_status = not name[:1].isalpha() or status_word(name)
    return not is_status and _is_called(name, STATUS_LABELS)


def _of_row(table: Table, transposed: tuple[Row, _Column], page: Page) -> Iterator[Mark]:
    row, column = transposed
    kind = table.head.plain(0)
    for at, (cell, phrase) in enumerate(zip(column.cells, column.said, strict=True), 1):
        name = table.head.plain(at)
        if cell and (name or phrase):
            label = f'{kind} {name}' if name.isdecimal() and kind else name
            named = Label(label, table.head.cells[at].span)
            mark = _mark(table, row.line, column, cell, phrase, page, named)
            yield mark._replace(may_be_blank=False)  # of blanks alone there is no such row
