"""Converts a tracker from one form to another; its statuses, titles and order stay.

What would be lost is refused. The new bytes are read again before they are given away: they show
the same tasks, and no other line is read as anything else.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence, Set
from enum import Enum
from itertools import zip_longest
from typing import NamedTuple

from .errors import UserError
from .markdown import Kind
from .marking import Statused
from .page import Page, Text
from .status import Status
from .table import Cell
from .tabular import HINT, as_items, as_table
from .text import Edit, Span, splice
from .tracker import Tracker, read_tracker
from .unmarked import unmarked
from .vocabulary import Family, Target, default, family_of


class Form(Enum):
    """What a task looks like.

    ``- [ ] Day 1``, ``- ⬜ Day 1``, ``[ ] Day 1`` on a bare line, or a row of a table.
    """

    BOX = 'box'
    EMOJI = 'emoji'
    LINE = 'line'
    TABLE = 'table'


class Conversion(NamedTuple):
    """The new bytes, and how many tasks were converted from which carriers."""

    data: bytes
    carriers: Counter[str]


# What says its status in a heading, or in a line beneath one, has its place there.
_CONVERTED = ('line', 'cell', 'section name', 'item bar')
_STYLES = {Form.BOX: Family.BOX, Form.EMOJI: Family.EMOJI}
PLAIN = 'plain item'


def converted(
    tracker: Tracker,
    to: Form,
    style: Family | None = None,
    sections: Set[int] | None = None,
    everything: bool = False,
) -> Conversion:
    """*tracker* with its tasks in the form *to*, proved; only those in *sections*, if given.

    Where there are no tasks, list items become some: those that are certain to be meant, or with
    *everything* all. *style* asks for markers of that family. Raises UserError, saying what, where
    something would be lost.
    """
    chosen = list(_chosen(tracker, sections))
    spelling = _Spelling(tracker, to, style)
    if not tracker.tasks or (sections is not None and not chosen):
        return _with_new(tracker, to, unmarked(tracker, sections, everything), spelling)
    if everything:
        raise UserError('there are tasks with statuses', 'leave --all out')
    edits = dict(_edits(tracker, to, chosen, spelling))
    if not edits:
        return Conversion(tracker.data, Counter())
    _check_unread(tracker, edits)
    moved = [edit for own in edits.values() for edit in own]
    if sections is None:
        moved += _legend_edits(tracker, to)
    data = _broken(tracker, splice(tracker.data, moved), to, edits)
    after = read_tracker(data, tracker.preference)
    _prove(tracker, after, moved)
    _check_form(after, to, edits)
    return Conversion(data, Counter(tracker.statused[at].marks[0].carrier.name for at in edits))


def _chosen(tracker: Tracker, sections: Set[int] | None) -> Iterator[int]:
    """The tasks in *sections* that can be converted."""
    for index, task in enumerate(tracker.tasks):
        statused = tracker.statused[index]
        if statused.section >= 0 or statused.marks[0].carrier.kin not in _CONVERTED:
            continue
        if sections is None or any(at in sections for at in tracker.enclosing(task.section)):
            yield index


class _Spelling:
    """Which marker to write in place of another: the legend's, unless a style is asked for."""

    def __init__(self, tracker: Tracker, to: Form, style: Family | None) -> None:
        style = style or tracker.preference.style
        if style is None and (to is Form.EMOJI or not tracker.vocabulary.spellings):
            style = _STYLES.get(to)
        self.vocabulary = tracker.vocabulary._replace(style=style)
        self.used: dict[Status, Counter[bytes]] = {}
        for mark in tracker.marks:
            said = tracker.data[slice(*mark.span)]
            if mark.status and self.is_kept(said, mark.status):
                self.used.setdefault(mark.status, Counter())[said] += 1

    def is_kept(self, marker: bytes, status: Status) -> bool:
        is_known = bool(marker) and self.vocabulary.status(marker) is status
        return is_known and self.vocabulary.style in (None, family_of(marker))

    def target(self, status: Status) -> Target:
        return Target(status, self.vocabulary, self.used)

    def marker(self, old: bytes, status: Status) -> bytes:
        """What to write in place of *old*, which may be empty.

        Raises UserError where no marker of the style would be read as *status*.
        """
        if self.is_kept(old, status):
            return old
        style = self.vocabulary.style
        new = self.target(status).marker(family_of(old) if old else Family.BOX)
        if style and family_of(new) is not style:
            usual = default(status, style)
            if family_of(usual) is style:  # there is no box for blocked
                raise self.target(status).unsayable(usual.decode())
        return new


