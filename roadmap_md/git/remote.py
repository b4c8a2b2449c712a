"""Other repositories: which one a branch follows, and what goes to and fro.

Git's own configuration says how (``url.insteadOf``, credentials, proxies). It may ask for a
password only where somebody sits at a terminal.
"""

import os
import re
from typing import NamedTuple

from ..errors import UserError
from .process import Repository, ask, lost, object_name, run, talk

HEADS = 'refs/heads/'
# Where what is fetched is kept meanwhile, if git has no place of its own for it.
_ASIDE = 'refs/worktree/roadmap-md/upstream'
# Which words git uses, we have to know.
_PLAIN = {'LC_ALL': 'C', 'LANGUAGE': ''}


class Place(NamedTuple):
    """A branch elsewhere: *remote* is a name or a URL, *ref* what the branch is called there.

    *tracking* is where this repository keeps what it last saw of it; empty where it does not.
    """

    remote: str
    ref: str
    tracking: str = ''

    def __str__(self) -> str:
        remote = re.sub(r'//[^/@]*@', '//', self.remote)  # a URL may hold a password
        joint = ' of ' if '/' in remote or remote == '.' else ''
        name = self.ref.removeprefix(HEADS)
        return f'{name}{joint}{remote}' if joint else f'{remote}/{name}'


class Branch(NamedTuple):
    """The branch that HEAD is on, its commit (empty before the first), and where it goes.

    *push_remote* is where ``git push`` goes, *pushed* the ref that stands here for what it goes to.
    """

    name: str
    commit: str
    upstream: Place | None = None
    push_remote: str = ''
    pushed: str = ''
    push_ref: str = ''

    @property
    def ref(self) -> str:
        return HEADS + self.name


class Pushed(NamedTuple):
    """What came of a push. *refused* is why the other side has not taken it, in git's words."""

    done: bool
    refused: str
    words: str


def is_branch_name(repo: Repository, name: str) -> bool:
    """Whether a branch may be called *name*, which so is no more than a name."""
    return run(repo.top, ('check-ref-format', HEADS + name)).code == 0


class Gone(Exception):
    """A branch that was there is there no more."""


def branch(repo: Repository) -> Branch | None:
    """The branch that HEAD is on; None where it is on none."""
    answer = run(repo.top, ('symbolic-ref', '--quiet', 'HEAD'))
    ref = os.fsdecode(answer.out.removesuffix(b'\n'))
    if answer.code or not ref.startswith(HEADS):
        return None
    name = ref.removeprefix(HEADS)
    fields = (
        'refname', 'objectname', 'upstream', 'upstream:remotename', 'upstream:remoteref',
        'push:remotename', 'push', 'push:remoteref',
    )  # fmt: skip
    asked = '%00'.join(f'%({field})' for field in fields)
    out = ask(repo, 'for-each-ref', f'--format={asked}%00', '--end-of-options', ref)
    said = [os.fsdecode(field) for field in out.removesuffix(b'\n').split(b'\0')[:-1]]
    if not said:
        return Branch(name, '')
    if len(said) != len(fields) or said[0] != ref:
        raise lost('for-each-ref')
    _, commit, tracking, remote, theirs, push_remote, pushed, push_ref = said
    if not (remote and theirs):  # a URL, or a branch that this clone does not fetch
        remote, theirs = (
            os.fsdecode(run(repo.top, ('config', '--get', f'branch.{name}.{key}')).out[:-1])
            for key in ('remote', 'merge')
        )
    upstream = Place(remote, theirs, tracking) if remote and theirs else None
    return Branch(name, commit, upstream, push_remote or remote, pushed, push_ref)


def remotes(repo: Repository) -> list[str]:
    """The names of the remotes that are configured."""
    return os.fsdecode(ask(repo, 'remote')).splitlines()


