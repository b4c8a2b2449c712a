"""From the versions of a tracker to what was done in each commit.

A change is seen once, where it was made: at a merge only where the result differs from every
parent. The first version is where the journey starts, and so is a task when it first appears. A
version that is not to be read as one state (conflict markers, not UTF-8, a NUL byte) is passed
over: the next one is compared with what was before it.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import compress, count
from operator import is_not
from typing import TYPE_CHECKING, NamedTuple

from .basis import Basis, basis_of, digest, name_of
from .history import ABSENT, Blob, Revision
from .ledger import NONE, Deed, Ledger, Name, Tip
from .text import is_readable
from .versions import ROW, State, Versions, in_rows
from .vocabulary import Preference

if TYPE_CHECKING:
    from .tracker import Skeleton, Tracker

UNSAVED = '-'  # in place of a commit and of a blob: what lies in the work tree


class Version(NamedTuple):
    """What is read in one version; *plan* is the number of its skeleton."""

    plan: int
    state: State


class Unlike(Exception):
    """A version differs in more than markers and prose from the one that was kept."""


class _Found(NamedTuple):
    """What a revision did, and which plans were held against each other for that."""

    revision: Revision
    deeds: list[tuple[int, int, int, int]]
    edges: list[tuple[int, int]]


class Replay:
    """Takes blobs and revisions as they come, a blob before what names it, and tells what changed.

    *missing* tells that git lacked a blob, *first* is the first tracker that was read, but for its
    state. A *basis* is kept of the blob *newest*, where that can be. *lacking* are revisions in
    whose parent, by number, the path is not: it may have had another name there (see `renamed`), or
    have been deleted before (see `restored`).
    """

    def __init__(
        self, preference: Preference, newest: str = '', known: Ledger | None = None
    ) -> None:
        self.newest = newest
        self.basis: Basis | None = None
        self.reader = Versions(preference)
        self.versions: dict[str, Version | None] = {}
        self.missing = False
        self.first: Tracker | None = None
        self.lacking: list[tuple[Revision, int]] = []
        self._ledger = Ledger(known)
        self._plans: dict[int, Skeleton] = {}
        self._last: tuple[Tracker | None, int] = None, NONE
        self._begun = NONE  # the plan from which an earlier run's reading goes on
        self._found: list[_Found | None] = []
        self._later: list[tuple[int, Revision]] = []
        self._before: dict[str, list[Revision]] = {}  # by blobs that cannot be read
        self._deleted: dict[tuple[str, str], Revision] = {}
        self._instead: dict[tuple[str, str, int], list[str]] = {}
        self._names: dict[tuple[int, int], Name] = {}
        self._around: dict[int, dict[int, tuple[str, ...]]] = {}

    def begin(self, basis: Basis, plan: int) -> None:
        """Go on from the *basis* that an earlier run kept; *plan* is the number of its plan.

        Where a version cannot be followed from there, Unlike is raised.
        """
        self.basis, self._begun = basis, plan
        self.reader.begin(basis.data, basis.lines, in_rows(basis.state), basis.meanings)

    def add(self, found: Blob | Revision) -> None:
        if isinstance(found, Revision):
            self._add_revision(found)
            return
        version = None if found.data is None else self._read(found.data)
        self.missing = self.missing or found.data is None
        self.versions[found.name] = version
        if version and found.data and found.name == self.newest:
            self._keep(found.data, version)

    def _keep(self, data: bytes, version: Version) -> None:
        """Let the basis be that *version*, the last that was read."""
        reading = self.reader.last
        if self.basis:
            self.basis = self.basis._replace(data=data, state=b''.join(version.state))
        elif reading and reading.tracker and self.reader.tasks:
            self.basis = basis_of(reading.tracker, self._ledger.plans.values[version.plan])

    def _read(self, data: bytes) -> Version | None:
        # What differs in markers alone from what can be read can be read.
        try:
            reading = self.reader.follow(data)
            if reading is None and self._begun != NONE:
                raise Unlike
            if reading is None and is_readable(data):
                reading = self.reader.read(data)
        except UnicodeDecodeError:
            return None
        if reading is None:
            return None
        tracker, state = reading
        self.first = self.first or tracker
        return Version(self.plan(tracker) if tracker else self._begun, state)

    def plan(self, tracker: 'Tracker') -> int:
        """The number of the skeleton of *tracker*, one for all that differ in lines only."""
        if self._last[0] is tracker:
            return self._last[1]
        number = self._ledger.plans.number(digest(tracker.skeleton))
        self._plans.setdefault(number, tracker.skeleton)
        self._last = tracker, number
        return number

    def tip(self, commit: str, blob: str) -> Tip:
        """How far this goes, where *blob* is what *commit* has."""
        version = self.versions.get(blob)
        if version is None:
            return Tip(commit, blob)
        return Tip(commit, blob, version.plan, self.keys(version.plan))

    def keys(self, plan: int) -> tuple[str, ...]:
        """Those of the tasks of a *plan*."""
        if plan == self._begun and self.basis:
            return tuple(name.key for name in self.basis.names)
        return tuple(task.key for task in self._plans[plan].tasks)

    def _add_revision(self, revision: Revision) -> None:
        for at, blob in enumerate(revision.before):
            if blob == ABSENT and revision.blob != ABSENT:
                self.lacking.append((revision, at))
        if revision.blob == ABSENT:
            self._deleted[revision.commit, revision.path] = revision
            return
        after = self.versions[revision.blob]
        if after is None:
            self._before.setdefault(revision.blob, []).append(revision)
            return
        sides = [self.versions[blob] for blob in revision.before if blob != ABSENT]
        before = [side for side in sides if side is not None]
        if len(before) < len(revision.before):
            self._later.append((len(self._found), revision))
            self._found.append(None)
        elif found := self._compare(revision, before, after):
            self._found.append(found)

    def renamed(self, revision: Revision, parent: int, blob: str) -> None:
        """Say that the path had another name in that parent, and *blob* was its content."""
        self._instead[revision.commit, revision.path, parent] = [blob]

    @property
    def deletions(self) -> bool:
        return bool(self._deleted)

    @property
    def is_plain(self) -> bool:
        """Was each version compared with those right before it, and with no others?"""
        return not (self.missing or self.lacking or self._later or self._before or self._deleted)

    def restored(self, revision: Revision, parent: int, deletion: str) -> None:
        """Say that the commit *deletion* had deleted what *revision* brings back."""
        if before := self._deleted.get((deletion, revision.path)):
            self._instead[revision.commit, revision.path, parent] = [*before.before]

    def ledger(self) -> Ledger:
        """All that was found since this was last asked, in the order in which it came."""
        for at, revision in self._later:
            after = self.versions[revision.blob]
            assert after
            before = [v for side in self._sides(revision) for v in self._readable(side)]
            self._found[at] = self._compare(revision, before, after)
        self._found.reverse()
        while self._found:  # what is in the ledger is not held twice
            if found := self._found.pop():
                deeds = (Deed(*deed, self._name(deed[0], deed[1])) for deed in found.deeds)
                self._ledger.add(found.revision, deeds, found.edges)
        self._later = []
        ledger, self._ledger = self._ledger, Ledger(self._ledger)
        return ledger

    def unsaved(self, path: str, data: bytes, heads: tuple[str, ...]) -> None:
        """Add what lies in the work tree; *heads* are the blobs that it would be committed over."""
        self.versions[UNSAVED] = self._read(data)
        self._add_revision(Revision('', (), '', '', '', path, heads, UNSAVED))

    def _sides(self, revision: Revision) -> Iterator[str]:
        for at, blob in enumerate(revision.before):
            if blob != ABSENT:
                yield blob
            yield from self._instead.get((revision.commit, revision.path, at), ())

    def _readable(self, blob: str) -> Iterator[Version]:
        """The version that *blob* is, else those that were before it."""
        seen = {ABSENT}
        waiting = [blob]
        while waiting:
            blob = waiting.pop()
            if blob in seen:
                continue
            seen.add(blob)
            if version := self.versions.get(blob):
                yield version
                continue
            sides = [side for of in self._before.get(blob, ()) for side in self._sides(of)]
            waiting += reversed(sides)

    def _compare(
        self, revision: Revision, before: Sequence[Version], after: Version
    ) -> _Found | None:
        """What *revision* did; None if nothing."""
        if not before:
            states = enumerate(b''.join(after.state))
            return _Found(revision, [(after.plan, at, NONE, now) for at, now in states], [])
        if any(version.plan != after.plan for version in before):
            return self._compare_plans(revision, before, after)
        first, *others = before
        deeds = [
            (after.plan, at, _at(first.state, at), _at(after.state, at))
            for at in _differing(first.state, after.state)
        ]
        if others:
            deeds = [
                deed
                for deed in deeds
                if all(_at(other.state, deed[1]) != deed[3] for other in others)
            ]
        return _Found(revision, deeds, []) if deeds else None

    def _compare_plans(
        self, revision: Revision, before: Sequence[Version], after: Version
    ) -> _Found:
        maps = [(b''.join(side.state), self._map(side.plan, after.plan)) for side in before]
        deeds = []
        for at, now in enumerate(b''.join(after.state)):
            were = [state[of[at]] for state, of in maps if of[at] >= 0]
            if now not in were:
                deeds.append((after.plan, at, were[0] if were else NONE, now))
        plans = [version.plan for version in before]
        edges = [(plan, after.plan) for plan in plans]
        removed = set(range(len(maps[0][0]))).difference(maps[0][1])
        for plan in plans[1:] if removed else ():
            # what another parent lacks too was not removed here
            removed.intersection_update(self._map(plans[0], plan))
            edges.append((plans[0], plan))
        state = maps[0][0]
        deeds += [(plans[0], at, state[at], NONE) for at in sorted(removed)]
        return _Found(revision, deeds, [(old, new) for old, new in edges if old != new])

    def _map(self, old: int, new: int) -> 'array[int]':
        """For each task of plan *new* the index of the same task in *old*, or -1."""
        if old == new:
            return array('i', range(len(self._plans[new].tasks)))
        if (found := self._ledger.maps.get((old, new))) is None:
            from .align import align  # not where only markers change

            found = array('i', align(self._plans[old], self._plans[new]))
            self._ledger.maps[old, new] = found
        return found

    def _name(self, plan: int, task: int) -> Name:
        if plan == self._begun and self.basis:
            return self.basis.names[task]
        if (plan, task) not in self._names:
            around = self._around.setdefault(plan, {})
            self._names[plan, task] = name_of(self._plans[plan], task, around)
        return self._names[plan, task]


def _at(state: State, task: int) -> int:
    return state[task // ROW][task % ROW]


def _differing(one: State, other: State) -> list[int]:
    """Where two states of one length differ."""
    found = []
    for row in compress(count(), map(is_not, one, other)):
        bits = int.from_bytes(one[row], 'little') ^ int.from_bytes(other[row], 'little')
        while bits:
            at = (bits & -bits).bit_length() - 1 >> 3
            found.append(row * ROW + at)
            bits &= -1 << (at + 1) * 8
    return found
