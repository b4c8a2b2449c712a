"""Our commits on top of theirs without a work tree, where they change nothing but trackers.

So are most of them: people tick. There is nothing to check out, and no driver to start for each
commit. A rebase in a work tree is left all else: a conflict, a signature, a hook, files beside.
"""

import os
from collections.abc import Iterator, Sequence

from . import git
from .git import Labels, Repository, picks
from .git.picks import Made, Pick
from .merging import merged
from .project import CONFIGURATIONS

_BY_TASKS = ('unspecified', 'roadmap-md', 'union')  # as in `driver.for_one_run`
# What says how the trackers beside and beneath it are to be read and merged.
READ = ('.gitattributes', *(name for name, _ in CONFIGURATIONS))


def rebased(repo: Repository, ours: str, theirs: str, trackers: Sequence[str]) -> str:
    """The commit that has what *ours* has, on top of *theirs*; empty where it takes more than that.

    *trackers* are paths from the top.
    """
    base, ahead = picks.picks(repo, ours, theirs)
    paths = sorted({change.path for pick in ahead for change in pick.changes})
    if not ahead or not set(paths) <= set(trackers) or any(map(_is_unsafe, paths)):
        return ''
    if not picks.is_plain(repo) or not set(git.attributes(repo, 'merge', paths)) <= {*_BY_TASKS}:
        return ''
    there = picks.changed_since(repo, base, theirs, {*paths, *_read(paths)})
    if any(path not in paths or not change.new for path, change in there.items()):
        return ''
    first = {change.path: change.old for pick in reversed(ahead) for change in pick.changes}
    onto = {path: there[path].new if path in there else blob for path, blob in first.items()}
    commits = _merged(repo, ahead, onto)
    if commits is None:
        return ''
    return picks.make(repo, theirs, commits) if commits else theirs


def _is_unsafe(path: str) -> bool:
    """Is it quoted where paths are listed?"""
    return path.startswith('"') or '\n' in path


def _read(paths: Sequence[str]) -> Iterator[str]:
    """The files that say how the trackers at *paths* are to be read and merged."""
    for path in paths:
        while path:
            path = os.path.dirname(path)
            for name in READ:
                yield os.path.join(path, name)


def _merged(repo: Repository, ahead: Sequence[Pick], onto: dict[str, str]) -> list[Made] | None:
    """What becomes of each commit on top of the blobs *onto*, but for those that change nothing."""
    names = {blob for pick in ahead for change in pick.changes for blob in change[1:]}
    blobs = sorted({*names, *onto.values()})
    known = dict(zip(blobs, git.contents(repo, *blobs), strict=True))
    now = {path: known[blob] for path, blob in onto.items()}
    found = []
    for pick in (pick for pick in ahead if not pick.has):
        new = {}
        for path, old, blob in pick.changes:
            both = _both(repo, path, known[old], now[path], known[blob])
            if both is None:
                return None
            if both != now[path]:
                now[path] = new[path] = both
        if new:
            found.append(Made(pick, new))
    return found


def _both(repo: Repository, path: str, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    if ours == base:
        return theirs
    made = merged((base, ours, theirs), path, Labels(), repo.top)
    return made[0] if made and made[1] else None
