"""Commits read, and made again on top of another, as a rebase does but without a work tree."""

import os
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .objects import NO_OBJECTS, answered
from .process import DURABLE, Repository, ask, lost, object_name, run
from .worktree import hooks_directory

# Git runs these in a rebase, or for the work tree of one. https://git-scm.com/docs/githooks
HOOKS = (
    'pre-rebase', 'post-checkout', 'prepare-commit-msg', 'post-commit', 'post-rewrite',
    'reference-transaction', 'post-index-change',
)  # fmt: skip
# With any of these a rebase does more than we do here.
_SETTINGS = (
    r'^(commit\.(gpgsign|cleanup)|i18n\.commitencoding|merge\.renormalize'
    r'|notes\.rewriteref|hook\..*)$'
)
# What `git fast-import` takes; of all else it leaves the report of a crash behind.
_AUTHOR = re.compile(rb'author (?:[^<>\0]* )?<[^<>\0]*> \d{1,18} [+-](?:0\d|1[0-3])\d\d')
_RAW = ('diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--no-renames')
_BY_CASE = ('-c', 'core.ignoreCase=false')  # or one name in a commit may become another
_MARK = 1  # by which the stream names the commit that it makes


class Change(NamedTuple):
    """The blobs of a file before and after."""

    path: str
    old: str
    new: str


class Pick(NamedTuple):
    """A commit that only *changes* files; *author* is the line in it, with its date.

    Where theirs *has* the same change already it is left out, even if they took it back since.
    """

    author: bytes
    message: bytes
    changes: tuple[Change, ...]
    has: bool = False


class Made(NamedTuple):
    """A commit to be made: that of *pick*, which has *data* at each of these paths."""

    pick: Pick
    data: dict[str, bytes]


def is_plain(repo: Repository) -> bool:
    """Whether a rebase here only makes commits: it signs none, and runs no hook."""
    said = run(repo.top, ('config', '-z', '--get-regexp', _SETTINGS)).out
    values = [row.partition(b'\n')[2] for row in said.split(b'\0')[:-1]]
    if any(value not in (b'false', b'UTF-8', b'utf-8') for value in values):
        return False
    directory = hooks_directory(repo)
    return not any(os.path.lexists(os.path.join(directory, name)) for name in HOOKS)


def picks(repo: Repository, ours: str, theirs: str) -> tuple[str, list[Pick]]:
    """What *ours* has and *theirs* has not, oldest first, and the commit that these stand on.

    None of them, where they are no plain row of commits that only change ordinary files.
    """
    # As a rebase asks for them. https://git-scm.com/docs/git-rebase#_description
    wanted = ('rev-list', '--reverse', '--topo-order', '--right-only', '--cherry-mark', '--parents')
    rows = ask(repo, *wanted, f'{theirs}...{ours}', '--').splitlines()
    pairs = [row[1:].split(b' ') for row in rows]
    names = [pair[0] for pair in pairs]
    if not pairs or any(len(pair) != 2 for pair in pairs):
        return '', []
    if [pair[1] for pair in pairs[1:]] != names[:-1]:
        return '', []
    changes = _changes(repo, names)
    read = answered(ask(repo, 'cat-file', '--batch', data=b'\n'.join([*names, b''])))
    if len(read) != len(names):
        raise lost('cat-file')
    found = [
        _pick(data, changes.get(name, ()), row.startswith(b'='))
        for data, name, row in zip(read, names, rows, strict=True)
    ]
    usable = [pick for pick in found if pick]
    base = object_name(pairs[0][1], 'rev-list')
    return (base, usable) if len(usable) == len(found) else ('', [])


