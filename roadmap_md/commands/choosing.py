"""What is to be undone: the names that people give, and what history has of them."""

import re
from collections.abc import Sequence

from .. import git
from ..errors import UserError
from ..git import Repository
from ..history import Transition
from ..message import UNDO_TRAILER
from ..past import Past
from ..rules.history import oldest_first
from ..select import named, select
from ..tracker import Tracker
from ..undo import Undo, Undoing, journal
from .log import SAID

# What is a revision before it may be words of a title.
_COMMIT = r'[0-9a-f]{7,64}|HEAD([~^@].*)?'


def chosen_undos(
    repo: Repository, past: Past, name: str | None, number: int | None, path: str
) -> list[Undo]:
    """What is to be taken back, in that order, of the last *number* changes.

    *name* is that of a task, or of a commit, all of which is. Raises UserError where that is
    nothing, and where it cannot be taken back now.
    """
    known = _undoing(repo, past)
    tasks: list[int] = []
    if name is None:
        found = list(known.latest(number or 1))
    elif tasks := _tasks(repo, past.newest, name, path):
        if len(tasks) > 1 and number is not None:
            raise UserError(f"-n with the {len(tasks)} tasks of '{name}'", 'name one task')
        each = [undo for task in tasks for undo in known.latest(number or 1, {task})]
        found = sorted(each, key=lambda undo: known.age(undo.of)) if len(tasks) > 1 else each
    elif number is not None:
        raise UserError('-n with a commit', 'all that it did is taken back; leave -n out')
    else:
        commit = git.commit_at(repo, name)
        found = list(known.of_commit(commit))
        if not found:
            _refuse_commit(commit, past, path)
    if not found:
        of = f' of {past.keys[tasks[0]]}' if tasks else ''
        raise UserError(f'nothing is left to undo{of}', _why(known, tasks, past))
    edited = {t.current: t for t in past.transitions if not t.commit}
    for undo in found:
        if undo.task in edited:
            key = past.keys[undo.task]
            raise UserError(
                f'{key} was edited by hand, and that is not committed',
                "'roadmap-md sync --no-push' commits it, or take it back in your editor",
            )
    return found


def _why(known: Undoing, tasks: Sequence[int], past: Past) -> str:
    for task in tasks:
        if undone := known.undone(task):
            return f"'roadmap-md undo {undone.commit[:7]}' brings back what that took back"
    return (
        SAID['shallow'] if 'shallow' in past.incomplete else "'roadmap-md log' shows what was done"
    )


def _undoing(repo: Repository, past: Past) -> Undoing:
    """All that HEAD's history did to the tasks of now."""
    made: dict[int, list[Transition]] = {}
    now = {}
    for transition in past.transitions:
        if not transition.commit:
            now[transition.current] = transition.before
        elif transition.current >= 0:
            made.setdefault(transition.current, []).append(transition)
    if not made:
        return Undoing({}, {})
    rank = {commit: at for at, commit in enumerate(git.newest_first(repo))}
    commits = list(dict.fromkeys(t.commit for found in made.values() for t in found))
    undoes = git.trailer_values(repo, commits, UNDO_TRAILER)
    state = past.newest.state
    return Undoing(
        {
            task: journal(
                sorted(oldest_first(found), key=lambda t: -rank[t.commit]),
                undoes, now.get(task, state[task]),
            )
            for task, found in made.items()
        },
        rank,
    )  # fmt: skip


def _tasks(repo: Repository, tracker: Tracker, name: str, path: str) -> list[int]:
    """The tasks that *name* names; none where it names a commit. Raises UserError for neither."""
    if re.fullmatch(_COMMIT, name) and _is_commit(repo, name):
        return []
    if name == 'next' or named(tracker, name, path) or not _is_commit(repo, name):
        return select(tracker, [name], path)
    return []


def _is_commit(repo: Repository, name: str) -> bool:
    try:
        return bool(git.commit_at(repo, name))
    except UserError:
        return False


def _refuse_commit(commit: str, past: Past, path: str) -> None:
    if any(t.commit == commit for t in past.transitions):
        said = f'what {commit[:7]} changed is not in {path} any more'
        raise UserError(said, f"'git revert {commit[:7]}' takes back all of it")
    raise UserError(
        f'{commit[:7]} changed no status in the history of {path}',
        "'roadmap-md log' shows which commits did; a merge has not done what it brought in",
    )
