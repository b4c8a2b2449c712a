"""The notes that were kept with ticks, as the page shows them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ...history import Entry
from ...inline import Piece, inline, plain
from ..journal import name_then


class Note(NamedTuple):
    """What was noted of a task on a *day*; *who* is empty where there is one person alone."""

    day: date | None
    name: str
    who: str
    lines: list[list[Piece]]


def journal(entries: Sequence[Entry], several: bool) -> list[Note]:
    """The notes of the *entries*; with paths where there are *several* trackers."""
    people = {entry.of.author for entry in entries}
    return [
        Note(
            entry.of.date.date() if entry.of.date else None,
            f'{entry.path}: {name}' if several else name,
            entry.of.author if len(people) > 1 else '',
            [inline(line) for line in entry.note.expandtabs(4).split('\n')],
        )
        for entry in entries
        for name in [plain(name_then(entry.of))]
    ]
