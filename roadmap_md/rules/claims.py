"""RM406: what commits say of themselves."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..rule import Problem, Severity, rule
from ..status import Status
from ..task import Task
from ..text import Span
from ..tracker import Tracker

if TYPE_CHECKING:
    from ..message import Claim


class Change(NamedTuple):
    """The tracker at *path* before and after a commit; None where it is not there."""

    path: str
    before: Tracker | None
    after: Tracker | None


@rule('RM406', 'false-claim', Severity.ERROR)
def false_claim(
    message: bytes, *, trailers: str = '', changes: Sequence[Change] = ()
) -> Iterator[Problem]:
    """A commit whose message says that a task was completed completes it.

    The journal is read by people who trust it. The trailers `Roadmap-Task` and `Roadmap-Status`
    are written by `start`, `tick`, `reset` and `undo`; they become false when a message is copied,
    or when the tick was left out of what is staged. The commit-msg hook that `roadmap-md install`
    writes refuses such a message. Merges, reverts and fixups (`fixup!`, `squash!`, `amend!`) tell
    of other commits, and pass.

    The message of a commit that completes week 1 day 2:

    ```diff
     docs(roadmap): complete week 1 day 3 – Sets

    -Roadmap-Task: week-1/day-3
    +Roadmap-Task: week-1/day-2
     Roadmap-Status: completed
    ```
    """
    from ..message import TASK_TRAILER, claims  # few commits claim anything

    found = claims(trailers)
    lines = re.finditer(rb'(?im)^%s[ \t]*+:[ \t]*+(.*\S|)' % TASK_TRAILER.encode(), message)
    spans = [Span(0, 0)] * len(found) + [Span(*line.span(1)) for line in lines]
    # trailers are at the end; other lines may look like them
    for claim, span in zip(found, spans[len(spans) - len(found) :], strict=True):
        if said := _refuted(claim, changes):
            yield Problem(span, said)


def _refuted(claim: 'Claim', changes: Sequence[Change]) -> str:
    """Why *claim* is false; empty where one of *changes* holds it."""
    from ..message import STATUS_TRAILER

    if claim.status not in (status.value for status in Status):
        names = ', '.join(status.value for status in Status)
        is_none = f"'{claim.status}' is no status" if claim.status else 'no status is claimed'
        return f'{is_none}; {STATUS_TRAILER} says one of {names}'
    status = Status(claim.status)
    said = f'is claimed to be {status.words}, but no tracker here has such a task'
    for path, before, after in changes:
        for index in _named(after, claim.task, path):
            assert after
            task = after.tasks[index]
            then, now = _status(before, task), after.state[index]
            if now is status and then is not status:
                return ''
            where = f"'{task.title or task.text or task.key}' on line {task.line + 1} of {path}"
            is_not = f'is {now.words}' if now is not status else f'was {now.words} before'
            said = f'is claimed to be {status.words}, but {where} {is_not}'
    return said


def _named(tracker: Tracker | None, word: str, path: str) -> list[int]:
    """The tasks that *word*, which may be a key as it stands in a trailer, names."""
    from ..message import trailer_key
    from ..select import named

    if tracker is None:
        return []
    if '~' in word:
        found = [i for i, task in enumerate(tracker.tasks) if trailer_key(task.key) == word]
        if found:
            return found
    return named(tracker, word, path)


def _status(tracker: Tracker | None, task: Task) -> Status | None:
    """The status that *tracker* has for *task*, which may be that of another version of it."""
    if tracker is None:
        return None
    for index, other in enumerate(tracker.tasks):
        # Keys are as long as a version needs; a path is whole.
        if other.key == task.key or other.path == task.path:
            return tracker.state[index]
    return None
