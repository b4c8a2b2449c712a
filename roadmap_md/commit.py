"""Commits that hold the markers they name and nothing else, whatever else is edited or staged.

A commit and the file it is about change together or not at all: when git refuses, or when we are
killed half-way, the file is put back, or the commit completed, by the same few lines.

There is one way for clean and for edited files. The marker is set in three versions separately:
in HEAD's, which ``git commit`` commits from an index of our own; in the staged one, which becomes
the real index after the commit; and in the file. So git never adds the file itself: it would take
the other edits with it, or change all line ends (``eol``, ``autocrlf``). And so a refused commit
has never touched the real index. ``index.lock`` is held throughout.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from shlex import quote
from typing import NamedTuple

from . import files, git, journal
from .errors import UserError
from .git import Entry, Repository
from .journal import Journal, place

Splice = Callable[[bytes], bytes]

# What is under way while one of these exists in git's directory, and how it ends.
UNDER_WAY = {
    'rebase-merge': ('a rebase', 'git rebase --continue or --abort'),
    'rebase-apply': ('a rebase or git am', 'git rebase (or am) --continue or --abort'),
    'MERGE_HEAD': ('a merge', 'git merge --continue or --abort'),
    'CHERRY_PICK_HEAD': ('a cherry-pick', 'git cherry-pick --continue or --abort'),
    'REVERT_HEAD': ('a revert', 'git revert --continue or --abort'),
    'sequencer': ('a cherry-pick or revert', 'git cherry-pick (or revert) --continue or --abort'),
    'BISECT_LOG': ('a bisection', 'git bisect reset'),
    # Our commit would delete the message that is waiting there.
    'SQUASH_MSG': ('a squash merge', 'git commit, or git reset --merge'),
    'MERGE_MSG': ('a merge or cherry-pick', 'git commit, or git reset --merge'),
}


class Outcome(Enum):
    """What became of a commit that was begun, in the words of the run that settles it."""

    COMMITTED = 'an interrupted run had made its commit {commit:.10}: finished it'
    UNDONE = 'an interrupted run was undone: {path} is as it was before it'
    UNTOUCHED = 'an interrupted run had not changed {path} yet'
    LEFT_ALONE = 'an interrupted run had changed {path}, which was edited since: left as it is'


class Settled(NamedTuple):
    """*commit* is the id of the commit, if it was made, and *parent* what it stands on."""

    outcome: Outcome
    commit: str = ''
    parent: str = ''


class Series(NamedTuple):
    """Commits to one file, one after the other. *recovered* says what an earlier run had left."""

    repo: Repository
    path: str
    recovered: str | None

    def read(self) -> bytes:
        """The bytes of the file, which no other run of ours changes until the series ends."""
        return _read(self.repo, self.path)

    def as_stored(self, data: bytes) -> bytes:
        """What git would keep of the file if it held *data*."""
        (stored,) = git.contents(self.repo, git.store(self.repo, data, self.path))
        return stored

    def commit(
        self, splice: Splice, message: str, date: str = '', staged: Splice | None = None
    ) -> str | None:
        """Set one task's marker with *splice*, in the file and in a commit of its own.

        *splice* is given several versions of the file (HEAD's, the staged one, the file itself)
        and raises UserError for one without the task. *message* is committed as it is; *date* is
        the author's, as git has it raw, where it is not that of now. With *staged*, for the staged
        version, the file is left alone: it was edited by hand. Returns the commit's id; None
        where HEAD has the marker already and only the file needed it.

        Raises UserError, with git's own words, when git refuses; then file and index are as
        they were, unless the message says otherwise.
        """
        with _failing(f'the commit of {self.path}'):
            return _commit(self.repo, self.path, splice, message, date, staged)


@contextmanager
def series(repo: Repository, path: str) -> Iterator[Series]:
    """Commits to the file *path*, alone among all runs of ours, after what a killed run left.

    A symbolic link is followed within the work tree: its target is what git has.
    Raises UserError, and has touched nothing, where a hook of our own commit asks for it, while
    a merge or the like is under way, or when the file is outside of the work tree.
    """
    inside = relative(repo, path)
    with alone(repo) as (held, recovered):
        yield Series(held, inside, recovered)


@contextmanager
def alone(repo: Repository) -> Iterator[tuple[Repository, str | None]]:
    """*repo* for us alone among all runs of ours, and what was done about a killed one.

    Raises UserError as `series` does.
    """
    if os.environ.get(git.ACTIVE) == repo.directory:
        raise UserError(
            'a hook of a commit that roadmap-md is making wants to make another',
            'take roadmap-md out of that hook, or let it only read',
        )
    with journal.locked(repo) as held:
        recovered = _recover(held)
        refuse_under_way(held)
        yield held, recovered


def relative(repo: Repository, path: str) -> str:
    """Where git has the file *path*, from the top; a symbolic link is followed.

    Raises UserError where that is outside of the work tree.
    """
    inside = files.inside(path, repo.top)
    if '\n' in inside:
        raise UserError('a line break in the name of a file', 'rename it')
    return inside


def committed(repo: Repository, path: str, is_usable: Callable[[bytes], bool]) -> bytes:
    """What the last commit has at *path*, relative to the top.

    Where that is of no use, what a filter (git-crypt, LFS) makes of it. Raises UserError where
    the commit or the index has no such file.
    """
    _, entry, _ = _tracked(repo, path)
    (data,) = git.contents(repo, entry.blob)
    return data if is_usable(data) else git.checked_out(repo, entry.blob, path)


def recover(repo: Repository) -> str | None:
    """Settle what a killed run left, and say so in a sentence; None where there is nothing.

    A run that is at work now is left to it.
    """
    if os.environ.get(git.ACTIVE) == repo.directory or not journal.unfinished(repo.directory):
        return None
    with suppress(journal.AtWork), journal.locked(repo, wait=0) as held:
        return _recover(held)
    return None


@contextmanager
def _failing(what: str) -> Iterator[None]:
    """An operating system's error, said as ours. The next run settles what is half done."""
    try:
        yield
    except OSError as error:
        raise UserError(
            f'{what} was not settled ({error.filename or "git"}: {error.strerror})',
            'mend that; the next roadmap-md finishes or undoes it',
        ) from error


def _recover(repo: Repository) -> str | None:
    if not journal.unfinished(repo.directory):
        return None
    from . import move

    with _failing('what an interrupted run left'), journal.index_held(repo):
        moved = move.recover(repo)
        left = journal.read(repo)
        if moved and left is None:
            return moved
        if left is None:
            return 'an interrupted run had left its lock, and nothing else: removed it'
        files.remove_leftovers(_full(repo, left.path))
        settled = _settle(repo, left)
    return settled.outcome.value.format(path=left.path, commit=settled.commit)


def _commit(
    repo: Repository, path: str, splice: Splice, message: str, date: str, in_index: Splice | None
) -> str | None:
    refuse_under_way(repo)
    full = _full(repo, path)
    with journal.index_held(repo):
        head, committed, staged = _tracked(repo, path)
        old = _read(repo, path)
        new = old if in_index else splice(old)
        to_commit = _spliced(repo, path, committed, splice, 'the last commit')
        if to_commit == committed:
            files.replace(full, old, new, inside=repo.top)
            return None
        to_stage = staged._replace(blob=to_commit.blob)
        if staged.blob != committed.blob:
            to_stage = _spliced(repo, path, staged, in_index or splice, 'the index')
        _build_index(repo, path, to_commit)
        begun = Journal(path, head, old, new, committed, to_commit, staged, to_stage)
        with open(place(repo, 'message'), 'wb') as file:
            file.write(message.encode(errors='replace'))
        journal.write(repo, begun)
        try:
            files.replace(full, old, new, inside=repo.top)
            journal.copy_index(repo, 'next')
            git.enter(repo, place(repo, 'next'), path, to_stage, refresh=True)
            code = git.commit(
                repo, place(repo, 'index'), place(repo, 'message'), place(repo, 'words'), date
            )
        except BaseException:
            _settle(repo, begun)
            raise
        return _said(repo, begun, _settle(repo, begun, done=code == 0))


def _said(repo: Repository, begun: Journal, settled: Settled) -> str:
    """The commit's id; UserError with git's words where there is none."""
    if settled.outcome is Outcome.COMMITTED:
        if settled.parent != begun.head:
            raise UserError(
                f'{settled.commit[:10]} was made, but HEAD had moved to {settled.parent[:10]} '
                'while it was',
                f'see whether git show {settled.commit[:10]} undoes something',
            )
        return settled.commit
    with open(place(repo, 'words'), 'rb') as file:
        words = file.read().decode(errors='replace').strip()
    left = 'was changed meanwhile and left as it is'
    state = left if settled.outcome is Outcome.LEFT_ALONE else 'is as it was'
    raise UserError(
        f'git did not commit, and {begun.path} {state}. '
        f'git said: {words or "nothing; a hook may have ended with an error"}',
        'mend that and try again',
    )


def refuse_under_way(repo: Repository) -> None:
    """Raise UserError while a merge, rebase or the like waits for its end."""
    for name, (what, end) in UNDER_WAY.items():
        if os.path.lexists(os.path.join(repo.directory, name)):
            raise UserError(f'{what} is under way in this repository', f'first {end}')


def first_commit(path: str) -> str:
    """What to type so that git has the tracker, which a tick asks for."""
    named = quote(path)
    return f"git add {named} && git commit -m 'docs: add the roadmap' -- {named}"


def _tracked(repo: Repository, path: str) -> tuple[str, Entry, Entry]:
    """HEAD, and the file's entries in it and in the index; UserError where one is lacking."""
    state = git.state(repo, path)
    first = first_commit(path)
    if state.unmerged:
        raise UserError(
            f'{path} has conflicts',
            f"'roadmap-md resolve' settles what is certain; then git add {quote(path)}",
        )
    if state.staged is None:
        raise UserError(f'{path} is not tracked by git', first)
    if state.committed is None:
        raise UserError(f'{path} is in no commit yet', first)
    return state.head, state.committed, state.staged


def _spliced(repo: Repository, path: str, entry: Entry, splice: Splice, where: str) -> Entry:
    """*entry* with the marker set."""
    (data,) = git.contents(repo, entry.blob)
    try:
        new = splice(data)
    except UserError as error:
        # A filter may keep something else than the file in git: git-crypt, LFS.
        readable = git.checked_out(repo, entry.blob, path)
        if readable != data and git.store(repo, readable, path) == entry.blob:
            return entry._replace(blob=git.store(repo, splice(readable), path))
        raise UserError(
            f'{where} has another {path}: {error.message}',
            f'commit your other edits first: git commit -- {quote(path)}',
        ) from error
    return entry._replace(blob=git.store(repo, new))


def _build_index(repo: Repository, path: str, entry: Entry) -> None:
    """Make our own index equal HEAD, but for *entry*."""
    journal.copy_index(repo, 'index')
    try:
        git.read_head(repo, place(repo, 'index'))
    except UserError as error:
        if git.unmerged(repo):
            raise UserError(
                'there are conflicts in the index', 'settle them, then git add the files'
            ) from error
        raise
    git.enter(repo, place(repo, 'index'), path, entry)


def _settle(repo: Repository, begun: Journal, done: bool = False) -> Settled:
    """Finish or undo what was *begun*, by whether its commit was made. The index must be held.

    *done* tells that git ended well, so that the index that we built before may be used.
    """
    if not done:
        _remove_ref_locks(repo, begun)
    made = _made(repo, begun)
    if made:
        _stage(repo, begun, made, done)
        settled = Settled(Outcome.COMMITTED, made.commit, made.parent)
    else:
        settled = Settled(_undo(repo, begun))
    journal.close(repo)
    return settled


def _remove_ref_locks(repo: Repository, begun: Journal) -> None:
    """Delete the locks on HEAD and its branch that a git of ours has left, which was killed."""
    since = os.stat(place(repo, 'journal')).st_mtime_ns

    def is_ours(name: str) -> bool:
        return git.tip(repo, begun.path, name).parent == begun.head

    journal.remove_ref_locks(git.ref_locks(repo), since, is_ours)


def _made(repo: Repository, begun: Journal) -> git.Tip | None:
    """The commit that was begun, if git made it."""
    head = git.tip(repo, begun.path)
    if not head.commit:  # git could not read it: nothing follows from that
        raise UserError('git cannot tell what HEAD is', 'see that git log works, then try again')
    if head.commit == begun.head:
        return None
    candidates = [head]
    if head.parent != begun.head:  # a hook or a person has committed since
        first = git.first_since(repo, begun.head, begun.path)
        candidates = [git.tip(repo, begun.path, first or 'HEAD'), head]
    for tip in candidates:
        # Its content need not be ours to the byte: a hook may have formatted the file.
        ours = tip.parent == begun.head or tip.blob == begun.to_commit.blob
        if ours and tip.blob != begun.committed.blob:
            return tip
    return None


def _stage(repo: Repository, begun: Journal, made: git.Tip, built: bool) -> None:
    """Bring the real index up to the commit; other edits that were staged stay staged."""
    entry = begun.to_stage
    if begun.staged.blob == begun.committed.blob:
        entry = entry._replace(blob=made.blob)
    if not built or entry != begun.to_stage:
        if git.entry(repo, begun.path) != begun.staged:
            return  # done already, or somebody has staged something since
        journal.copy_index(repo, 'next')
        git.enter(repo, place(repo, 'next'), begun.path, entry, refresh=True)
    os.replace(place(repo, 'next'), repo.index_file)


def _undo(repo: Repository, begun: Journal) -> Outcome:
    """Put the file back, where it is what we wrote."""
    if begun.old == begun.new:
        return Outcome.UNTOUCHED  # edited by hand, before and maybe since
    full = _full(repo, begun.path)
    try:
        now = files.read(full)
    except UserError:
        return Outcome.LEFT_ALONE
    if now == begun.old:
        return Outcome.UNTOUCHED
    if now != begun.new and not _torn(now, begun.old, begun.new):
        return Outcome.LEFT_ALONE
    try:
        files.replace(full, now, begun.old, inside=repo.top)
    except UserError as error:
        raise UserError(
            f'{begun.path} was changed, not committed, and not put back: {error.message}',
            'mend that; the next roadmap-md puts it back',
        ) from error
    return Outcome.UNDONE


def _torn(now: bytes, old: bytes, new: bytes) -> bool:
    """Whether *now* is what a kill leaves of a file that is written in place: *new* over *old*."""
    if not min(len(old), len(new)) <= len(now) <= max(len(old), len(new)):
        return False
    pairs = enumerate(zip(now, new, strict=False))
    written = next((i for i, (one, other) in pairs if one != other), min(len(now), len(new)))
    return now[written:] == old.ljust(len(now), b'\0')[written : len(now)]


def _full(repo: Repository, path: str) -> str:
    return os.path.join(repo.top, path)


def _read(repo: Repository, path: str) -> bytes:
    full = _full(repo, path)
    if not os.path.lexists(full):
        entry = git.entry(repo, path)
        if entry and entry.flag.upper() == 'S':
            raise UserError(
                f'{path} is not checked out here',
                f'git sparse-checkout add {quote(path)}, or disable',
            )
    return files.read(full)
