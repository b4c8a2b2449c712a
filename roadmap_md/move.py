"""The branch, the index and the work tree go to another commit together, or not at all.

What is edited and staged stays, byte for byte. A file that is edited here and other there refuses
the move before anything has changed; but in a tracker both are merged, if they can be. A run that
was killed on the way is completed by the next one.
"""

import os
from collections.abc import Iterator, Sequence
from shlex import quote
from typing import NamedTuple

from . import files, git, journal
from .errors import UserError
from .git import Entry, Labels, Repository, aside, remote
from .journal import place

FORMAT = b'roadmap-md move 1\n'


class Carried(NamedTuple):
    """A tracker with edits of its own: its bytes before and after, and what is staged after."""

    path: str
    before: bytes
    after: bytes
    staged: Entry


class Move(NamedTuple):
    """The branch *ref* goes from the commit *old* to *new*; *why* is for its log."""

    ref: str
    old: str
    new: str
    why: str
    carried: tuple[Carried, ...] = ()


def move(repo: Repository, wanted: Move, trackers: Sequence[str]) -> None:
    """Make *wanted* so; *repo* must be locked.

    *trackers* are paths from the top. Raises UserError, and has changed nothing, where the edits
    are in the way.
    """
    with journal.index_held(repo):
        _refuse_untracked(repo, wanted)
        journal.copy_index(repo, 'next')
        git.refresh(repo, place(repo, 'next'))
        if refused := _try(repo, wanted):
            wanted = wanted._replace(carried=tuple(_carried(repo, wanted, trackers, refused)))
            _enter_new(repo, wanted)
            if refused := _try(repo, wanted):
                raise _in_the_way(refused)
        _write(repo, wanted)
        _go(repo, wanted)


def recover(repo: Repository) -> str | None:
    """Complete the move that a killed run began; what was done, in a sentence. None without one.

    *repo* must be locked, and its index held.
    """
    was_aside = aside.remove(repo, place(repo, 'rebase'))
    begun = journal.kept(repo, 'move', FORMAT, _decode)
    if begun is None:
        return 'an interrupted run had moved nothing yet: removed its work tree' * was_aside or None
    since = os.stat(place(repo, 'move')).st_mtime_ns
    journal.remove_ref_locks(git.ref_locks(repo), since, begun.new.__eq__)
    branch = remote.branch(repo)
    if branch is None or branch.ref != begun.ref or branch.commit not in (begun.old, begun.new):
        files.discard(place(repo, 'move'))
        return 'an interrupted run was taking in commits, and HEAD was moved since: left as it is'
    journal.copy_index(repo, 'next')
    try:
        begun = begun._replace(carried=tuple(_settled(repo, begun)))
    except UserError as error:
        raise _left(repo, begun, error.message) from error
    _enter_new(repo, begun)
    git.refresh(repo, place(repo, 'next'))
    if refused := _try(repo, begun):
        raise _left(repo, begun, refused)
    _go(repo, begun)
    return f'an interrupted run had begun to take in commits, up to {begun.new[:10]}: finished it'


def _refuse_untracked(repo: Repository, wanted: Move) -> None:
    """Raise UserError where a file would be written over that git does not track.

    Git itself thinks nothing of those that it ignores.
    """
    new = git.changed_paths(repo, wanted.old, wanted.new, added=True)
    found = {there for path in new for there in _in_place_of(repo, path)}
    if found and (found := found.difference(git.tracked(repo, sorted(found)))):
        raise _in_the_way(
            f'{_listed(sorted(found))} would be overwritten, and git does not track it'
        )


def _in_place_of(repo: Repository, path: str) -> Iterator[str]:
    """What is in the work tree at *path*, or is a file where it needs a directory."""
    if os.path.lexists(os.path.join(repo.top, path)):
        yield path
    while path := os.path.dirname(path):
        full = os.path.join(repo.top, path)
        if os.path.lexists(full) and (os.path.islink(full) or not os.path.isdir(full)):
            yield path


def _listed(paths: Sequence[str]) -> str:
    return ', '.join(paths[:5]) + (f' and {len(paths) - 5} more' if paths[5:] else '')


def _try(repo: Repository, wanted: Move) -> str:
    """Why git would not move index and work tree, in its words; empty where it would."""
    return git.read_trees(repo, place(repo, 'next'), wanted.old, wanted.new, dry_run=True)


def _go(repo: Repository, wanted: Move) -> None:
    index = place(repo, 'next')
    if refused := git.read_trees(repo, index, wanted.old, wanted.new):
        raise UserError(f'git read-tree failed: {refused}', 'the next roadmap-md tries again')
    for carried in wanted.carried:
        full = os.path.join(repo.top, carried.path)
        if files.read(full) != carried.after:
            files.replace(full, carried.before, carried.after, inside=repo.top)
        git.enter(repo, index, carried.path, carried.staged, refresh=True)
    git.move_ref(repo, wanted.ref, wanted.old, wanted.new, wanted.why)
    os.replace(index, repo.index_file)
    files.discard(place(repo, 'move'))


def _in_the_way(refused: str) -> UserError:
    return UserError(f'nothing was taken in: {refused}', 'commit or move that, then try again')