def _changes(repo: Repository, names: Sequence[bytes]) -> dict[bytes, tuple[Change, ...]]:
    """What each commit changes; nothing for those that do more than that."""
    out = ask(repo, *_RAW, '--stdin', data=b'\n'.join([*names, b'']))
    found: dict[bytes, tuple[Change, ...]] = {}
    unusual = set[bytes]()
    fields = iter(out.split(b'\0')[:-1])
    name = b''
    for field in fields:
        if not field.startswith(b':'):
            name = field
            continue
        change = _change(field, next(fields, b''))
        found[name] = (*found.get(name, ()), change)
        if not change.new:
            unusual.add(name)
    return {name: changes for name, changes in found.items() if name not in unusual}


def _change(about: bytes, path: bytes) -> Change:
    """A row of ``--raw``; without blobs, if it is more than another text in an ordinary file."""
    is_text = about.startswith(b':100644 100644 ') and about.endswith(b' M')
    blobs = [object_name(name, 'diff-tree') for name in about.split(b' ')[2:4]]
    return Change(os.fsdecode(path), *(blobs if is_text else ('', '')))


def _is_no_character(point: int) -> bool:
    # https://www.unicode.org/faq/private_use.html#noncharacters
    return 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE


def _is_kept(author: bytes, message: bytes) -> bool:
    """Whether a rebase keeps both to the byte: it drops blank lines that a message begins with,
    all from a NUL on, and takes what is no UTF-8, or no character, for Latin-1."""
    try:
        text = (author + message).decode()
    except UnicodeDecodeError:
        return False
    if not text.isascii() and any(map(_is_no_character, map(ord, text))):
        return False
    return b'\0' not in message and bool(not message or message.partition(b'\n')[0].strip())


def _pick(commit: bytes | None, changes: tuple[Change, ...], has: bool) -> Pick | None:
    """None for a commit that changes nothing, or says more than who made it, when, and why."""
    head, parted, message = (commit or b'').partition(b'\n\n')
    fields = [row for row in head.split(b'\n') if not row.startswith((b'gpgsig', b' '))]
    names = [field.partition(b' ')[0] for field in fields]
    if not parted or not changes or names != [b'tree', b'parent', b'author', b'committer']:
        return None
    if not _AUTHOR.fullmatch(fields[2]) or not _is_kept(fields[2], message):
        return None
    return Pick(fields[2], message, changes, has)


def changed_since(repo: Repository, old: str, new: str, paths: Iterable[str]) -> dict[str, Change]:
    """Those of *paths* that *new* has otherwise than *old*; blobs are empty for more than text."""
    fields = ask(repo, *_RAW, old, new, '--', *paths).split(b'\0')[:-1]
    changes = map(_change, fields[::2], fields[1::2])
    return {change.path: change for change in changes}


def make(repo: Repository, onto: str, commits: Sequence[Made]) -> str:
    """Make *commits*, one on top of the other, the first on *onto*; the last one's name.

    Empty where git makes none. https://git-scm.com/docs/git-fast-import
    """
    committer = run(repo.top, ('var', 'GIT_COMMITTER_IDENT'))
    if committer.code:
        return ''
    ref = b'refs/roadmap-md/rebase'  # which never is: it is deleted before it is made
    stream = [b'feature done\n']
    last = onto.encode()
    for made in commits:
        stream += (
            b'commit %b\nmark :%d\n%b\n' % (ref, _MARK, made.pick.author),
            b'committer ' + committer.out,
            b'data %d\n%b\nfrom %b\n' % (len(made.pick.message), made.pick.message, last),
        )
        for path, data in made.data.items():
            stream.append(b'M 100644 inline %b\ndata %d\n' % (os.fsencode(path), len(data)))
            stream += data, b'\n'
        last = b':%d' % _MARK
    nothing = next(name for name in NO_OBJECTS if len(name) == len(onto))
    stream.append(b'get-mark :%d\nreset %b\nfrom %b\n\ndone\n' % (_MARK, ref, nothing.encode()))
    answer = run(
        repo.top,
        (*DURABLE, *_BY_CASE, 'fast-import', '--quiet', '--force'),
        b''.join(stream),
        held=repo.held,
    )
    return '' if answer.code else object_name(answer.out.strip(), 'fast-import')
