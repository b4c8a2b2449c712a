"""A tracker: a skeleton, and a state that is read through it out of the bytes.

The skeleton says what the tasks are and where they sit; it is equal for every state. The state
is one status per task, in order.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from .aggregate import without as without_aggregates
from .carriers import CARRIERS
from .declared import Declared, declared_rules
from .errors import UserError
from .keys import Place, keys_of, slug
from .legend import Legend, find_legend, sound
from .mark import Carrier, Mark
from .markdown import Kind
from .numbering import Numbering, read_numbering
from .page import Page, read_page
from .status import Status
from .text import Edit, Location, locate, splice
from .vocabulary import Family, Preference, Vocabulary, default, meanings


class Section(NamedTuple):
    """A heading on *line* (from 0) and the lines beneath it, up to, not including, *stop*.

    *text* is the heading as written, *title* what follows its number; *parent* is the index of
    the enclosing section, -1 at the top.
    """

    text: str
    title: str
    numbering: Numbering | None
    level: int
    line: int
    stop: int
    parent: int


class Task(NamedTuple):
    """Anything with a status of its own, on *line* (from 0).

    *text* is what follows the marker, *title* what follows its number too. *section* and
    *parent* are the indices of the innermost section and of the task it hangs under, or -1.
    *path* names it from the outermost section down; *key* is as much of that as is needed.
    """

    key: str
    text: str
    title: str
    numbering: Numbering | None
    line: int
    section: int
    parent: int
    path: tuple[str, ...]


class Skeleton(NamedTuple):
    """What a tracker is, whatever its state."""

    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    legend: Legend | None
    declared: Declared


class Tracker:
    """The bytes of a tracker, its skeleton, and for each task the mark that shows its status.

    *marks* and *state* are those of the tasks, in order; *unread* are the marks that are meant as
    one and cannot be read. *silent* are the rules (codes) that are known to find nothing in any
    tracker with this skeleton.
    """

    def __init__(
        self,
        page: Page,
        preference: Preference,
        vocabulary: Vocabulary,
        skeleton: Skeleton,
        marks: tuple[Mark, ...],
        unread: tuple[Mark, ...],
        silent: set[str],
    ) -> None:
        self.page = page
        self.preference = preference
        self.vocabulary = vocabulary
        self.skeleton = skeleton
        self.marks = marks
        self.unread = unread
        self.silent = silent

    @cached_property
    def state(self) -> tuple[Status, ...]:
        return tuple(mark.status for mark in self.marks if mark.status)

    @cached_property
    def carriers(self) -> tuple[Carrier, ...]:
        """What read each of the marks, and may rewrite it."""
        marked = _marks(self.page, self.vocabulary, _hidden(self.skeleton.legend))
        return tuple(carrier for carrier, mark in marked if mark.status)

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

    @cached_property
    def spellings(self) -> Mapping[Status, bytes]:
        """What this tracker itself writes most often for each status."""
        counts: dict[Status, Counter[bytes]] = {}
        for mark, status in zip(self.marks, self.state, strict=True):
            counts.setdefault(status, Counter())[self.data[slice(*mark.span)]] += 1
        return {status: counter.most_common(1)[0][0] for status, counter in counts.items()}

    def locate(self, offset: int) -> Location:
        return locate(self.data, self.page.starts, offset)

    def enclosing(self, section: int) -> Iterator[int]:
        """*section* and the sections around it, innermost first."""
        while section >= 0:
            yield section
            section = self.sections[section].parent


class WriteProofError(AssertionError):
    """The new bytes would not show exactly the intended change; nothing was written."""


def read_tracker(data: bytes, preference: Preference = Preference()) -> Tracker:
    """The tracker that *data* is. Raises UnicodeDecodeError where it is not UTF-8."""
    page = read_page(data)
    legend = find_legend(page)
    hidden = _hidden(legend)
    vocabulary = _vocabulary(legend, preference)
    marked = _marks(page, vocabulary, hidden)
    marks = tuple(mark for _, mark in marked if mark.status)
    sections = tuple(_sections(page, {mark.block for _, mark in marked}))
    tasks = _tasks(page, sections, marks)
    headings = [(section.text, section.line) for section in sections]
    declared = declared_rules(page, headings, hidden, tasks[0].line if tasks else None)
    return Tracker(
        page,
        preference,
        vocabulary,
        Skeleton(sections, tasks, legend, declared),
        marks,
        unread=tuple(mark for _, mark in marked if mark.status is None),
        silent=set(),
    )


def set_statuses(tracker: Tracker, changes: Mapping[int, Status]) -> Tracker:
    """The tracker with these statuses for the tasks of these indices, proved.

    Its bytes are read again and must show the same skeleton and exactly these changes. Raises
    WriteProofError where they do not.
    """
    edits = [edit for at, status in changes.items() for edit in edit_status(tracker, at, status)]
    after = read_tracker(splice(tracker.data, edits), tracker.preference)
    wanted = tuple(changes.get(at, status) for at, status in enumerate(tracker.state))
    if after.skeleton != tracker.skeleton or after.state != wanted:
        keys = ', '.join(tracker.tasks[index].key for index in changes)
        raise WriteProofError(f'setting {keys} would change more than that')
    return after


def edit_status(tracker: Tracker, index: int, status: Status) -> list[Edit]:
    """The edits that give task *index* its *status*; none where it has it.

    Raises WriteProofError where the status can only be read there, UserError where this tracker
    has no marker that means it.
    """
    if tracker.state[index] is status:
        return []
    write = tracker.carriers[index].write
    if write is None:
        raise WriteProofError(f'{tracker.tasks[index].key} can be read there, not written')

    def spelling(family: Family) -> bytes:
        marker = tracker.vocabulary.spelling(status, family, tracker.spellings)
        if tracker.vocabulary.status(marker) is not status:
            raise UserError(
                f'{marker.decode()} would not be read as {status.words}',
                'declare a marker for it in the legend',
            )
        return marker

    return write(tracker.page, tracker.marks[index], spelling)


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


def _marks(
    page: Page, vocabulary: Vocabulary, hidden: frozenset[int]
) -> list[tuple[Carrier, Mark]]:
    """Each mark with its carrier, in order; none on the *hidden* lines."""
    claimed: set[int] = set(hidden)
    found: list[tuple[Carrier, Mark]] = []
    for carrier in CARRIERS:
        marks = [mark for mark in carrier.read(page, vocabulary) if mark.line not in claimed]
        claimed.update(mark.line for mark in marks)
        found += [(carrier, mark) for mark in marks]
    return sorted(found, key=lambda pair: pair[1].span)


def _sections(page: Page, marked: set[int]) -> Iterator[Section]:
    """The sections of *page*, nested by level.

    Headings of punctuation alone are decoration. An underlined heading that holds marks is an
    accident: a ``---`` right under bare lines.
    """
    headings = [
        (block, text)
        for index, block in enumerate(page.blocks)
        if block.kind in (Kind.HEADING, Kind.UNDERLINED) and block.parent < 0
        if index not in marked
        if any(map(str.isalnum, text := page.heading(block)))
    ]
    stops = _section_stops([block.level for block, _ in headings])
    open_sections: list[tuple[int, int]] = []
    for index, (block, text) in enumerate(headings):
        while open_sections and open_sections[-1][1] >= block.level:
            open_sections.pop()
        parent = open_sections[-1][0] if open_sections else -1
        open_sections.append((index, block.level))
        after = stops[index]
        stop = headings[after][0].first if after < len(headings) else len(page.starts)
        numbering, title = read_numbering(text)
        title = without_aggregates(title)
        yield Section(text, title, numbering, block.level, block.first, stop, parent)


def _section_stops(levels: Sequence[int]) -> list[int]:
    """For each heading the index of the next one that is not beneath it."""
    stops = [len(levels)] * len(levels)
    waiting: list[int] = []
    for index, level in enumerate(levels):
        while waiting and levels[waiting[-1]] >= level:
            stops[waiting.pop()] = index
        waiting.append(index)
    return stops


_IDENTIFIER = re.compile(r'(?:^|\s)(?:\{#([\w:.-]+)\}|\^([A-Za-z0-9-]+))\s*$')


def _identified(text: str) -> tuple[str, str]:
    """*text* without the identifier at its end, and that."""
    named = _IDENTIFIER.search(text) if '^' in text or '{#' in text else None
    return (text[: named.start()].rstrip(), named[1] or named[2]) if named else (text, '')


_WEEK_AND_DAY = re.compile(r'^[Ww](\d{1,3})[Dd](\d{1,3})\b')
_COARSER_THAN_DAY = ('week', 'month', 'phase', 'module', 'sprint', 'unit')


def _own_numbering(text: str) -> tuple[tuple[str, ...], Numbering | None, str]:
    """The numbering and title of a task, and the names before it: ``Week 1, Day 3: Sets``."""
    numbering, title = read_numbering(_WEEK_AND_DAY.sub(r'Week \1 Day \2', text))
    if numbering and numbering.kind in _COARSER_THAN_DAY:
        inner, rest = read_numbering(title)
        if inner and inner.kind == 'day':
            return (numbering.slug,), inner, rest
    return (), numbering, title


def _tasks(page: Page, sections: Sequence[Section], marks: Sequence[Mark]) -> tuple[Task, ...]:
    parents = _parent_tasks(page, marks)
    rows: list[tuple[str, str, Numbering | None, int, int, int, tuple[str, ...]]] = []
    places: list[Place] = []
    identifiers: list[str] = []
    above, around = -1, section_slugs(sections, -1)
    for index, mark in enumerate(marks):
        if above + 1 < len(sections) and sections[above + 1].line < mark.line:
            while above + 1 < len(sections) and sections[above + 1].line < mark.line:
                above += 1
            around = section_slugs(sections, above)
        text, identifier = _identified(page.data[slice(*mark.title)].decode())
        outer, numbering, title = _own_numbering(text)
        name = numbering.slug if numbering else slug(title) or f'task-{index + 1}'
        above_it = places[parents[index]].tail if parents[index] >= 0 else ()
        place = Place(around, (*above_it, *outer, name))
        rows.append((text, title, numbering, mark.line, above, parents[index], place.path))
        places.append(place)
        identifiers.append(identifier)
    # Days that are numbered through, in no numbered section, need no section in their names.
    numbered = [is_numbered for place in places for _, is_numbered in place.sections]
    alone = all(row[2] for row in rows) and not any(numbered)
    keys = keys_of(places, identifiers, least=0 if alone else 1)
    return tuple(Task(key, *row) for key, row in zip(keys, rows, strict=True))


def section_slugs(sections: Sequence[Section], at: int) -> tuple[tuple[str, bool], ...]:
    """The names of section *at* and of those around it, outermost first; is each numbered?"""
    chain: list[tuple[str, bool]] = []
    while at >= 0:
        section = sections[at]
        numbering = section.numbering
        chain.append((numbering.slug, True) if numbering else (slug(section.title), False))
        at = section.parent
    return tuple(reversed(chain))


def _parent_tasks(page: Page, marks: Sequence[Mark]) -> list[int]:
    """For each mark the index of the one at the head of the list item around it, or -1."""
    heads = {mark.item: index for index, mark in enumerate(marks) if mark.item >= 0}
    parents: list[int] = []
    for index, mark in enumerate(marks):
        if mark.item >= 0:
            block = page.blocks[mark.item].parent
        else:
            block = page.blocks[mark.block].parent
            if block >= 0 and page.blocks[mark.block].first == page.blocks[block].first:
                block = page.blocks[block].parent  # a lazy line of the item's own paragraph
        while block >= 0 and heads.get(block, index) >= index:
            block = page.blocks[block].parent
        parents.append(heads[block] if block >= 0 else -1)
    return parents
