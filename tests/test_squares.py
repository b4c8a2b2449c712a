"""The year of squares, as it is seen: a column a week."""

from datetime import timedelta

import pytest
from test_rhythm import DAILY, ILL, WEEKENDS, day, done, last

from roadmap_md.activity import Counts
from roadmap_md.output.squares import shade, sparkline, squares
from roadmap_md.output.terminal import Painter
from roadmap_md.rhythm import days


def shown(rhythm, row, counts=None, is_whole=True, cells=78):
    when = done(row)
    many = {each: Counts((counts or {}).get((each - day(0)).days, 1)) for each in when}
    found = list(days(rhythm, when, last(row)))
    return '\n'.join(squares(found, many, is_whole, Painter(False), cells))


def test_two_weeks():
    assert (
        shown(WEEKENDS, '✓✓✓·✓·· ✓✓', {0: 2, 1: 5})
        == """\
     Jan
Mon  ▒ ░
Tue  █ ░
Wed  ░
Thu  ·
Fri  ░
Sat
Sun
     ░ 1  ▒ 2  ▓ 3  █ 4 or more  · missed"""
    )


def test_a_pause_and_today():
    assert (
        shown(ILL, '✓✓··✓··')
        == """\
     Jan
Mon  █
Tue  █
Wed  –
Thu  –
Fri  █
Sat  ·
Sun  ?
     █ 1  · missed  – paused  ? today"""
    )


def test_what_is_not_known_is_not_shown():
    assert (
        shown(DAILY, '✓··✓··', is_whole=False)
        == """\
     Jan
Mon  █
Tue
Wed
Thu  █
Fri
Sat
Sun
     █ 1"""
    )


@pytest.mark.parametrize(
    ('weeks', 'cells', 'months'),
    [
        (1, 78, 'Jan'),
        (5, 78, 'Jan     Feb'),
        (20, 78, 'Jan     Feb     Mar     Apr       May'),
        (30, 78, 'Feb Mar Apr May Jun Jul Aug'),
        (60, 78, 'Mar Apr  May Jun Jul  Aug  Sep Oct  Nov Dec Jan  Feb'),
        (60, 38, 'Aug Sep Oct Nov Dec Jan Feb'),
    ],
)  # fmt: skip
def test_months(weeks, cells, months):
    found = list(days(DAILY, {day(0)}, day(7 * weeks - 1)))
    rows = list(squares(found, {day(0): Counts(1)}, True, Painter(False), cells))
    assert rows[0].split() == months.split()
    assert max(map(len, rows[:-1])) <= cells


def test_months_stand_above_their_weeks():
    found = list(days(DAILY, {day(0)}, day(7 * 20)))
    rows = list(squares(found, {}, True, Painter(False), 78))
    for at in range(5, len(rows[0])):
        if rows[0][at - 1] == ' ' != rows[0][at] and at > 5:
            week = day(0) + timedelta(weeks=(at - 5) // 2)
            sunday = week + timedelta(days=6)
            assert (f'{sunday:%b}', sunday.day <= 7) == (rows[0][at : at + 3], True)


@pytest.mark.parametrize(
    ('most', 'shades'), [(1, '█'), (2, '▒█'), (3, '▒▓█'), (4, '░▒▓█'), (50, '░▒▓██████')]
)
def test_shades(most, shades):
    assert ''.join(shade(number, most) for number in range(1, len(shades) + 1)) == shades


@pytest.mark.parametrize(
    ('numbers', 'line'),
    [([], ''), ([0, 0], '··'), ([1], '█'), ([1, 2, 4, 0, 8], '▁▂▄·█'), ([1, 1000], '▁█')],
)
def test_sparklines(numbers, line):
    assert sparkline(numbers) == line
