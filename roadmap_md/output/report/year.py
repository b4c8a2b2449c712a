"""The year of squares as a drawing: a column for each week, a row for each day of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ...activity import Counts, monday
from ...chronicle import Chronicle
from ...rhythm import Kind
from ..chronicle import date_of
from ..squares import YEAR, begins_month, level
from ..terminal import counted

_STEP = 13
_LEFT, _TOP = 30, 18
_ROWS = ((0, 'Mon'), (2, 'Wed'), (4, 'Fri'), (6, 'Sun'))
_MONTH = 3  # columns that a name takes
_SAYS = {
    Kind.MISSED: 'missed', Kind.REST: 'rest', Kind.PAUSE: 'planned pause',
    Kind.OPEN: 'today is not over',
}  # fmt: skip


class Square(NamedTuple):
    """A day, in a *style*: ``done-1`` to ``done-4``, what else it was, ``ahead`` or ``before``."""

    x: int
    y: int
    style: str
    says: str


class Label(NamedTuple):
    x: int
    y: int
    text: str


class Year(NamedTuple):
    """The *squares*, what stands beside them, and what they say in words; *width* and *height*.

    The *legend* has the styles of days on which nothing was completed, each with its words.
    *late* tells that most of it has been.
    """

    squares: list[Square]
    labels: list[Label]
    legend: list[tuple[str, str]]
    says: str
    width: int
    height: int
    late: bool


def year(told: Chronicle, is_whole: bool) -> Year:
    """The last year, or the first where that is not over yet; *told* has days.

    Where the past is not *whole*, only what is known to be done is shown.
    """
    this = monday(told.today)
    first = max(monday(told.kinds[0][0]), this - timedelta(weeks=YEAR - 1))
    mondays = [first + timedelta(weeks=at) for at in range(YEAR)]
    squares = list(_squares(told, mondays, is_whole))
    styles = {square.style for square in squares}
    return Year(
        squares,
        [*_months(mondays), *(Label(0, _TOP + at * _STEP + 9, name) for at, name in _ROWS)],
        [(kind.value, says) for kind, says in _SAYS.items() if kind.value in styles],
        _says(told, mondays[0]),
        _LEFT + YEAR * _STEP,
        _TOP + 7 * _STEP,
        late=(this - first).days // 7 > YEAR // 2,
    )


def _squares(told: Chronicle, mondays: list[date], is_whole: bool) -> Iterator[Square]:
    kinds = dict(told.kinds)
    most = max((of.done for day, of in told.days.items() if day >= mondays[0]), default=0)
    for column, week in enumerate(mondays):
        for row in range(7):
            day = week + timedelta(days=row)
            style, says = _day(day, told, kinds.get(day), most, is_whole)
            yield Square(_LEFT + column * _STEP, _TOP + row * _STEP, style, says)


def _day(
    day: date, told: Chronicle, kind: Kind | None, most: int, is_whole: bool
) -> tuple[str, str]:
    if kind is Kind.DONE:
        done = told.days.get(day, Counts()).done
        return f'done-{level(done, most)}', f'{date_of(day)}: {done} completed'
    if day > told.today:
        return 'ahead', ''
    if kind is None or not is_whole:
        return 'before', ''
    return kind.value, f'{date_of(day)}: {_SAYS[kind]}'


def _months(mondays: list[date]) -> Iterator[Label]:
    free = 0
    for column, week in enumerate(mondays):
        if column >= free and (begins_month(week) or not column):
            if not column and any(map(begins_month, mondays[1:_MONTH])):
                continue  # there is room for the next only
            free = column + _MONTH
            name = f'{week + timedelta(days=6 * begins_month(week)):%b}'
            yield Label(_LEFT + column * _STEP, 11, name)


def _says(told: Chronicle, first: date) -> str:
    days = {day: of.done for day, of in told.days.items() if day >= first and of.done}
    best = max(days, key=lambda day: days[day], default=None)
    said = f'{counted(sum(days.values()), "task")} completed on {counted(len(days), "day")}'
    return f'{said}; {days[best]} on {date_of(best)}, the most on one day' if best else said
