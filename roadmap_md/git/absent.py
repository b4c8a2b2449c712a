"""Why a file or a commit is not to be had; asked of git when that is so, and not before."""

import os
from collections.abc import Iterator, Sequence
from posixpath import split

from .process import Repository, run
from .refs import answers

_ZERO = b'\0'


def modes(repo: Repository, commits: Sequence[str], path: str) -> Iterator[str | None]:
    """The mode of *path* in each of the *commits*: that of a file, a link, a directory, a module.

    Empty where there is no such path; None where git cannot read what would tell.
    """
    folder, name = split(path)
    size = len(commits[0]) // 2 if commits else 0  # bytes of the name of an object
    end = b'^{tree}' if not folder else b':' + os.fsencode(folder)
    for answer in answers(repo, [commit.encode() + end for commit in commits]):
        if answer is None or answer.data is None:
            yield '' if folder and answer else None
        else:
            yield _mode(answer.data, os.fsencode(name), size)


def _mode(tree: bytes, wanted: bytes, size: int) -> str:
    """As a tree has it: mode, blank, name, NUL and the name of the object, one after another."""
    at = 0
    while at < len(tree):
        end = tree.index(_ZERO, at)
        mode, _, name = tree[at:end].partition(b' ')
        if name == wanted:
            return mode.decode()
        at = end + 1 + size
    return ''


def has_branches(repo: Repository) -> bool:
    return bool(run(repo.top, ('for-each-ref', '--count=1', 'refs/heads', 'refs/remotes')).out)


def names_commit(repo: Repository) -> bool:
    """Does HEAD name a commit, be that there or not?"""
    return run(repo.top, ('rev-parse', '--verify', '--quiet', 'HEAD')).code == 0
