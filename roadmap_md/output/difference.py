"""What lies between two versions of trackers, as text, Markdown and JSON."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from ..difference import Difference, Lines, Pair
from ..escape import visible
from ..status import Status
from ..tracker import Tracker
from . import json
from . import markdown as cells
from .signs import SIGNS, STYLES
from .terminal import Painter, columns, fit
from .text import name, section_name

Found = Sequence[tuple[str, Difference]]
_SIGNS = 5  # cells


def text(found: Found, names: tuple[str, str], paint: Painter) -> Iterator[str]:
    """A row for each task that changed, with its status before and after; then other lines."""
    wide = columns()
    before, after = map(visible, names)
    for at, (path, one) in enumerate(found):
        if at:
            yield ''
        yield f'{paint(visible(path), "bold")}  {paint(f"{before} → {after}", "dim")}'
        if one.is_empty:
            yield '  nothing has changed'
            continue
        parts = (
            [_signed(one, pair, paint, wide) for pair in one.transitions],
            [_signed(one, at, paint, wide, is_new=True) for at in one.added],
            [_signed(one, at, paint, wide) for at in one.removed],
            list(chain.from_iterable(_renamed(one, pair, paint, wide) for pair in one.retitled)),
            list(chain.from_iterable(_moved(one, pair, paint, wide) for pair in one.moved)),
            list(_other(one, paint)),
            list(_ends(one)),
        )
        other = f'other lines  {_size(one.text)}'
        titles = ('', 'new', 'gone', 'called', 'moved', other, 'ends of lines')
        for title, rows in zip(titles, parts, strict=True):
            if rows:
                yield ''
                if title:
                    yield f'  {paint(title, "cyan")}'
                yield from (f'  {row}' for row in rows)


def _signed(
    one: Difference, what: Pair | int, paint: Painter, wide: int, is_new: bool = False
) -> str:
    """The statuses before and after, and the task as it is called now, or was."""
    if isinstance(what, Pair):
        before, after = one.went(what)
        signs = f'{_sign(before, paint)} → {_sign(after, paint)}'
        return f'{signs}  {fit(name(one.after, what.new), wide - _SIGNS - 4)}'
    tracker = one.after if is_new else one.before
    sign = _sign(tracker.state[what], paint)
    signs = f'  → {sign}' if is_new else f'{sign} →  '
    return f'{signs}  {fit(name(tracker, what), wide - _SIGNS - 4)}'


def _sign(status: Status, paint: Painter) -> str:
    return paint(SIGNS[status], *STYLES[status])


def _renamed(one: Difference, pair: Pair, paint: Painter, wide: int) -> Iterator[str]:
    yield paint(f'- {fit(name(one.before, pair.old), wide - 4)}', 'red')
    yield paint(f'+ {fit(name(one.after, pair.new), wide - 4)}', 'green')


def _moved(one: Difference, pair: Pair, paint: Painter, wide: int) -> Iterator[str]:
    yield fit(name(one.after, pair.new), wide - 2)
    yield paint(f'  {fit(_place(one, pair), wide - 4)}', 'dim')


def _place(one: Difference, pair: Pair) -> str:
    """Where the task was and is; the lines, where the section is the same."""
    old, new = _section(one.before, pair.old), _section(one.after, pair.new)
    if old != new:
        return f'{old or "the top"} → {new or "the top"}'
    lines = one.before.marks[pair.old].line + 1, one.after.marks[pair.new].line + 1
    return 'line {} → line {}'.format(*lines)


def _section(tracker: Tracker, task: int) -> str:
    at = tracker.tasks[task].section
    return section_name(tracker.sections[at]) if at >= 0 else ''


def _size(text: Sequence[Lines]) -> str:
    return f'+{sum(len(lines.new) for lines in text)} −{sum(len(lines.old) for lines in text)}'


def _other(one: Difference, paint: Painter) -> Iterator[str]:
    wide = len(str(max((at + 1 for lines in one.text for side in lines for at in side), default=0)))
    for lines in one.text:
        for sign, style, tracker, rows in (
            ('-', 'red', one.before, lines.old), ('+', 'green', one.after, lines.new),
        ):  # fmt: skip
            for at in rows:
                said = f'{sign} {_line(tracker, at)}'.rstrip()
                yield f'{paint(str(at + 1).rjust(wide), "dim")} {paint(said, style)}'


def _ends(one: Difference) -> Iterator[str]:
    lines = one.after.data.split(b'\n')
    crlf = sum(lines[at].endswith(b'\r') for at in one.ends)
    for number, end in ((crlf, 'CRLF'), (len(one.ends) - crlf, 'LF')):
        if number:
            yield f'{number} {"line has" if number == 1 else "lines have"} {end} now'


def _line(tracker: Tracker, at: int) -> str:
    data = tracker.data.split(b'\n')[at]
    return visible(data.decode(errors='backslashreplace').removesuffix('\r'))


def markdown(found: Found, names: tuple[str, str]) -> Iterator[str]:
    """A table of the tasks that changed, and the other lines as a diff."""
    for at, (path, one) in enumerate(found):
        if at:
            yield ''
        yield from cells.head(path, one.after)
        yield ''
        if one.is_empty:
            yield 'Nothing has changed.'
            continue
        if rows := list(_rows(one)):
            yield from cells.table(('Task', 'From', 'To'), rows)
        if one.text:
            if rows:
                yield ''
            yield from _fence(list(_other(one, Painter(colored=False))))
        if one.ends:
            if rows or one.text:
                yield ''
            yield f'Ends of lines: {", ".join(_ends(one))}.'


def _rows(one: Difference) -> Iterator[tuple[str, str, str]]:
    for pair in one.transitions:
        before, after = one.went(pair)
        yield name(one.after, pair.new), before.words, after.words
    yield from ((name(one.after, at), '–', one.after.state[at].words) for at in one.added)
    yield from ((name(one.before, at), one.before.state[at].words, '–') for at in one.removed)
    for pair in one.retitled:
        yield name(one.after, pair.new), f'called {name(one.before, pair.old)}', ''
    yield from ((name(one.after, p.new), 'moved', _place(one, p)) for p in one.moved)


def _fence(rows: Sequence[str]) -> Iterator[str]:
    """The rows as a diff; the fence is longer than any in them."""
    longest = 2
    for row in rows:
        run = 0
        for char in row:
            run = run + 1 if char == '`' else 0
            longest = max(longest, run)
    yield '`' * (longest + 1) + 'diff'
    yield from (row.lstrip(' 0123456789')[:1] + row for row in rows)
    yield '`' * (longest + 1)


def document(found: Found, names: tuple[str, str]) -> dict[str, Any]:
    """In JSON; lines count from 1."""
    return {
        'before': names[0], 'after': names[1],
        'files': [_file(path, one) for path, one in found],
    }  # fmt: skip


def _file(path: str, one: Difference) -> dict[str, Any]:
    return {
        'path': path,
        'transitions': [
            {
                **_task(one.after, pair.new), 'from': one.went(pair)[0].value,
                'to': one.went(pair)[1].value,
            }
            for pair in one.transitions
        ],
        'added': [json.task(one.after, at, path) for at in one.added],
        'removed': [json.task(one.before, at, path) for at in one.removed],
        'retitled': [_pair(one, pair) for pair in one.retitled],
        'moved': [_pair(one, pair) for pair in one.moved],
        'text': [
            {
                'removed': [{'line': at + 1, 'text': _line(one.before, at)} for at in lines.old],
                'added': [{'line': at + 1, 'text': _line(one.after, at)} for at in lines.new],
            }
            for lines in one.text
        ],
        'line_ends': [at + 1 for at in one.ends],
    }  # fmt: skip


def _task(tracker: Tracker, at: int) -> dict[str, Any]:
    return {'key': tracker.tasks[at].key, 'title': tracker.tasks[at].title}


def _pair(one: Difference, pair: Pair) -> dict[str, Any]:
    return {
        'before': {**_task(one.before, pair.old), 'line': one.before.marks[pair.old].line + 1},
        'after': {**_task(one.after, pair.new), 'line': one.after.marks[pair.new].line + 1},
    }
