"""The burn-up as a drawing: how many tasks there were, how many were completed, when all may be."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from ...burnup import Point, weekly
from ...chronicle import Chronicle
from ...forecast import Forecast
from ..chronicle import short
from ..terminal import counted
from ..views import Table

WIDTH, HEIGHT = 560, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 14, 14, 28
_FURTHEST = 2  # times the days that have been are as many as are shown of those to come
_LEAST = 28  # days
_LINES = 4  # across
_MONTHS = 7  # names beneath


class Tick(NamedTuple):
    at: float
    text: str


class End(NamedTuple):
    """When all is completed in *percent* of all runs."""

    x: float
    percent: int
    day: str


class Drawing(NamedTuple):
    """The lines as SVG has them, in a view of `WIDTH` by `HEIGHT`; *says* is the same in words.

    *fan* is empty where too little is known to say when all may be completed; *ends* are those
    in view, at the height *top*.
    """

    scope: str
    done: str
    area: str
    fan: str
    likely: str
    now: tuple[float, float]
    ends: list[End]
    top: float
    across: list[Tick]
    months: list[Tick]
    says: str


class _Scale(NamedTuple):
    """Where a day, and a number of tasks, is in the view."""

    first: date
    last: date
    most: int

    def x(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, number: float) -> float:
        return round(HEIGHT - _BOTTOM - number / self.most * (HEIGHT - _TOP - _BOTTOM), 1)


def burn_up(told: Chronicle) -> Drawing:
    """The drawing of what is *told*, of which something has a day."""
    points, now = told.burn_up, told.burn_up[-1]
    scope, today = now.total - now.cancelled, max(told.today, now.day)
    dates = [day for day in told.forecast.dates if day] if now.completed < scope else []
    known = max((today - points[0].day).days, _LEAST)
    last = min(max([today, *dates]), today + timedelta(days=known * _FURTHEST))
    step = _step(max(point.total - point.cancelled for point in points))
    highest = max(point.total - point.cancelled for point in points)
    scale = _Scale(points[0].day, last, max(step * ceil(highest / step), 1))
    done = _steps([(point.day, point.completed) for point in points], today, scale)
    here = scale.x(today), scale.y(now.completed)
    ground = scale.y(0)
    return Drawing(
        _path(_steps([(p.day, p.total - p.cancelled) for p in points], last, scale)),
        _path(done),
        _path([(done[0][0], ground), *done, (done[-1][0], ground)]) + 'Z',
        _path([here, *_rays(here, [dates[0], dates[-1]], scope, scale)]) + 'Z' if dates else '',
        _path([here, *_rays(here, dates[:1], scope, scale)[:1]]) if dates else '',
        here,
        [
            End(scale.x(day), percent, short(day))
            for percent, day in zip(told.forecast.percents, told.forecast.dates, strict=False)
            if day and day <= last and dates
        ],
        scale.y(scope),
        [Tick(scale.y(at), str(at)) for at in range(0, scale.most + 1, step)],
        list(_months(scale)),
        _says(points, told.forecast, bool(dates)),
    )


def _step(most: int) -> int:
    """A round number that goes into *most* a few times."""
    size = 1
    while True:
        for round_number in (size, 2 * size, 5 * size):
            if round_number * _LINES >= most:
                return round_number
        size *= 10


_Places = list[tuple[float, float]]


def _steps(numbers: Sequence[tuple[date, int]], until: date, scale: _Scale) -> _Places:
    """A line that stays where it is until the day on which the number changes."""
    places: _Places = []
    for day, number in numbers:
        if places:
            places.append((scale.x(day), places[-1][1]))
        places.append((scale.x(day), scale.y(number)))
    return [*places, (scale.x(until), places[-1][1])]


def _rays(here: tuple[float, float], dates: Sequence[date], scope: int, scale: _Scale) -> _Places:
    """Where straight lines from *here* end, each reaching *scope* on its date, within the view."""
    top, edge = scale.y(scope), scale.x(scale.last)
    ends: _Places = []
    for day in dates:
        x = scale.x(day)
        share = min((edge - here[0]) / (x - here[0]), 1) if x > here[0] else 1
        place = min(x, edge), round(here[1] + share * (top - here[1]), 1)
        if ends and share < 1:
            ends.append((edge, top))  # the corner, so that what is between them is filled
        ends.append(place)
    return ends


def _path(places: Sequence[tuple[float, float]]) -> str:
    return 'M' + 'L'.join(f'{x:g} {y:g}' for x, y in places)


def _months(scale: _Scale) -> Iterator[Tick]:
    """The first days of some months."""
    first, last = scale.first, scale.last
    count = (last.year - first.year) * 12 + last.month - first.month
    every = max(ceil(count / _MONTHS), 1)
    for at in range(1, count + 1, every):
        year, month = divmod(first.month - 1 + at, 12)
        day = date(first.year + year, month + 1, 1)
        named = f'{day:%b} {day.year}' if at == 1 or month < every else f'{day:%b}'
        if scale.x(day) < WIDTH - _RIGHT - 20:
            yield Tick(scale.x(day), named)


def _says(points: Sequence[Point], forecast: Forecast, known: bool) -> str:
    now = points[-1]
    of = counted(now.total - now.cancelled, 'task')
    said = f'Since {short(points[0].day)}, {now.completed} of {of} were completed.'
    if not known:
        return said
    ends = ', '.join(
        f'{percent}% by {short(day)}' if day else f'{percent}% in more than ten years'
        for percent, day in zip(forecast.percents, forecast.dates, strict=True)
    )
    return f'{said} All may be completed: {ends}.'


def table(told: Chronicle) -> Table:
    """The numbers of the drawing, at the end of each week in which something changed."""
    rows: list[tuple[str | int, ...]] = [
        (p.day.isoformat(), p.total - p.cancelled, p.completed, p.added, p.removed)
        for p in weekly(told.burn_up)
    ]
    return Table(('up to', 'tasks', 'completed', 'added', 'removed'), rows)
