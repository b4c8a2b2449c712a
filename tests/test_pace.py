"""How fast, how long, and when: pasts in a line, see pasts.py."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pasts import STATUSES, day, number, past

from roadmap_md.activity import Counts
from roadmap_md.burnup import burn_up
from roadmap_md.forecast import HORIZON, PERCENTS, forecast
from roadmap_md.pace import daily, pace, times
from roadmap_md.rhythm import Kind, Pause, Rhythm

PACES = {
    # name: how many were completed day by day, tasks a week of late and over all
    'nothing': ([], None),
    'nothing yet': ([0, 0], None),
    'one day': ([2], (2.0, 2.0)),
    'half a week': ([2, 1, 0], (3.0, 3.0)),
    'a week': ([1, 1, 1, 1, 1, 0, 0], (5.0, 5.0)),
    'two weeks': ([1] * 7 + [0] * 7, (3.5, 3.5)),
    'eight weeks, the first four faster': ([2] * 28 + [1] * 28, (7.0, 10.5)),
}  # fmt: skip


@pytest.mark.parametrize(('completed', 'expected'), PACES.values(), ids=PACES)
def test_pace(completed, expected):
    found = pace(completed)
    assert (found and (found.recent, found.overall)) == expected


DAYS_THAT_COUNT = {
    # name: what the days were up to today, how many were completed on those that count
    'none': ('', []),
    'done today': ([Kind.DONE, Kind.MISSED, Kind.DONE], [1, 0, 1]),
    'nothing yet today': ([Kind.DONE, Kind.OPEN], [1]),
    'today is a rest day': ([Kind.DONE, Kind.REST, Kind.REST], [1, 0]),
    'a pause': ([Kind.DONE, Kind.PAUSE, Kind.DONE], [1, 1]),
}  # fmt: skip


@pytest.mark.parametrize(('kinds', 'count'), DAYS_THAT_COUNT.values(), ids=DAYS_THAT_COUNT)
def test_days_that_count(kinds, count):
    days = [(day(at), kind) for at, kind in enumerate(kinds)]
    counts = {day(at): Counts(completed=kind is Kind.DONE) for at, kind in enumerate(kinds)}
    assert daily(days, counts) == count


TIMES = {
    # name: what happened, the state of A and B now (on day 10), times of the completed, of those now
    'nothing': ('', '..', '', ''),
    'one day': ('1@9+0 A .>~ | 1@18+0 A ~>x', 'x.', 'A 0', ''),
    'two days': ('1 A .>~ | 3 A ~>x', 'x.', 'A 2', ''),
    'never said to be in progress': ('3 A .>x', 'x.', '', ''),
    'set back': ('1 A .>~ | 2 A ~>. | 5 A .>~ | 6 A ~>x', 'x.', 'A 1', ''),
    'blocked in between': ('1 A .>~ | 2 A ~>! | 5 A !>~ | 6 A ~>x', 'x.', 'A 5', ''),
    'now': ('1 A .>~ | 4 B .>~', '~~', '', 'A 9, B 6'),
    'now, and begun before history': ('', '~.', '', ''),
    'begun, and not any more': ('1 A .>~', '..', '', ''),
    'again': ('1 A .>~ | 2 A ~>x | 3 A x>~ | 9 A ~>x', 'x.', 'A 1', ''),
    'reopened, and in progress': ('1 A .>~ | 2 A ~>x | 3 A x>~', '~.', 'A 1', 'A 7'),
    'across time zones': ('2@1+9 A .>~ | 1@23-8 A ~>x', 'x.', 'A 0', ''),
}  # fmt: skip


@pytest.mark.parametrize(('line', 'state', 'completed', 'now'), TIMES.values(), ids=TIMES)
def test_times_in_progress(line, state, completed, now):
    found = times(past(line), [STATUSES[sign] for sign in state], day(10))
    assert [', '.join(f'{one.of.key} {one.days}' for one in ones) for ones in found] == [
        completed,
        now,
    ]


def test_the_median():
    found = times(past('1 A .>~ | 2 A ~>x | 1 B .>~ | 4 B ~>x | 1 C .>x'), [], day(9))
    assert found.median == 2
    assert times(past('1 A .>~ | 2 A ~>x'), [], day(9)).median == 1
    assert times([], [], day(9)).median is None


BURN_UPS = {
    'nothing': ('', ''),
    'the first version': ('1 A 0>. | 1 B 0>x | 1 C 0>-', '1: 1/3-1'),
    'a tick': ('1 A 0>. | 1 B 0>. | 2 A .>x', '1: 0/2 | 2: 1/2'),
    'ticked at once': ('1 A 0>. | 1 A .>x', '1: 1/1'),
    'more tasks': ('1 A 0>. | 3 B 0>. | 3 C 0>x', '1: 0/1 | 3: 1/3 +2'),
    'fewer tasks': ('1 A 0>. | 1 b 0>x | 2 b x>0', '1: 1/2 | 2: 0/1 -1'),
    'cancelled': ('1 A 0>. | 2 A .>-', '1: 0/1 | 2: 0/1-1'),
    'reopened': ('1 A 0>. | 2 A .>x | 3 A x>.', '1: 0/1 | 2: 1/1 | 3: 0/1'),
    'added on two branches': ('1 A 0>. | 2 B 0>. | 3 B 0>. bob', '1: 0/1 | 2: 0/2 +1 | 3: 0/2'),
    'done on two branches': ('1 A 0>. | 2 A .>x | 3 A .>x bob', '1: 0/1 | 2: 1/1 | 3: 1/1'),
    'begun on another branch': ('1 A 0>. | 2 A .>x | 3 A .>~ bob', '1: 0/1 | 2: 1/1 | 3: 1/1'),
    'not committed': ('1 A 0>. | - A .>x | - B 0>.', '1: 0/1'),
}  # fmt: skip


def points(line: str) -> str:
    return ' | '.join(
        f'{number(point.day)}: {point.completed}/{point.total}'
        + f'-{point.cancelled}' * bool(point.cancelled)
        + f' +{point.added}' * bool(point.added)
        + f' -{point.removed}' * bool(point.removed)
        for point in burn_up([past(line)])
    )


@pytest.mark.parametrize(('line', 'expected'), BURN_UPS.values(), ids=BURN_UPS)
def test_burn_up(line, expected):
    # in pasts of one second, what appears comes first
    assert points(line) == expected


def test_a_tracker_more_is_no_change_of_scope():
    both = [past('1 A 0>. | 2 A .>x'), past('3 A 0>. | 3 B 0>x')]
    assert [(number(p.day), p.completed, p.total, p.added) for p in burn_up(both)] == [
        (1, 0, 1, 0),
        (2, 1, 1, 0),
        (3, 2, 3, 0),
    ]


START = date(2026, 2, 1)
FORECASTS = {
    # name: left, completed day by day, what is known, how many days until the dates
    'one a day': (10, [1] * 20, 20, [10, 10, 10]),
    'two a day': (10, [2] * 20, 20, [5, 5, 5]),
    'too few days': (10, [1] * 13, 13, []),
    'too few with something completed': (10, [4, 0, 0, 0, 0] * 4, 4, []),
    'nothing left': (0, [1] * 20, 20, []),
    'a hundred a day': (1, [100] * 20, 20, [1, 1, 1]),
    'never': (10**6, [1] * 20, 20, [None, None, None]),
    'the last twelve weeks': (10, [50] * 100 + [1] * 84, 84, [10, 10, 10]),
}  # fmt: skip


@pytest.mark.parametrize(
    ('left', 'completed', 'active', 'expected'), FORECASTS.values(), ids=FORECASTS
)
def test_forecast(left, completed, active, expected):
    found = forecast(left, completed, Rhythm(), START)
    assert found.active == active
    assert [when and (when - START).days + 1 for when in found.dates] == expected


def test_a_forecast_is_a_range():
    found = forecast(30, [0, 3, 1, 0, 0, 2, 0] * 4, Rhythm(), START)
    first, *_, last = found.dates
    assert (
        timedelta(days=20) < first - START < timedelta(days=50) < last - START < timedelta(days=120)
    )


def test_little_is_known_of_little():
    """The same counts seen for longer make the range narrower."""
    short, long = (
        forecast(50, [0, 3, 1, 0, 0, 2, 0] * weeks, Rhythm(), START) for weeks in (2, 12)
    )
    assert short.dates[2] - short.dates[0] > long.dates[2] - long.dates[0]


def test_nothing_is_done_in_a_pause():
    rhythm = Rhythm(pauses=(Pause(date(2026, 2, 3), date(2026, 2, 12)),))
    found = forecast(10, [1] * 20, rhythm, START)
    assert set(found.dates) == {date(2026, 2, 20)}


def test_the_end_of_time():
    for pause in (Pause(day(1), date.max), Pause(day(1), day(HORIZON - 5))):
        found = forecast(9, [1] * 20, Rhythm(pauses=(pause,)), day(2)).dates
        assert set(found) == {None}  # more than ten years away, by the calendar
    assert set(forecast(9, [1] * 20, Rhythm(), date(9999, 12, 30)).dates) == {None}


@given(st.integers(1, 200), st.lists(st.integers(0, 3), min_size=14, max_size=60))
def test_the_forecast_is_monotone(left, completed):
    percents = (1, *PERCENTS, 100)
    found = forecast(left, completed, Rhythm(), START, percents)
    assert found == forecast(left, completed, Rhythm(), START, percents)
    days = [(when - START).days if when else HORIZON for when in found.dates]
    assert days == sorted(days)
    more = forecast(left + 10, completed, Rhythm(), START, percents).dates
    assert all(
        when is None or (one is not None and one <= when)
        for one, when in zip(found.dates, more, strict=True)
    )


def test_dates_hold_as_often_as_they_say():
    """Learners who go on as before: half of them are done by the first date, most by the last."""
    choose = Random(1)
    held = [0, 0, 0]
    for _ in range(200):
        chances = [choose.random() * 0.6 for _ in range(3)]
        days = [sum(choose.random() < chance for chance in chances) for _ in range(56 + 1000)]
        left, done = 30, 0
        needed = next(at for at, count in enumerate(days[56:], 1) if (done := done + count) >= left)
        found = forecast(left, days[:56], Rhythm(), START)
        for at, when in enumerate(found.dates):
            held[at] += (when - START).days + 1 >= needed
    assert [round(count / 2) for count in held] == [
        pytest.approx(percent, abs=8) for percent in PERCENTS
    ]
