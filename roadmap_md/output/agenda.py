"""The agenda of trackers as data: a row or an object for each task."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..agenda import Agenda
from ..history import Transition
from . import json
from .views import Table

_COLUMNS = (
    'key', 'title', 'status', 'owner', 'sections', 'planned', 'started', 'completed', 'author',
    'note', 'path', 'line',
)  # fmt: skip


def objects(agendas: Sequence[Agenda]) -> Iterator[dict[str, Any]]:
    """Each task as ``list`` has it, and its days; dates of the past have the author's offset."""
    for agenda in agendas:
        for index in range(len(agenda.tracker.tasks)):
            completed = agenda.completed(index)
            planned = agenda.planned.get(index)
            yield {
                **json.task(agenda.tracker, index, agenda.path),
                'planned': str(planned) if planned else None,
                'started': _date(agenda.started(index)),
                'completed': _date(completed),
                'author': completed.author if completed else None,
                'note': agenda.note(index) or None,
            }


def _date(of: Transition | None) -> str | None:
    return of.date.isoformat() if of and of.date else None


def table(agendas: Sequence[Agenda]) -> Table:
    """The same for spreadsheets; what is not known is an empty cell."""
    rows = []
    for task in objects(agendas):
        task['sections'] = ' › '.join(task['sections'])
        rows.append(tuple(task[column] or '' for column in _COLUMNS))
    return Table(_COLUMNS, rows)
