"""Where a branch goes: what it takes in, and where it is sent, as git's configuration has it."""

from shlex import quote
from typing import NamedTuple

from .errors import UserError
from .git import Repository, remote
from .git.remote import Branch, Place


class Route(NamedTuple):
    """The branch that is here, what it takes in, and where it is sent (if git says where)."""

    branch: Branch
    source: Place
    target: Place | None


def route(repo: Repository, server: str = '', name: str = '') -> Route:
    """Where the branch goes that HEAD is on, by what git has configured.

    Instead of that it may be said: *server* is a remote, *name* a branch there. Raises UserError
    where it is not clear.
    """
    branch = remote.branch(repo)
    if branch is None:
        raise UserError(
            'HEAD is on no branch, so there is nothing to take in or to send',
            'git switch to a branch, or make one of what you have: git switch -c NAME',
        )
    if not branch.commit:
        raise UserError(f'{branch.name} has no commit yet', 'make the first one, then try again')
    upstream = branch.upstream
    if server or name:
        return _named(repo, branch, server, name)
    if upstream is None:
        raise UserError(f'{branch.name} has no upstream', _how_to_set_one(repo, branch))
    return Route(branch, upstream, _target(branch, upstream))


def _named(repo: Repository, branch: Branch, server: str, name: str) -> Route:
    """By what was given on the command line, and the upstream for what was not."""
    upstream = branch.upstream
    known = remote.remotes(repo)
    if server and server not in known:
        hint = 'there are ' + ', '.join(known) if known else 'git remote add NAME URL makes one'
        raise UserError(f"no remote is called '{server}'", hint)
    if name and not remote.is_branch_name(repo, name):
        raise UserError(f"'{name}' is no name for a branch", 'give one such as main')
    if not server:
        if upstream is None and len(known) != 1:
            raise UserError(f'{branch.name} has no upstream', 'say which remote: --remote NAME')
        server = upstream.remote if upstream else known[0]
    is_upstream = upstream is not None and upstream.remote == server
    ref = remote.HEADS + name if name else upstream.ref if upstream and is_upstream else branch.ref
    if upstream and is_upstream and upstream.ref == ref:
        return Route(branch, upstream, upstream)
    there = Place(server, ref)
    return Route(branch, there, there)


def _target(branch: Branch, upstream: Place) -> Place | None:
    """Where ``git push`` would go; None where push.default leaves that open."""
    if branch.push_ref:
        return Place(branch.push_remote, branch.push_ref, branch.pushed)
    if branch.push_remote != upstream.remote:
        return Place(branch.push_remote, branch.ref, branch.pushed)
    if upstream.ref == branch.ref or branch.pushed == upstream.tracking != '':
        return upstream
    return Place(branch.push_remote, branch.ref, branch.pushed) if branch.pushed else None


def _how_to_set_one(repo: Repository, branch: Branch) -> str:
    known = remote.remotes(repo)
    server = 'origin' if 'origin' in known or not known else known[0]
    push = f'git push -u {quote(server)} {quote(branch.name)}'
    return push if known else f'git remote add origin URL, then {push}'
