"""Which tasks the counts that an author keeps by hand speak of, and what they ought to say.

What the author means is known only where the total fits; what fits nowhere is left alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, TypeVar

from .aggregate import (
    Aggregate,
    Form,
    Rounding,
    aggregates,
    is_label,
    is_of_all,
    progress_line,
)
from .markdown import Kind
from .mask import container_stop
from .page import Page, opaque
from .section import Section
from .status import Status
from .table import Cell, Row, read_table, rewrite
from .text import Edit, Span
from .tracker import Tracker
from .words import TOTAL_LABELS, fold, words_of


class Stale(NamedTuple):
    """A count that is *written* and not right: *completed* of *total* are, as *edit* says.

    *is_certain* tells that it is one of these tasks, and not a date, a mark or a part of two.
    """

    written: str
    completed: int
    total: int
    edit: Edit
    is_certain: bool


def stale(tracker: Tracker) -> Iterator[Stale]:
    """The counts that are not right, in order; those of one line speak of the same tasks."""
    lines = _lines(tracker)
    if not lines:
        return
    sums = _Sums.of(tracker.state)
    for line in _tallies(tracker, lines, sums):
        completed, total = line.counted(sums)
        for found in line.aggregates:
            if found.rounding(completed, total) is None:
                edit = _kept_wide(tracker, line, line.edit(found, completed, total))
                yield Stale(line.written(found), completed, total, edit, line.is_certain)


def counted(tracker: Tracker) -> Iterator[tuple[int, int]]:
    """The lines (from 0) with counts, each with how many tasks they speak of."""
    sums = _Sums.of(tracker.state)
    for line in _tallies(tracker, _lines(tracker), sums):
        yield tracker.page.locate_line(line.start), len(line.tasks)


def count_edits(tracker: Tracker, changes: Mapping[int, Status]) -> list[Edit]:
    """The edits of *tracker* after which, with *changes*, each count that includes one is right.

    They can be spliced together with those of the markers. A count that was right is rounded as
    it was; one that was not, and may be of something else, is left alone.
    """
    lines = _lines(tracker)
    if not lines:
        return []
    before = _Sums.of(tracker.state)
    after = _Sums.of([changes.get(at, status) for at, status in enumerate(tracker.state)])
    changed = sorted(changes)
    edits: list[Edit] = []
    for line in _tallies(tracker, lines, before):
        if bisect_left(changed, line.tasks.start) == bisect_left(changed, line.tasks.stop):
            continue
        for found in line.aggregates:
            rounding = found.rounding(*line.counted(before))
            if rounding is None and not line.is_certain:
                continue
            edit = line.edit(found, *line.counted(after), rounding or Rounding.DOWN)
            if tracker.data[slice(*edit.span)] != edit.new:
                edits.append(_kept_wide(tracker, line, edit))
    return edits


def named_tallies(tracker: Tracker) -> dict['Name', 'Tally']:
    """The lines with counts, by all that they and the sections around them say besides."""
    lines = _lines(tracker)
    names = {line.start: _name(tracker, line) for line in lines}
    found = list(_tallies(tracker, lines, _Sums.of(tracker.state))) if lines else []
    return _unique((names[tally.start], tally) for tally in found)


def rewritten_lines(tracker: Tracker, model: Tracker) -> set[int]:
    """The lines of *tracker* with counts that are others in *model*, another version of it."""
    ours, theirs = named_tallies(tracker), named_tallies(model)
    # A section around it may have another title.
    alone = _unique((name[:2], tally) for name, tally in theirs.items())
    found = set()
    for name, tally in ours.items():
        other = theirs.get(name) or alone.get(name[:2])
        if other and tally.all_written != other.all_written:
            found.add(tracker.page.locate_line(tally.start))
    return found


def recounted(
    merged: Tracker,
    sources: Mapping['Name', tuple[range, Sequence['Tally']]],
    of: Sequence[Tracker],
) -> list[Edit] | None:
    """The edits of *merged* after which the lines of these names count these tasks.

    They do so in the way in which the tallies do that stand in the trackers *of* which they are,
    whatever the order of these. None where one of the lines is not there.
    """
    sums, before = _Sums.of(merged.state), [_Sums.of(tracker.state) for tracker in of]
    lines = _unique((_name(merged, line), line) for line in _lines(merged))
    edits: list[Edit] = []
    for name, (tasks, tallies) in sources.items():
        line = lines.get(name)
        if line is None or len(line.aggregates) != len(tallies[0].aggregates):
            return None
        tally = Tally(
            line.text, line.start, line.aggregates, tasks,
            any(source.with_cancelled for source in tallies), block=line.block,
        )  # fmt: skip
        counts = [source.counted(side) for source, side in zip(tallies, before, strict=True)]
        models = zip(*(source.aggregates for source in tallies), strict=True)
        for found, model in zip(line.aggregates, models, strict=True):
            ways = {one.rounding(*said) for one, said in zip(model, counts, strict=True)}
            # The last of them is the one that tells most: the others may be right by chance.
            rounding = next((way for way in reversed(Rounding) if way in ways), Rounding.DOWN)
            edit = tally.edit(found, *tally.counted(sums), rounding)
            if merged.data[slice(*edit.span)] != edit.new:
                edits.append(_kept_wide(merged, tally, edit))
    return edits


def copied(tracker: Tracker, tally: 'Tally', source: 'Tally') -> list[Edit]:
    """The edits after which *tally* is written as *source*, of another version, is."""
    return [
        _kept_wide(tracker, tally, Edit(tally.span(found), source.written(model).encode()))
        for found, model in zip(tally.aggregates, source.aggregates, strict=True)
        if tally.written(found) != source.written(model)
    ]


# What the line says besides its counts, whether it is in a table, and the sections around it.
Name = tuple[str, bool, tuple[str, ...]]


def _name(tracker: Tracker, line: '_Line') -> Name:
    said = line.text
    for found in reversed(line.aggregates):
        said = f'{said[: found.start]}\0{said[found.stop :]}'
    titles = tuple(tracker.sections[at].title for at in tracker.enclosing(line.section))
    return said, line.block >= 0, titles


_T = TypeVar('_T')


_N = TypeVar('_N', bound=Hashable)


def _unique(pairs: Iterable[tuple[_N, _T]]) -> dict[_N, _T]:
    """What has a name of its own."""
    groups: dict[_N, list[_T]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return {name: values[0] for name, values in groups.items() if len(values) == 1}


def _kept_wide(tracker: Tracker, line: 'Tally', edit: Edit) -> Edit:
    """*edit*, and in a table the blanks that keep its column as wide as it was."""
    if line.block < 0:
        return edit
    (wide,) = rewrite(tracker.page, read_table(tracker.page, line.block), edit.span, edit.new)
    return wide


class _Sums(NamedTuple):
    """How many tasks before each are completed, and how many are cancelled."""

    completed: list[int]
    cancelled: list[int]

    @classmethod
    def of(cls, state: Sequence[Status]) -> '_Sums':
        return cls(*(
            list(accumulate((status is wanted for status in state), initial=0))
            for wanted in (Status.COMPLETED, Status.CANCELLED)
        ))  # fmt: skip


class Tally(NamedTuple):
    """The *aggregates* of a line whose *text* begins at byte *start*, and the *tasks* they count.

    *with_cancelled* tells that their total is that of all tasks, and not of those that are left,
    *is_certain* that it is these tasks that they count.
    """

    text: str
    start: int
    aggregates: tuple[Aggregate, ...]
    tasks: range
    with_cancelled: bool
    is_certain: bool = True
    block: int = -1

    def counted(self, sums: _Sums) -> tuple[int, int]:
        """How many of the tasks are completed, and of how many."""
        completed, cancelled = (
            before[self.tasks.stop] - before[self.tasks.start] for before in sums
        )
        return completed, len(self.tasks) - (0 if self.with_cancelled else cancelled)

    def is_right(self, sums: _Sums) -> bool:
        return None not in (found.rounding(*self.counted(sums)) for found in self.aggregates)

    @property
    def all_written(self) -> list[str]:
        return [self.written(found) for found in self.aggregates]

    def written(self, found: Aggregate) -> str:
        return self.text[found.start : found.stop]

    def edit(
        self, found: Aggregate, completed: int, total: int, rounding: Rounding = Rounding.DOWN
    ) -> Edit:
        wanted = found.rewritten(self.text, completed, total, rounding)
        return Edit(self.span(found), wanted.encode())

    def span(self, found: Aggregate) -> Span:
        start = self.start + len(self.text[: found.start].encode())
        return Span(start, start + len(self.written(found).encode()))


class _Line(NamedTuple):
    """A line with counts: its *text* begins at byte *start*.

    *section* is the innermost one around it, *item* the list item that it is a part of, each -1
    where there is none. *is_own* tells that it is a heading which says more than its counts,
    *is_numbered* that this is a number, as of a week. For a cell, *block* is its table.
    """

    text: str
    start: int
    aggregates: tuple[Aggregate, ...]
    section: int
    item: int = -1
    is_heading: bool = False
    is_own: bool = False
    is_numbered: bool = False
    block: int = -1

    @property
    def counts(self) -> list[Aggregate]:
        return [found for found in self.aggregates if found.form is Form.COUNT]

    def is_telling(self, found: Aggregate) -> bool:
        """Does *found*, in a heading that says more, count tasks, as ``[60%]``, ``Week 1 60%``?"""
        is_square = self.text[: found.start].endswith('[')
        return found.form is Form.BAR or is_square or (self.is_numbered and not found.is_bracketed)

    @property
    def is_of_all(self) -> bool:
        return not self.is_own and is_of_all(self.text[: self.aggregates[0].start])


def _tallies(tracker: Tracker, lines: Sequence[_Line], sums: _Sums) -> Iterator[Tally]:
    """The counts of each line, with what they speak of, where that is known."""
    places = _Places(tracker)
    for line in lines:
        taken = _fitting(line, places, sums) if line.counts else _nearest(line, places, sums)
        if taken:
            yield taken._replace(block=line.block)


# Where counts stand


def _lines(tracker: Tracker) -> list[_Line]:
    found = [*_headings(tracker), *_prose(tracker), *_cells(tracker)]
    return sorted(found, key=lambda line: line.start)


def _cells(tracker: Tracker) -> Iterator[_Line]:
    """The cells with a count in the rows of tables that name a section, or sum up.

    A percentage stands in a column that is called so, *Progress* or *%*.
    """
    page = tracker.page
    if not page.may_hold_counts:
        return
    named = {
        marked.mark.line: statused.section
        for statused in tracker.statused_sections
        for marked in statused.marks
        if marked.carrier.kin == 'cell'
    }
    headings = [section.line for section in tracker.sections]
    for index, block in enumerate(page.blocks):
        if block.kind is not Kind.TABLE:
            continue
        table = read_table(page, index)
        last = [table.rows[-1]] if table.rows and _sums_up(table.rows[-1]) else []
        for row in (*(row for row in table.rows if row.line in named), *last):
            is_own = row.line in named
            around = named[row.line] if is_own else bisect_right(headings, row.line) - 1
            for column, cell in enumerate(row.cells):
                found = aggregates(cell.text) if cell.text else ()
                if found and _counts(found, cell, table.head.plain(column)):
                    start = page.data.index(cell.text.encode(), *cell.span)
                    yield _Line(
                        cell.text, start, found, around,
                        is_own=is_own, is_numbered=True, block=index,
                    )  # fmt: skip


def _sums_up(row: Row) -> bool:
    name = next((cell.plain for cell in row.cells if cell.plain), '')
    return fold(name).rstrip(' :：') in words_of(TOTAL_LABELS)


def _counts(found: Sequence[Aggregate], cell: Cell, head: str) -> bool:
    """Does *cell* say nothing but what was *found*, and its column that this is progress?"""
    rest = cell.plain
    for aggregate in reversed(found):
        rest = rest.replace(cell.text[aggregate.start : aggregate.stop], '', 1)
    is_count = any(each.form is Form.COUNT for each in found)
    return not any(map(str.isalnum, rest)) and (is_count or head == '%' or is_label(head))


def _headings(tracker: Tracker) -> Iterator[_Line]:
    for index, section in enumerate(tracker.sections):
        start, text = tracker.page.line(section.line).start, _heading(tracker, section)
        if found := tuple(_outside_code(text, aggregates(text))):
            is_own = not progress_line(text)
            numbered = section.numbering is not None
            yield _Line(text, start, found, index, -1, True, is_own, numbered)


def _heading(tracker: Tracker, section: Section) -> str:
    """The heading as it is written, counts included."""
    return tracker.data[slice(*tracker.page.line(section.line))].decode()


def _outside_code(text: str, found: Iterable[Aggregate]) -> Iterator[Aggregate]:
    hidden = opaque(text.encode()) if '`' in text or '<!--' in text else []
    for aggregate in found:
        at = len(text[: aggregate.start].encode())
        if not any(start <= at < stop for start, stop in hidden):
            yield aggregate


def _prose(tracker: Tracker) -> Iterator[_Line]:
    """The lines of paragraphs, and those of HTML."""
    page, legend = tracker.page, tracker.skeleton.legend
    if not page.may_hold_counts:
        return
    candidates = {number for number, line in enumerate(page.lines) if _may_count(line)}
    candidates -= {task.line for task in tracker.tasks}
    candidates -= {section.line for section in tracker.sections}  # underlined, a paragraph too
    candidates -= legend.lines if legend else frozenset()
    if not candidates:
        return
    headings = [section.line for section in tracker.sections]
    for number, span, item in (*_of_paragraphs(page, candidates), *_of_html(page, candidates)):
        text = tracker.data[slice(*span)].decode()
        if found := progress_line(text):
            yield _Line(text, span.start, found, bisect_right(headings, number) - 1, item)


@lru_cache(maxsize=4096)  # most lines of a thousand trackers are those of one template
def _may_count(line: bytes) -> bool:
    return bool(progress_line(line[container_stop(line) :].decode()))


_Place = tuple[int, Span, int]


def _of_paragraphs(page: Page, lines: set[int]) -> Iterator[_Place]:
    for text in page.texts:
        if text.line in lines:
            inside = page.blocks[text.item if text.item >= 0 else text.block].parent
            # A line that is not indented is a part of the item above it to Markdown alone.
            is_lazy = text.item < 0 and text.span.start == page.starts[text.line]
            yield text.line, text.span, -1 if is_lazy else _item(page, inside)


# What is shown as it is written, or not at all.
_NOT_PLAIN = (b'<!--', b'<pre', b'<code', b'<script', b'<style', b'<textarea', b'<svg')


def _of_html(page: Page, lines: set[int]) -> Iterator[_Place]:
    for block in page.blocks:
        numbers = range(block.first, block.stop)
        if block.kind is not Kind.HTML or lines.isdisjoint(numbers):
            continue
        html = b'\n'.join(page.lines[block.first : block.stop]).lower()
        if not any(tag in html for tag in _NOT_PLAIN):
            item = _item(page, block.parent)
            yield from ((number, page.line(number), item) for number in numbers if number in lines)


def _item(page: Page, block: int) -> int:
    """The innermost list item that *block* is or is in, or -1."""
    while block >= 0 and page.blocks[block].kind is not Kind.ITEM:
        block = page.blocks[block].parent
    return block


# What they speak of


class _Places:
    """The tasks beneath each part of a tracker."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.every = range(len(tracker.tasks))
        self.lines = [task.line for task in tracker.tasks]
        self.in_items: dict[int, range] = {}

    def of_section(self, index: int) -> range:
        section = self.tracker.sections[index]
        return range(bisect_right(self.lines, section.line), bisect_left(self.lines, section.stop))

    def of_item(self, item: int) -> range:
        """The tasks in a list item, without the one at its head."""
        if item not in self.in_items:
            blocks, marks = self.tracker.page.blocks, self.tracker.marks
            stop = item + 1
            while stop < len(blocks) and blocks[stop].parent >= item:
                stop += 1
            first = bisect_left(marks, item, key=lambda mark: mark.block)
            last = bisect_left(marks, stop, key=lambda mark: mark.block)
            is_head = first < last and marks[first].item == item
            self.in_items[item] = range(first + is_head, last)
        return self.in_items[item]

    def around(self, line: _Line) -> list[range]:
        """The tasks of each place around *line*, innermost first; none is empty.

        A heading that says more than a count speaks of its own section only.
        """
        if line.is_own:
            places = [self.of_section(line.section)]
        else:
            item = [self.of_item(line.item)] if line.item >= 0 else []
            sections = map(self.of_section, self.tracker.enclosing(line.section))
            places = [*item, *sections, self.every]
            if line.is_of_all:
                places.reverse()
        return [tasks for tasks in places if tasks]

    def is_of_something_else(self, line: _Line) -> bool:
        """Does *line*, which has no total, speak of an item or section without tasks?"""
        if line.item >= 0:
            return not self.of_item(line.item)
        if line.is_own or line.is_of_all:
            return False
        for index in self.tracker.enclosing(line.section):
            if self.of_section(index):
                return False
            if not self.passes_on(index):
                return True
        return False

    def passes_on(self, index: int) -> bool:
        """Is a section without tasks about those around it: the file's title, or ``Progress``?"""
        section = self.tracker.sections[index]
        if section.numbering:
            return False
        said = section.title
        return (
            not index
            or is_label(said)
            or is_of_all(said)
            or bool(progress_line(_heading(self.tracker, section)))
        )


