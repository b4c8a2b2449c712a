"""Streaks, and why: rows of days as in test_rhythm.py, each with its streak beneath."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from pasts import day as on
from pasts import past
from test_rhythm import ANY_TWO, BOTH, DAILY, DONE, ILL, RHYTHMS, WEEKENDS, day, done, last

from roadmap_md.activity import events
from roadmap_md.rhythm import Kind, days
from roadmap_md.streak import Run, Streak, streak
from roadmap_md.why import why

STREAKS = {
    # name: rhythm, what was done up to today, the streak now and the longest
    'nothing': (DAILY, '···', 0, 0),
    'today': (DAILY, '✓', 1, 1),
    'today is not over': (DAILY, '✓✓·', 2, 2),
    'yesterday was missed': (DAILY, '✓✓··', 0, 2),
    'a new one today': (DAILY, '✓✓✓·✓', 1, 3),
    'as long as the longest': (DAILY, '✓✓·✓✓', 2, 2),
    'over a weekend': (WEEKENDS, '✓✓✓✓✓·· ✓', 6, 6),
    'a tick on a rest day counts': (WEEKENDS, '✓✓✓✓✓✓· ✓', 7, 7),
    'on Monday, before the tick': (WEEKENDS, '✓✓✓✓✓·· ·', 5, 5),
    'on Tuesday it is over': (WEEKENDS, '✓✓✓✓✓·· ··', 0, 5),
    'three days of five': (ANY_TWO, '✓·✓·✓✓✓ ✓', 6, 6),
    'three days left out': (ANY_TWO, '✓·✓·✓·✓', 1, 3),
    'a pause': (ILL, '✓✓··✓', 3, 3),
    'a pause and two free days': (BOTH, '✓✓··✓·· ✓', 4, 4),
    'the longest is in the middle': (DAILY, '✓·✓✓✓·✓✓', 2, 3),
}  # fmt: skip


def lengths(found: Streak) -> tuple[int, int]:
    now, longest = found
    return now.days if now else 0, longest.days if longest else 0


@pytest.mark.parametrize(('rhythm', 'row', 'now', 'longest'), STREAKS.values(), ids=STREAKS)
def test_streaks(rhythm, row, now, longest):
    assert lengths(streak(days(rhythm, done(row), last(row)))) == (now, longest)


def test_of_two_as_long_the_later():
    row = '✓✓·✓✓·✓'
    found = streak(days(DAILY, done(row), last(row)))
    assert found == Streak(Run(1, day(6), day(6)), Run(2, day(3), day(4)))


def test_days_to_come_lengthen_nothing():
    assert lengths(streak(days(DAILY, {day(0), day(1), day(2)}, day(1)))) == (2, 2)


@given(RHYTHMS, DONE)
def test_whatever_was_done(rhythm, when):
    today = max(when, default=day(0)) + timedelta(days=1)
    found = list(days(rhythm, when, today))
    now, longest = lengths(streak(found))
    assert now <= longest <= len(when)
    assert bool(when) == bool(longest)
    # the day that begins neither breaks nor makes anything
    assert (now, longest) == lengths(streak(found[:-1]))
    # who does more has no shorter streak
    assert lengths(streak(days(rhythm, when | {today}, today)))[0] == now + 1
    if not rhythm.weekdays and not rhythm.free and not rhythm.pauses:
        ends = [at for at, (_, kind) in enumerate(found) if kind is Kind.MISSED]
        edges = [-1, *ends, len(found) - 1]
        assert longest == max(b - a - 1 for a, b in pairwise(edges)) or not when


def test_why():
    line = '1 A .>x | 1 B .>x | 2 A x>. | 2 C .>x | 5 A .>x | 15 D .>x'
    found = events([past(line)])
    rhythm = BOTH._replace(free=1, weekdays=frozenset({6}))
    kinds = list(days(rhythm, {event.day for event in found}, on(16)))
    rows = [
        f'{reason.day:%a} {reason.kind.value} {reason.length}: '
        + ', '.join([reason.says] * bool(reason.says) + [
            f'{event.of.key} {event.what.value}' for event in reason.events
        ])
        for reason in why(kinds, found, rhythm)
    ]  # fmt: skip
    assert rows == [
        'Mon done 1: A completed, B completed',
        'Tue done 2: A reopened, C completed',
        'Wed pause 2: paused from 2026-01-07 to 2026-01-08',
        'Thu pause 2: paused from 2026-01-07 to 2026-01-08',
        'Fri done 3: A again',
        'Sat rest 3: free day 1 of 1 in this week',
        'Sun rest 3: sunday is a rest day',
        'Mon rest 3: free day 1 of 1 in this week',
        'Tue missed 0: the streak ends',
        'Wed missed 0: ',
        'Thu missed 0: ',
        'Fri missed 0: ',
        'Sat missed 0: ',
        'Sun rest 0: sunday is a rest day',
        'Mon done 1: D completed',
        'Tue open 1: today is not over',
    ]
