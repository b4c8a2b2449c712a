"""Pasts in a line: ``1 A .>x | 3 A x>. bob``, the day (1 is a Monday), the task, what it became.

After the day may stand the hour and the author's offset (``2@23+9``). ``-`` is no day: not
committed. A status is ``.`` not started, ``~`` in progress, ``x`` completed, ``!`` blocked, ``-``
cancelled, ``0`` none: the task appeared, or was removed. A small task, ``a``, is gone by now. What
one person does in one hour is one commit.
"""

import re
from datetime import date, datetime, timedelta, timezone

from roadmap_md.history import Change
from roadmap_md.status import Status

MONDAY = date(2026, 1, 5)
STATUSES = {
    '.': Status.NOT_STARTED, '~': Status.IN_PROGRESS, 'x': Status.COMPLETED, '!': Status.BLOCKED,
    '-': Status.CANCELLED, '0': None,
}  # fmt: skip
ROW = re.compile(
    r'(?P<day>\d+|-)(?:@(?P<hour>\d+)(?P<offset>[+-]\d+))? (?P<task>\w)'
    r' (?P<before>\S)>(?P<after>\S)(?: (?P<who>.+))?'
)


def day(number: int) -> date:
    """The day of that number; 1 is the Monday."""
    return MONDAY + timedelta(days=number - 1)


def past(text: str) -> list[Change[Status]]:
    """The changes of a line, newest first."""
    rows = [ROW.fullmatch(row.strip()) for row in text.split('|')] if text else []
    changes = [change(row.groupdict('')) for row in rows[::-1]]
    return sorted(changes, key=lambda of: of.age)


def change(row: dict[str, str]) -> Change[Status]:
    when = None
    if row['day'] != '-':
        zone = timezone(timedelta(hours=int(row['offset'] or 0)))
        when = datetime(*day(int(row['day'])).timetuple()[:3], int(row['hour'] or 12), tzinfo=zone)
    who = row['who'] or 'ada'
    return Change(
        row['task'], row['task'].upper(), STATUSES[row['before']], STATUSES[row['after']],
        f'{when:%d-%H}-{who}' if when else '', who.capitalize() if when else '',
        f'{who}@example.com' if when else '', when, 'ROADMAP.md', (),
        'ABCDEFGH'.find(row['task']),
    )  # fmt: skip


def number(of: date) -> int:
    return (of - MONDAY).days + 1