def _fitting(line: _Line, places: _Places, sums: _Sums) -> Tally | None:
    """The first place around *line* that has as many tasks as it says."""
    totals = {count.total for count in line.counts}
    around = places.around(line)
    for tasks in around if len(totals) == 1 else ():
        for with_cancelled in (False, True):
            tally = Tally(line.text, line.start, line.aggregates, tasks, with_cancelled)
            if tally.counted(sums)[1] in totals:
                return tally
    own = places.of_section(line.section) if line.is_heading else range(0)
    if own and any(count.is_bracketed for count in line.counts):
        bare = [count for count in line.counts if not count.is_bracketed]
        found = tuple(each for each in line.aggregates if each not in bare)
        return Tally(line.text, line.start, found, own, with_cancelled=False, is_certain=False)
    return None


def _nearest(line: _Line, places: _Places, sums: _Sums) -> Tally | None:
    """The innermost place with tasks; one further out where the percentage is right only there."""
    around = places.around(line)
    if not around or places.is_of_something_else(line):
        return None
    # A heading that says more may as well say how much is covered, or what a mark was.
    certain = not line.is_own or any(map(line.is_telling, line.aggregates))
    tallies = [
        Tally(line.text, line.start, line.aggregates, tasks, False, certain) for tasks in around
    ]
    if not tallies[0].is_right(sums) and any(map(_is_telling, line.aggregates)):
        return next((tally for tally in tallies if tally.is_right(sums)), tallies[0])
    return tallies[0]


def _is_telling(found: Aggregate) -> bool:
    """0% and 100% are right in many places, and so are most bars."""
    return found.form is Form.PERCENT and 0 < found.completed < found.total