def fetch(repo: Repository, place: Place, ours: str) -> tuple[str, str]:
    """The commit of the ref *ours*, and that which is at *place* now, which is here then.

    It is empty where there is no such branch. Raises UserError, in git's own words, where nobody
    answers.
    """
    kept = place.tracking or _ASIDE
    wanted = place.ref if place.tracking else f'+{place.ref}:{_ASIDE}'
    options = ('fetch', '--quiet', '--no-write-fetch-head', '--no-recurse-submodules')
    answer = talk(repo, *options, '--end-of-options', place.remote, wanted, environment=_PLAIN)
    is_missing = f"couldn't find remote ref {place.ref}" in answer.words
    if answer.code and not is_missing:
        raise UserError(answer.words or f'git fetch ended with {answer.code}')
    out = ask(repo, 'for-each-ref', '--format=%(refname) %(objectname)', ours, kept)
    found = dict(row.rsplit(' ', 1) for row in os.fsdecode(out).splitlines())
    if is_missing and place.tracking in found:
        raise Gone
    if kept == _ASIDE and _ASIDE in found:
        ask(repo, 'update-ref', '-d', '--end-of-options', _ASIDE)
    if ours not in found or (kept not in found and not is_missing):
        raise lost('for-each-ref')
    theirs = '' if is_missing else object_name(found[kept].encode(), 'for-each-ref')
    return object_name(found[ours].encode(), 'for-each-ref'), theirs


def push(repo: Repository, place: Place, source: str) -> Pushed:
    """Send the commit of the ref *source* to *place*; never by force."""
    answer = talk(
        repo, 'push', '--porcelain', '--end-of-options', place.remote, f'{source}:{place.ref}',
        environment=_PLAIN,
    )  # fmt: skip
    rows = answer.out.decode(errors='replace').splitlines()
    refused = (row.rpartition('\t')[2] for row in rows if row.startswith('!\t'))
    return Pushed(answer.code == 0, next(refused, ''), answer.words)


def seen(repo: Repository, ref: str) -> str:
    """The commit of *ref*; empty where there is no such ref."""
    answer = run(
        repo.top, ('rev-parse', '--verify', '--quiet', '--end-of-options', f'{ref}^{{commit}}')
    )
    return object_name(answer.out.strip(), 'rev-parse') if not answer.code else ''


def apart(repo: Repository, ours: str, theirs: str) -> tuple[int, int]:
    """How many commits *ours* has that *theirs* has not, and the other way round."""
    out = ask(repo, 'rev-list', '--left-right', '--count', f'{ours}...{theirs}', '--')
    numbers = out.split()
    if len(numbers) != 2 or not all(number.isdigit() for number in numbers):
        raise lost('rev-list')
    return int(numbers[0]), int(numbers[1])


def related(repo: Repository, ours: str, theirs: str) -> bool:
    """Whether the two commits have one in common, as far as this clone goes back."""
    return run(repo.top, ('merge-base', ours, theirs)).code == 0


def has_merges(repo: Repository, ours: str, theirs: str) -> bool:
    """Whether a merge is among the commits that *ours* has and *theirs* has not."""
    return bool(ask(repo, 'rev-list', '--merges', '--max-count=1', ours, f'^{theirs}', '--'))


def subjects(repo: Repository, new: str, old: str, most: int) -> list[tuple[str, str, str]]:
    """Commit, author and subject of the *most* latest commits that *new* has and *old* has not."""
    out = ask(
        repo, '-c', 'log.showSignature=false', '-c', 'i18n.logOutputEncoding=UTF-8', 'log',
        f'-{most}', '--no-color', '--no-decorate', '--no-notes', '--no-patch', '-z',
        '--format=%H%x00%aN%x00%s', new, f'^{old}', '--',
    )  # fmt: skip
    fields = [field.decode(errors='replace') for field in out.split(b'\0')[:-1]]
    if len(fields) % 3:
        raise lost('log')
    return list(zip(fields[::3], fields[1::3], fields[2::3], strict=True))


def count(repo: Repository, commit: str, remote: str) -> int:
    """How many commits *commit* has that no branch has which is known of *remote*."""
    # a pattern, so that it never is an option; what it has of its own is escaped
    known = '--remotes=' + re.sub(r'([*?\[\\])', r'\\\1', remote)
    return int(ask(repo, 'rev-list', '--count', commit, '--not', known, '--'))


def tracking_locks(repo: Repository, place: Place) -> list[str]:
    """The lock files that git makes while it moves what stands here for *place*."""
    if not place.tracking:
        return [os.path.join(repo.directory, f'{_ASIDE}.lock')]
    return [os.path.join(repo.common, f'{place.tracking}.lock')]


def after_merge(repo: Repository) -> None:
    """Run the user's post-merge hook, as git does after a fast-forward."""
    talk(repo, 'hook', 'run', '--ignore-missing', 'post-merge', '--', '0')
