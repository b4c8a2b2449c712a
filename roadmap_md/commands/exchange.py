"""What ``sync`` does with others, and how it tells of it: take in, push."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from .. import git, upstream
from ..errors import UserError
from ..escape import visible
from ..git import Repository, remote
from ..output.terminal import Painter, counted
from ..route import Route, route
from ..upstream import Conflict, Exchange, Taken

_MOST = 5  # commits of others that are shown, and conflicts


class Wanted(NamedTuple):
    """What was asked for; *remote* and *branch* are empty where git's configuration decides."""

    trackers: tuple[str, ...]
    remote: str = ''
    branch: str = ''
    merge: bool = False
    push: bool = True
    dry_run: bool = False


class Told(NamedTuple):
    """The exit code, lines for people, and what JSON says; *calm* is for when there is no line."""

    code: int
    rows: Sequence[str]
    parts: dict[str, Any]
    calm: str = ''


def exchange(repo: Repository, wanted: Wanted, planned: int, paint: Painter) -> Told:
    """Take in and push. *planned* commits would be there too if this were no dry run.

    Exit 1, with nothing moved, where both sides conflict.
    """
    way = _route(repo, wanted)
    if way is None:
        return Told(0, [], {'upstream': None, 'taken': [], 'sent': 0, 'conflicts': []})
    if wanted.dry_run:
        return _foreseen(repo, way, wanted, planned, paint)
    options = upstream.Options(wanted.trackers, wanted.merge, wanted.push)
    done = upstream.exchange(repo, way, options)
    for said in done.recovered:
        print(f'roadmap-md: {visible(said)}', file=sys.stderr)
    rows = [row for taken in done.taken for row in _told(repo, way, taken, paint)]
    if done.sent:
        rows.append(f'{paint("↑", "green")} {counted(done.sent, "commit")} to {_name(way.target)}')
    if done.conflict:
        for row in _conflict(repo, way, done.conflict, wanted.merge):
            print(row, file=sys.stderr)
    return Told(1 if done.conflict else 0, rows, _parts(way, done), _calm(way, wanted))


def _calm(way: Route, wanted: Wanted) -> str:
    return f'up to date with {_name(way.source)}' if wanted.push else 'nothing to take in'


def _route(repo: Repository, wanted: Wanted) -> Route | None:
    """Where to; None where nobody is to be asked, and nothing sent."""
    try:
        return route(repo, wanted.remote, wanted.branch)
    except UserError:
        if wanted.push or wanted.remote or wanted.branch:
            raise
        return None


def _name(place: remote.Place | None) -> str:
    return visible(str(place))


def _foreseen(repo: Repository, way: Route, wanted: Wanted, planned: int, paint: Painter) -> Told:
    ours, theirs = upstream.fetched(repo, way.branch, way.source)
    rows = []
    ahead, behind = remote.apart(repo, ours, theirs) if theirs else (0, 0)
    if behind:
        rows.append(f'would take in {counted(behind, "commit")} from {_name(way.source)}')
        rows += _subjects(repo, theirs, ours, behind, paint)
    if wanted.push:
        waiting = upstream.waiting(repo, way, ours, theirs, ahead) + planned
        if waiting:
            rows.append(f'would send {counted(waiting, "commit")} to {_name(way.target)}')
    taken = [Taken('', behind, ours, theirs, theirs)] if behind else []
    parts = _parts(way, Exchange(tuple(taken), waiting if wanted.push else 0))
    return Told(0, rows, parts, _calm(way, wanted))


def _told(repo: Repository, way: Route, taken: Taken, paint: Painter) -> Iterator[str]:
    if taken.conflict:
        return
    came = f'{counted(taken.commits, "commit")} from {_name(way.source)}'
    how = {'rebase': ', and yours on top', 'merge': ', merged'}.get(taken.how, '')
    yield f'{paint("↓", "green")} {came}{how}'
    yield from _subjects(repo, taken.theirs, taken.old, taken.commits, paint)


def _subjects(repo: Repository, new: str, old: str, number: int, paint: Painter) -> Iterator[str]:
    """The latest of the *number* commits that came."""
    for commit, author, subject in remote.subjects(repo, new, old, _MOST):
        yield f'  {paint(commit[:7], "dim")} {visible(subject)}  {paint(visible(author), "dim")}'
    if number > _MOST:
        yield paint(f'  and {number - _MOST} more', 'dim')


def _conflict(repo: Repository, way: Route, conflict: Conflict, merge: bool) -> Iterator[str]:
    """What conflicts, and how to go on."""
    from ..disputed import disputed

    paths = ', '.join(visible(path) for path, _ in conflict.files)
    verb = 'conflicts' if len(conflict.files) == 1 else 'conflict'
    yield f'roadmap-md: {paths} {verb} with {_name(way.source)}, and nothing was moved'
    if conflict.commit:
        yield f'  in {visible(conflict.commit)}'
    found = [(path, one) for path, data in conflict.files for one in disputed(data)]
    for path, one in found[:_MOST]:
        where = f' {visible(path)}' if len(conflict.files) > 1 else ''
        # A rebase puts our commits on theirs, so that "ours" is what they have.
        here, there = (one.ours, one.theirs) if merge else (one.theirs, one.ours)
        for side, rows in ((f'here{where}', here), ('there', there)):
            for row in rows or (b'(nothing)',):
                yield f'  {side:5}  {visible(row.decode(errors="replace"))}'
                side = ''
    if len(found) > _MOST:
        yield f'  and {len(found) - _MOST} more'
    first = '' if git.merge_driver(repo) else 'roadmap-md install, then '
    yield f'  to settle it: {first}{_by_hand(way, merge)}, and sync again'


def _by_hand(way: Route, merge: bool) -> str:
    """The command that comes to the same conflict, in the work tree."""
    from shlex import quote

    if way.source.tracking:
        name = quote(visible(way.source.tracking.removeprefix('refs/remotes/')))
        return f'git merge {name}' if merge else f'git rebase {name}'
    how = '--no-rebase' if merge else '--rebase'
    ref = way.source.ref.removeprefix(remote.HEADS)
    return f'git pull {how} {quote(visible(way.source.remote))} {quote(visible(ref))}'


def _parts(way: Route, done: Exchange) -> dict[str, Any]:
    conflict = done.conflict
    if conflict:
        from ..disputed import disputed
    return {
        'upstream': str(way.source),
        'taken': [
            {'how': taken.how or None, 'commits': taken.commits, 'from': taken.old, 'to': taken.new}
            for taken in done.taken if not taken.conflict
        ],
        'sent': done.sent,
        'conflicts': [
            {'path': path, 'lines': [one.line for one in disputed(data)]}
            for path, data in (conflict.files if conflict else ())
        ],
    }  # fmt: skip
