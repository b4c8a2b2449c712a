"""Code lenses: what may be done with the task that is next, and with those in progress."""

from collections.abc import Iterator

from lsprotocol import types

from ..escape import visible
from ..order import next_task
from ..output import text
from ..status import Status
from .checking import Checked
from .commands import NEXT, VERBS

_MOST = 50  # tasks in progress; more are no plan for a day


def lenses(checked: Checked) -> Iterator[types.CodeLens]:
    """At the top what is next; beside that, and what is in progress, what may become of it."""
    tracker = checked.tracker
    index = next_task(tracker) if tracker else None
    if not tracker or index is None:
        return
    uri = checked.document.uri
    yield _lens(checked, 0, f'next: {visible(text.name(tracker, index))}', NEXT, [uri])
    started = [at for at, status in enumerate(tracker.state) if status is Status.IN_PROGRESS]
    for at in sorted({index, *started[:_MOST]}):
        for to, (verb, command) in VERBS.items():
            if to is not tracker.state[at]:
                arguments = [uri, tracker.tasks[at].key]
                start = tracker.marks[at].title.start
                yield _lens(checked, start, verb.lower(), command, arguments)


def _lens(
    checked: Checked, offset: int, title: str, command: str, arguments: list[str]
) -> types.CodeLens:
    here = checked.document.places.position(offset)
    return types.CodeLens(
        range=types.Range(here, here),
        command=types.Command(title=title, command=command, arguments=list(arguments)),
    )