def _edits(
    tracker: Tracker, to: Form, chosen: Sequence[int], spelling: _Spelling
) -> Iterator[tuple[int, list[Edit]]]:
    """For each task that has to change, the edits that do it."""
    texts = {text.line: text for text in tracker.page.texts}
    rows = [at for at in chosen if tracker.statused[at].marks[0].carrier.kin == 'cell']
    others = [at for at in chosen if tracker.statused[at].marks[0].carrier.kin != 'cell']
    if to is Form.TABLE:
        kinds = _kinds(tracker)
        for run in _runs(tracker, others):
            above = kinds.get(tracker.tasks[run[0]].line - 1)
            is_apart = above is None or above.kind is not Kind.PARAGRAPH
            yield from _table_edits(tracker, run, texts, spelling, is_apart)
        return
    yield from as_items(tracker, rows, b'' if to is Form.LINE else b'- ', spelling.marker)
    for index in others:
        task = tracker.statused[index]
        text = texts[task.line]
        edits = _marker_edits(tracker.page, task, spelling)
        if to is Form.LINE and text.item >= 0:
            edits.append(_without_bullet(tracker, index, text, 'a bare line'))
        elif to is not Form.LINE and text.item < 0:
            edits.append(Edit(Span(text.span.start, text.span.start), b'- '))
        if edits:
            yield index, edits


def _marker_edits(page: Page, task: Statused, spelling: _Spelling) -> list[Edit]:
    carrier, mark = task.marks[0]
    assert mark.status  # what cannot be read is no task
    if carrier.kin == 'item bar':
        start = mark.title.start
        return [Edit(Span(start, start), spelling.marker(b'', mark.status) + b' ')]
    old = page.data[slice(*mark.span)]
    if spelling.is_kept(old, mark.status):
        return []
    new = spelling.marker(old, mark.status)
    if old and carrier.write and spelling.vocabulary.status(old) is None:
        return carrier.write(page, mark, spelling.target(mark.status))  # struck through
    return [Edit(mark.span, new if old else new + b' ')] if new != old else []


_BULLET = re.compile(rb'[-+*][ \t]+$')


def _bullet(page: Page, text: Text) -> Span | None:
    """The bullet before *text*, with the blanks behind it; None where a number stands there."""
    start = page.line(text.line).start
    found = _BULLET.search(page.data[start : text.span.start])
    return Span(start + found.start(), text.span.start) if found else None


def _without_bullet(tracker: Tracker, index: int, text: Text, to: str) -> Edit:
    """The edit that takes its bullet from a task; UserError where more than that would go."""
    page = tracker.page
    said = f"line {text.line + 1}: '{tracker.tasks[index].text}'"
    parent = page.blocks[text.item].parent
    if any(block.parent == text.item for block in page.blocks[text.block + 1 : text.block + 2]):
        raise UserError(f'{said} has something beneath it, which {to} cannot have', HINT)
    if parent >= 0 and page.blocks[parent].kind is Kind.ITEM:
        raise UserError(f'{said} is beneath another item, where {to} cannot be', HINT)
    if (bullet := _bullet(page, text)) is None:
        raise UserError(f'{said} would lose its number in the list', HINT)
    return Edit(bullet, b'')


def _runs(tracker: Tracker, chosen: Sequence[int]) -> Iterator[list[int]]:
    """The tasks that follow each other in one section, with no more than blank lines between."""
    run: list[int] = []
    for index in chosen:
        if run and not _follows(tracker, run[-1], index):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _follows(tracker: Tracker, before: int, index: int) -> bool:
    lines = tracker.page.lines[tracker.tasks[before].line + 1 : tracker.tasks[index].line]
    if index != before + 1 or any(line.strip(b' \t\r') for line in lines):
        return False
    return _place(tracker, before) == _place(tracker, index)


def _place(tracker: Tracker, index: int) -> tuple[int, int]:
    """The section and the quote that a task is in."""
    mark = tracker.marks[index]
    block = tracker.page.blocks[mark.item if mark.item >= 0 else mark.block]
    return tracker.tasks[index].section, block.parent


def _table_edits(
    tracker: Tracker, run: Sequence[int], texts: dict[int, Text], spelling: _Spelling,
    is_apart: bool,
) -> Iterator[tuple[int, list[Edit]]]:  # fmt: skip
    """For each task of *run* the edits that make it a row; the first brings the head along.

    Where text stands right above (*is_apart* is false), a blank line keeps that out of the table.
    """
    page = tracker.page
    lines = [tracker.tasks[index].line for index in run]
    together = frozenset(lines)
    for index, line in zip(run, lines, strict=True):
        _check_row(tracker, index, texts[line], together)
    table = as_table([_row(tracker, index, spelling) for index in run], tracker.preference)
    prefix = _BULLET.sub(b'', page.data[page.line(lines[0]).start : texts[lines[0]].span.start])
    end = b'\r\n' if page.lines[lines[0]].endswith(b'\r') else b'\n'
    lead = b'' if is_apart else prefix.rstrip() + end
    lead += b''.join(prefix + row.encode() + end for row in table[:2])
    done = lines[0]
    for index, line, row in zip(run, lines, table[2:], strict=True):
        blank = Edit(Span(page.starts[done], page.starts[line]), b'')
        row_edit = Edit(page.line(line), lead + prefix + row.encode())
        yield index, [blank, row_edit] if blank.span.stop > blank.span.start else [row_edit]
        lead, done = b'', line + 1


