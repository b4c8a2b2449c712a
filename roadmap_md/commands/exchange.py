"""What ``sync`` does with others, and how it tells of it: take in, push."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from .. import git, upstream
from ..conflicts import Conflict as Marked
from ..conflicts import find_conflicts, line_of
from ..errors import UserError
from ..escape import visible
from ..git import Repository, remote
from ..output.terminal import Painter, counted
from ..route import Route, route
from ..upstream import Conflict, Sent, Taken, Unmerged

_MOST = 5  # commits of others that are shown, and conflicts


class Wanted(NamedTuple):
    """What was asked for; *remote* and *branch* are empty where git's configuration decides."""

    trackers: tuple[str, ...]
    remote: str = ''
    branch: str = ''
    merge: bool = False
    push: bool = True
    dry_run: bool = False


def exchange(
    repo: Repository, wanted: Wanted, made: int, paint: Painter, parts: dict[str, Any]
) -> Iterator[str]:
    """Take in and push; lines for people, as it happens, and *parts* of what JSON says.

    *made* commits there are of hand edits, or would be if this were no dry run.
    """
    parts |= {'upstream': None, 'taken': [], 'sent': 0, 'retries': 0, 'conflicts': []}
    way = _route(repo, wanted)
    calm = ['nothing to commit']
    if way:
        parts['upstream'] = str(way.source)
        done = _foreseen(repo, way, wanted, made) if wanted.dry_run else _done(repo, way, wanted)
        for one in done:
            if isinstance(one, Sent):
                parts['sent'], parts['retries'] = one
                yield _sent(way, one, wanted, paint)
            elif one.conflict:
                parts['conflicts'] = _conflicts(one.conflict)
                _tell(_conflict(repo, way, one.conflict, wanted.merge))
            elif one.commits:
                parts['taken'].append(_taken(one))
                yield from _came(repo, way, one, paint)
        calm.append(f'up to date with {_name(way.source)}' if wanted.push else 'nothing to take in')
    if not (made or parts['taken'] or parts['sent'] or parts['conflicts']):
        yield ', '.join(calm)


def _tell(rows: Iterable[str]) -> None:
    for row in rows:
        print(row, file=sys.stderr)


def _done(repo: Repository, way: Route, wanted: Wanted) -> Iterator[Taken | Sent]:
    for one in upstream.exchange(
        repo, way, upstream.Options(wanted.trackers, wanted.merge, wanted.push)
    ):
        if isinstance(one, Taken) and one.recovered:
            _tell([f'roadmap-md: {visible(one.recovered)}'])
        yield one


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


def _foreseen(repo: Repository, way: Route, wanted: Wanted, planned: int) -> Iterator[Taken | Sent]:
    """What would be done, as far as it can be known."""
    ours, theirs = upstream.fetched(repo, way.branch, way.source)
    ahead, behind = remote.apart(repo, ours, theirs) if theirs else (0, 0)
    if behind:
        yield Taken('', behind, ours, theirs, theirs)
    if wanted.push and (left := upstream.waiting(repo, way, ours, theirs, ahead) + planned):
        yield Sent(left)


def _sent(way: Route, sent: Sent, wanted: Wanted, paint: Painter) -> str:
    sign = 'would send' if wanted.dry_run else paint('↑', 'green')
    return f'{sign} {counted(sent.commits, "commit")} to {_name(way.target)}'


def _came(repo: Repository, way: Route, taken: Taken, paint: Painter) -> Iterator[str]:
    sign = paint('↓', 'green') if taken.how else 'would take in'
    how = {'rebase': ', and yours on top', 'merge': ', merged'}.get(taken.how, '')
    yield f'{sign} {counted(taken.commits, "commit")} from {_name(way.source)}{how}'
    yield from _subjects(repo, taken.theirs, taken.old, taken.commits, paint)


def _subjects(repo: Repository, new: str, old: str, number: int, paint: Painter) -> Iterator[str]:
    """The latest of the *number* commits that came."""
    for commit, author, subject in remote.subjects(repo, new, old, _MOST):
        yield f'  {paint(commit[:7], "dim")} {visible(subject)}  {paint(visible(author), "dim")}'
    if number > _MOST:
        yield paint(f'  and {number - _MOST} more', 'dim')


def _sides(file: Unmerged) -> Iterator[tuple[Sequence[bytes], Sequence[bytes]]]:
    """What ours and theirs say of it, place by place."""
    if file.in_ours and file.in_theirs:
        for one in _marked(file.data):
            ours, theirs = (file.data[slice(*half)] for half in (one.ours, one.theirs))
            yield ours.splitlines(), theirs.splitlines()
    else:
        words = [b'(deleted)'], [b'(changed)']
        yield words[file.in_ours], words[file.in_theirs]


def _conflict(repo: Repository, way: Route, conflict: Conflict, merge: bool) -> Iterator[str]:
    """What conflicts, and how to go on."""
    paths = ', '.join(visible(file.path) for file in conflict.files)
    verb = 'conflicts' if len(conflict.files) == 1 else 'conflict'
    yield f'roadmap-md: {paths} {verb} with {_name(way.source)}, and nothing was moved'
    if conflict.commit:
        yield f'  in {visible(conflict.commit)}'
    found = [(file.path, *sides) for file in conflict.files for sides in _sides(file)]
    for path, ours, theirs in found[:_MOST]:
        where = f' {visible(path)}' if len(conflict.files) > 1 else ''
        # A rebase puts our commits on theirs, so that "ours" is what they have.
        here, there = (ours, theirs) if merge else (theirs, ours)
        for side, rows in ((f'here{where}', here), ('there', there)):
            for row in rows or (b'(nothing)',):
                yield f'  {side:5}  {visible(row.decode(errors="replace"))}'
                side = ''
    if len(found) > _MOST:
        yield f'  and {len(found) - _MOST} more'
    first = '' if git.driver(repo, 'merge.roadmap-md') else 'roadmap-md install, then '
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


def _taken(taken: Taken) -> dict[str, Any]:
    how, commits, old, _, new, *_ = taken
    return {'how': how or None, 'commits': commits, 'from': old, 'to': new}


def _conflicts(conflict: Conflict) -> list[dict[str, Any]]:
    return [
        {'path': file.path, 'lines': [line_of(file.data, one) for one in _marked(file.data)]}
        for file in conflict.files
    ]


def _marked(data: bytes) -> Sequence[Marked]:
    """The conflicts in *data*; none where a text about git has markers of its own in them."""
    try:
        return find_conflicts(data)
    except UserError:
        return ()
