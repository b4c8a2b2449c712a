"""What commits are between others, what they changed, and the other names of a file."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from .objects import head_blob
from .process import QUESTION, QUESTION_OPTIONS, Repository, ask, dropped, lost, object_name, run


class Rename(NamedTuple):
    """A file that was at *path*, with that *blob*, before it was at *target*."""

    path: str
    blob: str
    target: str


def first_since(repo: Repository, commit: str, path: str) -> str:
    """The first commit after *commit*, on the way to HEAD, that changed *path*; empty if none.

    Only a recovery asks this, and nobody waits for one: so it goes through GitPython, as git's
    command run by it. Its Repo and its index are not used: they know nothing of sha256
    repositories or of hooks. It starts from the whole environment and can only add to that,
    hence ``env -u``.
    """
    from git.cmd import Git  # 80 ms

    code, out, _ = Git(repo.top).execute(
        [
            'env', *(f'-u{name}' for name in dropped(os.environ)), 'git', *QUESTION_OPTIONS,
            'rev-list', '--first-parent', '--reverse', f'{commit}..HEAD', '--', path,
        ],
        env=QUESTION, with_extended_output=True, with_exceptions=False, stdout_as_string=False,
        strip_newline_in_stdout=False,
    )  # fmt: skip
    if code:
        raise lost('rev-list')
    first = bytes(out).partition(b'\n')[0]
    return object_name(first, 'rev-list') if first else ''


def changed_paths(repo: Repository, parent: str, commit: str, added: bool = False) -> list[str]:
    """The paths that *commit* has otherwise than its *parent*, which may be none.

    Only those that are *added*, if asked so.
    """
    sides = (parent, commit) if parent else ('--root', '--no-commit-id', commit)
    wanted = ('--diff-filter=A',) if added else ()
    out = ask(repo, 'diff-tree', '-r', '-z', '--name-only', '--no-renames', *wanted, *sides, '--')
    return [os.fsdecode(path) for path in out.split(b'\0')[:-1]]


def renamed_from(repo: Repository, parent: str, commit: str, path: str) -> Rename | None:
    """What *path* in *commit*, or in the index, was called in *parent*; None where it is new."""
    renames = _renames(repo, parent, commit)
    return next((rename for rename in renames if rename.target == path), None)


def _renames(repo: Repository, parent: str, commit: str) -> Iterator[Rename]:
    """The files of *parent* that have another name in *commit*, or in the index without one.

    Git calls it a copy where something else took the old name at once (``-B``); without ``-C`` it
    tells of no other copies.
    """
    between = (parent, commit) if commit else (parent,)
    # `log` asks this, and runs nothing that a repository's configuration names
    index = ('-c', 'core.fsmonitor=false', 'diff-index', '--cached')
    verb = ('diff-tree',) if commit else index
    fields = iter(
        ask(
            repo, *verb, '-r', '-z', '--raw', '--no-abbrev', '--no-ext-diff', '-B', '-M',
            '-l1000', '--diff-filter=RC', *between, '--',
        ).split(b'\0')[:-1]
    )  # fmt: skip
    for field in fields:
        words = field.split(b' ')
        if len(words) != 5 or words[4][:1] not in b'RC':
            raise lost('diff-tree')
        source, target = next(fields, b''), next(fields, b'')
        if words[0][1:4] == b'100':
            blob = object_name(words[2], 'diff-tree')
            yield Rename(os.fsdecode(source), blob, os.fsdecode(target))


def deletion(repo: Repository, commit: str, path: str) -> str:
    """The commit at or before *commit* that deleted *path*, which is not there; empty if none.

    One that only moved it away deleted nothing.
    """
    out = ask(repo, 'rev-list', '-1', '--parents', '--end-of-options', commit, '--', path)
    names = [object_name(name, 'rev-list') for name in out.split()]
    for parent in names[1:]:
        if any(rename.path == path for rename in _renames(repo, parent, names[0])):
            return ''
    return names[0] if names else ''


def moved_to(repo: Repository, commit: str, path: str) -> str:
    """What *path*, as it was called before or is, is called in *commit*; empty if it is gone."""
    seen: set[str] = set()
    while path not in seen and not head_blob(repo, path, commit):
        seen.add(path)
        out = ask(repo, 'rev-list', '-1', '--parents', '--end-of-options', commit, '--', path)
        last, *parents = [object_name(name, 'rev-list') for name in out.split()] or ['']
        renames = (rename for parent in parents for rename in _renames(repo, parent, last))
        path = next((rename.target for rename in renames if rename.path == path), '')
        if not path:
            return ''
    return '' if path in seen else path


class Altered(NamedTuple):
    """What makes git tell of the past otherwise than it was: the contents of its files and refs."""

    shallow: bytes
    grafts: bytes
    replaced: bytes


def altered(repo: Repository) -> Altered:
    replaced = b''
    if _may_replace(repo):
        question = ('for-each-ref', '--format=%(objectname) %(refname)', 'refs/replace/')
        replaced = ask(repo, *question)
    if replaced:
        used = run(repo.top, ('config', '--type=bool', '--get', 'core.useReplaceRefs')).out
        replaced = b'' if used == b'false\n' else replaced
    return Altered(_kept(repo, 'shallow'), _kept(repo, 'info', 'grafts'), replaced)


def _may_replace(repo: Repository) -> bool:
    """No where that is seen without git, which would take as long as all else here.

    https://git-scm.com/docs/gitrepository-layout
    """
    loose, other = (os.path.join(repo.common, *of) for of in (('refs', 'replace'), ('reftable',)))
    present = os.path.lexists(loose) or os.path.lexists(other)
    return present or b' refs/replace/' in _kept(repo, 'packed-refs')


def _kept(repo: Repository, *parts: str) -> bytes:
    try:
        with open(os.path.join(repo.common, *parts), 'rb') as file:
            return file.read()
    except FileNotFoundError:
        return b''


def commits(repo: Repository, included: str, excluded: str) -> frozenset[str]:
    """The commits up to *included* and not up to *excluded*; UserError where git lacks one."""
    out = ask(repo, 'rev-list', '--end-of-options', included, f'^{excluded}', '--')
    return frozenset(object_name(name, 'rev-list') for name in out.split())


def newest_first(repo: Repository) -> list[str]:
    """The commits of HEAD, each before its parents, whatever their dates are."""
    out = ask(repo, 'rev-list', '--topo-order', 'HEAD', '--')
    return [object_name(name, 'rev-list') for name in out.split()]


def have_merges(repo: Repository, one: str, other: str) -> bool:
    """Are there merges before one of two commits and not before the other?"""
    options = ('rev-list', '--merges', '--max-count=1', '--end-of-options')
    return bool(ask(repo, *options, f'{one}...{other}', '--'))
