"""What was found in the past of one tracker, in columns of numbers, so that it can be kept.

A row becomes a change when somebody asks for it.
"""

from array import array
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from .history import Revision
from .pieces import joined, numbers, pieces, strings, text

NONE = -1  # in place of a status where a task is not there, and of a plan where nothing is read
_LATEST = 2**62  # seconds


class Name(NamedTuple):
    """What a task was called; sections outermost first."""

    key: str
    title: str
    sections: tuple[str, ...]


class Deed(NamedTuple):
    """What a commit did to task number *task* of a *plan*; statuses are places in ``STATUSES``."""

    plan: int
    task: int
    before: int
    after: int
    name: Name


class Tip(NamedTuple):
    """How far a ledger goes: a commit, the blob and the plan that it has, the keys of its tasks."""

    commit: str = ''
    blob: str = ''
    plan: int = NONE
    keys: tuple[str, ...] = ()


T = TypeVar('T', bound=Hashable)


class Table(Generic[T]):
    """Values, each once, by number."""

    def __init__(self, values: Iterable[T]) -> None:
        self.values = list(values)
        self._numbers: dict[T, int] = {}

    def number(self, value: T) -> int:
        if len(self._numbers) < len(self.values):
            self._numbers = {known: at for at, known in enumerate(self.values)}
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class Rows(NamedTuple):
    """What each revision did: a column for its number, and for each part of a deed."""

    revision: 'array[int]'
    plan: 'array[int]'
    task: 'array[int]'
    before: 'array[int]'
    after: 'array[int]'
    name: 'array[int]'


class Edges(NamedTuple):
    """Which plan came after which in a revision."""

    revision: 'array[int]'
    old: 'array[int]'
    new: 'array[int]'


class Revisions(NamedTuple):
    """When (seconds, and the author's offset as in ``+0130``), by whom, under which path."""

    seconds: 'array[int]'
    offset: 'array[int]'
    person: 'array[int]'
    path: 'array[int]'


class Ledger:
    """Revisions newest first, their deeds, and which task of one plan is which of another.

    *plans* are digests of skeletons; *maps* have, for each task of the second of two plans, the
    index of the same task in the first one, or -1. A ledger that comes *after* another one knows
    its plans and names.
    """

    def __init__(self, after: 'Ledger | None' = None) -> None:
        self.tip = Tip()
        self.plans: Table[bytes] = Table(after.plans.values if after else ())
        self.maps: dict[tuple[int, int], array[int]] = dict(after.maps if after else {})
        self.people: Table[tuple[str, str]] = Table(after.people.values if after else ())
        self.paths: Table[str] = Table(after.paths.values if after else ())
        self.names: Table[Name] = Table(after.names.values if after else ())
        self.commits: list[str] = []
        self.revisions = Revisions(*(numbers(kind) for kind in 'qiII'))
        self.rows = Rows(*(numbers(kind) for kind in 'IIIbbI'))
        self.edges = Edges(*(numbers(kind) for kind in 'III'))

    def add(
        self, revision: Revision, deeds: Iterable[Deed], edges: Iterable[tuple[int, int]]
    ) -> None:
        """Add a revision that is older than those that are here."""
        number = len(self.commits)
        self.commits.append(revision.commit)
        seconds, _, offset = revision.date.partition(' ')
        of, rows = self.revisions, self.rows
        of.seconds.append(min(max(int(seconds or _LATEST), -_LATEST), _LATEST))
        of.offset.append(int(offset or 0))
        of.person.append(self.people.number((revision.author, revision.email)))
        of.path.append(self.paths.number(revision.path))
        for plan, task, before, after, name in deeds:
            rows.revision.append(number)
            rows.plan.append(plan)
            rows.task.append(task)
            rows.before.append(before)
            rows.after.append(after)
            rows.name.append(self.names.number(name))
        for old, new in edges:
            self.edges.revision.append(number)
            self.edges.old.append(old)
            self.edges.new.append(new)

    def follow(self, older: 'Ledger', without: Collection[str] = ()) -> None:
        """Add all that *older*, which this one comes after, has; but for the commits *without*."""
        first = len(self.commits)
        kept = [at for at, commit in enumerate(older.commits) if commit not in without]
        self.commits += [older.commits[at] for at in kept]
        place = [-1] * len(older.commits)
        for number, at in enumerate(kept, first):
            place[at] = number
        _extend(self.revisions, older.revisions, kept)
        for mine, theirs in ((self.rows, older.rows), (self.edges, older.edges)):
            start = len(mine[0])
            _extend(mine, theirs, [at for at, of in enumerate(theirs[0]) if place[of] >= 0])
            mine[0][start:] = array('I', [place[of] for of in theirs[0] if place[of] >= 0])

    def linked(self) -> Mapping[tuple[int, int], 'array[int]']:
        """The maps between plans of which one follows the other in some revision."""
        pairs = set(zip(self.edges.old, self.edges.new, strict=True))
        return {pair: self.maps[pair] for pair in pairs}


