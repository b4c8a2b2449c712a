"""What a ledger holds as changes, newest first, each made when somebody looks at it."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, cast, overload

from .history import Change, read_date
from .ledger import NONE, Ledger
from .status import STATUSES, Status

S = TypeVar('S', bound=Status | None)
People = Mapping[tuple[str, str], tuple[str, str]]


class Changes(Sequence[Change[S]], Generic[S]):
    """The *rows* of *ledger*, sorted by age.

    *current* tells for a plan and a task of it which of today's it is, or -1; *people* have other
    names than their commits say (git's mailmap).
    """

    def __init__(
        self,
        ledger: Ledger,
        rows: Sequence[int],
        current: Callable[[int, int], int],
        people: People,
    ) -> None:
        seconds, of = ledger.revisions.seconds, ledger.rows.revision
        self.ledger = ledger
        # what is made in one second stays in git's order, and what one commit did in the file's
        self.rows = sorted(rows, key=lambda row: -seconds[of[row]])
        self.current = current
        self.people = people

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Change[S]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Change[S]]: ...
    def __getitem__(self, at: int | slice) -> Change[S] | Sequence[Change[S]]:
        if isinstance(at, slice):
            return [self._change(row) for row in self.rows[at]]
        return self._change(self.rows[at])

    def __iter__(self) -> Iterator[Change[S]]:
        return map(self._change, self.rows)

    def _change(self, row: int) -> Change[S]:
        ledger, rows, of = self.ledger, self.ledger.rows, self.ledger.revisions
        revision, plan, task = rows.revision[row], rows.plan[row], rows.task[row]
        commit = ledger.commits[revision]
        key, title, sections = ledger.names.values[rows.name[row]]
        said = ledger.people.values[of.person[revision]]
        author, email = self.people.get(said, said)
        return Change(
            key, title,
            cast(S, _status(rows.before[row])), cast(S, _status(rows.after[row])),
            commit, author, email,
            read_date(of.seconds[revision], of.offset[revision]) if commit else None,
            ledger.paths.values[of.path[revision]], sections, self.current(plan, task),
        )  # fmt: skip


def _status(code: int) -> Status | None:
    return None if code == NONE else STATUSES[code]


def rows_of(ledger: Ledger) -> tuple[list[int], list[int]]:
    """The rows of tasks whose status changed, and of tasks that appeared or were removed."""
    kinds = [before != NONE != after for before, after in zip(*ledger.rows[3:5], strict=True)]
    every = range(len(kinds))
    return [row for row in every if kinds[row]], [row for row in every if not kinds[row]]


class Current:
    """Tells which task of plan *newest* a task of another plan is.

    By way of the plans that came between; where there are several ways, the shortest one.
    """

    def __init__(self, ledger: Ledger, newest: int) -> None:
        self.ledger = ledger
        self.newest = newest
        self._known: dict[int, array[int]] = {}

    def __call__(self, plan: int, task: int) -> int:
        """The index of the same task in the newest plan, or -1."""
        if plan == self.newest:
            return task
        if not self._known:
            self._known = self._ways()
        indices = self._known.get(plan, ())
        return indices[task] if task < len(indices) else -1

    def _ways(self) -> dict[int, 'array[int]']:
        """For each plan that something leads to, the indices of its tasks in the newest one."""
        maps = self.ledger.linked()
        beside: dict[int, list[int]] = {}
        for old, new in maps:
            beside.setdefault(old, []).append(new)
            beside.setdefault(new, []).append(old)
        digests = self.ledger.plans.values
        found: dict[int, array[int]] = {self.newest: array('i')}
        waiting = [self.newest]
        for known in waiting:
            # the same way whatever was read first
            for plan in sorted(set(beside.get(known, ())), key=lambda plan: digests[plan]):
                if plan not in found:
                    found[plan] = self._next(plan, known, found[known], maps)
                    waiting.append(plan)
        return found

    def _next(
        self,
        plan: int,
        known: int,
        here: 'array[int]',
        maps: 'Mapping[tuple[int, int], array[int]]',
    ) -> 'array[int]':
        """The indices for *plan*, which is beside one that is *known*."""

        def now(task: int) -> int:
            if task < 0 or known == self.newest:
                return task
            return here[task] if task < len(here) else -1

        if (of := maps.get((known, plan))) is not None:
            return array('i', map(now, of))
        of = maps[plan, known]
        found = array('i', [-1]) * (max(of, default=-1) + 1)
        for task, old in enumerate(of):
            if old >= 0:
                found[old] = now(task)
        return found
