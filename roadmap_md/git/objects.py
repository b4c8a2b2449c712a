"""What commits and blobs hold."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from ..errors import UserError
from .process import DURABLE, Repository, ask, lost, name_line, object_name, run

NO_OBJECTS = ('0' * 40, '0' * 64)


class Tip(NamedTuple):
    """A commit, its first parent and the blob of a path in it; empty where there is none."""

    commit: str
    parent: str
    blob: str


def tip(repo: Repository, path: str, commit: str = 'HEAD') -> Tip:
    """The commit that *commit* names, its parent, and *path* in it."""
    names = f'{commit}\n{commit}^\n'.encode() + os.fsencode(f'{commit}:{path}') + b'\n'
    lines = ask(repo, 'cat-file', '--batch-check', data=names).split(b'\n')[:-1]
    if len(lines) != 3:
        raise lost('cat-file')
    return Tip(*('' if line.endswith(b' missing') else first_name(line) for line in lines))


def first_name(line: bytes) -> str:
    return object_name(line.partition(b' ')[0], 'cat-file')


def contents(repo: Repository, *blobs: str) -> list[bytes]:
    """The bytes of each blob."""
    found = answered(ask(repo, 'cat-file', '--batch', data='\n'.join((*blobs, '')).encode()))
    if len(found) != len(blobs) or None in found:
        raise lost('cat-file')
    return [data for data in found if data is not None]


def answered(answer: bytes) -> list[bytes | None]:
    """What ``cat-file --batch`` gave, name by name; None for a name that means nothing."""
    found: list[bytes | None] = []
    at = 0
    while at < len(answer):
        end = answer.find(b'\n', at)
        header, at = answer[at:end], end + 1
        if end < 0:
            raise lost('cat-file')
        if header.endswith(b' missing'):
            found.append(None)
            continue
        size = header.rpartition(b' ')[2]
        if not size.isdigit() or answer[at + int(size) : at + int(size) + 1] != b'\n':
            raise lost('cat-file')
        found.append(answer[at : at + int(size)])
        at += int(size) + 1
    return found


def checked_out(repo: Repository, blob: str, path: str) -> bytes:
    """The bytes of *blob* as the attributes of *path* would have it in the work tree."""
    return ask(repo, 'cat-file', '--filters', f'--path={path}', blob)


def store(repo: Repository, data: bytes, path: str = '') -> str:
    """Keep *data* as a blob and return its name; with *path*, what git would make of that file."""
    return _hashed(repo, data, path, '-w')


def name_of(repo: Repository, data: bytes, path: str = '') -> str:
    """The name that `store` would return; nothing is kept."""
    return _hashed(repo, data, path)


def _hashed(repo: Repository, data: bytes, path: str, *options: str) -> str:
    if path and not _keeps_line_ends(repo, data, path):
        options += (f'--path={path}',)
    said = ask(repo, *DURABLE, 'hash-object', *options, '--stdin', data=data)
    return object_name(said.strip(), 'hash-object')


def _keeps_line_ends(repo: Repository, data: bytes, path: str) -> bool:
    """Whether ``git add`` would leave CRLF alone, since the file has it in the index too.

    ``hash-object`` does not look there. https://git-scm.com/docs/gitattributes#_text
    """
    if b'\r\n' not in data:
        return False
    asked = ('text', 'crlf', 'filter', 'ident', 'working-tree-encoding', 'eol')
    said = ask(repo, 'check-attr', '-z', *asked, '--', path).split(b'\0')[2::3]
    text, *others, eol = said
    if text not in (b'auto', b'unspecified') or {*others} != {b'unspecified'}:
        return False
    if text == b'unspecified' != eol:  # which then means text
        return False
    (staged,) = answered(ask(repo, 'cat-file', '--batch', data=name_line(os.fsencode(f':{path}'))))
    return staged is not None and b'\r\n' in staged


def blob_at(repo: Repository, revision: str, path: str) -> bytes | None:
    """What *revision* holds for *path*, relative to the top; None where it holds nothing.

    Raises UserError where there is no such revision.
    """
    line = name_line(commit_at(repo, revision).encode() + b':' + os.fsencode(path))
    found = answered(ask(repo, 'cat-file', '--batch', data=line))
    return found[0] if found else None


def commit_at(repo: Repository, revision: str) -> str:
    """The commit that *revision* names. Raises UserError where there is none."""
    answer = run(
        repo.top, ('rev-parse', '--verify', '--quiet', '--end-of-options', revision + '^{commit}')
    )
    if answer.code:
        hint = "'git log --all' shows what there is"
        if revision == 'HEAD':
            hint = 'nothing is committed yet'
        elif os.path.exists(os.path.join(repo.common, 'shallow')):
            hint = "this clone is shallow: 'git fetch --unshallow' gets the rest"
        raise UserError(f"git knows no revision '{revision}'", hint)
    return object_name(answer.out.strip(), 'rev-parse')


def blob_named(repo: Repository, name: str) -> bytes:
    """What ``REVISION:PATH`` names, and ``:PATH`` in the index. Raises UserError."""
    question = ('rev-parse', '--verify', '--quiet', '--end-of-options', name)
    answer = run(repo.top, question)
    if answer.code:
        raise UserError(
            f"git knows no file '{name}'", 'its path begins at the top of the work tree'
        )
    blob = run(repo.top, ('cat-file', 'blob', object_name(answer.out.strip(), 'rev-parse')))
    if blob.code:
        raise UserError(f"'{name}' is no file", 'name one, as in HEAD:ROADMAP.md')
    return blob.out


def ends(repo: Repository, span: str) -> tuple[str, str]:
    """The commits that ``A..B`` names; one that is left out is HEAD. Raises UserError."""
    first, dots, last = span.partition('..')
    if not dots or last.startswith('.'):
        raise UserError(f"'{span}' is no range of commits", "write one such as 'main..HEAD'")
    return commit_at(repo, first or 'HEAD'), commit_at(repo, last or 'HEAD')


def versions(
    repo: Repository, paths: Sequence[str], *commits: str
) -> list[tuple[bytes | None, ...]]:
    """For each of *paths* what each of *commits* holds; None for nothing, as for no commit."""
    names = (os.fsencode(f'{at or NO_OBJECTS[0]}:{path}') for path in paths for at in commits)
    found = answered(ask(repo, 'cat-file', '--batch', data=b''.join(map(name_line, names))))
    if len(found) != len(commits) * len(paths):
        raise lost('cat-file')
    return list(zip(*(found[at :: len(commits)] for at in range(len(commits))), strict=True))


def without(repo: Repository, path: str, commits: Sequence[str]) -> set[str]:
    """Those of *commits* that have nothing at *path*."""
    if '\n' in path:
        return {commit for commit in commits if not head_blob(repo, path, commit)}
    names = b''.join(name_line(f'{commit}:'.encode() + os.fsencode(path)) for commit in commits)
    lines = ask(repo, 'cat-file', '--batch-check', data=names).split(b'\n')[:-1]
    if len(lines) != len(commits):
        raise lost('cat-file')
    pairs = zip(commits, lines, strict=True)
    return {commit for commit, line in pairs if line.endswith(b' missing')}


def head_blob(repo: Repository, path: str, revision: str = 'HEAD') -> str | None:
    """The blob of *path* in *revision*, empty where it has no such file; None without a commit."""
    if run(repo.top, ('rev-parse', '--verify', '--quiet', revision + '^{commit}')).code:
        return None
    out = ask(repo, 'ls-tree', '-z', '--full-tree', revision, '--', path)
    mode, _, rest = out.partition(b' ')
    if out.count(b'\0') != 1 or mode[:3] != b'100' or not rest.startswith(b'blob '):
        return ''
    return object_name(rest[len('blob ') :].partition(b'\t')[0], 'ls-tree')


def is_partial(repo: Repository) -> bool:
    """Whether git may lack objects, and knows where they are."""
    try:
        with open(os.path.join(repo.common, 'config'), 'rb') as file:
            return b'promisor' in file.read()
    except OSError:
        return False


def move_ref(repo: Repository, ref: str, old: str, new: str, why: str) -> None:
    """Let *ref*, which is at *old*, be at *new*; where it is there already, it stays."""
    if commit_at(repo, ref) != new:
        ask(repo, *DURABLE, 'update-ref', '-m', why, '--end-of-options', ref, new, old)


class Head(NamedTuple):
    """The commit that HEAD is, and what it has at a path; empty, and None, where it has nothing."""

    commit: str
    blob: str
    data: bytes | None


def head(repo: Repository, path: str) -> Head:
    """What is to know first, in one question. A symbolic link has a blob too: see `head_blob`."""
    if '\n' in path:  # that is asked for in lines
        commit = tip(repo, '').commit
        blob = (head_blob(repo, path, commit) or '') if commit else ''
        return Head(commit, blob, contents(repo, blob)[0] if blob else None)
    names = name_line(b'HEAD^{commit}') + name_line(b'HEAD:' + os.fsencode(path))
    answer = ask(repo, 'cat-file', '--batch', data=names)
    found = answered(answer)
    if len(found) != 2:
        raise lost('cat-file')
    if found[0] is None:
        return Head('', '', None)
    commit = object_name(answer[: answer.index(b' ')], 'cat-file')
    if found[1] is None:
        return Head(commit, '', None)
    name, kind, _ = answer[answer.index(b'\n') + 1 + len(found[0]) + 1 :].split(b' ', 2)
    if kind != b'blob':
        return Head(commit, '', None)
    return Head(commit, object_name(name, 'cat-file'), found[1])
