"""Calendars (RFC 5545): what was completed and what is planned, as events or as things to do.

The same agenda gives the same bytes. A task keeps its UID for as long as it keeps its key.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Component, Event, Todo

from ..agenda import Agenda
from ..escape import visible
from ..section import heading
from ..status import Status
from .signs import SIGNS
from .text import name

_TODO = {
    Status.NOT_STARTED: 'NEEDS-ACTION', Status.IN_PROGRESS: 'IN-PROCESS',
    Status.COMPLETED: 'COMPLETED', Status.BLOCKED: 'NEEDS-ACTION', Status.CANCELLED: 'CANCELLED',
}  # fmt: skip


def calendar(agendas: Sequence[Agenda], as_todos: bool) -> str:
    """One calendar of all *agendas*: an event for each task that has a day, or all as to-dos."""
    made = Calendar()
    made.add('prodid', '-//roadmap-md//roadmap-md//EN')
    made.add('version', '2.0')
    made.add('x-wr-calname', ' · '.join(map(_title, agendas)))
    for agenda in agendas:
        for component in _todos(agenda) if as_todos else _events(agenda):
            made.add_component(component)
    text: str = made.to_ical().decode()
    return text


def _title(agenda: Agenda) -> str:
    return visible(heading(agenda.tracker.sections) or agenda.path)


def _events(agenda: Agenda) -> Iterator[Component]:
    for index, status in enumerate(agenda.tracker.state):
        if day := _day(agenda, index):
            event = _component(Event(), agenda, index)
            event.add('dtstart', day)  # without an end, it is that day
            event.add('status', 'CONFIRMED' if status is Status.COMPLETED else 'TENTATIVE')
            event.add('transp', 'TRANSPARENT')  # one is not busy all day
            yield event


def _day(agenda: Agenda, index: int) -> date | None:
    """The day on which the author completed it, or for which it is planned."""
    when = agenda.when(index)
    return when.date() if when else agenda.planned.get(index)


def _todos(agenda: Agenda) -> Iterator[Component]:
    for index, (task, status) in enumerate(
        zip(agenda.tracker.tasks, agenda.tracker.state, strict=True)
    ):
        todo = _component(Todo(), agenda, index)
        todo.add('status', _TODO[status])
        if when := agenda.when(index):
            todo.add('completed', when.astimezone(UTC))  # it must be UTC
        elif index in agenda.planned:
            todo.add('due', agenda.planned[index])
        if task.parent >= 0:
            todo.add('related-to', _uid(agenda, task.parent, todo))
        yield todo


def _component(made: Component, agenda: Agenda, index: int) -> Component:
    """*made*, with what events and things to do have in common."""
    when = agenda.when(index) or agenda.changed
    sign = '' if made.name == 'VTODO' else _sign(agenda.tracker.state[index])
    made.add('uid', _uid(agenda, index, made))
    made.add('dtstamp', when.astimezone(UTC))
    made.add('summary', sign + visible(name(agenda.tracker, index)))
    if described := _description(agenda, index):
        made.add('description', described)
    return made


def _sign(status: Status) -> str:
    return '' if status is Status.NOT_STARTED else f'{SIGNS[status]} '


def _uid(agenda: Agenda, index: int, of: Component) -> str:
    """What the task is called everywhere and for ever; it is another thing to do than event."""
    key = agenda.tracker.tasks[index].key
    # The path of it may hold what is no UTF-8.
    return str(uuid5(NAMESPACE_URL, f'roadmap-md:{of.name}:{visible(agenda.born)}:{key}'))


def _description(agenda: Agenda, index: int) -> str:
    """Where the task stands, and what was noted."""
    tracker = agenda.tracker
    section = tracker.tasks[index].section
    around = [tracker.sections[at].text for at in tracker.enclosing(section)]
    parts = [' › '.join(around[::-1]), agenda.note(index)]
    return '\n\n'.join(_lines(part) for part in parts if part)


def _lines(text: str) -> str:
    return '\n'.join(map(visible, text.split('\n')))
