"""What was completed on which day: pasts in a line, see pasts.py."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pasts import day, number, past

from roadmap_md.activity import Counts, What, by_day, by_week, count, events
from roadmap_md.people import people
from roadmap_md.rhythm import Rhythm

EVENTS = {
    'nothing': ('', ''),
    'a tick': ('1 A .>x', '1 A completed'),
    'by way of in progress': ('1 A .>~ | 2 A ~>x', '2 A completed'),
    'two': ('1 A .>x | 1 B .>x | 2 C .>x', '1 A completed | 1 B completed | 2 C completed'),
    'taken back on the day': ('1@10+0 A .>x | 1@11+0 A x>.', ''),
    'taken back, and done that day': ('1@10+0 A .>x | 1@11+0 A x>. | 1@12+0 A .>x', '1 A completed'),
    'reopened': ('1 A .>x | 2 A x>.', '1 A completed | 2 A reopened'),
    'reopened for work': ('1 A .>x | 2 A x>~', '1 A completed | 2 A reopened'),
    'cancelled after all': ('1 A .>x | 2 A x>-', '1 A completed | 2 A reopened'),
    'done again': ('1 A .>x | 2 A x>. | 3 A .>x', '1 A completed | 2 A reopened | 3 A again'),
    'reopened and done on a later day': ('1 A .>x | 2@10+0 A x>. | 2@11+0 A .>x', '1 A completed'),
    'done from the beginning, then again': ('1 A x>. | 2 A .>x', '1 A reopened | 2 A again'),
    'cancelled': ('1 A .>-', ''),
    'removed, and done when it is back': ('1 A .>x | 2 A x>0 | 3 A 0>. | 4 A .>x', '1 A completed | 4 A again'),
    'back, and done that day': ('1 A .>x | 2 A x>0 | 3@10+0 A 0>. | 3@11+0 A .>x', '1 A completed | 3 A again'),
    'done, and archived that day': ('1@10+0 a .>x | 1@11+0 a x>0', '1 a completed'),
    'removed, and back within a day': ('1 A .>x | 2@10+0 A x>0 | 2@11+0 A 0>. | 2@12+0 A .>x', '1 A completed'),
    'removed, and open again within a day': ('1 A .>x | 2@10+0 A x>0 | 2@11+0 A 0>.', '1 A completed | 2 A reopened'),
    'removed, and back as it was': ('1 A .>x | 2 A x>0 | 3 A 0>x | 4 A x>.', '1 A completed | 4 A reopened'),
    'back when done': ('1 A 0>. | 2 A .>0 | 3@10+0 A 0>x | 3@11+0 A x>. | 3@12+0 A .>x', ''),
    'added on two branches': ('1 A 0>. | 2 A .>x | 3 A 0>. bob | 4 A x>.', '2 A completed | 4 A reopened'),
    'not committed': ('1 A .>x | - B .>x', '1 A completed'),
    'on two branches': ('1 A .>x | 2 A .>x bob', '1 A completed'),
    'started on a branch, done on another': ('1 A .>x | 2 A .>~ bob', '1 A completed'),
    'taken back on two branches': ('1 A .>x | 2 A x>. | 3 A x>. bob', '1 A completed | 2 A reopened'),
    'a day is the author’s own': ('1@23-8 A .>x | 2@1+9 B .>x', '1 A completed | 2 B completed'),
    'two authors, whose days overlap': ('2@1+9 A .>x | 1@23-8 A x>. bob', '1 A reopened | 2 A completed'),
    'gone by now': ('1 a .>x | 2 b .>x', '1 a completed | 2 b completed'),
}  # fmt: skip


def said(found):
    return ' | '.join(f'{number(e.day)} {e.of.key} {e.what.value}' for e in found)


@pytest.mark.parametrize(('line', 'expected'), EVENTS.values(), ids=EVENTS)
def test_events(line, expected):
    assert said(events([past(line)])) == expected


def test_two_trackers_with_tasks_of_one_name():
    found = events([past('1 A .>x'), past('1 A .>x')])
    assert count(found) == Counts(completed=2)
    assert len({event.task for event in found}) == 2


def test_days_and_weeks():
    found = by_day(events([past('1 A .>x | 2 A x>. | 2 B .>x | 7 A .>x | 8 C .>x | 20 C x>.')]))
    assert {number(when): counts for when, counts in found.items()} == {
        1: Counts(1), 2: Counts(1, 0, 1), 7: Counts(0, 1), 8: Counts(1), 20: Counts(0, 0, 1),
    }  # fmt: skip
    assert {number(when): counts for when, counts in by_week(found).items()} == {
        1: Counts(2, 1, 1), 8: Counts(1), 15: Counts(0, 0, 1),
    }  # fmt: skip


def test_people():
    line = '1 A .>x ada | 2 B .>x bob | 3 C .>x ada | 3 B x>. ada | 4 B .>x ADA'
    found = people(events([past(line)]), Rhythm(), day(4))
    assert [(who.name, who.email, who.counts, who.days) for who in found] == [
        ('Ada', 'ADA@example.com', Counts(2, 1, 1), 3),
        ('Bob', 'bob@example.com', Counts(1), 1),
    ]
    assert [[run.days if run else 0 for run in who.streak] for who in found] == [[2, 2], [0, 1]]


CHANGES = st.lists(
    st.builds(
        '{}@{}{} {} {}>{}'.format, st.integers(1, 20), st.integers(0, 23),
        st.sampled_from(['+0', '+9', '-8', '+13']), st.sampled_from('ABCa'),
        st.sampled_from('.~x!-'), st.sampled_from('.~x!-'),
    ),
    max_size=12,
).map(' | '.join)  # fmt: skip


@given(CHANGES)
def test_whatever_happened(line):
    """However branches may have crossed: nobody completes a task twice, nor reopens an open one."""
    changes = past(line)
    found = events([changes])
    assert sum(counts.completed for counts in by_day(found).values()) == count(found).completed
    tasks = {}
    for event in sorted(found, key=lambda event: -event.of.age):
        tasks.setdefault(event.task, []).append(event.what)
    for whats in tasks.values():
        assert whats.count(What.COMPLETED) <= 1
        ups = [what is not What.REOPENED for what in whats]
        assert all(one is not other for one, other in pairwise(ups))
        if What.COMPLETED in whats:
            assert whats[0] is What.COMPLETED
    assert count(found).completed <= len({change.key for change in changes})
    assert (
        sum(who.counts.completed for who in people(found, Rhythm(), day(20)))
        == count(found).completed
    )
