"""What changed between two versions of a tracker: counts before and after, and the tasks."""

from typing import NamedTuple

from .align import align
from .stats import Counts, by_section, count
from .status import Status
from .tracker import Tracker


class Row(NamedTuple):
    """The counts of a section of the *tracker* after, or before where it is gone."""

    key: str
    section: int
    before: Counts | None
    after: Counts | None


class Change(NamedTuple):
    """A task that is not what it was; *before* is None where it is new, *after* where it is gone.

    *task* is its number in the version after, or before where it is gone.
    """

    task: int
    before: Status | None
    after: Status | None


class Since(NamedTuple):
    """The two versions, and what lies between them."""

    before: Tracker
    after: Tracker
    totals: tuple[Counts, Counts]
    sections: list[Row]
    changes: list[Change]


def since(before: Tracker, after: Tracker) -> Since:
    """What changed from *before* to *after*. Sections are the same by key, tasks as align says."""
    totals = count(before.state), count(after.state)
    return Since(before, after, totals, _sections(before, after), _changes(before, after))


def _sections(before: Tracker, after: Tracker) -> list[Row]:
    old = {row.key: row for row in by_section(before)}
    new = by_section(after)
    known = {row.key for row in new}
    rows = [
        Row(row.key, row.section, old[row.key].counts if row.key in old else None, row.counts)
        for row in new
    ]
    gone = [row for row in old.values() if row.key not in known]
    return rows + [Row(row.key, row.section, row.counts, None) for row in gone]


def _changes(before: Tracker, after: Tracker) -> list[Change]:
    of = align(before.skeleton, after.skeleton)
    changes = [
        Change(at, before.state[old] if old >= 0 else None, now)
        for at, (old, now) in enumerate(zip(of, after.state, strict=True))
        if old < 0 or before.state[old] is not now
    ]
    gone = sorted(set(range(len(before.state))).difference(of))
    return changes + [Change(at, before.state[at], None) for at in gone]
