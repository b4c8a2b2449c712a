"""Before and after, as text, Markdown and JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..escape import visible
from ..section import Section
from ..since import Change, Row, Since
from ..stats import Counts
from ..status import Status
from . import markdown
from .json import numbers
from .signs import SIGNS, STYLES
from .terminal import Painter, bar, columns, fit, pad
from .text import name, section_name, title

_BAR = 16  # cells
_LABEL = 16  # what a name needs before the bar goes
_NONE = '–'
_NEW = 'all is new: no such file was there, or nothing in it'


def text(found: Sequence[tuple[str, Since]], revision: str, paint: Painter) -> Iterator[str]:
    """A row for each section that changed, then the tasks."""
    wide = columns()
    for at, (path, since) in enumerate(found):
        if at:
            yield ''
        yield from title(since.after, path, paint, wide)
        if not since.changes:
            yield f'  no status has changed since {visible(revision)}'
            continue
        yield '  ' + _row(f'all, since {revision}', *since.totals, paint, wide - 2)
        if not since.before.data:
            yield f'  {_NEW}'
        yield ''
        for row in (changed := _changed(since)):
            yield '  ' + _row(_section(since, row), row.before, row.after, paint, wide - 2)
        if changed:
            yield ''
        for change in since.changes:
            signs = f'{_sign(change.before, paint)} → {_sign(change.after, paint)}'
            yield f'  {signs}  {fit(_task(since, change), wide - 9)}'


def _changed(since: Since) -> list[Row]:
    """The sections that are not as they were; numbered ones where there are some.

    A title above all others would only say once more what the totals say.
    """
    rows = [row for row in since.sections if row.before != row.after]
    numbered = [row for row in rows if _of_row(since, row).numbering]
    return numbered or [row for row in rows if row.after != since.totals[1]]


def _row(label: str, before: Counts | None, after: Counts | None, paint: Painter, wide: int) -> str:
    numbers = f'{_of(before)} → {_of(after)}'.rjust(
        15
    ) + f'{_percent(before)} → {_percent(after)}'.rjust(14)
    room = wide - _BAR - 4 - len(numbers)
    if room < _LABEL:
        return f'{pad(label, wide - len(numbers))}{numbers}'
    done = after.completed if after else 0
    was = min(before.completed if before else 0, done)
    total = after.total - after.cancelled if after else 0
    old, _ = bar(was, total, _BAR)
    new, empty = bar(done, total, _BAR)
    drawn = old + paint(new[len(old) :], 'green') + paint(empty, 'dim')
    return f'{pad(label, room)}  {drawn}  {numbers}'


def _of(counts: Counts | None) -> str:
    return f'{counts.completed}/{counts.scope}' if counts else _NONE


def _percent(counts: Counts | None) -> str:
    return _NONE if not counts or counts.percent is None else f'{counts.percent}%'


def _section(since: Since, row: Row) -> str:
    return section_name(_of_row(since, row))


def _of_row(since: Since, row: Row) -> Section:
    return (since.after if row.after else since.before).sections[row.section]


def _task(since: Since, change: Change) -> str:
    return name(since.after if change.after else since.before, change.task)


def _sign(status: Status | None, paint: Painter) -> str:
    return paint(SIGNS[status], *STYLES[status]) if status else ' '


def rows(found: Sequence[tuple[str, Since]], revision: str) -> Iterator[str]:
    """The same in Markdown."""
    for at, (path, since) in enumerate(found):
        if at:
            yield ''
        yield from markdown.head(path, since.after)
        yield ''
        total = (f'all, since {revision}', *_cells(*since.totals))
        sections = [
            (_section(since, row), *_cells(row.before, row.after)) for row in _changed(since)
        ]
        yield from markdown.table(('Section', 'Before', 'After', 'Change'), [total, *sections])
        if since.changes and not since.before.data:
            yield ''
            yield _NEW
        if since.changes:
            yield ''
            tasks = [
                (_task(since, change), _word(change.before), _word(change.after))
                for change in since.changes
            ]
            yield from markdown.table(('Task', 'From', 'To'), tasks)


def _cells(before: Counts | None, after: Counts | None) -> tuple[str, str, str]:
    more = (after.completed if after else 0) - (before.completed if before else 0)
    return (
        f'{_of(before)} ({_percent(before)})', f'{_of(after)} ({_percent(after)})',
        f'{more:+}' if more else '',
    )  # fmt: skip


def _word(status: Status | None) -> str:
    return status.words if status else _NONE


def document(found: Sequence[tuple[str, Since]], revision: str) -> dict[str, Any]:
    """In JSON; *before* is null where a section or task is new, *after* where it is gone."""
    before, after = ([since.totals[at] for _, since in found] for at in (0, 1))
    return {
        'since': revision,
        'before': numbers(_sum(before)),
        'after': numbers(_sum(after)),
        'sections': [
            {
                'key': row.key, 'text': _of_row(since, row).text, 'path': path,
                'before': numbers(row.before) if row.before else None,
                'after': numbers(row.after) if row.after else None,
            }
            for path, since in found
            for row in since.sections
        ],
        'tasks': [
            {
                **_named(since, change), 'path': path,
                'before': change.before.value if change.before else None,
                'after': change.after.value if change.after else None,
            }
            for path, since in found
            for change in since.changes
        ],
    }  # fmt: skip


def _sum(counts: Sequence[Counts]) -> Counts:
    return Counts(*map(sum, zip(*counts, strict=True)))


def _named(since: Since, change: Change) -> dict[str, str]:
    task = (since.after if change.after else since.before).tasks[change.task]
    return {'key': task.key, 'title': task.title}
