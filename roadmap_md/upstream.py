"""What others have done is taken in, and what was done here is sent to them.

Where both have moved, our commits go on top of theirs in a work tree of their own, and only if that
went well do branch and files move. Nothing is ever forced, and nothing that was edited is touched.
"""

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from . import commit, driver, files, git, journal
from .errors import UserError
from .git import Aside, Branch, Place, Repository
from .journal import place
from .move import Move, move

TRIES = 10  # pushes, each after somebody else was first


class Route(NamedTuple):
    """The branch that is here, what it takes in, and where it is sent (if git says where)."""

    branch: Branch
    source: Place
    target: Place | None


class Conflict(NamedTuple):
    """Files that conflict, with the bytes that git left in each, and the commit that does it."""

    commit: str
    files: tuple[tuple[str, bytes], ...]


class Taken(NamedTuple):
    """*commits*, up to *theirs*, were taken in by ``fast-forward``, ``rebase`` or ``merge``.

    The branch was at *old* before, and is at *new*.
    """

    how: str = ''
    commits: int = 0
    old: str = ''
    theirs: str = ''
    new: str = ''
    conflict: Conflict | None = None


class Exchange(NamedTuple):
    """All that was taken in, in one or more goes, and how many commits were *sent*."""

    taken: tuple[Taken, ...] = ()
    sent: int = 0
    recovered: tuple[str, ...] = ()

    @property
    def conflict(self) -> Conflict | None:
        return self.taken[-1].conflict if self.taken else None


class Options(NamedTuple):
    """*trackers* are paths from the top, which are merged by tasks."""

    trackers: tuple[str, ...]
    merge: bool = False
    push: bool = True


def route(repo: Repository, remote: str = '', name: str = '') -> Route:
    """Where the branch goes that HEAD is on, by git's configuration or by *remote* and *name*.

    Raises UserError where that is not said.
    """
    branch = git.branch(repo)
    if branch is None:
        raise UserError(
            'HEAD is on no branch, so there is nothing to take in or to send',
            'git switch to a branch, or make one of what you have: git switch -c NAME',
        )
    if not branch.commit:
        raise UserError(f'{branch.name} has no commit yet', 'make the first one, then try again')
    upstream = branch.upstream
    if remote or name:
        return _named(repo, branch, remote, name)
    if upstream is None:
        raise UserError(f'{branch.name} has no upstream', _how_to_set_one(repo, branch))
    return Route(branch, upstream, _target(branch, upstream))


def _named(repo: Repository, branch: Branch, remote: str, name: str) -> Route:
    """By what was given on the command line, and the upstream for what was not."""
    upstream = branch.upstream
    known = git.remotes(repo)
    if remote and remote not in known:
        listed = ', '.join(known) or 'there is none'
        raise UserError(f'no remote is called {remote!r}', f'git remote: {listed}')
    if not remote:
        if upstream is None and len(known) != 1:
            raise UserError(f'{branch.name} has no upstream', 'say which remote: --remote NAME')
        remote = upstream.remote if upstream else known[0]
    is_upstream = upstream is not None and upstream.remote == remote
    ref = git.HEADS + name if name else upstream.ref if upstream and is_upstream else branch.ref
    if upstream and is_upstream and upstream.ref == ref:
        return Route(branch, upstream, upstream)
    there = Place(remote, ref)
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
    from shlex import quote

    known = git.remotes(repo)
    remote = 'origin' if 'origin' in known or not known else known[0]
    push = f'git push -u {quote(remote)} {quote(branch.name)}'
    return push if known else f'git remote add origin URL, then {push}'


def fetched(repo: Repository, source: Place) -> str:
    """The commit that is at *source*, now here too; empty where nobody has sent any yet.

    Raises UserError where nobody answers, or the branch is gone.
    """
    before = git.seen(repo, source.tracking) if source.tracking else ''
    with _talking(repo, source):
        try:
            theirs = git.fetch(repo, source)
        except UserError as error:
            raise UserError(
                f'nothing was taken in or sent, for {source} could not be fetched. '
                f'git said: {error.message}',
                'what you have committed is safe here; sync again when that is mended',
            ) from error
    if before and not theirs:
        raise UserError(
            f'{source} is gone: somebody has deleted or renamed it',
            f'git push {source.remote} HEAD:{source.ref} makes it again',
        )
    return theirs


@contextmanager
def _talking(repo: Repository, there: Place) -> Iterator[None]:
    """Within, git moves what stands here for *there*. A lock that a killed one left is deleted."""
    mark = place(repo, 'talking')
    with suppress(FileNotFoundError):
        since = os.stat(mark).st_mtime_ns
        journal.remove_ref_locks(git.tracking_locks(repo, there), since, lambda name: True)
    os.makedirs(os.path.dirname(mark), exist_ok=True)
    with open(mark, 'wb'):
        pass
    yield
    files.discard(mark)


def exchange(repo: Repository, way: Route, options: Options) -> Exchange:
    """Take in what is there, send what is here, again when somebody was first.

    Raises UserError where nobody answers, edits are in the way, or the other side refuses; then
    nothing is lost, and what was taken in stays.
    """
    done = Exchange()
    for attempt in range(TRIES):
        theirs = fetched(repo, way.source)
        ours = _ours(repo, way)
        if theirs and theirs != ours:
            taken, recovered = take_in(repo, way, theirs, options)
            done = done._replace(
                taken=(*done.taken, taken) if taken.how else done.taken,
                recovered=(*done.recovered, recovered) if recovered else done.recovered,
            )
            ours = taken.new
        if done.conflict or not options.push:
            return done
        left = waiting(repo, way, ours, theirs)
        if not left:
            return done
        assert way.target
        with _talking(repo, way.target):
            pushed = git.push(repo, way.target, way.branch.ref)
        if pushed.done:
            return done._replace(sent=left)
        if not _was_first(pushed):
            raise UserError(
                f'{way.target} did not take what was sent, and all is safe here. '
                f'git said: {pushed.words or pushed.refused}',
                'mend that, then sync again',
            )
        time.sleep(random.uniform(0.05, 0.2) * (attempt + 1))
    raise UserError(
        f'{TRIES} times somebody else was first at {way.target}, and all is safe here',
        'sync again when it is quieter there',
    )


