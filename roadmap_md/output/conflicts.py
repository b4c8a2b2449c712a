"""Conflicts for people: which tasks have two statuses, and what became of the others."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..disagreement import Disagreement, Left, Settled
from ..escape import visible
from ..tracker import Tracker
from . import text
from .signs import SIGNS, STYLES
from .terminal import Painter

_MOST = 10  # rows


def told(conflict: Left, ours: str, theirs: str) -> Iterator[str]:
    """``week 1 day 1 – Lists: completed in ours, cancelled in theirs; it was not started``."""
    for tracker, task, base, mine, other in conflict.tasks:
        was = f'; it was {base.words}' if base else ''
        sides = f'{mine.words} in {visible(ours)}, {other.words} in {visible(theirs)}'
        yield f'{visible(text.name(tracker, task))}: {sides}{was}'
    if not conflict.tasks:
        yield 'text that differs'


def settled(tasks: Iterable[Settled], paint: Painter) -> Iterator[str]:
    """A row for each task that is settled."""
    rows = list(tasks)
    for tracker, task in rows[:_MOST]:
        status = tracker.state[task]
        sign = paint(SIGNS[status], *STYLES[status])
        yield f'  {sign} {visible(text.name(tracker, task))}  {paint(status.words, "dim")}'
    if len(rows) > _MOST:
        yield paint(f'  and {len(rows) - _MOST} more', 'dim')


def left(path: str, conflicts: Iterable[Left], paint: Painter) -> Iterator[str]:
    """Where a conflict is left, and about what."""
    for one in conflicts:
        place = paint.link(f'{visible(path)}:{one.line}', path, one.line)
        ours, _, theirs = (label.decode(errors='replace') for label in one.conflict.labels)
        for row in told(one, ours or 'ours', theirs or 'theirs'):
            yield f'  {place}  {row}'


def parts(tasks: Iterable[Settled], conflicts: Iterable[Left]) -> dict[str, Any]:
    """What JSON says of them."""
    return {
        'settled': [
            {**_task(tracker, task), 'status': tracker.state[task].value} for tracker, task in tasks
        ],
        'left': [
            {'line': one.line, 'tasks': [_disagreement(task) for task in one.tasks]}
            for one in conflicts
        ],
    }


def _task(tracker: Tracker, task: int) -> dict[str, Any]:
    return {'key': tracker.tasks[task].key, 'title': tracker.tasks[task].title}


def _disagreement(found: Disagreement) -> dict[str, Any]:
    statuses = {'base': found.base, 'ours': found.ours, 'theirs': found.theirs}
    values = {name: status and status.value for name, status in statuses.items()}
    return {**_task(found.tracker, found.task), **values}
