"""Trackers that are alike: those that differ in their states and in prose are read once.

A thousand learners who keep one plan have a thousand files with one skeleton. Of the second
file only the lines are looked at, and its markers are read in the places of the first one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .carriers.line_start import asking_lines, is_point
from .carriers.status_line import is_field
from .declared import Declared
from .legend import Legend, is_legend_heading, pairs
from .lines import PROSE, Line, known_lines
from .mark import Mark
from .markdown import Kind
from .named_sections import named_sections, status_at
from .page import Page, read_page
from .section import Section
from .status import Status
from .task import Task
from .text import BOM, Span
from .tracker import Skeleton, Tracker, read_tracker
from .vocabulary import Preference


def read_alike(data: bytes, preference: Preference = Preference()) -> Tracker:
    """What ``read_tracker`` reads, but of files that are alike only the first is read whole.

    They share what is known of the rules that look at neither states nor prose. Raises
    UnicodeDecodeError where *data* is not UTF-8.
    """
    return read_plainly(data, preference)[0]


def read_plainly(data: bytes, preference: Preference) -> tuple[Tracker, bool]:
    """As `read_alike`; and are its markers where, and what, the lines' forms say?"""
    page = read_page(data)
    lines = list(map(known_lines.__getitem__, page.lines))
    kept = _kept(lines)
    key = preference, tuple([lines[number].form for number in kept])
    first = _known.get(key)
    if first and (tracker := _like(first, page, lines, kept)):
        return tracker, True
    tracker = read_tracker(data, preference)
    if not first and (example := _example(tracker, lines, kept)):
        while len(_known) >= _MOST_KNOWN:
            _known.pop(next(iter(_known.copy())), None)  # copied, as other threads read too
        _known[key] = example
        return tracker, True
    return tracker, False


def _kept(lines: Sequence[Line]) -> list[int]:
    """The numbers of *lines* that matter: of prose that goes on, the first two."""
    return [
        number
        for number, line in enumerate(lines)
        if line is not PROSE
        or number < 2
        or lines[number - 1] is not PROSE
        or lines[number - 2] is not PROSE
    ]


_MOST_KNOWN = 256
_known: dict[tuple[Preference, tuple[bytes, ...]], '_Example'] = {}


class _Place(NamedTuple):
    """Where a task stands: its line's place, and its title's offsets from the end of its marker."""

    line: int
    title: tuple[int, int]


class _Example(NamedTuple):
    """The first of the trackers that are alike, and where its parts stand in the lines *kept*.

    *fixed* are the markers, with their places, that show no task's status, as those of a legend.
    """

    tracker: Tracker
    kept: Sequence[int]
    tasks: tuple[_Place, ...]
    sections: tuple[tuple[int, int], ...]
    legend: Legend | None
    declared: tuple[int | None, ...]
    fixed: tuple[tuple[int, bytes], ...]


def _example(tracker: Tracker, lines: Sequence[Line], kept: Sequence[int]) -> _Example | None:
    """*tracker* as an example of those that are alike; None where more than states may differ."""
    if not _may_differ_in_states_only(tracker, lines):
        return None
    place = {number: at for at, number in enumerate(kept)}
    place[len(lines)] = len(kept)
    sections, tasks, legend, declared = tracker.skeleton
    marked = {task.line for task in tasks}
    return _Example(
        tracker,
        kept,
        tuple(
            _Place(place[mark.line], (title.start - span.stop, title.stop - span.stop))
            for mark in tracker.marks
            for span, title in ((mark.span, mark.title),)
        ),
        tuple((place[section.line], place[section.stop]) for section in sections),
        legend and _moved(legend, place),
        tuple(None if number is None else place[number] for number in declared),
        tuple(
            (place[number], lines[number].marker)
            for number in kept
            if lines[number].marker and number not in marked
        ),
    )


def _moved(legend: Legend, to: Mapping[int, int] | Sequence[int]) -> Legend:
    """*legend* where each of its lines is another one."""
    markers, places, lines = legend
    return Legend(markers, tuple(to[at] for at in places), frozenset(to[at] for at in lines))


