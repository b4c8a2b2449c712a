"""CSV for spreadsheets, in which no cell is a formula."""

import csv
import io
from collections.abc import Sequence

from ..escape import visible
from ..history import Entry

# https://owasp.org/www-community/attacks/CSV_Injection; full-width signs are formulas in some too
_FORMULA = ('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠')
_COLUMNS = (
    'date', 'key', 'title', 'from', 'to', 'author', 'email', 'commit', 'path', 'current_key',
)  # fmt: skip


def transitions(entries: Sequence[Entry], noted: bool) -> str:
    """A row a transition beneath a row of names; every cell is quoted."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator='\n')
    writer.writerow(_COLUMNS + ('note',) * noted)
    for entry in entries:
        of = entry.of
        row = [
            of.date.isoformat() if of.date else '', of.key, of.title, of.before.value,
            of.after.value, of.author, of.email, of.commit, entry.path, entry.current,
        ]  # fmt: skip
        writer.writerow(map(_cell, row + [entry.note] * noted))
    return written.getvalue()


def table(names: Sequence[str], rows: Sequence[Sequence[str | int]]) -> str:
    """The *rows* beneath a row of *names*; every cell is quoted."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator='\n')
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(str(cell)) for cell in row])
    return written.getvalue()


def _cell(text: str) -> str:
    """*text*, made visible line by line, and no formula."""
    shown = '\n'.join(map(visible, text.split('\n')))
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
