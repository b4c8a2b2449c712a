"""What the rows of a table are called."""

import re
from collections.abc import Mapping, Sequence
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
    shown = set(statuses)
    columns = [at for at in range(len(table.head.cells)) if at not in shown]
    texts = {at: [row.plain(at) for row in rows] for at in columns}
    naming = [at for at in columns if any(map(_is_name, texts[at]))]
    numbers = _numbers(table, columns, texts)
    used = naming[:1] or ([] if any(numbers) else columns[:1])
    if used and all(_is_number_alone(text) for text in set(texts[used[0]]) if text):
        used = naming[:2] or used
    found = numbers or [''] * len(rows)
    for column in used:
        found = _joined(found, texts[column])
    for column in naming[len(used) :]:
        if len(set(found)) == len(found):
            break
        used = [*used, column]
        found = _joined(found, texts[column])
    return [Label(text, _span(row, used or columns)) for text, row in zip(found, rows, strict=True)]


def _is_name(text: str) -> bool:
    return len(text) > 1 and not re.fullmatch(_NO_NAME, text, re.IGNORECASE)


def _numbers(table: Table, columns: Sequence[int], texts: Mapping[int, list[str]]) -> list[str]:
    """``Day 3``, ``Phase A`` where a column called so has 3, or A; of several columns, all."""
    found = [''] * len(texts[columns[0]]) if columns else []
    for column in columns:
        head = table.head.plain(column)
        if not read_numbering(f'{head} 1')[0]:
            continue
        for at, text in enumerate(texts[column]):
            number = text.rstrip('.')
            if (len(number) == 1 and number.isalnum()) or (number.isdecimal() and len(number) <= 6):
                found[at] += f' {head} {number}' if found[at] else f'{head} {number}'
    return found


def _is_number_alone(text: str) -> bool:
    numbering, title = read_numbering(text)
    return numbering is not None and not title


def _joined(names: Sequence[str], texts: Sequence[str]) -> list[str]:
    pairs = zip(names, texts, strict=True)
    return [f'{name} – {text}' if name and text else name or text for name, text in pairs]


def _span(row: Row, columns: Sequence[int]) -> Span:
    """The first cell of *columns* that *row* has, or of all, which is not of no width."""
    cells = [row.cells[column] for column in columns if column < len(row.cells)]
    for cell in [*cells, *row.cells]:
        start, stop = cell.span
        if start < stop:
            return Span(start, stop)
    start = row.cells[0].span.start
    return Span(start, start)
