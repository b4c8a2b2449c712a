"""How one learner of many goes on, in the words in which one tracker is told of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_md.activity import by_day, events
from roadmap_md.course import Tick, course
from roadmap_md.history import Transition
from roadmap_md.pace import daily, pace, times
from roadmap_md.rhythm import Pause, Rhythm, days
from roadmap_md.status import STATUSES
from roadmap_md.streak import streak

START = date(2026, 1, 5)  # a Monday
SIGNS = {'⬜': 0, '🟨': 1, '✅': 2, '⛔': 3, '❌': 4}


def ticks(story: str) -> list[Tick]:
    """*story* has a word for each tick: the day (from 0), the task, from and to."""
    found = []
    for word in story.split():
        day, task, (before, after) = (*word.split(':')[:2], word.split(':')[2])
        found.append(Tick(START.toordinal() + int(day), int(task), SIGNS[before], SIGNS[after]))
    return found


@pytest.mark.parametrize(
    'story, today, expected',
    [
        ('', 0, 'none, 0 in a row of 0 days, pace None, finish None, times {}'),
        ('0:0:⬜✅', 0, '0, 1 in a row of 1 days, pace 1.0, finish 70, times {}'),
        ('0:0:⬜✅ 1:1:⬜✅ 2:2:⬜✅', 2, '2, 3 in a row of 3 days, pace 3.0, finish 26, times {}'),
        ('0:0:⬜✅ 1:1:⬜✅', 2, '1, 2 in a row of 2 days, pace 2.0, finish 36, times {}'),
        ('0:0:⬜✅ 1:1:⬜✅', 3, '1, 0 in a row of 2 days, pace 2.0, finish 37, times {}'),
        ('0:0:⬜✅ 0:0:✅⬜', 1, 'none, 0 in a row of 0 days, pace None, finish None, times {}'),
        ('0:0:⬜🟨 2:0:🟨✅', 2, '2, 1 in a row of 1 days, pace 1.0, finish 72, times {0: 2}'),
        ('0:0:⬜✅ 9:0:⬜✅', 2, '0, 0 in a row of 1 days, pace 1.0, finish 71, times {}'),
    ],
)
def test_course(story: str, today: int, expected: str) -> None:
    found = course(ticks(story), 10, Rhythm(), START + timedelta(days=today))

    def number(day: date | None) -> str:
        return str((day - START).days) if day else 'none'

    finish = 'None' if found.finish is None else number(found.finish)
    assert expected == (
        f'{number(found.last)}, {found.streak} in a row of {found.active} days, '
        f'pace {found.pace}, finish {finish}, times {found.times}'
    )


rhythms = st.builds(
    Rhythm,
    st.frozensets(st.integers(0, 6), max_size=3),
    st.integers(0, 3),
    st.lists(
        st.builds(lambda at, long: Pause(START + timedelta(at), START + timedelta(at + long)),
                  st.integers(0, 60), st.integers(0, 20)),
        max_size=1,
    ).map(tuple),
)  # fmt: skip
stories = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 5), st.integers(0, 4)), max_size=40)


@given(stories, rhythms, st.integers(0, 90))
def test_it_is_what_is_told_of_one_tracker(story, rhythm, at) -> None:
    today = START + timedelta(days=at)
    state: dict[int, int] = {}
    found: list[Tick] = []
    told: list[Transition] = []
    for number, (day, task, after) in enumerate(sorted(story, key=lambda one: one[0])):
        before = state.get(task, 0)
        state[task] = after
        if before == after:
            continue
        found.append(Tick(START.toordinal() + day, task, before, after))
        when = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=day, seconds=number)
        told.append(Transition(
            '', '', STATUSES[before], STATUSES[after], '', '', '', when, '', (), task
        ))  # fmt: skip
    told = [one for one in told[::-1] if one.date and one.date.date() <= today]
    by = by_day(events([told]))
    done = {day for day, counts in by.items() if counts.done}
    kinds = list(days(rhythm, done, today))
    of = course(found, 10, rhythm, today)
    run = streak(kinds).current
    assert of.streak == (run.days if run else 0)
    assert of.last == max(done, default=None)
    assert of.active == len(done)
    if done and any(counts.completed for counts in by.values()):
        whole = pace(daily(kinds, by))
        assert of.pace == (whole.recent if whole else 0.0)
    told_times = times(told, [STATUSES[state.get(task, 0)] for task in range(6)], today)
    assert of.times == {one.of.current: one.days for one in told_times.completed}
