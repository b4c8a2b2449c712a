"""What the rows of a table are called."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..dates import DATE
from ..numbering import read_numbering
from ..table import Row, Table
from ..text import Span


class Label(NamedTuple):
    """The name of a row, and the cell that it is taken from."""

    text: str
    span: Span


_NO_NAME = rf'(?:[\W\d_]*(?:%|h|hrs?|hours?|min|xp|pts?)?[\W\d_]*|{DATE}|https?://\S+)'


def labels(table: Table, rows: Sequence[Row], statuses: Sequence[int]) -> list[Label]:
    """A name for each of *rows*, from the columns that show no status.

    A number and the first text; and as many texts more as tell the rows apart.
    """
    wide = len(table.head.cells)
    columns = [at for at in range(wide) if at not in statuses]
    naming = [at for at in columns if _names(rows, at)]
    numbers = [_number(table, row, columns) for row in rows]
    used = naming[:1] or ([] if any(numbers) else columns[:1])
    texts = [row.plain(used[0]) for row in rows] if used else []
    if all(_is_number_alone(text) for text in texts if text) and len(naming) > 1:
        used = naming[:2]
    found = list(_joined(numbers, rows, used))
    for column in naming[len(used) :]:
        counts = Counter(found)
        if max(counts.values(), default=1) == 1:
            break
        used = [*used, column]
        found = list(_joined(numbers, rows, used))
    return [Label(text, _span(row, used or columns)) for text, row in zip(found, rows, strict=True)]


def _names(rows: Sequence[Row], column: int) -> bool:
    texts = [row.plain(column) for row in rows]
    return any(len(t) > 1 and not re.fullmatch(_NO_NAME, t, re.IGNORECASE) for t in texts)


def _number(table: Table, row: Row, columns: Sequence[int]) -> str:
    """``Day 3``, ``Phase A`` where a column called so has 3, or A; of several columns, all."""
    found = []
    for column in columns:
        text = row.plain(column).rstrip('.')
        head = table.head.plain(column)
        if text.isdecimal() and len(text) <= 6:
            found += [f'{head} {text}'] if read_numbering(f'{head} {text}')[0] else []
        elif len(text) == 1 and read_numbering(f'{head} 1')[0]:
            found.append(f'{head} {text}')
    return ' '.join(found)


def _is_number_alone(text: str) -> bool:
    numbering, title = read_numbering(text)
    return numbering is not None and not title


def _joined(numbers: Sequence[str], rows: Sequence[Row], columns: Sequence[int]) -> Iterator[str]:
    for number, row in zip(numbers, rows, strict=True):
        texts = [row.plain(column) for column in columns]
        yield ' – '.join(text for text in (number, *texts) if text)


def _span(row: Row, columns: Sequence[int]) -> Span:
    """The first cell of *columns* that *row* has; else where the row begins."""
    for column in columns:
        if column < len(row.cells):
            start, stop = row.cells[column].span
            return Span(start, stop)
    start = row.cells[0].span.start if row.cells else 0
    return Span(start, start)
