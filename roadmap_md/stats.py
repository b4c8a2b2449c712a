"""How far a tracker is: counts, percentages, and the same by section."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from .keys import Place, keys_of
from .section import section_slugs
from .status import Status
from .tracker import Tracker


class Counts(NamedTuple):
    """How many tasks have each status."""

    completed: int
    in_progress: int
    not_started: int
    blocked: int
    cancelled: int

    @property
    def total(self) -> int:
        """All tasks, cancelled ones included."""
        return sum(self)

    @property
    def scope(self) -> int:
        """All tasks but the cancelled ones."""
        completed, in_progress, not_started, blocked, _ = self
        return completed + in_progress + not_started + blocked

    @property
    def is_begun(self) -> bool:
        return self.completed > 0 or self.in_progress > 0

    @property
    def percent(self) -> int | None:
        """Completed of the scope, rounded down; None where that is 0 of 0."""
        exact = self.exact_percent
        return None if exact is None else int(exact)

    @property
    def exact_percent(self) -> float | None:
        """As `percent`, not rounded."""
        scope = self.scope
        return self.completed * 100 / scope if scope else None


class SectionCounts(NamedTuple):
    """The counts of all tasks beneath section number *section*, whose name is *key*."""

    section: int
    key: str
    counts: Counts


def count(statuses: Iterable[Status]) -> Counts:
    of = Counter(statuses)
    return Counts(
        of[Status.COMPLETED], of[Status.IN_PROGRESS], of[Status.NOT_STARTED],
        of[Status.BLOCKED], of[Status.CANCELLED],
    )  # fmt: skip


def by_section(tracker: Tracker) -> list[SectionCounts]:
    """The counts of each section that has tasks beneath it, in document order."""
    beneath: dict[int, list[Status]] = {}
    for task, status in zip(tracker.tasks, tracker.state, strict=True):
        for section in tracker.enclosing(task.section):
            beneath.setdefault(section, []).append(status)
    sections = sorted(beneath)
    keys = keys_of([_place(tracker, at) for at in sections], [''] * len(sections), least=0)
    return [
        SectionCounts(section, key, count(beneath[section]))
        for section, key in zip(sections, keys, strict=True)
    ]


def _place(tracker: Tracker, section: int) -> Place:
    *around, (name, _) = section_slugs(tracker.sections, section)
    return Place(tuple(around), (name,))