def _check_row(tracker: Tracker, index: int, text: Text, lines: frozenset[int]) -> None:
    """Raise UserError where a task says more than a row can hold."""
    said = f"line {text.line + 1}: '{tracker.tasks[index].text}'"
    block = tracker.page.blocks[text.block]
    if text.item >= 0:
        _without_bullet(tracker, index, text, 'a row')
    if block.kind is Kind.UNDERLINED or not lines.issuperset(range(block.first, block.stop)):
        raise UserError(f'{said} is part of a paragraph that no row can hold', HINT)
    title = tracker.data[slice(*tracker.marks[index].title)]
    if Cell(tracker.marks[index].title, title.decode()).plain != title.decode():
        raise UserError(f'{said} has markup, or blanks, which would be lost from its title', HINT)
    if len(tracker.statused[index].marks) > 1:
        raise UserError(f'{said} says its status twice, and a row does so once', HINT)


def _row(tracker: Tracker, index: int, spelling: _Spelling) -> tuple[str, str]:
    mark = tracker.marks[index]
    assert mark.status  # what cannot be read is no task
    old, title = tracker.data[slice(*mark.span)], tracker.data[slice(*mark.title)]
    return title.decode(), spelling.marker(old, mark.status).decode()


def _check_unread(tracker: Tracker, changed: Collection[int]) -> None:
    """Beside tasks that are converted, what was meant as a marker would be mere text."""
    blocks = {tracker.marks[index].block for index in changed}
    for mark in tracker.unread:
        if mark.block in blocks:
            said = tracker.data[slice(*mark.span)].decode()
            hint = "'roadmap-md lint' says how to mend it; nothing was written"
            raise UserError(f"line {mark.line + 1}: '{said}' cannot be read as a status", hint)


def _legend_edits(tracker: Tracker, to: Form) -> Iterator[Edit]:
    """The edits that give a legend with an entry a line the form of the tasks."""
    legend, page = tracker.skeleton.legend, tracker.page
    if legend is None or to is Form.TABLE or len(set(legend.places)) < len(legend.places):
        return
    for text in page.texts:
        if text.line not in legend.places:
            continue
        if to is not Form.LINE and text.item < 0:
            yield Edit(Span(text.span.start, text.span.start), b'- ')
        elif to is Form.LINE and text.item >= 0 and (bullet := _bullet(page, text)):
            yield Edit(bullet, b'')


def _broken(tracker: Tracker, data: bytes, to: Form, changed: Collection[int]) -> bytes:
    """*data* with a hard break before each bare line that is new, where text stands above it.

    Without one GitHub shows both as one line.
    """
    if to is not Form.LINE:
        return data
    after = read_tracker(data, tracker.preference)
    page, edits = after.page, []
    legend = after.skeleton.legend
    new = {after.tasks[index].line for index in changed if index < len(after.tasks)}
    for text in page.texts:
        is_new = text.line in new or (legend and text.line in legend.places[1:])
        if is_new and text.line > page.blocks[text.block].first:
            start, stop = page.line(text.line - 1)
            line = data[start:stop]
            if not line.endswith((b'  ', b'\\')):
                edits.append(Edit(Span(stop, stop), b' ' if line.endswith(b' ') else b'  '))
    return splice(data, edits)


def _with_new(tracker: Tracker, to: Form, texts: Sequence[Text], spelling: _Spelling) -> Conversion:
    """*tracker* with a marker before each of *texts*, and proof that these are its new tasks."""
    if not texts:
        return Conversion(tracker.data, Counter())
    if to not in _STYLES:
        raise UserError('these lines have no statuses yet', "begin with 'convert --to box'")
    starts = [text.span.start for text in texts]
    marker = spelling.marker(b'', Status.NOT_STARTED) + b' '
    edits = [Edit(Span(start, start), marker) for start in starts]
    after = read_tracker(splice(tracker.data, edits), tracker.preference)
    new = {text.line: tracker.data[slice(*text.span)].strip() for text in texts}
    told = [(told.text, told.title, told.status) for told in _told(tracker)]
    for index, task in enumerate(after.tasks):
        if task.line not in new:
            known = (task.text, task.title, after.state[index])
            if not told or told.pop(0) != known:
                raise _otherwise(task.line, task.text)
        elif not new.pop(task.line).startswith(after.data[slice(*after.marks[index].title)]):
            raise _otherwise(task.line, task.text)
    for line, said in new.items():
        raise _otherwise(line, said.decode())
    if told:
        raise UserError(f"'{told[0][0]}' would no longer be a task", HINT)
    _check_lines(tracker, after, edits)
    return Conversion(after.data, Counter({PLAIN: len(texts)}))


