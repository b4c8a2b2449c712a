"""The history of one tracker, as git has it: under all its names, and what is not committed yet."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from . import files, git
from .alike import read_alike
from .errors import UserError
from .git import Rename, Repository
from .history import Blob, Replay, Revision, ScopeChange, Transition, is_readable
from .tracker import Tracker, read_tracker
from .vocabulary import Preference


class Past(NamedTuple):
    """What happened to the tracker that is now *newest*, newest first.

    *scope* are the tasks that appeared, those of the first version too, or were removed. What two
    branches did alike is there twice. *incomplete* are the reasons why that may not be all:
    ``shallow``, ``grafted``, ``replaced``, ``missing``.
    """

    newest: Tracker
    transitions: list[Transition]
    incomplete: tuple[str, ...]
    scope: list[ScopeChange]


def read_past(repo: Repository, path: str, preference: Preference) -> Past:
    """The past of the tracker at *path*, which need not exist any more.

    Raises UserError where neither the work tree nor any commit has such a file, or git fails.
    """
    inside = os.path.relpath(files.resolve(path, repo.top), os.path.realpath(repo.top))
    data = files.read(path) if os.path.lexists(path) else None
    head = git.head_blob(repo, inside)
    replay = Replay(preference)
    heads: tuple[str, ...] = ()
    if head is not None:
        _walk(repo, inside, replay)
        heads = _heads(repo, inside, head, replay)
    if data is None and not replay.versions:
        raise UserError(f'{path}: there is no such file', 'check the path')
    if data is not None:
        replay.unsaved(inside, data, heads)
    newest = _read(data or b'', preference) or replay.first or read_tracker(b'')
    reasons = git.incomplete(repo) if head is not None else []
    if replay.missing:
        reasons.append('missing')
    transitions, scope = replay.changes(newest)
    return Past(newest, transitions, tuple(reasons), scope)


def _read(data: bytes, preference: Preference) -> Tracker | None:
    if not data or not is_readable(data):
        return None
    try:
        return read_alike(data, preference)
    except UnicodeDecodeError:
        return None


def _walk(repo: Repository, path: str, replay: Replay) -> None:
    """Replay all commits before HEAD that changed *path*, or what it was renamed from."""
    waiting = {path: ['HEAD']}
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
            if isinstance(found, Revision):
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
            # Too little is alike by now; a name that it had elsewhere is still its own.
            revision, at = unnamed.pop()
            parent = revision.parents[at]
            for other in sorted(names - {revision.path}):
                if blob := git.head_blob(repo, other, parent):
                    follow(revision, at, Rename(other, blob, revision.path))
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
