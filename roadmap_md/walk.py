"""The commits that changed one tracker, under all its names, and what is not committed yet."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from . import git
from .alike import read_alike
from .errors import UserError
from .git import Rename, Repository
from .history import Blob, Revision
from .ledger import NONE, Ledger
from .replay import Replay, is_readable
from .structures import remembered
from .tracker import Tracker, read_tracker
from .vocabulary import Preference

Progress = Callable[[], object]


class Read(NamedTuple):
    """What was found, what of that is *committed*, and the *newest* tracker.

    *plan* is the number of its plan, and *keys* are those of its tasks.
    """

    ledger: Ledger
    committed: Ledger
    plan: int
    keys: tuple[str, ...]
    newest: Callable[[], Tracker]
    missing: bool


def walk(
    repo: Repository,
    path: str,
    preference: Preference,
    data: bytes | None,
    head: git.Head | None,
    known: Ledger | None,
    progress: Progress,
) -> Read | None:
    """The past of what is at *path*, *data* in the work tree; some may be *known*, with *head*.

    *path* is relative to the top; *progress* is called for each version. None where
    there is no such file, and never was.
    """
    with remembered(repo.top):
        found = None
        if known and data and head and head.blob:
            found = _newer(repo, path, preference, data, head, known, progress)
        return found or _whole(repo, path, preference, data, progress)


def read_newest(repo: Repository, data: bytes, preference: Preference) -> Tracker:
    with remembered(repo.top):
        return read_alike(data, preference)


def _newer(
    repo: Repository,
    path: str,
    preference: Preference,
    data: bytes,
    head: git.Head,
    known: Ledger,
    progress: Progress,
) -> Read | None:
    """What is *known*, and what came since; None where that takes more than comparing."""
    replay = Replay(preference, known)
    committed: Ledger | None = known
    if head.commit != known.tip.commit:
        committed = _since(repo, path, head, known, replay, progress)
    if committed is None or committed.tip.plan == NONE:
        return None
    if head.data == data:
        return _as_committed(repo, committed, preference, data)
    newest = _read(data, preference)
    if newest is None:
        return None
    replay.unsaved(path, data, _heads(repo, path, committed.tip.blob, replay))
    return _with_unsaved(replay, committed, newest) if replay.is_plain else None


def _since(
    repo: Repository,
    path: str,
    head: git.Head,
    known: Ledger,
    replay: Replay,
    progress: Progress,
) -> Ledger | None:
    try:
        gone = git.commits(repo, known.tip.commit, head.commit)
    except UserError:
        return None  # what is known goes up to a commit that is no longer there
    if gone and len(known.paths.values) > 1:
        return None
    merges: list[Revision] = []
    for found in git.revisions(repo, path, [head.commit, f'^{known.tip.commit}'], set()):
        if isinstance(found, Blob):
            progress()
        elif not found.before:
            merges.append(found)
            continue
        replay.add(found)
    if not replay.is_plain or any(_left_out(repo, path, merges)):
        return None
    ledger = replay.ledger()
    ledger.follow(known, gone)
    # Of commits of one second only git knows the order, unless what is new, and what is gone, is
    # one line of commits each: then both are built on all the rest.
    seconds = ledger.revisions.seconds
    if len({*seconds}) < len(seconds) and git.have_merges(repo, head.commit, known.tip.commit):
        return None
    if head.blob in replay.versions:
        ledger.tip = replay.tip(head.commit, head.blob)
    elif head.blob == known.tip.blob:
        ledger.tip = known.tip._replace(commit=head.commit)
    else:
        return None
    return ledger


def _whole(
    repo: Repository,
    path: str,
    preference: Preference,
    data: bytes | None,
    progress: Progress,
) -> Read | None:
    replay = Replay(preference)
    commit = git.tip(repo, '').commit
    heads: tuple[str, ...] = ()
    name, head = path, ''
    if commit:
        head = git.head_blob(repo, path, commit) or ''
        if not head and data and (source := git.renamed_from(repo, commit, '', path)):
            name, head = source.path, source.blob  # git mv, not committed yet
        _replay(repo, name, commit, replay, progress)
        heads = _heads(repo, name, head, replay)
    committed = replay.ledger()
    if name == path:
        committed.tip = replay.tip(commit, head)
    if data is None and not replay.versions:
        return None
    if data and _is_blob(data, head) and committed.tip.plan != NONE:
        return _as_committed(repo, committed, preference, data, replay.missing)
    newest = _read(data or b'', preference) or replay.first or read_tracker(b'')
    if data is not None:
        replay.unsaved(path, data, heads)
    return _with_unsaved(replay, committed, newest)


def _is_blob(data: bytes, name: str) -> bool:
    """Is *data* what git calls by that *name*?

    https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
    """
    from hashlib import sha1, sha256

    hashed = sha256 if len(name) == 64 else sha1
    return hashed(b'blob %d\0' % len(data) + data, usedforsecurity=False).hexdigest() == name


def _as_committed(
    repo: Repository,
    committed: Ledger,
    preference: Preference,
    data: bytes,
    missing: bool = False,
) -> Read:
    """What was found where *data*, in the work tree, is what HEAD has."""
    _, _, plan, keys = committed.tip
    return Read(
        committed, committed, plan, keys, lambda: read_newest(repo, data, preference), missing
    )


def _with_unsaved(replay: Replay, committed: Ledger, newest: Tracker) -> Read:
    plan = replay.plan(newest)
    ledger = replay.ledger()
    ledger.follow(committed)
    ledger.tip = committed.tip
    keys = tuple(task.key for task in newest.tasks)
    return Read(ledger, committed, plan, keys, lambda: newest, replay.missing)


def _read(data: bytes, preference: Preference) -> Tracker | None:
    if not data or not is_readable(data):
        return None
    try:
        return read_alike(data, preference)
    except UnicodeDecodeError:
        return None


def _replay(repo: Repository, path: str, commit: str, replay: Replay, progress: Progress) -> None:
    """Replay all up to *commit* that changed *path*, or what it was renamed from."""
    waiting = {path: [commit]}
    names = {path}
    known: set[str] = set()
    asked: set[tuple[str, str]] = set()
    seen: set[tuple[str, str]] = set()
    unnamed: list[tuple[Revision, int]] = []

    def follow(revision: Revision, at: int, source: Rename) -> None:
        if revision.before:
            replay.renamed(revision, at, source.blob)
        parent = revision.parents[at]
        if (source.path, parent) not in asked:
            asked.add((source.path, parent))
            names.add(source.path)
            waiting.setdefault(source.path, []).append(parent)

    while waiting:
        name, tips = waiting.popitem()
        merges: list[Revision] = []
        for found in git.revisions(repo, name, tips, known):
            if isinstance(found, Blob):
                progress()
            else:
                if (found.commit, name) in seen:
                    continue
                seen.add((found.commit, name))
                if not found.before:
                    merges.append(found)
                    continue
            replay.add(found)
        lacking, replay.lacking = replay.lacking, []
        # What a merge left out may have had another name.
        for revision, at in (*lacking, *_left_out(repo, name, merges)):
            parent = revision.parents[at] if revision.parents else ''
            if parent and (source := git.renamed_from(repo, parent, revision.commit, name)):
                follow(revision, at, source)
            elif len(revision.parents) > 1:
                unnamed.append((revision, at))
            elif parent and replay.deletions:
                replay.restored(revision, at, git.deletion(repo, parent, name))
        while unnamed and not waiting:
            # Too little is alike by now; where a name that it had was moved to is still its own.
            revision, at = unnamed.pop()
            parent = revision.parents[at]
            for other in (revision.path, *sorted(names - {revision.path})):
                if moved := git.moved_to(repo, parent, other):
                    blob = git.head_blob(repo, moved, parent) or ''
                    follow(revision, at, Rename(moved, blob, revision.path))
                    break


def _left_out(
    repo: Repository, path: str, merges: list[Revision]
) -> Iterator[tuple[Revision, int]]:
    """The *merges*, each with the numbers of those parents that have nothing at *path*."""
    parents = list(dict.fromkeys(parent for merge in merges for parent in merge.parents))
    lacking = git.without(repo, path, parents) if parents else set()
    for merge in merges if lacking else ():
        for at, parent in enumerate(merge.parents):
            if parent in lacking:
                yield merge, at


def _heads(repo: Repository, path: str, head: str, replay: Replay) -> tuple[str, ...]:
    """The blobs that a commit of *path* would come after: HEAD's and, in a merge, the others'."""
    merged = git.head_blob(repo, path, 'MERGE_HEAD') if git.under_way(repo, 'MERGE_HEAD') else ''
    heads = tuple(blob for blob in (head, merged) if blob)
    for blob in heads:
        if blob not in replay.versions:
            replay.add(Blob(blob, git.contents(repo, blob)[0]))
    return heads
