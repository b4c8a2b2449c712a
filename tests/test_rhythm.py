"""Days that count: a row of days from a Monday on, as one would write them into a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_md.rhythm import Kind, Pause, Rhythm, days, free_days, missed, rhythm_of
from roadmap_md.tracker import read_tracker

MONDAY = date(2026, 1, 5)
SIGNS = {Kind.DONE: '✓', Kind.REST: 'R', Kind.PAUSE: 'P', Kind.MISSED: '·', Kind.OPEN: '?'}


def day(number: int) -> date:
    """That many days after the Monday with which all rows begin."""
    return MONDAY + timedelta(days=number)


def done(row: str) -> set[date]:
    """The days of a row (weeks apart by a blank) that have a ``✓``."""
    return {day(at) for at, sign in enumerate(row.replace(' ', '')) if sign == '✓'}


def last(row: str) -> date:
    return day(len(row.replace(' ', '')) - 1)


DAILY = Rhythm()
WEEKENDS = Rhythm(weekdays=frozenset({5, 6}))
ANY_TWO = Rhythm(free=2)
ILL = Rhythm(pauses=(Pause(day(2), day(3)),))
BOTH = Rhythm(free=2, pauses=(Pause(day(2), day(3)),))

ROWS = {
    # name: rhythm, what was done up to today, what the days were, how many were missed since
    'nothing': (DAILY, '·······', '', 0),
    'today': (DAILY, '✓', '✓', 0),
    'today is not over': (DAILY, '✓·', '✓?', 0),
    'yesterday was missed': (DAILY, '✓··', '✓·?', 1),
    'begins where something is done': (DAILY, '···✓✓', '✓✓', 0),
    'missed, then done': (DAILY, '✓··✓', '✓··✓', 0),
    'at the weekend': (WEEKENDS, '✓✓✓✓✓·· ✓', '✓✓✓✓✓RR ✓', 0),
    'today is a rest day': (WEEKENDS, '✓✓✓✓✓·', '✓✓✓✓✓R', 0),
    'a Friday before the weekend': (WEEKENDS, '✓✓✓✓··· ·', '✓✓✓✓·RR ?', 1),
    'done on a rest day': (WEEKENDS, '✓✓✓✓✓✓· ·', '✓✓✓✓✓✓R ?', 0),
    'any two of a week': (ANY_TWO, '✓·✓·✓·✓ ✓', '✓R✓R✓·✓ ✓', 0),
    'a week gives no other its free days': (ANY_TWO, '✓✓✓✓✓✓✓ ···✓', '✓✓✓✓✓✓✓ RR·✓', 0),
    'the first week begins with the first tick': (ANY_TWO, '···✓··✓ ✓', '✓RR✓ ✓', 0),
    'free until today': (ANY_TWO, '✓✓✓✓✓·· ···', '✓✓✓✓✓RR RR?', 0),
    'more than free': (ANY_TWO, '✓✓✓✓✓·· ····', '✓✓✓✓✓RR RR·?', 1),
    'ill': (ILL, '✓✓···', '✓✓PP?', 0),
    'ill, and working': (ILL, '✓✓·✓·', '✓✓P✓?', 0),
    'today is a pause': (ILL, '✓✓·', '✓✓P', 0),
    'a pause takes no free days': (BOTH, '✓✓·····', '✓✓PPRR?', 0),
}  # fmt: skip


@pytest.mark.parametrize(('rhythm', 'row', 'were', 'count'), ROWS.values(), ids=ROWS)
def test_days(rhythm, row, were, count):
    found = list(days(rhythm, done(row), last(row)))
    assert ''.join(SIGNS[kind] for _, kind in found) == were.replace(' ', '')
    assert [when for when, _ in found] == [last(row) - timedelta(n) for n in range(len(found))][
        ::-1
    ]
    assert missed(rhythm, done(row), last(row)) == count


def test_the_last_day_there_is():
    assert list(days(DAILY, {date.max}, date.max)) == [(date.max, Kind.DONE)]


def test_days_to_come_have_not_been():
    assert [*days(DAILY, {day(3)}, day(1))] == []
    assert [*days(DAILY, {day(0), day(3)}, day(1))] == [(day(0), Kind.DONE), (day(1), Kind.OPEN)]


def weeks(*counts: int, form: str = '- [ ] Day {}', head: str = '## Week {}') -> str:
    return ''.join(
        head.format(week)
        + '\n\n'
        + ''.join(form.format(at + 1) + '\n' for at in range(count))
        + '\n'
        for week, count in enumerate(counts, start=1)
    )


PLANS = {
    'five days': (weeks(5, 5, 5), 2),
    'one week': (weeks(5), 2),
    'the last week is shorter': (weeks(5, 5, 2), 2),
    'another week is shorter': (weeks(5, 4, 5), 2),
    'the last week is longer': (weeks(5, 5, 7), 2),
    'two weeks that differ': (weeks(5, 6), 0),
    'weeks that differ': (weeks(5, 4, 5, 3, 6, 5), 0),
    'the last of two is not planned yet': (weeks(5, 2), 2),
    'six days': (weeks(6, 6), 1),
    'three days': (weeks(3, 3), 4),
    'two days may be a beginning': (weeks(2), 0),
    'seven days': (weeks(7, 7), 0),
    'eight days': (weeks(8), 0),
    'no days': (weeks(5, 5, form='- [ ] Topic {}'), 0),
    'no weeks': (weeks(5, 5, head='## Part {}'), 0),
    'several weeks at once': (weeks(5, 5, head='## Weeks {0}-9'), 0),
    'weeks in phases': ('# Phase 1\n\n' + weeks(5, 5) + '# Phase 2\n\n' + weeks(5, 5), 2),
    'tasks beneath days': (weeks(5, 5, form='- [ ] Day {}\n  - [ ] read\n  - [ ] write'), 2),
    'a project in the last week': (weeks(5, 5) + '## Week 3\n\n- [ ] Project\n', 2),
    'weeks in titles': (''.join(f'- [ ] Week 1, Day {d}\n' for d in range(1, 6)), 2),
    'nothing': ('', 0),
}  # fmt: skip


@pytest.mark.parametrize(('text', 'free'), PLANS.values(), ids=PLANS)
def test_rest_days_of_a_plan(text, free):
    assert free_days(read_tracker(text.encode()).skeleton) == free


def test_what_is_configured_holds():
    plans = [read_tracker(weeks(5, 5).encode()).skeleton]
    assert rhythm_of(None, (), plans) == Rhythm(free=2)
    assert rhythm_of((), (), plans) == Rhythm()
    assert rhythm_of(1, (), plans) == Rhythm(free=1)
    assert rhythm_of((4, 5), (), plans) == Rhythm(weekdays=frozenset({4, 5}))


def test_of_several_plans_the_stricter():
    plans = [read_tracker(weeks(count).encode()).skeleton for count in (5, 6)]
    assert rhythm_of(None, (), plans) == Rhythm(free=1)


RHYTHMS = st.sampled_from([DAILY, WEEKENDS, ANY_TWO, ILL, BOTH])
DONE = st.frozensets(st.integers(0, 60).map(day), max_size=30)


@given(RHYTHMS, DONE, st.integers(0, 60).map(day))
def test_whatever_was_done(rhythm, done, today):
    found = dict(days(rhythm, done, today))
    assert {when for when, kind in found.items() if kind is Kind.DONE} == {
        when for when in done if when <= today
    }
    assert all(kind is not Kind.OPEN or when == today for when, kind in found.items())
    assert found.get(today) is not Kind.MISSED
