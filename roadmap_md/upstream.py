"""What others have done is taken in, and what was done here is sent to them.

Where both have moved, our commits go on top of theirs in a work tree of their own, and only if that
went well do branch and files move. Nothing is ever forced, and nothing that was edited is touched.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from . import commit, files, git, journal
from .errors import UserError
from .git import Repository, remote
from .git.remote import Branch, Place
from .journal import place
from .route import Route

if TYPE_CHECKING:
    from .git.aside import Aside

TRIES = 10  # pushes, each after somebody else was first
_LONGEST_PAUSE = 120.0  # seconds between two of them


class Unmerged(NamedTuple):
    """A file that conflicts: *data* is what git left in it, and it is not *in_ours* if deleted."""

    path: str
    data: bytes
    in_ours: bool
    in_theirs: bool


class Conflict(NamedTuple):
    """Files that conflict, and the commit that does it."""

    commit: str
    files: tuple[Unmerged, ...]


class Taken(NamedTuple):
    """*commits*, up to *theirs*, were taken in by ``fast-forward``, ``rebase`` or ``merge``.

    The branch was at *old* before, and is at *new*, which is *ahead* of theirs. *recovered* says
    what was done about a run that was killed.
    """

    how: str = ''
    commits: int = 0
    old: str = ''
    theirs: str = ''
    new: str = ''
    ahead: int = 0
    conflict: Conflict | None = None
    recovered: str = ''


class Sent(NamedTuple):
    """So many commits were sent, after somebody else was first so many times (*retries*)."""

    commits: int
    retries: int = 0


class Options(NamedTuple):
    """*trackers* are paths from the top, which are merged by tasks."""

    trackers: tuple[str, ...]
    merge: bool = False
    push: bool = True


def fetched(repo: Repository, branch: Branch, source: Place) -> tuple[str, str]:
    """The commit of *branch*, and that which is at *source*, now here too; empty if there is none.

    Raises UserError where nobody answers, or the branch is gone.
    """
    with _talking(repo, source) as held:
        try:
            return remote.fetch(held, source, branch.ref)
        except remote.Gone:
            raise UserError(
                f'{source} is gone: somebody has deleted or renamed it',
                f'git push {source.remote} HEAD:{source.ref} makes it again',
            ) from None
        except UserError as error:
            raise UserError(
                f'nothing was taken in or sent, for {source} could not be fetched. '
                f'git said: {error.message}',
                'what you have committed is safe here; sync again when that is mended',
            ) from error


@contextmanager
def _talking(repo: Repository, there: Place) -> Iterator[Repository]:
    """Within, git moves what stands here for *there*. A lock that a killed one left is deleted.

    Where another run talks as well, nothing is deleted: the lock may be a living git's.
    """
    mark = place(repo, 'talking')
    os.makedirs(os.path.dirname(mark), exist_ok=True)
    with open(mark, 'ab') as file:
        if not journal.flock(file.fileno()):
            yield repo
            return
        left = os.fstat(file.fileno())
        if left.st_size:
            locks = remote.tracking_locks(repo, there)
            journal.remove_ref_locks(locks, left.st_mtime_ns, lambda name: True)
        file.write(b'begun\n')
        file.flush()
        try:
            yield repo._replace(held=(*repo.held, file.fileno()))
        finally:
            files.discard(mark)


def exchange(repo: Repository, way: Route, options: Options) -> Iterator[Taken | Sent]:
    """Take in what is there, send what is here, again when somebody was first.

    A conflict ends it. Raises UserError where nobody answers, edits are in the way, or the other
    side refuses; then nothing is lost, and what was taken in stays.
    """
    for attempt in range(TRIES):
        begun = time.monotonic()
        ours, theirs = fetched(repo, way.branch, way.source)
        ahead, behind = remote.apart(repo, ours, theirs) if theirs not in ('', ours) else (0, 0)
        if behind:
            taken = take_in(repo, way, theirs, options)
            yield taken
            ours, ahead = taken.new, taken.ahead
            if taken.conflict:
                return
        to_send = waiting(repo, way, ours, theirs, ahead) if options.push else 0
        if not to_send:
            return
        assert way.target
        with _talking(repo, way.target) as held:
            pushed = remote.push(held, way.target, way.branch.ref)
        if pushed.done:
            yield Sent(to_send, attempt)
            return
        if not _was_first(pushed):
            raise UserError(
                f'{way.target} did not take what was sent, and all is safe here. '
                f'git said: {pushed.words or pushed.refused}',
                'mend that, then sync again',
            )
        time.sleep(_some_time(attempt, time.monotonic() - begun))
    raise UserError(
        f'{TRIES} times somebody else was first at {way.target}, and all is safe here',
        'sync again when it is quieter there',
    )


def _some_time(attempt: int, took: float) -> float:
    """Seconds until the next try, after one that *took* so long: others wait, and not for as long.

    The more there are, the more often somebody was first and the longer a try takes. Exponential
    backoff with full jitter, of which it has long been measured that a crowd is done soonest:
    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    from random import uniform

    return uniform(0, min(took * 2 ** (attempt + 1), _LONGEST_PAUSE))


