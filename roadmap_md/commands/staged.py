"""``lint --staged``: what is staged, and what a rule over history may find in it.

It runs at every commit: what only more than a tick makes necessary is imported then.
"""

from collections.abc import Sequence

from .. import files, git
from ..config import Config
from ..errors import UserError
from ..git import Repository
from ..lint import Recall
from ..rules import HISTORY_RULES
from ..rules.history import History
from ..rules.transitions import lost_progress
from ..text import is_text
from ..tracker import Tracker, read_tracker
from .reading import now


def read(path: str, named: bool) -> tuple[bytes, Recall] | None:
    """What is staged, and what tells its history; None where nothing is.

    Raises UserError for a file that was *named* and that git does not know.
    """
    repo = git.find_of_hook(path)
    if repo is None:
        raise UserError(f'{path} is in no git work tree', 'lint it without --staged')
    relative = files.inside(path, repo.top)
    if relative not in git.staged_paths(repo):
        if named and git.staged_blob(repo, relative) is None:
            raise UserError(f'git knows no file {path}', 'check the path, or git add it')
        return None
    ((before, after),) = git.staged_versions(repo, [relative])
    if after is None:
        return None
    heads = (before, *git.merged_versions(repo, relative))
    return after, _recall(repo, path, [data for data in heads if data is not None])


def _recall(repo: Repository, path: str, heads: Sequence[bytes]) -> Recall:
    """What tells how the tracker staged at *path* differs from the *heads* that it comes after."""

    def recall(tracker: Tracker, config: Config) -> History | None:
        asked = [rule for rule in HISTORY_RULES if config.selects(rule)]
        if not asked or not heads:
            return None
        if asked == [lost_progress] and all(_has_all(tracker, data) for data in heads):
            return None
        from ..journey import staged

        return staged(repo, path, tracker, heads, config, now())

    return recall


def _has_all(tracker: Tracker, data: bytes) -> bool:
    """Has it the tasks of *data*?"""
    if _differ_in_markers(tracker, data):
        return True
    if not is_text(data):
        return False
    before = read_tracker(data, tracker.preference)
    return [task.text for task in before.tasks] == [task.text for task in tracker.tasks]


def _differ_in_markers(tracker: Tracker, data: bytes) -> bool:
    """Are all lines the same but for markers? Statuses do not say what is a task."""
    before, after = data.split(b'\n'), tracker.data.split(b'\n')
    if len(before) != len(after):
        return False
    marks = {mark.line: mark for mark in tracker.marks}
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            if number not in marks:
                return False
            start, stop = (at - tracker.page.starts[number] for at in marks[number].span)
            head, tail = new[:start], new[stop:]
            marker = old[start : len(old) - len(tail)]
            if old != head + marker + tail or tracker.vocabulary.status(marker) is None:
                return False
    return True
