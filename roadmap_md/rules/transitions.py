"""RM4: from which status to which a task went."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..rule import Problem, Severity, rule
from ..status import Status
from ..text import Span
from ..tracker import Tracker
from .history import History, is_parent, named, problem_at, when

if TYPE_CHECKING:
    from ..history import ScopeChange

_MOST_NAMED = 3


@rule('RM402', 'reopened-without-reason', Severity.WARNING)
def reopened_without_reason(tracker: Tracker, *, history: History) -> Iterator[Problem]:
    """A completed task goes back only with a reason.

    What was learnt by it is the best part of the journal, and nobody remembers it a month later.
    The reason is whatever the message of the commit says below its first line, trailers aside:
    `reset -m "…"` writes it there. A revert or an undo says what it takes back, and that is
    enough. A task that becomes cancelled does not go back.

    Here · is not started:

    ```diff
     2026-01-05  ✓ Lists
    -2026-01-09  · Lists
    +2026-01-09  · Lists  “could not write one from memory”
    ```
    """
    for transition in history.judged(history.transitions):
        _, _, before, after, commit, *_ = transition
        went_back = before is Status.COMPLETED and after is not Status.CANCELLED
        if went_back and not history.reasons.get(commit, '-'):
            said = f'reopened{when(transition)} without a reason'
            yield problem_at(tracker, transition, said)


@rule('RM404', 'lost-progress', Severity.ERROR)
def lost_progress(tracker: Tracker, *, history: History) -> Iterator[Problem]:
    """A task that was completed is not deleted.

    The tracker is the record of what was done; a deleted line takes back a tick, and every count
    with it. A task may be retitled, renumbered and moved, within the file, with it, or in the same
    commit to another Markdown file, such as an archive, where it is completed too. A plan that is
    replaced by another one, of which no task is the same, is not lost. It is settled as soon as
    the task is back.

    ```diff
     2026-01-05  ✓ Lists
    -2026-01-09  deleted Lists
    +2026-01-09  deleted Tuples
    ```
    """
    back: set[tuple[str, str]] = set()
    missing: dict[str, list[ScopeChange]] = {}
    for change in history.scope:  # newest first: what comes back does so before it is gone
        name = change.title, change.key.rpartition('/')[2]
        completed = change.current >= 0 and tracker.state[change.current] is Status.COMPLETED
        if change.before is None:
            back.update([name] if completed else ())
        elif change.before is Status.COMPLETED and not completed and name not in back:
            missing.setdefault(change.commit, []).append(change)
    for changes in reversed(missing.values()):
        if any(history.judged(changes)):
            yield _lost(tracker, changes)


@rule('RM408', 'skipped-in-progress', Severity.WARNING, off=True)
def skipped_in_progress(tracker: Tracker, *, history: History) -> Iterator[Problem]:
    """A task is in progress before it is completed.

    Who starts each task (`roadmap-md start next`) gets to know how long one takes. Off, until it
    is selected by its own code or name: `extend-select = ["RM408"]`. A task that has tasks beneath
    it is not asked.

    Here ▸ is in progress:

    ```diff
    -2026-01-05  ✓ Lists
    +2026-01-05  ▸ Lists
    +2026-01-05  ✓ Lists
    ```
    """
    for transition in history.judged(history.completions):
        if transition.before is Status.NOT_STARTED and not is_parent(tracker, transition):
            said = f'completed{when(transition)} without having been in progress'
            yield problem_at(tracker, transition, said)


def _lost(tracker: Tracker, changes: 'Sequence[ScopeChange]') -> Problem:
    """Of all that one commit deleted; at the first of them that came back, but not completed."""
    names = [named(change) for change in changes]
    were = 'was' if len(names) == 1 else 'were'
    here = [change.current for change in changes if change.current >= 0]
    return Problem(
        tracker.marks[here[0]].span if here else Span(0, 0),
        f'{_listed(names)} {were} completed, and deleted{when(changes[0])}',
        tuple(
            tracker.tasks[change.current].key if change.current >= 0 else change.key
            for change in changes
        ),
        commit=changes[0].commit,
    )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    shown = names[: _MOST_NAMED - 1] if more > 0 else names
    if more > 0:
        return f'{", ".join(shown)} and {more + 1} more'
    return ' and '.join((', '.join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
