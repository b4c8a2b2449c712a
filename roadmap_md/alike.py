"""Trackers that are alike: those that differ in their states and in prose are read once.

A thousand learners who keep one plan have a thousand files with one skeleton. Of the second
file only the lines are looked at, and its markers are read in the places of the first one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .carriers.line_start import asking_lines, is_point
from .carriers.status_line import is_field
from .declared import Declared, declares
from .legend import Legend, entries, entry, is_legend_heading
from .mark import Mark
from .markdown import Kind
from .named_sections import named_sections, status_at
from .page import Page, read_page
from .section import Section
from .status import STATUSES, Status
from .task import Task
from .text import BOM, Span
from .tracker import Skeleton, Tracker, read_tracker
from .vocabulary import Preference


def read_alike(data: bytes, preference: Preference = Preference()) -> Tracker:
    """What ``read_tracker`` reads, but of files that are alike only the first is read whole.

    They share what is known of the rules that look at neither states nor prose. Raises
    UnicodeDecodeError where *data* is not UTF-8.
    """
    return _read(data, preference)[0]


def _read(data: bytes, preference: Preference) -> tuple[Tracker, bool]:
    """The tracker that *data* is; are its markers where, and what, the lines' forms say?"""
    page = read_page(data)
    lines = list(map(_lines.__getitem__, page.lines))
    kept = _kept(lines)
    key = preference, tuple([lines[number].form for number in kept])
    first = _known.get(key)
    if first and (tracker := _like(first, page, lines, kept)):
        return tracker, True
    tracker = read_tracker(data, preference)
    if not first and (example := _example(tracker, lines, kept)):
        while len(_known) >= _MOST_KNOWN:
            _known.pop(next(iter(_known)))
        _known[key] = example
        return tracker, True
    return tracker, False


_CODES = {status: code for code, status in enumerate(STATUSES)}
ROW = 64  # tasks, or lines
State = tuple[bytes, ...]


class Reading(NamedTuple):
    """A tracker with that skeleton, but for its lines, and what was read of the state.

    *state* has a byte for each task, the place of its status in ``STATUSES``, in rows of ``ROW``:
    versions that follow each other share all rows but those that differ.
    """

    tracker: Tracker
    state: State


def in_rows(codes: bytes) -> State:
    return tuple(codes[at : at + ROW] for at in range(0, len(codes), ROW))


