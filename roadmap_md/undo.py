"""Which changes of a task stand, which were taken back, and which can be taken back now.

What a task's status is follows from those that stand: it is what the last of them led to. So only
that one can be taken back; and what was taken back can come back while nothing new has been done.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from .errors import UserError
from .history import Transition
from .rules.history import when
from .status import Status


class Deed(NamedTuple):
    """A change of status, then what took it back, what took that back, and so on."""

    made: tuple[Transition, ...]

    @property
    def stands(self) -> bool:
        return len(self.made) % 2 == 1

    @property
    def last(self) -> Transition:
        return self.made[-1]


class Journal(NamedTuple):
    """The *deeds* of one task, oldest first, after which it has the status *now*."""

    deeds: tuple[Deed, ...]
    now: Status

    @property
    def standing(self) -> int:
        """The number of the deed that led to the status of now; -1 where none did."""
        for at in reversed(range(len(self.deeds))):
            if self.deeds[at].stands and self.deeds[at].last.after is self.now:
                return at
        return -1

    @property
    def undone(self) -> list[int]:
        """The numbers of the deeds that come back when their undo is undone."""
        return [
            at
            for at in range(self.standing + 1, len(self.deeds))
            if not self.deeds[at].stands and self.deeds[at].last.after is self.now
        ]

    @property
    def able(self) -> list[int]:
        """The numbers of the deeds that can be taken back now, or come back."""
        return [at for at in (*self.undone, self.standing) if at >= 0]

    def with_undo(self, at: int, undo: Transition) -> 'Journal':
        """The journal once *undo* has taken back the last of deed *at*."""
        deed = Deed((*self.deeds[at].made, undo))
        return Journal((*self.deeds[:at], deed, *self.deeds[at + 1 :]), undo.after)


def journal(
    made: Iterable[Transition], undoes: Mapping[str, Collection[str]], now: Status
) -> Journal:
    """The journal of a task of which these transitions were *made*, oldest first.

    *undoes* tells for the commits that are undos which commits they take back. One that nobody
    knows (a rebase gives all others names) means what an undo can have meant then.
    """
    found = Journal((), now)
    for transition in made:
        found = found._replace(now=transition.before)
        at = _undone_by(found, transition, undoes.get(transition.commit, ()))
        if at < 0:
            found = found._replace(deeds=(*found.deeds, Deed((transition,))))
        else:
            found = found.with_undo(at, transition)
    return found._replace(now=now)


def _undone_by(found: Journal, undo: Transition, names: Collection[str]) -> int:
    if not names:
        return -1
    known = {made.commit for deed in found.deeds for made in deed.made}
    for at in reversed(found.able):
        of = found.deeds[at].last
        is_named = of.commit in names or known.isdisjoint(names)
        if is_named and (of.before, of.after) == (undo.after, undo.before):
            return at
    return -1


class Undo(NamedTuple):
    """What is to be taken back, of which task; *is_redo* where that is an undo itself."""

    task: int
    of: Transition
    is_redo: bool


class Undoing:
    """The journals of a tracker's tasks by their indices, and what is to be undone of them.

    *rank* tells how old a commit is among those of HEAD, 0 for the newest.
    """

    def __init__(self, journals: Mapping[int, Journal], rank: Mapping[str, int]) -> None:
        self.journals = dict(journals)
        self.rank = rank

    def age(self, of: Transition) -> int:
        """What to sort by, newest first."""
        return self.rank[of.commit]

    def latest(self, number: int = 1, tasks: Collection[int] | None = None) -> Iterator[Undo]:
        """The last *number* of changes that stand, of these *tasks* or all, newest first."""
        for _ in range(number):
            ends = [
                (self.age(found.deeds[at].last), -task, at)
                for task, found in self.journals.items()
                if (tasks is None or task in tasks) and (at := found.standing) >= 0
            ]
            if not ends:
                return
            _, task, at = min(ends)
            yield self._undo(-task, at)

    def of_commit(self, commit: str) -> Iterator[Undo]:
        """All that *commit* did, from last to first.

        Raises UserError where a task has changed since.
        """
        for task, found in sorted(self.journals.items(), reverse=True):
            for at, deed in enumerate(found.deeds):
                if any(made.commit == commit for made in deed.made):
                    yield self._undo(task, self._able(found, at, commit))

    def undone(self, task: int) -> Transition | None:
        """The undo of *task* that may be taken back."""
        found = self.journals.get(task)
        return found.deeds[found.undone[-1]].last if found and found.undone else None

    def _able(self, found: Journal, at: int, commit: str) -> int:
        """*at* where what *commit* made of that deed can be taken back now; else UserError."""
        last = found.deeds[at].last
        if last.commit == commit and at in found.able:
            return at
        if last.commit != commit:
            pairs = zip(found.deeds[at].made, found.deeds[at].made[1:], strict=False)
            taken = next(after for made, after in pairs if made.commit == commit)
            back = f"'roadmap-md undo {last.commit[:7]}' takes that back"
            raise UserError(
                f'{last.key}: {commit[:7]} was taken back already{when(taken)}',
                back if at in found.able else _see_log(last.key),
            )
        later = [other for other in (found.standing, *found.undone) if other >= 0]
        if not later:
            raise UserError(
                f'{last.key} is not {last.after.words} any more, as {commit[:7]} made it',
                _see_log(last.key),
            )
        since = found.deeds[later[0]].last
        raise UserError(
            f'{last.key} has changed since {commit[:7]}:'
            f' it became {since.after.words}{when(since)}',
            f"first 'roadmap-md undo {since.commit[:7]}'",
        )

    def _undo(self, task: int, at: int) -> Undo:
        found = self.journals[task]
        of = found.deeds[at].last
        undo = of._replace(before=of.after, after=of.before, commit='', date=None)
        self.journals[task] = found.with_undo(at, undo)
        return Undo(task, of, is_redo=not found.deeds[at].stands)


def _see_log(key: str) -> str:
    return f"'roadmap-md log --task {key}' shows what was done"
