"""Tick, start, reset: the status of a task, changed in the editor's buffer.

What the rules forbid is refused in the words of the command line, and the waiver is offered.
"""

from typing import NamedTuple

from ..commands.changing import prove
from ..commands.reading import check_state
from ..commands.refusal import Found, objections, reasons
from ..errors import UserError
from ..rewrite import status_edits
from ..status import Status
from ..text import Edit
from ..tracker import Tracker
from .checking import Checked


class Change(NamedTuple):
    """What makes one tracker into *after*: *edits*, unless it is *refused*."""

    after: Tracker
    edits: list[Edit]
    refused: Found
    why: str


def change(checked: Checked, key: str, to: Status) -> Change:
    """What gives the task *key* the status *to*. Raises UserError where that cannot be."""
    check_state(checked.document.data, checked.name)
    tracker = checked.read
    found = [at for at, task in enumerate(tracker.tasks) if task.key == key]
    if len(found) != 1:
        raise UserError(f"no task is named '{key}' any more", 'ask for what can be done again')
    changes = dict.fromkeys(found, to)
    after = prove(tracker, changes)
    refused = objections(tracker, after, found, checked.name, checked.project.config, [])
    why = '\n'.join(f'refused: {said}' for said in reasons(refused, tracker, after))
    return Change(after, status_edits(tracker, changes), refused, why)
