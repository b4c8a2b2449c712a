"""Markdown, for step summaries and wikis; every text from a file is escaped."""

from collections.abc import Iterable, Iterator, Sequence

from ..escape import markdown_cell
from ..history import Entry
from ..section import heading
from ..stats import Counts, by_section, count
from ..tracker import Tracker
from .journal import name_then
from .terminal import bar
from .text import PLAN_WITHOUT_STATUSES, section_name, tally

_BAR = 10
_LONGEST = 200  # characters of a name
MOST_BYTES = 1024 * 1024  # of a step summary; GitHub shows nothing of a longer one


def stats(trackers: Sequence[tuple[str, Tracker]], room: int = MOST_BYTES) -> Iterator[str]:
    """A heading, a line and a table for each tracker, in less than *room* bytes."""
    return within(list(_stats(trackers)), room)


def within(rows: Sequence[str], room: int) -> Iterator[str]:
    """As many of *rows* as go into less than *room* bytes, and how many were left out."""
    room -= _LONGEST  # for the last line
    for at, row in enumerate(rows):
        room -= len(row.encode()) + 1
        if room < 0:
            yield ''
            yield f'… and {len(rows) - at} more lines'
            return
        yield row


def _stats(trackers: Sequence[tuple[str, Tracker]]) -> Iterator[str]:
    for at, (path, tracker) in enumerate(trackers):
        if at:
            yield ''
        yield from head(path, tracker)
        if not tracker.tasks:
            continue
        yield ''
        yield from sections(tracker)


def sections(tracker: Tracker) -> Iterator[str]:
    """A table, a row a section that has tasks."""
    yield '| Section | Progress | Completed | |'
    yield '|:--|:--|--:|--:|'
    for section, _, of in by_section(tracker):
        filled, empty = bar(of.completed, of.total - of.cancelled, _BAR)
        name = _cell(section_name(tracker.sections[section]))
        done = f'{of.completed}/{of.total - of.cancelled}'
        yield f'| {name} | {filled}{empty} | {done} | {_percent(of)} |'


def head(path: str, tracker: Tracker) -> Iterator[str]:
    """What the tracker is called, and how far it is."""
    yield f'### {_cell(heading(tracker.sections) or path)}'
    yield ''
    if not tracker.tasks:
        yield PLAN_WITHOUT_STATUSES
        return
    counts = count(tracker.state)
    yield f'**{_percent(counts)}** · {tally(counts)}'


def transitions(entries: Iterable[Entry], noted: bool) -> Iterator[str]:
    """A table, a row a transition; in the author's own time."""
    yield '| When | Task | From | To | Who | Commit |' + ' Note |' * noted
    yield '|:--|:--|:--|:--|:--|:--|' + ':--|' * noted
    for entry in entries:
        of = entry.of
        when = f'{of.date:%Y-%m-%d %H:%M}' if of.date else 'not committed'
        cells = [when, name_then(of), of.before.words, of.after.words, of.author, of.commit[:7]]
        if noted:
            cells.append(' '.join(entry.note.split()))
        yield '| ' + ' | '.join(map(_cell, cells)) + ' |'


def table(names: Sequence[str], rows: Sequence[Sequence[str | int]]) -> Iterator[str]:
    """The *rows* beneath a row of *names*; numbers stand on the right."""
    yield '| ' + ' | '.join(names) + ' |'
    columns = zip(names, *rows, strict=True)
    yield '|' + '|'.join('--:' if is_numeric(cells) else ':--' for cells in columns) + '|'
    for row in rows:
        yield '| ' + ' | '.join(_cell(str(cell)) for cell in row) + ' |'


def is_numeric(cells: Iterable[str | int]) -> bool:
    """Are there numbers in that column? What is not known is blank."""
    return any(isinstance(cell, int) for cell in cells)


def _cell(text: str) -> str:
    return markdown_cell(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…')


def _percent(counts: Counts) -> str:
    return '–' if counts.percent is None else f'{counts.percent}%'
