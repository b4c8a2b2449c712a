"""CSV for spreadsheets, in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from ..escape import visible
from ..history import Entry

# https://owasp.org/www-community/attacks/CSV_Injection; full-width signs are formulas in some too
_FORMULA = ('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠')
_COLUMNS = (
    'date', 'key', 'title', 'from', 'to', 'author', 'email', 'commit', 'path', 'current_key',
)  # fmt: skip


def transitions(entries: Iterable[Entry], noted: bool) -> Iterator[str]:
    """A row a transition beneath a row of names; every cell is quoted."""
    yield _row(_COLUMNS + ('note',) * noted)
    for entry in entries:
        of = entry.of
        cells = [
            of.date.isoformat() if of.date else '', of.key, of.title, of.before.value,
            of.after.value, of.author, of.email, of.commit, entry.path, entry.current,
        ]  # fmt: skip
        yield _row(map(_cell, cells + [entry.note] * noted))


def _row(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator='\n').writerow(cells)
    return written.getvalue()


def table(names: Iterable[str], rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    """The *rows* beneath a row of *names*; every cell is quoted."""
    yield _row(names)
    for row in rows:
        yield _row(_cell(str(cell)) for cell in row)


def _cell(text: str) -> str:
    """*text*, made visible line by line, and no formula."""
    shown = '\n'.join(map(visible, text.split('\n')))
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
