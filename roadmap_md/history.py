"""The past of a tracker: which task went from which status to which, in which commit.

A transition is seen once, where it was made: at a merge only where the result differs from every
parent. The first version is where the journey starts, and so is a task when it first appears. A
version that is not to be read as one state (conflict markers, not UTF-8, a NUL byte) is passed
over: the next one is compared with what was before it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Generic, NamedTuple, TypeVar, cast

from .align import align
from .alike import STATUSES, Versions
from .status import Status
from .tracker import Skeleton, Tracker
from .vocabulary import Preference

ABSENT = ''  # in place of a blob


class Revision(NamedTuple):
    """A commit that changed the tracker: the blob that each of its parents has, and its own.

    *date* is the author's, as git writes it raw: seconds and offset. A merge that is like one of
    its parents made nothing itself, and names no blobs.
    """

    commit: str
    parents: tuple[str, ...]
    author: str
    email: str
    date: str
    path: str
    before: tuple[str, ...]
    blob: str


class Blob(NamedTuple):
    """The bytes of a version; None where git does not have them."""

    name: str
    data: bytes | None


S = TypeVar('S', Status, Status | None)


class Change(NamedTuple, Generic[S]):
    """What one commit did to one task: from which status to which.

    *before* is None where the task appeared, *after* where it was removed. *key*, *title*, *path*
    and *sections* (outermost first) are those of that time, *current* is the index of the same task
    in the tracker as it is now, or -1. *date* has the author's own offset. Without a *commit* it is
    not committed yet, and has neither author nor date.
    """

    key: str
    title: str
    before: S
    after: S
    commit: str
    author: str
    email: str
    date: datetime | None
    path: str
    sections: tuple[str, ...]
    current: int

    @property
    def who(self) -> str:
        return f'{self.author} <{self.email}>'

    @property
    def age(self) -> float:
        """What to sort by, newest first; what is not committed is newest."""
        return -self.date.timestamp() if self.date else float('-inf')


Transition = Change[Status]
ScopeChange = Change[Status | None]


class Entry(NamedTuple):
    """A transition as it is shown: *path* as seen from here, *current* the task's key now, or none.

    *note* is what the commit's message says beneath its first line, but for trailers.
    """

    of: Transition
    path: str
    current: str
    note: str = ''


class Version(NamedTuple):
    """What is read in one version; *plan* is the number of its skeleton."""

    plan: int
    state: bytes


_NONE = -1


class _Change(NamedTuple):
    """What *revision* did to task number *task* of a *plan*; -1 is no status, of no task."""

    revision: Revision
    plan: int
    task: int
    before: int
    after: int


UNSAVED = '-'  # in place of a commit and of a blob: what lies in the work tree


class Replay:
    """Takes blobs and revisions as they come, a blob before what names it, and tells what changed.

    *missing* tells that git lacked a blob, *first* is the first tracker that was read, but for its
    state. *lacking* are revisions in whose parent, by number, the path is not: it may have had
    another name there (see `renamed`), or have been deleted before (see `restored`).
    """

    def __init__(self, preference: Preference) -> None:
        self.reader = Versions(preference)
        self.versions: dict[str, Version | None] = {}
        self.plans: list[Skeleton] = []
        self.missing = False
        self.first: Tracker | None = None
        self.lacking: list[tuple[Revision, int]] = []
        self._numbers: dict[object, int] = {}
        self._last: tuple[Tracker, int] | None = None
        self._changes: list[_Change] = []
        self._later: list[Revision] = []
        self._before: dict[str, list[Revision]] = {}  # by blobs that cannot be read
        self._deleted: dict[tuple[str, str], Revision] = {}
        self._instead: dict[tuple[str, str, int], list[str]] = {}
        self._aligned: dict[tuple[int, int], tuple[int, ...]] = {}

    def add(self, found: Blob | Revision) -> None:
        if isinstance(found, Blob):
            self.missing = self.missing or found.data is None
            self.versions[found.name] = None if found.data is None else self._read(found.data)
        else:
            self._add_revision(found)

    def _read(self, data: bytes) -> Version | None:
        # What differs in markers alone from what can be read can be read.
        try:
            reading = self.reader.follow(data)
            if reading is None and is_readable(data):
                reading = self.reader.read(data)
        except UnicodeDecodeError:
            return None
        if reading is None:
            return None
        tracker, state = reading
        self.first = self.first or tracker
        return Version(self._plan(tracker), state)

    def _plan(self, tracker: Tracker) -> int:
        """The number of the skeleton of *tracker*, one for all that differ in lines only."""
        if self._last and self._last[0] is tracker:
            return self._last[1]
        sections, tasks, _, _ = tracker.skeleton
        name = (
            tuple((section.text, section.level, section.parent) for section in sections),
            tuple((t.key, t.text, t.section, t.parent, t.path, t.owner) for t in tasks),
        )
        number = self._numbers.setdefault(name, len(self.plans))
        if number == len(self.plans):
            self.plans.append(tracker.skeleton)
        self._last = tracker, number
        return number

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
            self._later.append(revision)
        else:
            self._compare(revision, before, after)

    def renamed(self, revision: Revision, parent: int, blob: str) -> None:
        """Say that the path had another name in that parent, and *blob* was its content."""
        self._instead[revision.commit, revision.path, parent] = [blob]

    @property
    def deletions(self) -> bool:
        return bool(self._deleted)

    def restored(self, revision: Revision, parent: int, deletion: str) -> None:
        """Say that the commit *deletion* had deleted what *revision* brings back."""
        if before := self._deleted.get((deletion, revision.path)):
            self._instead[revision.commit, revision.path, parent] = [*before.before]

    def unsaved(self, path: str, data: bytes, heads: tuple[str, ...]) -> None:
        """Add what lies in the work tree; *heads* are the blobs that it would be committed over."""
        self.versions[UNSAVED] = self._read(data)
        self._add_revision(Revision(UNSAVED, (), '', '', '', path, heads, UNSAVED))

    def changes(self, newest: Tracker) -> tuple[list[Transition], list[ScopeChange]]:
        """All that was found, newest first; *newest* is the tracker as it is now."""
        for revision in self._later:
            after = self.versions[revision.blob]
            assert after
            before = [v for side in self._sides(revision) for v in self._readable(side, set())]
            self._compare(revision, before, after)
        self._later = []
        now = self._now(self._plan(newest))
        found = list(self._transitions(now))
        # what is made in one second stays in git's order, and what one commit did in the file's
        found.sort(key=lambda change: change.age)
        transitions = [change for change in found if change.before and change.after]
        scope = [change for change in found if not (change.before and change.after)]
        return cast(list[Transition], transitions), scope

    def _sides(self, revision: Revision) -> Iterator[str]:
        for at, blob in enumerate(revision.before):
            if blob != ABSENT:
                yield blob
            yield from self._instead.get((revision.commit, revision.path, at), ())

    def _readable(self, blob: str, seen: set[str]) -> Iterator[Version]:
        """The version that *blob* is, else those that were before it."""
        if blob == ABSENT or blob in seen:
            return
        seen.add(blob)
        if version := self.versions.get(blob):
            yield version
            return
        for revision in self._before.get(blob, ()):
            for side in self._sides(revision):
                yield from self._readable(side, seen)

    def _compare(self, revision: Revision, before: list[Version], after: Version) -> None:
        if not before:
            for at, now in enumerate(after.state):
                self._changes.append(_Change(revision, after.plan, at, _NONE, now))
        elif all(version.plan == after.plan for version in before):
            for at in _differing(before[0].state, after.state):
                if all(version.state[at] != after.state[at] for version in before[1:]):
                    was, now = before[0].state[at], after.state[at]
                    self._changes.append(_Change(revision, after.plan, at, was, now))
        else:
            self._compare_plans(revision, before, after)

    def _compare_plans(self, revision: Revision, before: list[Version], after: Version) -> None:
        maps = [(version.state, self._map(version.plan, after.plan)) for version in before]
        for at, now in enumerate(after.state):
            were = [state[of[at]] for state, of in maps if of[at] >= 0]
            if now not in were:
                was = were[0] if were else _NONE
                self._changes.append(_Change(revision, after.plan, at, was, now))
        first, *others = before
        removed = set(range(len(first.state))).difference(maps[0][1])
        for version in others if removed else ():
            # what another parent lacks too was not removed here
            removed.intersection_update(self._map(first.plan, version.plan))
        for at in sorted(removed):
            self._changes.append(_Change(revision, first.plan, at, first.state[at], _NONE))

    def _map(self, old: int, new: int) -> tuple[int, ...]:
        if (found := self._aligned.get((old, new))) is None:
            plans = self.plans[old], self.plans[new]
            found = tuple(range(len(plans[1].tasks))) if old == new else align(*plans)
            self._aligned[old, new] = found
        return found

    def _now(self, newest: int) -> dict[int, dict[int, int]]:
        """For each plan, which of its tasks is which of the newest one's."""
        now = {newest: {at: at for at in range(len(self.plans[newest].tasks))}}
        beside: dict[int, list[tuple[int, int]]] = {}
        for pair in self._aligned:
            for plan in pair:
                beside.setdefault(plan, []).append(pair)
        waiting = [newest]
        for known in waiting:
            for old, new in beside.get(known, ()):
                of = self._aligned[old, new]
                if new == known and old not in now:
                    here = now[known]
                    now[old] = {o: here[n] for n, o in enumerate(of) if o >= 0 and n in here}
                    waiting.append(old)
                elif old == known and new not in now:
                    here = now[known]
                    now[new] = {n: here[o] for n, o in enumerate(of) if o in here}
                    waiting.append(new)
        return now

    def _transitions(self, now: dict[int, dict[int, int]]) -> Iterator[ScopeChange]:
        names: dict[tuple[int, int], tuple[str, ...]] = {}
        for revision, plan, at, before, after in self._changes:
            skeleton = self.plans[plan]
            task = skeleton.tasks[at]
            if (plan, task.section) not in names:
                names[plan, task.section] = tuple(_around(skeleton, task.section))[::-1]
            yield Change(
                task.key, task.title, _status(before), _status(after),
                '' if revision.commit == UNSAVED else revision.commit,
                revision.author, revision.email,
                read_date(revision.date) if revision.date else None,
                revision.path, names[plan, task.section], now.get(plan, {}).get(at, -1),
            )  # fmt: skip


