"""What was done, day by day, as text for people."""

from collections.abc import Iterator, Sequence
from datetime import date

from ..escape import visible
from ..history import Entry, ScopeChange, Transition
from ..message import spoken
from ..status import Status
from .signs import SIGNS, STYLES
from .terminal import Painter, columns, fit, pad, width, wrap


def name_then(transition: Transition | ScopeChange) -> str:
    """A task as people said it then: ``week 1 day 3 – Sets``."""
    said = spoken(transition.key)
    if said and transition.title:
        return f'{said} – {transition.title}'
    return said or transition.title or transition.key


_TIME, _SIGNS, _WORD, _COMMIT = 5, 5, 11, 7  # cells
_WHO = 16
_TITLE = 40  # what is left for a title before the signs alone have to do


def rows(entries: Sequence[Entry], several: bool, paint: Painter) -> Iterator[str]:
    """What was done, day by day, newest first; with paths where there are *several* trackers."""
    people = {entry.of.author for entry in entries if entry.of.commit}
    wide = columns()
    room = wide - 2 - _TIME - 2 - _SIGNS - 2 - _COMMIT - 2
    who = min(max(map(width, map(visible, people)), default=0), _WHO) if len(people) > 1 else 0
    room -= who + 2 if who else 0
    worded = room - _WORD - 1 >= _TITLE
    room -= _WORD + 1 if worded else 0
    changes = {
        (before, after): _change(before, after, paint, worded)
        for before in Status
        for after in Status
    }
    shown: date | str | None = ''
    # A day is the author's own; of two authors' that overlap each is shown once.
    for entry in sorted(entries, key=lambda e: -e.of.date.toordinal() if e.of.date else -(10**9)):
        of = entry.of
        day = of.date.date() if of.date else None
        if day != shown:
            if shown != '':
                yield ''
            shown = day
            title = f'{day:%A} {day.day} {day:%B} {day.year}' if day else 'Not committed yet'
            alone = '' if who or not day else visible(fit(of.author, wide // 2))
            filled = pad(title, wide - width(alone) - 2) if alone else title
            yield f'{paint(filled, "bold")}  {paint(alone, "dim")}'.rstrip()
        said = name_then(of) if not several else f'{entry.path}: {name_then(of)}'
        parts = [
            paint(f'{of.date:%H:%M}' if of.date else ' ' * _TIME, 'dim'),
            changes[of.before, of.after],
            pad(said, room),
            *([paint(pad(of.author, who), 'cyan')] if who else []),
            paint(of.commit[:_COMMIT], 'dim'),
        ]
        yield ('  ' + '  '.join(parts)).rstrip()
        for line in entry.note.split('\n') if entry.note else ():
            for row in wrap(line.expandtabs(4), wide - 9, ''):
                yield f'         {row}'.rstrip()


def _change(before: Status, after: Status, paint: Painter, worded: bool) -> str:
    signs = f'{paint(SIGNS[before], *STYLES[before])} → {paint(SIGNS[after], *STYLES[after])}'
    return f'{signs} {paint(after.words.ljust(_WORD), *STYLES[after])}' if worded else signs
