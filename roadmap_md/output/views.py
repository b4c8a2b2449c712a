"""The past as tables: by day, by week, by person, and why each day is what it is."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ..activity import Counts, monday
from ..chronicle import Chronicle
from ..rhythm import Kind
from ..why import Reason, why
from .chronicle import nothing, what
from .markdown import is_numeric
from .terminal import Painter, bar, columns, fit, pad, width

_BAR = 20  # cells
_NAME = 30

KINDS = {
    Kind.DONE: ('✓', 'green'), Kind.REST: (' ', 'dim'), Kind.PAUSE: ('–', 'dim'),
    Kind.MISSED: ('·', 'red'), Kind.OPEN: ('?', 'yellow'),
}  # fmt: skip


class Table(NamedTuple):
    """Rows of cells beneath their *names*; *sizes* are what a bar shows beside each, if any."""

    names: tuple[str, ...]
    rows: list[tuple[str | int, ...]]
    sizes: Sequence[int] = ()


_COUNTS = Counts._fields


def by_day(told: Chronicle, is_whole: bool) -> Table:
    """Every day from the first on which something happened to today.

    *total* and *completed in all* are as they were when the day ended.
    """
    names = ('day', 'kind', 'streak', *_COUNTS, 'total', 'completed_in_all')
    if not told.days:
        return Table(names, [])
    reasons = {reason.day: reason for reason in reasons_of(told) if is_whole}
    points = {point.day: point for point in told.burn_up if is_whole}
    first = min(told.days)
    point = max((point for day, point in points.items() if day < first), default=None)
    rows: list[tuple[str | int, ...]] = []
    for at in range(first.toordinal(), told.today.toordinal() + 1):
        day = date.fromordinal(at)
        reason, point = reasons.get(day), points.get(day, point)
        rows.append((
            day.isoformat(), *((reason.kind.value, reason.length) if reason else ('', '')),
            *told.days.get(day, Counts()),
            *((point.total, point.completed) if point else ('', '')),
        ))  # fmt: skip
    return Table(names, rows)


def by_week(told: Chronicle) -> Table:
    """Every week from the first in which something happened to this one."""
    if not told.weeks:
        return Table(('week', 'from', *_COUNTS), [])
    first, this = min(told.weeks), monday(told.today)
    weeks = [first + timedelta(weeks=at) for at in range((this - first).days // 7 + 1)]
    counts = [told.weeks.get(week, Counts()) for week in weeks]
    rows = [
        (f'{week:%G-W%V}', week.isoformat(), *of) for week, of in zip(weeks, counts, strict=True)
    ]
    return Table(('week', 'from', *_COUNTS), [*rows], [of.done for of in counts])


def by_person(told: Chronicle, is_whole: bool) -> Table:
    """Whoever completed something; *days* are those on which they did."""
    rows = [
        (
            who.name, who.email, *who.counts, who.days,
            *((run.days if run else 0) if is_whole else '' for run in who.streak),
        )
        for who in told.people
    ]  # fmt: skip
    return Table(('name', 'email', *_COUNTS, 'days', 'streak', 'longest'), rows)


def reasons_of(told: Chronicle) -> list[Reason]:
    return list(why(told.kinds, told.events, told.rhythm))


def reasons(told: Chronicle, paths: Sequence[str], is_whole: bool) -> Table:
    """Why each day is what it is, the latest first; only what is known, where that is not all."""
    rows: list[tuple[str | int, ...]] = [
        (of.day.isoformat(), of.kind.value, of.length if is_whole else '', _because(of, paths))
        for of in reasons_of(told)[::-1]
        if is_whole or of.kind is Kind.DONE
    ]
    return Table(('day', 'kind', 'streak', 'why'), rows)


def _because(of: Reason, paths: Sequence[str]) -> str:
    return '; '.join([of.says] * bool(of.says) + [what(event, paths) for event in of.events])


def why_rows(
    told: Chronicle, paths: Sequence[str], incomplete: Sequence[str], paint: Painter
) -> Iterator[str]:
    """The same for a terminal: a row a day, and one for each task more."""
    wide = columns()
    if incomplete or not told.kinds:
        yield nothing(told, incomplete)
    for event in told.future:
        yield paint(fit(f'{event.day} is after today: {what(event, paths)}', wide), 'dim')
    for day, kind, length, says, events in reasons_of(told)[::-1]:
        if incomplete and kind is not Kind.DONE:
            continue  # something may have been done that git does not have here
        sign, style = KINDS[kind]
        said = [says] * bool(says) + [what(event, paths) for event in events]
        if kind is Kind.OPEN and told.uncommitted:
            said.append(f'{told.uncommitted} not committed yet')
        run = '' if incomplete else length
        start = f'{day:%a} {day}  {sign} {kind.value:<6}  {run:>4}  '
        for at, row in enumerate(said or ['']):
            shown = fit(row, wide - len(start))
            head = f'{start[:16]}{paint(start[16:24], style)}{start[24:]}'
            yield ((' ' * len(start) if at else head) + shown).rstrip()


def text(table: Table, paint: Painter) -> Iterator[str]:
    """The *table* in columns, numbers on the right, with bars."""
    wide = columns()
    cells = [[fit(str(cell), _NAME) for cell in row] for row in table.rows]
    heads = [name.replace('_', ' ') for name in table.names]
    widths = [max(map(width, column)) for column in zip(heads, *cells, strict=True)]
    numeric = [is_numeric(column) for column in zip(table.names, *table.rows, strict=True)]
    most = max(table.sizes, default=0)
    room = min(wide - sum(widths) - 2 * len(widths), _BAR)
    yield paint(_row(heads, widths, numeric), 'dim')
    for at, row in enumerate(cells):
        drawn = bar(table.sizes[at], most, room)[0] if table.sizes and room > 4 else ''
        yield f'{_row(row, widths, numeric)}  {paint(drawn, "green")}'.rstrip()


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    return '  '.join(
        ' ' * (wide - width(cell)) + cell if right else pad(cell, wide)
        for cell, wide, right in zip(cells, widths, numeric, strict=True)
    )
