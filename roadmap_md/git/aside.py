"""A second work tree, for a rebase or a merge that must not touch the first one.

It is sparse: of the files only those are there that are named, however large the repository is.
Hooks, signing and all else are as in the first.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from ..errors import UserError
from .index import ACTIVE
from .process import Answer, Repository, ask, lost, object_name, run, talk

_SPARSE = (
    '-c', 'core.sparseCheckout=true', '-c', 'core.sparseCheckoutCone=false',
    '-c', 'index.sparse=false',
)  # fmt: skip


class Aside(NamedTuple):
    """The work tree at *top*, beside that of *repo*; *options* are for each git that runs in it."""

    repo: Repository
    top: str
    options: tuple[str, ...]

    def run(self, *arguments: str) -> Answer:
        """Run git here as the user would: with hooks, and signed if that is configured."""
        environment = {ACTIVE: self.repo.directory, 'GIT_EDITOR': ':', 'GIT_SEQUENCE_EDITOR': ':'}
        return talk(
            self.repo, *_SPARSE, *self.options, *arguments, at=self.top, environment=environment
        )

    def head(self) -> str:
        """The commit that is checked out."""
        return object_name(run(self.top, ('rev-parse', 'HEAD')).out.strip(), 'rev-parse')

    def unmerged(self) -> dict[str, str]:
        """The paths that are in conflict, and which of base, ours, theirs have them: ``123``."""
        found: dict[str, str] = {}
        for row in run(self.top, ('ls-files', '--unmerged', '-z')).out.split(b'\0')[:-1]:
            about, _, path = row.partition(b'\t')
            name = os.fsdecode(path)
            found[name] = found.get(name, '') + about[-1:].decode()
        return found

    def stopped_at(self) -> str:
        """The commit that a rebase could not apply, as ``0c0ffee subject``; empty without one."""
        question = ('log', '-1', '--no-show-signature', '--format=%h %s', 'REBASE_HEAD', '--')
        answer = run(self.top, question)
        return answer.out.decode(errors='replace').strip() if not answer.code else ''


def beside(
    repo: Repository, place: str, commit: str, paths: Sequence[bytes], options: tuple[str, ...]
) -> Aside:
    """A work tree in the directory *place*, and in it of *commit* only what fits *paths*."""
    top = _top(repo, place)
    # first, so that whoever comes after a kill knows that there is something to remove
    os.makedirs(place, exist_ok=True)
    hooks = run(repo.top, ('config', '--get', '--type=path', 'core.hooksPath')).out[:-1]
    if hooks and not os.path.isabs(hooks):  # they would be sought where they are not
        options += '-c', f'core.hooksPath={os.path.join(repo.top, os.fsdecode(hooks))}'
    aside = Aside(repo, top, options)
    ask(repo, 'worktree', 'add', '--quiet', '--detach', '--no-checkout', '--', top, commit)
    own = os.fsdecode(run(top, ('rev-parse', '--absolute-git-dir')).out.removesuffix(b'\n'))
    if own not in _registered(repo, top):
        raise lost('worktree')
    os.makedirs(os.path.join(own, 'info'), exist_ok=True)
    with open(os.path.join(own, 'info', 'sparse-checkout'), 'wb') as file:
        file.write(b''.join(path + b'\n' for path in paths))
    answer = aside.run('read-tree', '-m', '-u', 'HEAD')
    if answer.code:
        raise UserError(f'git read-tree failed: {answer.words}', 'mend that, then try again')
    return aside


def remove(repo: Repository, place: str) -> bool:
    """Delete the work tree in *place* and what git keeps for it, also where that is half made.

    Whether there was one.
    """
    import shutil

    # Not ``git worktree prune``: it forgets others, too, such as one on a disk that is not mounted.
    found = [*_registered(repo, _top(repo, place)), *([place] if os.path.lexists(place) else [])]
    for directory in found:
        shutil.rmtree(directory, ignore_errors=True)
    with suppress(OSError):
        os.rmdir(os.path.join(repo.common, 'worktrees'))  # as git does with the last one
    return bool(found)


def _top(repo: Repository, place: str) -> str:
    """Where the work tree is. Git calls what it keeps by the last name, which is ours alone."""
    linked = '' if repo.directory == repo.common else f'-{os.path.basename(repo.directory)}'
    return os.path.join(place, f'roadmap-md{linked}')


def _registered(repo: Repository, top: str) -> Iterator[str]:
    """What git keeps for the work tree at *top*."""
    kept = os.path.join(repo.common, 'worktrees')
    ours = re.compile(re.escape(os.path.basename(top)) + r'\d*')
    for name in os.listdir(kept) if os.path.isdir(kept) else ():
        own = os.path.join(kept, name)
        try:
            with open(os.path.join(own, 'gitdir'), 'rb') as file:
                named = os.fsdecode(file.read().rstrip(b'\n'))
        except OSError:
            if ours.fullmatch(name):
                yield own  # a git that was killed has come no further
            continue
        # Git creates this file before it writes to it.
        is_begun = not named and ours.fullmatch(name)
        if is_begun or os.path.realpath(named) == os.path.realpath(os.path.join(top, '.git')):
            yield own