class Versions:
    """Reads versions of one file as ``read_alike`` does, and of each only what differs.

    Two versions that follow each other seldom differ in more than one marker. What lies before
    and behind that is compared, not read.
    """

    def __init__(self, preference: Preference) -> None:
        self.preference = preference
        self.data = b''
        self.last: Reading | None = None
        self.tasks: dict[int, int] = {}  # by line; none where markers are not to be read alone
        self.rows: list[int] = []  # where every 64th line begins; finding one counts from there

    def read(self, data: bytes) -> Reading:
        """What *data* is. Raises UnicodeDecodeError where it is not UTF-8."""
        if reading := self.follow(data):
            return reading
        tracker, plain = _read(data, self.preference)
        marks = enumerate(tracker.marks if plain else ())
        self.tasks = {mark.line: index for index, mark in marks}
        self.data, self.rows = data, list(tracker.page.starts[::ROW])
        self.last = Reading(tracker, in_rows(bytes(map(_CODES.__getitem__, tracker.state))))
        return self.last

    def follow(self, data: bytes) -> Reading | None:
        """What *data* is; None where more than markers and prose differ from the version before."""
        reading = self._next(data) if self.last and self.tasks else None
        if reading:
            self.data, self.last = data, reading
        return reading

    def _next(self, data: bytes) -> Reading | None:
        assert self.last
        if data == self.data:
            return self.last
        start, old, new = _differing(self.data, data)
        if len(old) != len(new):
            return None
        row = bisect_right(self.rows, start) - 1
        first = row * ROW + self.data.count(b'\n', self.rows[row], start)
        changes: list[tuple[int, int]] = []
        for number, (before, after) in enumerate(zip(old, new, strict=True), first):
            was, now = _lines[before], _lines[after]
            if was.form != now.form:
                return None
            if was.marker != now.marker:
                status = self.last.tracker.vocabulary.status(now.marker)
                if status is None or number not in self.tasks:
                    return None
                changes.append((self.tasks[number], _CODES[status]))
        self._move_rows(first, old, new)
        if not changes:
            return self.last
        state = list(self.last.state)
        for index, code in changes:
            row, at = divmod(index, ROW)
            state[row] = state[row][:at] + bytes((code,)) + state[row][at + 1 :]
        return Reading(self.last.tracker, tuple(state))

    def _move_rows(self, first: int, old: Sequence[bytes], new: Sequence[bytes]) -> None:
        """The lines from the *first* on were *old*, and are *new*."""
        moved = 0
        for number, (before, after) in enumerate(zip(old, new, strict=True), first):
            if moved and number % ROW == 0:
                self.rows[number // ROW] += moved
            moved += len(after) - len(before)
        for row in range((first + len(old) - 1) // ROW + 1, len(self.rows) if moved else 0):
            self.rows[row] += moved


def _differing(one: bytes, other: bytes) -> tuple[int, list[bytes], list[bytes]]:
    """Where the first line begins in which two texts differ, and their lines up to the last."""
    start = one.rfind(b'\n', 0, _shared(one, other)) + 1
    # Mostly it is the only one.
    ends = one.find(b'\n', start), other.find(b'\n', start)
    alike = len(one) - ends[0] == len(other) - ends[1] and min(ends) >= 0
    if alike and other.endswith(one[ends[0] :]):
        return start, [one[start : ends[0]]], [other[start : ends[1]]]
    most = min(len(one), len(other)) - start
    tail = one.find(b'\n', len(one) - _shared_end(one, other, most))
    behind = len(one) - tail if tail >= 0 else 0
    return (
        start,
        one[start : len(one) - behind].split(b'\n'),
        other[start : len(other) - behind].split(b'\n'),
    )


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if other.startswith(one[low:middle], low):
            low = middle
        else:
            high = middle - 1
    return low


def _shared_end(one: bytes, other: bytes, most: int) -> int:
    """How many bytes two texts end with alike, *most* of them being asked."""
    low, high = 0, most
    stop, end = len(one), len(other)
    while low < high:
        middle = (low + high + 1) // 2
        if other.endswith(one[stop - middle : stop - low], 0, end - low):
            low = middle
        else:
            high = middle - 1
    return low


class _Line(NamedTuple):
    """A line: its *form* is what is left without a *marker*, which begins at byte *start*."""

    form: bytes
    marker: bytes = b''
    start: int = -1


# No file that is read holds a NUL byte, and a marker leaves one; '[x]' alone is no prose.
_PROSE = _Line(b'\0\0')
_MARKED = re.compile(
    rb'((?:[ \t]*+(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*+[ \t]*+)'
    rb'(\[[^\[\]`<>|\\]{1,16}\]|[\x80-\xff][^ \t`<>|\\]{1,63})(?=[ \t]|$)'
)
_NO_PROSE = re.compile(rb'[`<>\[\]|\\\r\0]|[ \t]$')


class _Lines(dict[bytes, _Line]):
    """What is known of each line; few are new in a file that is like another."""

    def __missing__(self, line: bytes) -> _Line:
        found = _read_line(line)
        if len(line) <= _LONGEST_LINE:
            if len(self) >= _MOST_LINES:
                self.clear()
            self[line] = found
        return found


_MOST_LINES = 20_000
_LONGEST_LINE = 1_000  # bytes; longer ones are seldom read twice
_MOST_KNOWN = 256
_lines = _Lines()
_known: dict[tuple[Preference, tuple[bytes, ...]], '_Example'] = {}


def _read_line(line: bytes) -> _Line:
    if line[:1].isalpha() or line[:1] >= b'\xc2':
        text = line.decode()
        if text[0].isalpha():
            return _PROSE if _is_prose(line, text) else _Line(line)
    if match := _MARKED.match(line):
        before, marker = match.groups()
        return _Line(before + b'\0' + line[match.end() :], marker, len(before))
    return _Line(line)


def _is_prose(line: bytes, text: str) -> bool:
    """Is nothing to be found in a line that begins with a letter, whatever stands around it?

    It is no marker (``_example`` sees to that), heading, list item, table, or code; it has no hard
    break, it is no entry or label of a legend, and it declares no rule.
    """
    of_legend = _pairs(text, explained=True) or is_legend_heading(text)
    return not (_NO_PROSE.search(line) or of_legend or any(declares(text)))


def _pairs(text: str, explained: bool) -> bool:
    """May *text* be part of a legend?"""
    return bool(entry(text, explained) or entries(text, explained))


def _kept(lines: Sequence[_Line]) -> list[int]:
    """The numbers of *lines* that matter: of prose that goes on, the first two."""
    return [
        number
        for number, line in enumerate(lines)
        if line is not _PROSE
        or number < 2
        or lines[number - 1] is not _PROSE
        or lines[number - 2] is not _PROSE
    ]


class _Place(NamedTuple):
    """Where a task stands: its line's place, and its title's offsets from the end of its marker."""

    line: int
    title: tuple[int, int]


class _Example(NamedTuple):
    """The first of the trackers that are alike, and where its parts stand in the lines kept.

    *fixed* are the markers, with their places, that show no task's status, as those of a legend.
    """

    tracker: Tracker
    tasks: tuple[_Place, ...]
    sections: tuple[tuple[int, int], ...]
    legend: Legend | None
    declared: tuple[int | None, ...]
    fixed: tuple[tuple[int, bytes], ...]


def _example(tracker: Tracker, lines: Sequence[_Line], kept: Sequence[int]) -> _Example | None:
    """*tracker* as an example of those that are alike; None where more than states may differ."""
    if not _may_differ_in_states_only(tracker, lines):
        return None
    place = {number: at for at, number in enumerate(kept)}
    place[len(lines)] = len(kept)
    sections, tasks, legend, declared = tracker.skeleton
    marked = {task.line for task in tasks}
    return _Example(
        tracker,
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


def _may_differ_in_states_only(tracker: Tracker, lines: Sequence[_Line]) -> bool:
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
        or any(_pairs(f'✅ {task.text}', explained) for task in tracker.tasks)
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


def _is_marked(line: _Line, mark: Mark, page: Page) -> bool:
    start = page.starts[mark.line] + line.start
    return mark.span.start == start and page.data[slice(*mark.span)] == line.marker


def _like(
    example: _Example, page: Page, lines: Sequence[_Line], kept: Sequence[int]
) -> Tracker | None:
    """The tracker that *page* is, read in the places of *example*; None where that cannot be."""
    if any(lines[kept[place]].marker != marker for place, marker in example.fixed):
        return None
    known = example.tracker
    marks = tuple(_marks(example, page, lines, kept))
    if len(marks) < len(known.marks):
        return None
    skeleton = _skeleton(example, (*kept, len(lines)))
    return Tracker(
        page, known.preference, known.vocabulary, skeleton, marks, known.carriers,
        marking=None, unread=(), silent=known.silent,
    )  # fmt: skip


def _marks(
    example: _Example, page: Page, lines: Sequence[_Line], kept: Sequence[int]
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
