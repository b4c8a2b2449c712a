"""The history of one tracker, as git has it: under all its names, and what is not committed yet."""

import os
from binascii import crc32
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from typing import NamedTuple

from . import cache, files, git
from .alike import read_alike
from .changes import Changes, Current, People, rows_of
from .errors import UserError
from .git import Rename, Repository
from .history import Blob, Revision, ScopeChange, Transition
from .ledger import NONE, Ledger, Tip, dump, load
from .replay import Replay, is_readable
from .tracker import Tracker, read_tracker
from .vocabulary import Preference


class Past:
    """What happened to a tracker, newest first: *transitions* of its tasks from status to status.

    *scope* are the tasks that appeared, those of the first version too, or were removed. What two
    branches did alike is there twice. *incomplete* are the reasons why that may not be all:
    ``shallow``, ``grafted``, ``replaced``, ``missing``. *newest* is the tracker as it is now.
    """

    def __init__(
        self,
        ledger: Ledger,
        plan: int,
        newest: Callable[[], Tracker],
        incomplete: tuple[str, ...],
        people: People,
    ) -> None:
        changed, others = rows_of(ledger)
        current = Current(ledger, plan)
        self.transitions: Sequence[Transition] = Changes(ledger, changed, current, people)
        self.scope: Sequence[ScopeChange] = Changes(ledger, others, current, people)
        self.incomplete = incomplete
        self._newest = newest

    @cached_property
    def newest(self) -> Tracker:
        return self._newest()


def read_past(repo: Repository, path: str, preference: Preference) -> Past:
    """The past of the tracker at *path*, which need not exist any more.

    Raises UserError where neither the work tree nor any commit has such a file, or git fails.
    """
    inside = os.path.relpath(files.resolve(path, repo.top), os.path.realpath(repo.top))
    data = files.read(path) if os.path.lexists(path) else None
    altered = git.altered(repo)
    kept = _Kept(repo, inside, preference, altered)
    reading = _warm(repo, inside, preference, data, kept) if data else None
    if reading is None:
        reading = _cold(repo, inside, preference, data, kept)
    if reading is None:
        raise UserError(f'{path}: there is no such file', 'check the path')
    ledger, plan, newest, missing = reading
    reasons = {
        'shallow': altered.shallow, 'grafted': altered.grafts, 'replaced': altered.replaced,
        'missing': missing,
    }  # fmt: skip
    incomplete = tuple(name for name, reason in reasons.items() if reason and ledger.tip.commit)
    people = git.current_names(repo, ledger.people.values)
    return Past(ledger, plan, newest, incomplete, people)


class _Kept:
    """The ledger of earlier runs, under the git directory that all work trees share."""

    def __init__(
        self, repo: Repository, path: str, preference: Preference, altered: git.Altered
    ) -> None:
        what = repr((path, preference)).encode(errors='surrogatepass')
        self.file = os.path.join(repo.common, 'roadmap-md', f'history-{crc32(what):08x}')
        self.stamp = b'%s %s %08x' % (
            cache.code_stamp(), what.hex().encode(), crc32(repr(altered).encode()),
        )  # fmt: skip

    def load(self) -> Ledger | None:
        rest = cache.load(self.file, self.stamp)
        try:
            return None if rest is None else load(rest)
        except ValueError:
            return None

    def save(self, ledger: Ledger) -> None:
        with suppress(OSError):
            cache.save(self.file, self.stamp, dump(ledger))


class _Reading(NamedTuple):
    """What was found, the number of the plan that the *newest* tracker has, and that tracker."""

    ledger: Ledger
    plan: int
    newest: Callable[[], Tracker]
    missing: bool = False


def _warm(
    repo: Repository, path: str, preference: Preference, data: bytes, kept: _Kept
) -> _Reading | None:
    """The past as far as it is known, and what is new; None where all has to be read."""
    known = kept.load() if '\n' not in path else None
    head = git.head(repo, path) if known else None
    if not (known and head and head.commit):
        return None
    replay = Replay(preference, known)
    ledger = known
    if head.commit != known.tip.commit:
        found = _since(repo, path, head.commit, known, replay)
        if found is None:
            return None
        ledger = found
        kept.save(ledger)
    if ledger.tip.blob == head.blob and head.data == data and ledger.tip.plan != NONE:
        return _Reading(ledger, ledger.tip.plan, lambda: read_alike(data, preference))
    newest = _read(data, preference) if ledger.tip.plan != NONE else None
    if newest is None:
        return None
    heads = _heads(repo, path, ledger.tip.blob, replay)
    replay.unsaved(path, data, heads)
    return _with_unsaved(replay, ledger, newest) if replay.is_plain else None


def _since(
    repo: Repository, path: str, commit: str, known: Ledger, replay: Replay
) -> Ledger | None:
    """*known* and what was done up to *commit*; None where that takes more than comparing."""
    gone = git.commits(repo, known.tip.commit, commit)
    blob = git.head_blob(repo, path)
    if gone is None or not blob or (gone and len(known.paths.values) > 1):
        return None
    merges: list[Revision] = []
    for found in git.revisions(repo, path, [commit, f'^{known.tip.commit}'], set()):
        if isinstance(found, Revision) and not found.before:
            merges.append(found)
        else:
            replay.add(found)
    if not replay.is_plain or any(_left_out(repo, path, merges)):
        return None
    if blob not in replay.versions:
        replay.add(Blob(blob, git.contents(repo, blob)[0]))
    ledger = replay.ledger()
    seconds = {*ledger.revisions.seconds}
    ledger.follow(known, gone)
    # What came first in one second only git knows, unless the new is built on all of the known.
    same = not seconds.isdisjoint(known.revisions.seconds)
    if same and (gone or git.has_merges(repo, commit, known.tip.commit)):
        return None
    ledger.tip = _tip(commit, blob, replay)
    return ledger


def _cold(
    repo: Repository, path: str, preference: Preference, data: bytes | None, kept: _Kept
) -> _Reading | None:
    """The whole past; None where there is nothing."""
    replay = Replay(preference)
    commit = git.tip(repo, '').commit
    heads: tuple[str, ...] = ()
    if commit:
        head = git.head_blob(repo, path, commit) or ''
        _walk(repo, path, commit, replay)
        heads = _heads(repo, path, head, replay)
    ledger = replay.ledger()
    if commit:
        ledger.tip = _tip(commit, head, replay)
        if not replay.missing and '\n' not in path:
            kept.save(ledger)
    if data is None and not replay.versions:
        return None
    newest = _read(data or b'', preference) or replay.first or read_tracker(b'')
    if data is not None:
        replay.unsaved(path, data, heads)
        return _with_unsaved(replay, ledger, newest)
    return _Reading(ledger, replay.plan(newest), lambda: newest, replay.missing)


def _tip(commit: str, blob: str, replay: Replay) -> Tip:
    version = replay.versions.get(blob)
    return Tip(commit, blob, version.plan if version else NONE)


def _with_unsaved(replay: Replay, ledger: Ledger, newest: Tracker) -> _Reading:
    """*ledger*, before which comes what is not committed yet."""
    plan = replay.plan(newest)
    found = replay.ledger()
    found.follow(ledger)
    found.tip = ledger.tip
    return _Reading(found, plan, lambda: newest, replay.missing)


def _read(data: bytes, preference: Preference) -> Tracker | None:
    if not data or not is_readable(data):
        return None
    try:
        return read_alike(data, preference)
    except UnicodeDecodeError:
        return None


def _walk(repo: Repository, path: str, commit: str, replay: Replay) -> None:
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
