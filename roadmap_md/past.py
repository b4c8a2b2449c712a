"""The past of one tracker: what is known of it already, and what is new.

It is kept under the git directory that all work trees share; nothing depends on that.
"""

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from . import files, git
from .changes import Changes, Current, People, rows_of
from .errors import UserError
from .git import Repository
from .history import ScopeChange, Transition
from .kept import Kept
from .ledger import NONE, Ledger

if TYPE_CHECKING:
    from .tracker import Tracker
    from .vocabulary import Preference


class Past:
    """What happened to a tracker, newest first: *transitions* of its tasks from status to status.

    *scope* are the tasks that appeared, those of the first version too, or were removed. What two
    branches did alike is there twice. *incomplete* are the reasons why that may not be all:
    ``shallow``, ``grafted``, ``replaced``, ``missing``. *newest* is
    the tracker as it is now, *keys* are those of its tasks.
    """

    def __init__(
        self,
        ledger: Ledger,
        plan: int,
        keys: tuple[str, ...],
        newest: 'Callable[[], Tracker]',
        incomplete: tuple[str, ...],
        people: People,
    ) -> None:
        changed, others = rows_of(ledger)
        current = Current(ledger, plan)
        self.transitions: Sequence[Transition] = Changes(ledger, changed, current, people)
        self.scope: Sequence[ScopeChange] = Changes(ledger, others, current, people)
        self.keys = keys
        self.incomplete = incomplete
        self._newest = newest

    @cached_property
    def newest(self) -> 'Tracker':
        return self._newest()


def read_past(
    repo: Repository,
    path: str,
    preference: 'Preference',
    progress: Callable[[], object] = lambda: None,
) -> Past:
    """The past of the tracker at *path*, which need not exist any more.

    *progress* is called for each version that is read.

    Raises UserError where neither the work tree nor any commit has such a file, or git fails.
    """
    inside = files.inside(path, repo.top)
    data = files.read(path) if os.path.lexists(path) else None
    altered = git.altered(repo)
    kept = Kept(repo.common, inside, preference)
    stamp = repr(altered).encode()
    known = kept.ledger(stamp) if data else None
    head = git.head(repo, inside)

    def newest() -> 'Tracker':
        from .walk import read_newest

        return read_newest(repo, data or b'', preference)

    missing = False
    if known and known.tip[:2] == head[:2] and head.data == data and known.tip.plan != NONE:
        found, plan, keys = known, known.tip.plan, known.tip.keys
    else:
        from .walk import Asked, walk

        asked = Asked(repo, inside, preference, data, head, progress)
        read = walk(asked, known, kept.basis() if known else None)
        if read is None:
            raise UserError(f'{path}: there is no such file', 'check the path')
        found, plan, keys = read.ledger, read.plan, read.keys
        newest, missing = read.newest, read.missing
        if read.committed.tip.commit and read.committed is not known and not missing:
            kept.save(read.committed, stamp)
            if read.basis:
                kept.save_basis(read.basis)
    reasons = {
        'shallow': altered.shallow, 'grafted': altered.grafts, 'replaced': altered.replaced,
        'missing': missing,
    }  # fmt: skip
    incomplete = tuple(name for name, reason in reasons.items() if reason)
    people = git.current_names(repo, found.people.values)
    return Past(found, plan, keys, newest, incomplete, people)


def past_at(repo: Repository, path: str, head: git.Head, preference: 'Preference') -> Past:
    """The past of the tracker that the commit *head* has at *path*, from the top; of no work tree.

    Raises UserError where git fails, or there is no such file.
    """
    from .walk import Asked, walk

    read = walk(Asked(repo, path, preference, head.data, head, lambda: None), None, None)
    if read is None:
        raise UserError(f'there is no {path}', '')
    missing = ('missing',) if read.missing else ()
    return Past(read.ledger, read.plan, read.keys, read.newest, missing, {})
