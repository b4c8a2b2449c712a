"""All learners, as the rows of tables in groups, so that a browser draws only what is looked at."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ...cohort import Learner, is_stuck
from ...inline import plain
from ..terminal import counted, fit

_EACH = 100  # learners in a group
_LONGEST = 80  # cells of a title; in the table of the plan it is whole


class Row(NamedTuple):
    """A learner: how much is *done*, in *percent* too, *at* which task, and what else is *said*.

    *last*, *streak* and *pace* are of the history, *broken* are rules.
    """

    name: str
    said: list[str]
    percent: int
    done: str
    at: str
    last: str
    streak: int
    pace: str
    broken: str


class Rows(NamedTuple):
    """A group; *span* tells which learners are in it."""

    span: str
    rows: list[Row]


def roster(learners: Sequence[Learner], sort: str, own: set[str], today: date) -> list[Rows]:
    """The *learners*, sorted so; who has a plan of those named in *own* has another one."""
    groups = []
    for start in range(0, len(learners), _EACH):
        group = learners[start : start + _EACH]
        groups.append(Rows(_span(group, sort), [_row(one, own, today) for one in group]))
    return groups


_SORTED: Mapping[str, Callable[[Learner], str]] = {
    'name': lambda one: one.name,
    'progress': lambda one: f'{one.counts.percent or 0}%',
    'last': lambda one: _day(one) or 'never',
    'streak': lambda one: f'a streak of {one.course.streak if one.course else 0}',
    'pace': lambda one: f'{_pace(one) or 0} a week',
    'problems': lambda one: counted(one.error_count, 'error'),
}


def _span(group: Sequence[Learner], sort: str) -> str:
    said = _SORTED[sort]
    first, last = said(group[0]), said(group[-1])
    return first if first == last else f'{first} to {last}'


def _row(one: Learner, own: set[str], today: date) -> Row:
    counts, course = one.counts, one.course
    return Row(
        one.name, list(_said(one, own, today)), counts.percent or 0,
        f'{counts.completed}/{counts.scope}', _at(one.at),
        _day(one), course.streak if course else 0, _pace(one), _broken(one),
    )  # fmt: skip


@lru_cache(maxsize=1 << 12)  # where there are many learners, there are few plans
def _at(said: str) -> str:
    return fit(plain(said), _LONGEST)


def _said(one: Learner, own: set[str], today: date) -> Iterator[str]:
    if is_stuck(one, today):
        yield 'stuck'
    if one.plan in own:
        yield 'own plan'


def _day(one: Learner) -> str:
    return one.course.last.isoformat() if one.course and one.course.last else ''


def _broken(one: Learner) -> str:
    found = sorted((one.errors or {}).items())
    return ', '.join(code if number == 1 else f'{code} ×{number}' for code, number in found)


def _pace(one: Learner) -> str:
    pace = one.course.pace if one.course else None
    return f'{pace:.1f}' if pace else ''
