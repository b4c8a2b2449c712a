"""The commits that changed one tracker, under all its names."""

from collections.abc import Callable, Iterator

from . import git
from .git import Rename, Repository
from .history import Blob, Revision
from .replay import Replay


def follow_names(
    repo: Repository, path: str, commit: str, replay: Replay, progress: Callable[[], object]
) -> None:
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
        for revision, at in (*lacking, *left_out(repo, name, merges)):
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


def left_out(repo: Repository, path: str, merges: list[Revision]) -> Iterator[tuple[Revision, int]]:
    """The *merges*, each with the numbers of those parents that have nothing at *path*."""
    parents = list(dict.fromkeys(parent for merge in merges for parent in merge.parents))
    lacking = git.without(repo, path, parents) if parents else set()
    for merge in merges if lacking else ():
        for at, parent in enumerate(merge.parents):
            if parent in lacking:
                yield merge, at
