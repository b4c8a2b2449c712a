"""How the progress of many is spread, as a drawing."""

from collections.abc import Sequence
from typing import NamedTuple

from ...standing import Range, Standing
from ..terminal import counted
from ..views import Table

WIDTH, HEIGHT = 560, 200
_TOP, _BOTTOM = 22, 24
_GAP = 6


class Bar(NamedTuple):
    """A bar in a view of `WIDTH` by `HEIGHT`, *number* above and *name* beneath its *middle*."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    number: int
    name: str


def bars(ranges: Sequence[Range]) -> list[Bar]:
    most = max(one.learners for one in ranges) or 1
    each = WIDTH / len(ranges)
    found = []
    for at, one in enumerate(ranges):
        high = round((HEIGHT - _TOP - _BOTTOM) * one.learners / most, 1)
        x, wide = round(at * each + _GAP / 2, 1), round(each - _GAP, 1)
        y, middle = round(HEIGHT - _BOTTOM - high, 1), round(x + wide / 2, 1)
        found.append(Bar(x, y, wide, high, middle, one.learners, name(one)))
    return found


def name(one: Range) -> str:
    return f'{one.low}%' if one.low == one.high else f'{one.low}–{one.high}'


def table(ranges: Sequence[Range]) -> Table:
    return Table(('completed', 'learners'), [
        (f'{name(one)}'.removesuffix('%') + '%', one.learners) for one in ranges
    ])  # fmt: skip


def says(of: Standing) -> str:
    """The same in words."""
    low, high = of.middle
    middle = f'The middle half of them is between {low:.0f}% and {high:.0f}%'
    whole = f'{counted(of.learners, "learner")}, from {of.percents[0]}% to {of.percents[-1]}%'
    return f'{whole}. {middle}; {of.finished} finished, {of.learners - of.begun} not begun.'
