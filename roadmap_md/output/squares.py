"""The familiar year of squares, and weeks in a line: how much was done, at a glance."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from ..activity import Counts, monday
from ..rhythm import WEEKDAYS, Kind
from .terminal import Painter

YEAR = 53  # weeks
_WIDE = 26  # weeks up to which a square is two cells wide
_SHADES = '░▒▓█'
LEVELS = len(_SHADES)
_SPARKS = '▁▂▃▄▅▆▇█'
_SIGNS = {Kind.MISSED: '·', Kind.REST: ' ', Kind.PAUSE: '–', Kind.OPEN: '?'}
_MONTH = 4  # cells that a name takes


def squares(
    kinds: Sequence[tuple[date, Kind]],
    counts: Mapping[date, Counts],
    is_whole: bool,
    paint: Painter,
    cells: int,
) -> Iterator[str]:
    """A row for each day of the week, a column for each week, in at most *cells*.

    Where the past is not *whole*, only what is known to be done is shown.
    """
    first, last = monday(kinds[0][0]), monday(kinds[-1][0])
    across = 2 if (last - first).days // 7 < min(_WIDE, cells // 2 - 3) else 1
    count = min((last - first).days // 7 + 1, YEAR, (cells - 5) // across)
    mondays = [last - timedelta(weeks=back) for back in range(count)][::-1]
    of = dict(kinds)
    most = max((counts[day].done for day in of if day in counts and day >= mondays[0]), default=1)
    yield ' ' * 5 + _months(mondays, across)
    for at, name in enumerate(WEEKDAYS):
        row = ''
        for week in mondays:
            day = week + timedelta(days=at)
            row += _square(of.get(day), counts.get(day, Counts()).done, most, is_whole, paint)
            row += ' ' * (across - 1)
        yield f'{paint(name[:3].capitalize(), "dim")}  {row}'.rstrip()
    for row in _legend(set(of.values()), most, is_whole, paint, cells - 5):
        yield ' ' * 5 + row


def _months(mondays: Sequence[date], across: int) -> str:
    """The name of each month above the week in which it begins."""
    row = ''
    for at, week in enumerate(mondays):
        begins = begins_month(week)
        soon = any(map(begins_month, mondays[1 : -(-_MONTH // across)]))
        if (begins or not (at or soon)) and len(row) <= at * across:
            row = row.ljust(at * across) + f'{week + timedelta(days=6 * begins):%b} '
    return row.rstrip()


def begins_month(week: date) -> bool:
    """Does a month begin in that week?"""
    return (week + timedelta(days=6)).day <= 7


def _square(kind: Kind | None, done: int, most: int, is_whole: bool, paint: Painter) -> str:
    if kind is Kind.DONE:
        return paint(shade(done, most), 'green')
    return paint(_SIGNS[kind], 'dim') if kind and is_whole else ' '


def shade(done: int, most: int) -> str:
    return _SHADES[level(done, most) - 1]


def level(done: int, most: int) -> int:
    """1 to 4, the more the higher; from four on, or from what was the *most*, it is the highest."""
    scale = min(most, LEVELS)
    return -(-LEVELS * min(done, scale) // scale)


def _legend(
    kinds: set[Kind], most: int, is_whole: bool, paint: Painter, cells: int
) -> Iterator[str]:
    """What the squares mean, in one line or, where that is too narrow, two."""
    scale = min(most, LEVELS)
    shades = [
        (shade(done, most), f'{done}{" or more" * (done == scale < most)}')
        for done in range(1, scale + 1)
    ]
    words = {Kind.MISSED: 'missed', Kind.PAUSE: 'paused', Kind.OPEN: 'today'}
    signs = [(_SIGNS[kind], word) for kind, word in words.items() if is_whole and kind in kinds]
    painted = [f'{paint(sign, "green")} {word}' for sign, word in shades]
    painted += [f'{sign} {word}' for sign, word in signs]
    if sum(len(word) + 4 for _, word in shades + signs) - 2 <= cells:
        yield '  '.join(painted)
        return
    yield '  '.join(painted[: len(shades)])
    yield '  '.join(painted[len(shades) :])


def sparkline(numbers: Sequence[int]) -> str:
    """*numbers* as bars of one cell each; 0 is a point."""
    most = max(numbers, default=0)
    return ''.join(
        _SPARKS[-(-len(_SPARKS) * number // most) - 1] if number else '·' for number in numbers
    )