def _extend(
    columns: 'tuple[array[int], ...]', others: 'tuple[array[int], ...]', kept: list[int]
) -> None:
    """Extend *columns* by the rows of *others* that are *kept*."""
    for column, other in zip(columns, others, strict=True):
        every = len(kept) == len(other)
        column.extend(other if every else array(other.typecode, [other[at] for at in kept]))


def dump(ledger: Ledger) -> bytes:
    """*ledger* as bytes that `load` reads, on a machine of the same kind."""
    maps = ledger.linked()
    ends = array('I', [value for pair, of in maps.items() for value in (*pair, len(of))])
    names = ledger.names.values
    return joined((
        text(ledger.tip.commit, ledger.tip.blob, *ledger.tip.keys),
        array('i', [ledger.tip.plan]).tobytes(),
        b''.join(ledger.plans.values), ends.tobytes(),
        b''.join(of.tobytes() for of in maps.values()),
        text(*(part for person in ledger.people.values for part in person)),
        text(*ledger.paths.values),
        text(*(part for name in names for part in (name.key, name.title, *name.sections))),
        array('I', [len(name.sections) for name in names]).tobytes(),
        text(*ledger.commits),
        *(column.tobytes() for columns in _columns(ledger) for column in columns),
    ))  # fmt: skip


def load(data: bytes) -> Ledger:
    """The ledger that `dump` made *data* of. Raises ValueError for anything else."""
    try:
        return _load(pieces(data))
    except (IndexError, StopIteration, UnicodeDecodeError) as error:
        raise ValueError('this is no ledger') from error


def _load(rest: Iterator[bytes]) -> Ledger:
    ledger = Ledger()
    commit, blob, *keys = strings(next(rest))
    ledger.tip = Tip(commit, blob, numbers('i', next(rest))[0], tuple(keys))
    digests = next(rest)
    ledger.plans.values += (digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST))
    ends, indices = iter(numbers('I', next(rest))), numbers('i', next(rest))
    done = 0
    for old, new, length in zip(ends, ends, ends, strict=True):
        ledger.maps[old, new] = indices[done : done + length]
        done += length
    people = iter(strings(next(rest)))
    ledger.people.values += zip(people, people, strict=True)
    ledger.paths.values += strings(next(rest))
    parts = strings(next(rest))
    done = 0
    for length in numbers('I', next(rest)):
        key, title, *sections = parts[done : done + 2 + length]
        ledger.names.values.append(Name(key, title, tuple(sections)))
        done += 2 + length
    ledger.commits += strings(next(rest))
    for columns in _columns(ledger):
        for column in columns:
            column.frombytes(next(rest))
    return ledger


DIGEST = 20  # bytes


def _columns(ledger: Ledger) -> 'tuple[tuple[array[int], ...], ...]':
    return ledger.revisions, ledger.rows, ledger.edges