def _ours(repo: Repository, way: Route) -> str:
    return git.seen(repo, way.branch.ref)


def waiting(repo: Repository, way: Route, ours: str, theirs: str) -> int:
    """How many commits are to be sent. Raises UserError where it is not clear to where."""
    if way.target == way.source:
        there = theirs
    else:
        tracking = way.target.tracking if way.target else way.source.tracking
        there = git.seen(repo, tracking) if tracking else ''
    if there == ours:
        return 0
    if way.target is None:
        name = way.branch.name
        raise UserError(
            f'{name} takes in {way.source}, and push.default does not say where it is sent',
            'say which branch with --branch, or take in only: --no-push',
        )
    return git.apart(repo, ours, there)[0] if there else git.count(repo, ours, way.target.remote)


# What git says when the other end has moved on, before the push or while it was under way.
_FIRST = (
    '(fetch first)', '(non-fast-forward)', '(stale info)', 'cannot lock ref',
    'failed to update ref', 'incorrect old value', 'reference already exists',
    'failed to lock', 'unable to lock',
)  # fmt: skip


def _was_first(pushed: git.Pushed) -> bool:
    """Whether somebody else was first, so that it is worth another try."""
    return any(words in pushed.refused for words in _FIRST)


def take_in(
    repo: Repository, way: Route, theirs: str, options: Options
) -> tuple[Taken, str | None]:
    """Let the branch have all that the commit *theirs* has, and what a killed run had left."""
    with commit.alone(repo) as (held, recovered):
        ours = _ours(held, way)
        ahead, behind = git.apart(held, ours, theirs)
        if not behind:
            return Taken(new=ours), recovered
        if git.unmerged(held):
            raise UserError('there are conflicts in the index', 'settle them, then git add')
        if not ahead:
            why = f'roadmap-md sync: fast-forward to {way.source}'
            move(held, Move(way.branch.ref, ours, theirs, why), options.trackers)
            git.after_merge(held)
            return Taken('fast-forward', behind, ours, theirs, theirs), recovered
        how = 'merge' if options.merge else 'rebase'
        new, conflict = _joined(held, way, ours, theirs, options)
        if conflict:
            return Taken(how, behind, ours, theirs, ours, conflict), recovered
        why = f'roadmap-md sync: {how} {"with" if options.merge else "onto"} {way.source}'
        move(held, Move(way.branch.ref, ours, new, why), options.trackers)
        return Taken(how, behind, ours, theirs, new), recovered


def _joined(
    repo: Repository, way: Route, ours: str, theirs: str, options: Options
) -> tuple[str, Conflict | None]:
    """The commit that has all of both, made in a work tree of its own; or what conflicts."""
    if not git.related(repo, ours, theirs):
        shallow = os.path.exists(os.path.join(repo.common, 'shallow'))
        raise UserError(
            f'{way.branch.name} and {way.source} have no commit in common',
            'this clone is shallow: git fetch --unshallow gets the rest'
            if shallow
            else 'see with git log --graph --all what they are, or name another with --branch',
        )
    configured = driver.for_one_run(repo, options.trackers, place(repo, 'attributes'))
    patterns = [driver.pattern(path) for path in (*options.trackers, *_READ)]
    top = place(repo, 'rebase')
    try:
        aside = git.beside(repo, top, ours, patterns, configured)
        answer = aside.run(*_command(repo, way, ours, theirs, options))
        if answer.code == 0:
            return aside.head(), None
        if conflict := _conflict(aside):
            return '', conflict
    finally:
        git.remove(repo, top)
        files.discard(place(repo, 'attributes'))
    verb = 'merge' if options.merge else 'rebase'
    raise UserError(
        f'git {verb} failed, and nothing was moved. git said: {answer.words}',
        'mend that, then sync again',
    )


# Beside the trackers: what says how they are to be read and merged.
_READ = ('.gitattributes', 'roadmap-md.toml', 'pyproject.toml')


def _command(
    repo: Repository, way: Route, ours: str, theirs: str, options: Options
) -> tuple[str, ...]:
    if options.merge:
        said = f'Merge {way.source} into {way.branch.name}'
        return 'merge', '--quiet', '--ff', '--no-autostash', '-m', said, theirs
    merges = ('--rebase-merges',) if git.has_merges(repo, ours, theirs) else ()
    # No other branch moves along (rebase.updateRefs), and none is known to have been rewritten.
    return (
        '-c', 'rebase.updateRefs=false', 'rebase', '--quiet', '--merge', '--no-autostash',
        '--no-fork-point', *merges, theirs,
    )  # fmt: skip


def _conflict(aside: Aside) -> Conflict | None:
    """What git has stopped at, if it is a conflict."""
    found = []
    for path in aside.unmerged():
        full = os.path.join(aside.top, path)
        is_file = os.path.isfile(full) and not os.path.islink(full)
        found.append((path, files.read(full) if is_file else b''))
    return Conflict(aside.stopped_at(), tuple(found)) if found else None
