"""How plans were changed, as a page says it."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from ...cohort import Changed
from ...inline import plain
from ..terminal import counted

_MOST = 40  # ways
_EACH = 6  # tasks of one way, of each kind


class Way(NamedTuple):
    """What *learners*, so many, did to the plan."""

    learners: str
    lines: list[str]


class Edits(NamedTuple):
    """The most frequent *ways*; *more* are left out."""

    learners: int
    ways: list[Way]
    more: int


def edits(changed: Sequence[Changed]) -> Edits:
    ways = [
        Way(counted(one.learners, 'learner'), [
            *_lines('added', map(plain, one.added), len(one.added)),
            *_lines('removed', map(plain, one.removed), len(one.removed)),
            *_lines('renamed', _renamed(one), len(one.retitled)),
        ] or ['headings or the order of tasks'])
        for one in changed[:_MOST]
    ]  # fmt: skip
    return Edits(sum(one.learners for one in changed), ways, max(len(changed) - _MOST, 0))


def _renamed(one: Changed) -> Iterable[str]:
    return (f'{plain(old)} → {plain(new)}' for old, new in one.retitled)


def _lines(deed: str, tasks: Iterable[str], number: int) -> list[str]:
    lines = [f'{deed} {task}' for task in islice(tasks, _EACH)]
    rest = number - len(lines)
    return [*lines, f'{deed} {rest} more'] if rest else lines
