"""A tracker: a skeleton, and a state that is read through it out of the bytes.

The skeleton says what the tasks are and where they sit; it is equal for every state. The state
is one status per task, in order.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from .carriers import heading
from .declared import Declared, declared_rules
from .legend import Legend, find_legend, sound
from .mark import About, Carrier, Mark
from .marking import Marked, Marking, Statused, assigned, read_marks
from .page import Page, read_page
from .section import Section, read_sections
from .status import Status
from .task import Task, read_tasks
from .text import Location, locate
from .vocabulary import Preference, Vocabulary, default, meanings


class Skeleton(NamedTuple):
    """What a tracker is, whatever its state."""

    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    legend: Legend | None
    declared: Declared


class Tracker:
    """The bytes of a tracker, its skeleton, and what shows the status of each task.

    *marks* show the status of each task, in order, and are read by the *carriers*; *marking* tells
    what else has a status, and what says one again, or is None where nothing does. *unread* are the
    marks that are meant as one and cannot be read. *silent* are the rules (codes) that are known to
    find nothing in any tracker with this skeleton.
    """

    def __init__(
        self,
        page: Page,
        preference: Preference,
        vocabulary: Vocabulary,
        skeleton: Skeleton,
        marks: tuple[Mark, ...],
        carriers: tuple[Carrier, ...],
        marking: Marking | None,
        unread: tuple[Mark, ...],
        silent: set[str],
    ) -> None:
        self.page = page
        self.preference = preference
        self.vocabulary = vocabulary
        self.skeleton = skeleton
        self.marks = marks
        self.carriers = carriers
        self.marking = marking
        self.unread = unread
        self.silent = silent

    @cached_property
    def statused(self) -> list[Statused]:
        """The tasks, each with its marks."""
        if self.marking:
            return self.marking.tasks
        pairs = zip(self.carriers, self.marks, strict=True)
        return [Statused(mark.line, -1, (Marked(carrier, mark),)) for carrier, mark in pairs]

    @property
    def statused_sections(self) -> list[Statused]:
        """The sections that have a status and hold tasks."""
        return self.marking.sections if self.marking else []

    @property
    def elsewhere(self) -> list[Statused]:
        """The tasks whose status is not, or not only, before their text."""
        return self.marking.elsewhere if self.marking else []

    @cached_property
    def state(self) -> tuple[Status, ...]:
        return tuple([mark.status for mark in self.marks if mark.status])

    @cached_property
    def lines_of_marks(self) -> frozenset[int]:
        """The lines on which something says the status of a task or a section."""
        found = (*self.statused, *self.statused_sections)
        return frozenset(marked.mark.line for task in found for marked in task.marks)

    @property
    def data(self) -> bytes:
        return self.page.data

    @property
    def tasks(self) -> tuple[Task, ...]:
        return self.skeleton.tasks

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.skeleton.sections

    @cached_property
    def parents(self) -> frozenset[int]:
        """The indices of the tasks that have tasks beneath them."""
        return frozenset(task.parent for task in self.tasks if task.parent >= 0)

    def locate(self, offset: int) -> Location:
        return locate(self.data, self.page.starts, offset)

    def enclosing(self, section: int) -> Iterator[int]:
        """*section* and the sections around it, innermost first."""
        while section >= 0:
            yield section
            section = self.sections[section].parent


def read_tracker(data: bytes, preference: Preference = Preference()) -> Tracker:
    """The tracker that *data* is. Raises UnicodeDecodeError where it is not UTF-8."""
    page = read_page(data)
    legend = find_legend(page)
    hidden = _hidden(legend)
    vocabulary = _vocabulary(legend, preference)
    found = read_marks(page, vocabulary, hidden)
    lines = {marked.mark.block for marked in found if marked.mark.about is About.TASK}
    titles = {m.mark.line: m.mark.title for m in found if m.carrier is heading.CARRIER}
    sections = tuple(read_sections(page, titles, lines))
    marking = assigned(found, sections)
    tasks = read_tasks(page, sections, marking.tasks)
    headings = [(section.text, section.line) for section in sections]
    declared = declared_rules(page, headings, hidden, tasks[0].line if tasks else None)
    is_plain = not (marking.sections or marking.elsewhere)
    return Tracker(
        page,
        preference,
        vocabulary,
        Skeleton(sections, tasks, legend, declared),
        marks=tuple(task.marks[0].mark for task in marking.tasks),
        carriers=tuple(task.marks[0].carrier for task in marking.tasks),
        marking=None if is_plain else marking,
        unread=tuple(marked.mark for marked in found if marked.mark.status is None),
        silent=set(),
    )


def _vocabulary(legend: Legend | None, preference: Preference) -> Vocabulary:
    """The legend's markers and the boxes where there is a legend, else the defaults."""
    declared = list(legend.markers) if legend else []
    damaged = [(whole, status) for marker, status in declared for whole in sound(marker)]
    pairs = [*damaged, *declared, *preference.markers]
    if style := preference.style:
        pairs = [*((default(status, style).decode(), status) for status in Status), *pairs]
    known = meanings(pairs, boxes_only=legend is not None)
    spellings: dict[Status, bytes] = {}
    for marker, status in (*preference.markers, *declared):
        spellings.setdefault(status, marker.encode())
    return Vocabulary(known, spellings, preference.style)


def _hidden(legend: Legend | None) -> frozenset[int]:
    """The lines that are never tasks."""
    return legend.lines if legend else frozenset()