def _carried(
    repo: Repository, wanted: Move, trackers: Sequence[str], refused: str
) -> list[Carried]:
    """The trackers whose edits are carried over. Raises UserError for other edits in the way."""
    changed = set(git.changed_paths(repo, wanted.old, wanted.new))
    edited = [path for path in git.edited(repo, place(repo, 'next')) if path in changed]
    others = [path for path in edited if path not in trackers]
    if others:
        are = 'is' if len(others) == 1 else 'are'
        raise UserError(
            f'nothing was taken in: {_listed(others)} {are} edited here, and changed upstream',
            f'commit that first: git commit -- {" ".join(map(quote, others[:5]))}',
        )
    if not edited:
        raise _in_the_way(refused)
    return [_carry(repo, wanted, path) for path in edited]


def _carry(repo: Repository, wanted: Move, path: str) -> Carried:
    from .merging import merged

    full = os.path.join(repo.top, path)
    staged = git.entry(repo, path)
    blobs = [git.head_blob(repo, path, commit) for commit in (wanted.old, wanted.new)]
    base, theirs = blobs
    if not (staged and base and theirs and os.path.isfile(full)) or os.path.islink(full):
        raise _in_the_way(f'{path} is edited here, and changed upstream')
    labels = Labels('here', 'before', 'upstream')

    def both(base: bytes, ours: bytes, theirs: bytes) -> bytes:
        made = merged((base, ours, theirs), path, labels, repo.top)
        if made is None or not made[1]:
            raise UserError(
                f'nothing was taken in: {path} is edited here, and changed upstream on the same '
                'lines',
                f'commit that first: git commit -- {quote(path)}',
            )
        return made[0]

    before = files.read(full)
    after = both(git.checked_out(repo, base, path), before, git.checked_out(repo, theirs, path))
    if staged.blob == base:
        blob = theirs
    elif staged.blob == git.store(repo, before, path):
        blob = git.store(repo, after, path)
    else:
        blob = git.store(repo, both(*git.contents(repo, base, staged.blob, theirs)))
    return Carried(path, before, after, staged._replace(blob=blob))


def _left(repo: Repository, begun: Move, why: str) -> UserError:
    """The move is given up, since what was edited after it was begun is in its way."""
    files.discard(place(repo, 'move'))
    return UserError(
        f'an interrupted run had begun to move {begun.ref} to {begun.new[:10]}, and a file was '
        f'edited since: {why}',
        f'look at git diff {begun.new[:10]}, then git reset {begun.new[:10]}',
    )


def _settled(repo: Repository, begun: Move) -> Iterator[Carried]:
    """What is to be carried over now. Of all else git is let see whether it has been moved."""
    carried = {one.path: one for one in begun.carried}
    for path in git.changed_paths(repo, begun.old, begun.new):
        if one := carried.get(path):
            now = files.read(os.path.join(repo.top, path))
            yield one if now in (one.before, one.after) else _carry(repo, begun, path)
        elif _is_edited(repo, begun, path):
            yield _carry(repo, begun, path)


def _enter_new(repo: Repository, wanted: Move) -> None:
    """Let git take the carried trackers for moved already, so that it leaves them alone."""
    for carried in wanted.carried:
        blob = git.head_blob(repo, carried.path, wanted.new)
        entry = carried.staged._replace(blob=blob or carried.staged.blob)
        git.enter(repo, place(repo, 'next'), carried.path, entry)


def _is_edited(repo: Repository, begun: Move, path: str) -> bool:
    """Whether *path* is neither old nor new; if it is new, git is told so."""
    full = os.path.join(repo.top, path)
    old, new = (git.tree_entry(repo, commit, path) for commit in (begun.old, begun.new))
    if new is None or new.mode == '160000' or not os.path.lexists(full):
        return False
    if os.path.islink(full):
        (wanted,) = git.contents(repo, new.blob)
        is_new = new.mode == '120000' and os.fsencode(os.readlink(full)) == wanted
        is_old = is_begun = False
    elif not os.path.isfile(full) or new.mode == '120000':
        return False
    else:
        now, wanted = files.read(full), git.checked_out(repo, new.blob, path)
        is_new, is_begun = now == wanted, wanted.startswith(now)
        is_old = old is not None and git.store(repo, now, path) == old.blob
    if is_new:
        git.enter(repo, place(repo, 'next'), path, new)
    elif is_begun and not is_old:
        files.discard(full)  # what git had written of it
    return not (is_new or is_old or is_begun) and not os.path.islink(full)


def _write(repo: Repository, wanted: Move) -> None:
    fields = [wanted.ref, wanted.old, wanted.new, wanted.why]
    rows = [os.fsencode(field) for field in fields]
    for path, before, after, staged in wanted.carried:
        rows += os.fsencode(path), before, after, ' '.join(staged).encode()
    journal.keep(repo, 'move', FORMAT, rows)


def _decode(fields: list[bytes]) -> Move:
    ref, old, new, why, *rest = fields
    if len(rest) % 4:
        raise ValueError('cut off')
    carried = (
        Carried(os.fsdecode(path), before, after, Entry(*staged.decode().split(' ')))
        for path, before, after, staged in zip(*(rest[at::4] for at in range(4)), strict=True)
    )
    return Move(os.fsdecode(ref), old.decode(), new.decode(), os.fsdecode(why), tuple(carried))