class _Told(NamedTuple):
    """What a conversion must keep of a task."""

    key: str
    text: str
    title: str
    status: Status
    section: int
    parent: int
    owner: str


def _told(tracker: Tracker) -> list[_Told]:
    pairs = zip(tracker.tasks, tracker.state, strict=True)
    return [_Told(t.key, t.text, t.title, s, t.section, t.parent, t.owner) for t, s in pairs]


def _prove(before: Tracker, after: Tracker, edits: Sequence[Edit]) -> None:
    """Raise UserError unless *after* has the tasks of *before*, and its other lines."""
    for at, (old, new) in enumerate(zip_longest(_told(before), _told(after))):
        if old is None:
            raise _otherwise(after.tasks[at].line, after.tasks[at].text)
        if old != new:
            raise _otherwise(before.tasks[at].line, old.text)
    _check_lines(before, after, edits)


def _otherwise(line: int, said: str) -> UserError:
    return UserError(f"line {line + 1}: '{said}' would be read otherwise", HINT)


def _check_lines(before: Tracker, after: Tracker, edits: Sequence[Edit]) -> None:
    """Raise UserError unless sections, legend, rules and all untouched lines are what they were."""
    names = [[(s.text, s.level, s.parent) for s in t.sections] for t in (before, after)]
    legends = [t.skeleton.legend and t.skeleton.legend.markers for t in (before, after)]
    rules = [[line is None for line in t.skeleton.declared] for t in (before, after)]
    if any(old != new for old, new in (names, legends, rules)):
        raise UserError('headings, legend or rules would be read otherwise', HINT)
    old, new = _kinds(before), _kinds(after)
    for line, moved in _kept(before.page, edits):
        if old.get(line) != new.get(moved) and not _is_break(old.get(line), new.get(moved)):
            said = before.data[slice(*before.page.line(line))].decode().strip()
            hint = 'set it apart by a blank line, then convert; nothing was written'
            raise UserError(f"line {line + 1}: '{said}' would be read otherwise", hint)


class _Read(NamedTuple):
    """What a line is read as, and in how many quotes."""

    kind: Kind
    quotes: int


def _is_break(old: _Read | None, new: _Read | None) -> bool:
    """Is a break now what it was meant as, and no longer an underline?"""
    return bool(old and new and old.kind is Kind.UNDERLINED and new.kind is Kind.BREAK)


def _kinds(tracker: Tracker) -> dict[int, _Read]:
    """What the lines are read as; bare tasks are no heading, whatever stands beneath them."""
    page, found = tracker.page, dict[int, _Read]()
    marked = {mark.block for mark in tracker.marks}
    for at, block in enumerate(page.blocks):
        if block.kind in (Kind.ITEM, Kind.QUOTE):
            continue
        quotes = sum(page.blocks[around].kind is Kind.QUOTE for around in _around(page, at))
        for line in range(block.first, block.stop):
            found[line] = _Read(block.kind, quotes)
        if block.kind is Kind.UNDERLINED and at in marked:
            for line in range(block.first, block.stop - 1):
                found[line] = _Read(Kind.PARAGRAPH, quotes)
    return found


def _around(page: Page, block: int) -> Iterator[int]:
    """What contains *block*, innermost first."""
    while (block := page.blocks[block].parent) >= 0:
        yield block


def _kept(page: Page, edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """The lines that no edit touches, and where they are afterwards."""
    shifts: dict[int, int] = {}
    for (start, stop), new in edits:
        first = bisect_right(page.starts, start) - 1
        last = bisect_right(page.starts, max(start, stop - 1)) - 1
        shifts |= {line: shifts.get(line, 0) for line in range(first, last + 1)}
        shifts[first] += new.count(b'\n') - page.data.count(b'\n', start, stop)
    shift = 0
    for line in range(len(page.starts)):
        if line in shifts:
            shift += shifts[line]
        else:
            yield line, line + shift


def _check_form(after: Tracker, to: Form, changed: Collection[int]) -> None:
    """Raise UserError unless the tasks that were *changed* have the form *to*."""
    for index in changed:
        mark, kin = after.marks[index], after.statused[index].marks[0].carrier.kin
        block = mark.item if mark.item >= 0 else mark.block
        in_list = any(after.page.blocks[at].kind is Kind.ITEM for at in _around(after.page, block))
        is_item = mark.item >= 0
        if to is Form.TABLE:
            is_there = kin == 'cell'
        else:
            is_there = is_item if to is not Form.LINE else not is_item and not in_list
        if not is_there:
            raise _otherwise(after.tasks[index].line, after.tasks[index].text)