def waiting(repo: Repository, way: Route, ours: str, theirs: str, ahead: int) -> int:
    """How many commits are to be sent; *ours* is *ahead* of *theirs* by so many.

    Raises UserError where it is not clear to where.
    """
    if way.target == way.source and theirs:
        return ahead
    tracking = way.target.tracking if way.target else way.source.tracking
    there = remote.seen(repo, tracking) if tracking and theirs else ''
    if there == ours:
        return 0
    if way.target is None:
        name = way.branch.name
        raise UserError(
            f'{name} takes in {way.source}, and push.default does not say where it is sent',
            'say which branch with --branch, or take in only: --no-push',
        )
    if there:
        return remote.apart(repo, ours, there)[0]
    return remote.count(repo, ours, way.target.remote)


# What git says when the other end has moved on, before the push or while it was under way.
_FIRST = (
    '(fetch first)', '(non-fast-forward)', '(stale info)', 'cannot lock ref',
    'failed to update ref', 'incorrect old value', 'reference already exists',
    'failed to lock', 'unable to lock',
)  # fmt: skip


def _was_first(pushed: remote.Pushed) -> bool:
    """Whether somebody else was first, so that it is worth another try."""
    return any(words in pushed.refused for words in _FIRST)


def take_in(repo: Repository, way: Route, theirs: str, options: Options) -> Taken:
    """Let the branch have all that the commit *theirs* has, and what a killed run had left."""
    from .move import Move, move

    with commit.alone(repo) as (held, recovered):
        ours = remote.seen(held, way.branch.ref)
        ahead, behind = remote.apart(held, ours, theirs)
        taken = Taken('', behind, ours, theirs, ours, ahead, recovered=recovered or '')
        if not behind:
            return taken
        if git.unmerged(held):
            raise UserError('there are conflicts in the index', 'settle them, then git add')
        if not ahead:
            why = f'roadmap-md sync: fast-forward to {way.source}'
            move(held, Move(way.branch.ref, ours, theirs, why), options.trackers)
            remote.after_merge(held)
            return taken._replace(how='fast-forward', new=theirs)
        taken = taken._replace(how='merge' if options.merge else 'rebase')
        new, conflict = _joined(held, way, ours, theirs, options)
        if conflict:
            return taken._replace(conflict=conflict)
        why = f'roadmap-md sync: {taken.how} {"with" if options.merge else "onto"} {way.source}'
        move(held, Move(way.branch.ref, ours, new, why), options.trackers)
        return taken._replace(new=new, ahead=remote.apart(held, new, theirs)[0])


def _joined(
    repo: Repository, way: Route, ours: str, theirs: str, options: Options
) -> tuple[str, Conflict | None]:
    """The commit that has all of both, made in a work tree of its own; or what conflicts."""
    if not remote.related(repo, ours, theirs):
        shallow = os.path.exists(os.path.join(repo.common, 'shallow'))
        raise UserError(
            f'{way.branch.name} and {way.source} have no commit in common',
            'this clone is shallow: git fetch --unshallow gets the rest'
            if shallow
            else 'see with git log --graph --all what they are, or name another with --branch',
        )
    from . import driver, rebase  # which are seldom needed
    from .git import aside

    if not options.merge and (new := rebase.rebased(repo, ours, theirs, options.trackers)):
        return new, None

    # A file that they have moved is merged at its new place.
    moved = (git.moved_to(repo, theirs, path) for path in options.trackers)
    trackers = list(dict.fromkeys((*options.trackers, *filter(None, moved))))
    configured = driver.for_one_run(repo, trackers, place(repo, 'attributes'))
    patterns = [driver.pattern(path) for path in (*trackers, *rebase.READ)]
    beside_us = place(repo, 'rebase')
    try:
        beside = aside.beside(repo, beside_us, ours, patterns, configured)
        answer = beside.run(*_command(repo, way, ours, theirs, options))
        if answer.code == 0:
            return beside.head(), None
        if conflict := _conflict(beside):
            return '', conflict
    finally:
        aside.remove(repo, beside_us)
        files.discard(place(repo, 'attributes'))
    verb = 'merge' if options.merge else 'rebase'
    raise UserError(
        f'git {verb} failed, and nothing was moved. git said: {answer.words}',
        'mend that, then sync again',
    )


def _command(
    repo: Repository, way: Route, ours: str, theirs: str, options: Options
) -> tuple[str, ...]:
    # What rerere knows is for the one who settles it, and looks at it then.
    unsettled = '-c', 'rerere.autoUpdate=false'
    if options.merge:
        said = f'Merge {way.source} into {way.branch.name}'
        return *unsettled, 'merge', '--quiet', '--ff', '--no-autostash', '-m', said, theirs
    merges = ('--rebase-merges',) if remote.has_merges(repo, ours, theirs) else ()
    # No other branch moves along (rebase.updateRefs), and none is known to have been rewritten.
    return (
        *unsettled, '-c', 'rebase.updateRefs=false', 'rebase', '--quiet', '--merge',
        '--no-autostash', '--no-fork-point', *merges, theirs,
    )  # fmt: skip


def _conflict(beside: 'Aside') -> Conflict | None:
    """What git has stopped at, if it is a conflict."""
    found = []
    for path, stages in beside.unmerged().items():
        full = os.path.join(beside.top, path)
        is_file = os.path.isfile(full) and not os.path.islink(full)
        data = files.read(full) if is_file else b''
        found.append(Unmerged(path, data, '2' in stages, '3' in stages))
    return Conflict(beside.stopped_at(), tuple(found)) if found else None
