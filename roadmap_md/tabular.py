"""Tasks as rows of a table, and rows as tasks; refused where that would lose something."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from .carriers.table_cell import of_cells
from .errors import UserError
from .markdown import Kind
from .phrase import Phrase, read_phrase
from .status import Status
from .table import Table, place_of, read_table, width
from .text import Edit, Span
from .tracker import Tracker, read_tracker
from .vocabulary import Preference, Vocabulary

# What to write for a status in place of a marker, which may be empty.
Marker = Callable[[bytes, Status], bytes]
HINT = 'nothing was written; change that by hand, or convert other sections with --section'

_NUMBERED = re.compile(r'([^\W\d_]+) (\d{1,6}) – (\S.*)')


def as_table(rows: Sequence[tuple[str, str]], preference: Preference) -> list[str]:
    """The lines of an aligned table of tasks, each with its text and its marker.

    Texts such as ``Day 1 – Lists`` get a column for the number where that reads the same.
    """
    pairs = [(_NUMBERED.fullmatch(text), marker) for text, marker in rows]
    numbered = [(match[1], match[2], match[3], marker) for match, marker in pairs if match]
    kinds = {row[0] for row in numbered}
    if len(numbered) == len(rows) and len(kinds) == 1:
        table = _aligned([(*kinds, 'Title', 'Status'), *(row[1:] for row in numbered)])
        read = read_tracker('\n'.join(table).encode(), preference)
        if [task.text for task in read.tasks] == [text for text, _ in rows]:
            return table
    return _aligned([('Task', 'Status'), *rows])


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    escaped = [[text.replace('|', '\\|') for text in row] for row in rows]
    wide = [max(3, *map(width, column)) for column in zip(*escaped, strict=True)]
    lines = [_line(row, wide) for row in escaped]
    return [lines[0], _line(['-' * cells for cells in wide], wide), *lines[1:]]


def _line(row: Sequence[str], wide: Sequence[int]) -> str:
    cells = (text + ' ' * (w - width(text)) for text, w in zip(row, wide, strict=True))
    return f'| {" | ".join(cells)} |'


def as_items(
    tracker: Tracker, indices: Sequence[int], bullet: bytes, marker: Marker
) -> Iterator[tuple[int, list[Edit]]]:
    """For each of these tasks, which are rows of tables, the edits that make a line of it."""
    vocabulary = of_cells(tracker.page, tracker.vocabulary)
    for block, group in groupby(indices, key=lambda index: tracker.marks[index].block):
        table, tasks = read_table(tracker.page, block), list(group)
        _check(tracker, table, tasks, vocabulary)
        starts = tracker.page.starts
        edits = [Edit(Span(starts[table.head.line], starts[table.rule.line + 1]), b'')]
        for index in tasks:
            said = tracker.tasks[index].text.encode()
            said = _marker(tracker, table, index, marker, vocabulary) + b' ' + said
            body = tracker.page.body(tracker.marks[index].line, block)
            yield index, [*edits, Edit(body, bullet + said)]
            edits = []


def _check(tracker: Tracker, table: Table, tasks: Sequence[int], vocabulary: Vocabulary) -> None:
    """Raise UserError where *table* holds more than these tasks, their texts and statuses."""
    parent = tracker.page.blocks[table.block].parent
    if parent >= 0 and tracker.page.blocks[parent].kind is Kind.ITEM:
        raise UserError(f'the table on line {table.head.line + 1} is in a list', HINT)
    lines = Counter(tracker.marks[index].line for index in tasks)
    for row in table.rows:
        if lines[row.line] > 1:
            raise UserError(f'line {row.line + 1} holds several tasks, and would be one', HINT)
        if not lines[row.line]:
            raise UserError(f'line {row.line + 1} is no task, and would be lost', HINT)
    for index in tasks:
        _check_row(tracker, table, index, vocabulary)


def _check_row(tracker: Tracker, table: Table, index: int, vocabulary: Vocabulary) -> None:
    """Raise UserError where a cell beside the status says more than the task's text does."""
    row, shown = place_of(table, tracker.marks[index].span)
    if len(tracker.statused[index].marks) > 1:
        raise _lost(row.line, 'the second status')
    for column, cell in enumerate(row.cells):
        if column == shown:
            _check_status(row.line, read_phrase(cell.text, vocabulary))
        elif cell.plain not in tracker.tasks[index].text:
            raise _lost(row.line, f"'{cell.text}' in the column '{table.head.plain(column)}'")
        elif ' '.join(cell.text.replace('\\|', '|').split()) != cell.plain:
            raise _lost(row.line, f"the markup of '{cell.text}'")


def _check_status(line: int, phrase: Phrase | None) -> None:
    if phrase and (phrase.date or not phrase.is_whole):
        raise _lost(line, f"'{phrase.date.strip() or phrase.rest.strip()}' beside the status")


def _lost(line: int, what: str) -> UserError:
    return UserError(f'line {line + 1}: {what} would be lost', HINT)


def _marker(
    tracker: Tracker, table: Table, index: int, marker: Marker, vocabulary: Vocabulary
) -> bytes:
    mark = tracker.marks[index]
    row, column = place_of(table, mark.span)
    phrase = read_phrase(row.cells[column].text, vocabulary)
    return marker(phrase.symbol.encode() if phrase else b'', tracker.state[index])
