"""Code lenses: what may be done with the task that is next, and with those in progress."""

from collections.abc import Iterator

from lsprotocol import types

from ..escape import visible
from ..order import next_task
from ..output import text
from ..status import Status
from .checking import Checked
from .commands import NEXT, VERBS


def lenses(checked: Checked) -> Iterator[types.CodeLens]:
    """At the top what is next; beside that, and what is in progress, what may become of it."""
    tracker = checked.tracker
    if not tracker or not tracker.tasks:
        return
    uri, index = checked.document.uri, next_task(tracker)
    if index is not None:
        title = f'next: {visible(text.name(tracker, index))}'
        yield _lens(checked, 0, title, NEXT, [uri])
    for at, (task, status) in enumerate(zip(tracker.tasks, tracker.state, strict=True)):
        if at == index or status is Status.IN_PROGRESS:
            for to, (verb, command) in VERBS.items():
                if to is not status:
                    start = tracker.marks[at].title.start
                    yield _lens(checked, start, verb.lower(), command, [uri, task.key])


def _lens(
    checked: Checked, offset: int, title: str, command: str, arguments: list[str]
) -> types.CodeLens:
    here = checked.document.places.position(offset)
    return types.CodeLens(
        range=types.Range(here, here),
        command=types.Command(title=title, command=command, arguments=list(arguments)),
    )