def _may_differ_in_states_only(tracker: Tracker, lines: Sequence[Line]) -> bool:
    page = tracker.page
    explained = any(map(is_legend_heading, page.data.decode().splitlines()))
    return not (
        # Statuses that stand elsewhere, or twice.
        tracker.marking
        # Lines that mean something by what stands above or beneath them.
        or page.data.startswith((b'---', b'+++', BOM))
        or any(block.kind is Kind.UNDERLINED for block in page.blocks)
        # Markers that are not where, or not what, the lines' forms say.
        or tracker.unread
        or any(not _is_marked(lines[mark.line], mark, page) for mark in tracker.marks)
        or any(marker.decode()[0].isalpha() for marker in tracker.vocabulary.meanings)
        # Items where an emoji would be no marker, or mean something else.
        or _depend_on_their_places(tracker)
        # Tasks that could be taken for a legend.
        or any(pairs(f'✅ {task.text}', explained) for task in tracker.tasks)
    )


def _depend_on_their_places(tracker: Tracker) -> bool:
    """Would what stands around an emoji, and not it alone, tell what it is before some task?"""
    page = tracker.page
    items = [mark for mark in tracker.marks if mark.item >= 0]
    if any(is_field(page, mark) for mark in items):
        return True
    if tracker.vocabulary.spellings or not items:
        return False
    asking, named = asking_lines(page), named_sections(page)
    return any(
        is_point(page, mark)
        or page.section_line(mark.line) in asking
        or status_at(named, mark.line)
        for mark in items
    )


def _is_marked(line: Line, mark: Mark, page: Page) -> bool:
    start = page.starts[mark.line] + line.start
    return mark.span.start == start and page.data[slice(*mark.span)] == line.marker


def _like(
    example: _Example, page: Page, lines: Sequence[Line], kept: Sequence[int]
) -> Tracker | None:
    """The tracker that *page* is, read in the places of *example*; None where that cannot be."""
    if any(lines[kept[place]].marker != marker for place, marker in example.fixed):
        return None
    known = example.tracker
    marks = tuple(_marks(example, page, lines, kept))
    if len(marks) < len(known.marks):
        return None
    same = kept == example.kept and len(page.starts) == len(known.page.starts)
    skeleton = known.skeleton if same else _skeleton(example, (*kept, len(lines)))
    return Tracker(
        page, known.preference, known.vocabulary, skeleton, marks, known.carriers,
        marking=None, unread=(), silent=known.silent,
    )  # fmt: skip


def _marks(
    example: _Example, page: Page, lines: Sequence[Line], kept: Sequence[int]
) -> Iterator[Mark]:
    """The marks of *page*, up to the first whose marker is not known."""
    known = example.tracker
    statuses: dict[bytes, Status | None] = {}
    for place, mark in zip(example.tasks, known.marks, strict=True):
        number = kept[place.line]
        marker = lines[number].marker
        if marker not in statuses:
            statuses[marker] = known.vocabulary.status(marker)
        if (status := statuses[marker]) is None:
            return
        start = page.starts[number] + lines[number].start
        stop = start + len(marker)
        first, last = place.title
        title = Span(stop + first, stop + last)
        yield Mark(Span(start, stop), status, number, title, mark.item, mark.block)


def _skeleton(example: _Example, kept: Sequence[int]) -> Skeleton:
    """The skeleton of *example* on the lines *kept* of another file."""
    sections, tasks, *_ = example.tracker.skeleton
    return Skeleton(
        tuple(
            Section(*section[:4], kept[line], kept[stop], section.parent)
            for section, (line, stop) in zip(sections, example.sections, strict=True)
        ),
        tuple(
            Task(*task[:4], kept[place.line], *task[5:])
            for task, place in zip(tasks, example.tasks, strict=True)
        ),
        example.legend and _moved(example.legend, kept),
        Declared(*(None if at is None else kept[at] for at in example.declared)),
    )
