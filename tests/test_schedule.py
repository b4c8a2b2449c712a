"""For which days open tasks are planned: a plan, what was done when (see pasts.py), what follows."""

import pytest
from pasts import day, past

from roadmap_md.chronicle import Told, chronicle
from roadmap_md.rhythm import Pause, Rhythm
from roadmap_md.schedule import schedule
from roadmap_md.tracker import read_tracker

ANY = Rhythm()
WEEKENDS = Rhythm(frozenset({5, 6}))
TWO_DAYS = Rhythm(frozenset({0, 1, 2, 3, 4}))
ANY_TWO_FREE = Rhythm(free=2)
PAUSED = Rhythm(pauses=(Pause(day(2), day(4)),))
HALF_A_DAY = '1 A .>x | 3 B .>x | 5 C .>x | 7 D .>x | 9 E .>x | 11 F .>x | 13 G .>x | 15 H .>x'

# name: the tasks (a further word after > is beneath it), what was done, today, the rhythm; then the
# days for which they are planned, the 1st is a Monday
PLANS = {
    'nothing done yet': ('⬜ ⬜ ⬜', '', 1, ANY, '1 2 3'),
    'what is in progress comes first': ('⬜ 🟨 ⬜', '', 1, ANY, '2 1 3'),
    'what is settled or blocked has no day': ('✅ ⛔ ❌ ⬜', '', 1, ANY, '- - - 1'),
    'today is over once something is done': ('✅ ⬜', '1 A .>x', 1, ANY, '- 2'),
    'and is not before': ('✅ ⬜', '1 A .>x', 2, ANY, '- 2'),
    'rest days': ('⬜ ⬜', '', 5, WEEKENDS, '5 8'),
    'today is a rest day': ('⬜ ⬜', '', 6, WEEKENDS, '8 9'),
    'a pause': ('⬜ ⬜', '', 1, PAUSED, '1 5'),
    'nothing but rest': ('⬜ ⬜', '', 1, Rhythm(frozenset(range(7))), '- -'),
    'free days are the last of the week': ('⬜ ⬜', '', 5, ANY_TWO_FREE, '5 8'),
    'but not those on which one learns': (
        '✅ ✅ ⬜ ⬜ ⬜ ⬜', '6 A .>x | 7 B .>x', 8, ANY_TWO_FREE, '- - 8 9 10 13',
    ),
    'a task for the last beneath it': ('⬜ >⬜ >⬜ ⬜', '', 1, ANY, '2 1 2 3'),
    'all beneath it are done': ('⬜ >✅ >❌ ⬜', '', 1, ANY, '1 - - 1'),
    'one beneath it is blocked': ('⬜ >⬜ >⛔ ⬜', '', 1, ANY, '- 1 - 2'),
    'too little is known of the pace': ('✅ ⬜ ⬜', '1 A .>x', 9, ANY, '- 9 10'),
    'the pace is known': ('✅ ✅ ✅ ✅ ✅ ✅ ✅ ✅ ⬜ ⬜ ⬜', HALF_A_DAY, 16, ANY, '- - - - - - - - 16 17 19'),
    'on two days a week': ('✅ ✅ ✅ ✅ ✅ ✅ ✅ ✅ ⬜ ⬜ ⬜', HALF_A_DAY, 20, TWO_DAYS, '- - - - - - - - 20 20 21'),
}  # fmt: skip


def planned(tasks: str, done: str, today: int, rhythm: Rhythm, **options: object) -> str:
    rows = [f'- {task}\n'.replace('- >', '  - ') for task in tasks.split()]
    numbered = (row.replace('\n', f' Task {at}\n') for at, row in enumerate(rows))
    tracker = read_tracker(('# Days\n\n' + ''.join(numbered)).encode())
    told = chronicle([Told(tracker, past(done), [])], rhythm, day(today))
    found = schedule(tracker, told, **({'is_whole': True, 'most_a_day': None} | options))
    numbers = {at: str((when - day(1)).days + 1) for at, when in found.items()}
    return ' '.join(numbers.get(at, '-') for at in range(len(tracker.tasks)))


@pytest.mark.parametrize(
    ('tasks', 'done', 'today', 'rhythm', 'expected'), PLANS.values(), ids=PLANS
)
def test_schedule(tasks: str, done: str, today: int, rhythm: Rhythm, expected: str) -> None:
    assert planned(tasks, done, today, rhythm) == expected


@pytest.mark.parametrize(
    ('options', 'expected'),
    [
        ({'most_a_day': 1}, '20 21 27'),
        ({'most_a_day': 2}, '20 20 21'),
        ({'is_whole': False}, '20 21 27'),  # a shallow clone: nothing is known of the pace
    ],
    ids=str,
)
def test_no_more_than_the_rules_allow(options: dict[str, object], expected: str) -> None:
    tasks = '✅ ✅ ✅ ✅ ✅ ✅ ✅ ✅ ⬜ ⬜ ⬜'
    assert planned(tasks, HALF_A_DAY, 20, TWO_DAYS, **options).split()[8:] == expected.split()


def test_in_a_table_each_has_days_of_their_own() -> None:
    table = '| Task | Ada | Bob |\n|--|--|--|\n| Lists | ✅ | ⬜ |\n| Sets | ⬜ | ⬜ |\n'
    tracker = read_tracker(table.encode())
    told = chronicle([Told(tracker, [], [])], ANY, day(1))
    found = schedule(tracker, told, is_whole=True, most_a_day=None)
    assert {tracker.tasks[at].key: (when - day(1)).days + 1 for at, when in found.items()} == {
        'ada/sets': 1, 'bob/lists': 1, 'bob/sets': 2,
    }  # fmt: skip


def test_what_is_ten_years_away_has_no_day() -> None:
    days = planned('⬜ ' * 3700, '', 1, ANY).split()
    assert days[3649:3652] == ['3650', '-', '-']