def _status(code: int) -> Status | None:
    return None if code == _NONE else STATUSES[code]


def _around(skeleton: Skeleton, section: int) -> Iterator[str]:
    while section >= 0:
        yield skeleton.sections[section].text
        section = skeleton.sections[section].parent


def _differing(one: bytes, other: bytes) -> list[int]:
    """Where two states of one length differ."""
    if one == other:
        return []
    bits = int.from_bytes(one, 'little') ^ int.from_bytes(other, 'little')
    found = []
    while bits:
        at = (bits & -bits).bit_length() - 1 >> 3
        found.append(at)
        bits &= -1 << (at + 1) * 8
    return found


def is_readable(data: bytes) -> bool:
    """May *data* be read as one state? Not with a NUL byte, nor with both sides of a conflict."""
    if b'\0' in data:
        return False
    if b'<<<<<<< ' not in data or b'>>>>>>> ' not in data:
        return True
    lines = iter(data.split(b'\n'))
    return not all(
        any(line.startswith(sign) for line in lines)
        for sign in (b'<<<<<<< ', b'=======', b'>>>>>>> ')
    )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = -62_135_500_000  # seconds; a day or more within what a datetime can be
_LAST = 253_402_200_000


def read_date(raw: str) -> datetime:
    """The date that git writes as seconds and offset (``1767600000 +0100``)."""
    seconds, _, offset = raw.partition(' ')
    hours, minutes = int(offset[1:3]), int(offset[3:5])
    shift = timedelta(hours=hours, minutes=minutes)
    if shift >= timedelta(days=1):
        shift = timedelta(0)  # no offset that a clock can have
    zone = timezone(-shift if offset[0] == '-' else shift)
    when = min(max(int(seconds), _FIRST), _LAST)
    return (_EPOCH + timedelta(seconds=when)).astimezone(zone)
