"""What was typed into the text of one task, or into its box, read without reading all the rest.

An editor asks after every key what a tracker is now.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .carriers.line_start import title
from .declared import declares
from .legend import is_legend_heading, pairs
from .mark import Mark
from .marking import Marked, Statused
from .page import Page, Text, read_page
from .phrase import BEHIND_A_SIGN, IN_BRACKETS, ending
from .task import Task, read_tasks, retitled
from .text import Span
from .tracker import Tracker
from .vocabulary import Vocabulary

# Where one of these stands, a line may be more than a marker and a text.
_SIGNS = frozenset(b'`<>[]|\\*_~^{}#=%\r\0')


def read_typed(before: Tracker, data: bytes) -> Tracker | None:
    """What ``read_tracker`` reads in *data*; None where that takes more than a look at one line.

    Raises UnicodeDecodeError where *data* is not UTF-8.
    """
    if before.marking or before.unread or data == before.data:
        return None
    page = read_page(data)
    start, stop, moved = _difference(before.data, data)
    number = before.page.locate_line(start)
    at = next((at for at, mark in enumerate(before.marks) if mark.line == number), None)
    if at is None or stop > before.page.line(number).stop or not _is_alone(before, at):
        return None
    if (
        len(page.starts) != len(before.page.starts)
        or page.may_hold_counts != before.page.may_hold_counts
    ):
        return None
    mark = _mark(before, page, at, start, stop)
    if mark is None or page.blocks != before.page.blocks:
        return None
    page.texts = tuple(_texts(before.page.texts, number, moved))  # not read, as they are known
    later = (_moved(other, moved) for other in before.marks[at + 1 :])
    marks = (*before.marks[:at], mark, *later)
    tasks = _tasks(before, page, marks, at)
    return Tracker(
        page, before.preference, before.vocabulary, before.skeleton._replace(tasks=tasks), marks,
        before.carriers, marking=None, unread=(), silent=set(),
    )  # fmt: skip


def _difference(old: bytes, new: bytes) -> tuple[int, int, int]:
    """From where to where *old* differs from *new*, and by how much the rest of it is moved."""
    shortest = min(len(old), len(new))
    first = _shared(old, new, shortest)
    last = _shared(old[::-1], new[::-1], shortest - first)
    return first, len(old) - last, len(new) - len(old)


def _shared(one: bytes, other: bytes, most: int) -> int:
    """How many bytes both begin with, at most so many."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one.startswith(other[low:middle], low):
            low = middle
        else:
            high = middle - 1
    return low


def _is_alone(tracker: Tracker, at: int) -> bool:
    """Is the task the only one on its line, with nothing but its text for a name?"""
    mark = tracker.marks[at]
    lines = [other.line for other in tracker.marks[at : at + 2]]
    return (
        all(one != other for one, other in pairwise(lines))
        and tracker.carriers[at].kin == 'line'
        and mark.label is None
        and not mark.owner
    )


def _mark(before: Tracker, page: Page, at: int, start: int, stop: int) -> Mark | None:
    """The mark of task *at* on the new page, if nothing else can be read on its line."""
    mark = before.marks[at]
    old, new = before.page.line(mark.line).stop, page.line(mark.line).stop
    length = mark.span.stop - mark.span.start
    marker = before.data[slice(*mark.span)]
    if mark.span.start <= start and stop <= mark.span.stop and marker.startswith(b'['):
        match = before.vocabulary.match(page.data[mark.span.start : new])
        if match is None or len(match.marker) != length or not match.status:
            return None
        mark = mark._replace(status=match.status)
    elif start < mark.title.start:
        return None
    titled = title(page, mark.span.stop, new)
    if titled.start != mark.title.start or titled.start in (mark.span.stop, titled.stop):
        return None
    lines = before.data[mark.span.start : old], page.data[mark.span.start : new]
    if not all(_is_plain(line, length, before.vocabulary) for line in lines):
        return None
    return mark._replace(title=titled)


def _is_plain(line: bytes, length: int, vocabulary: Vocabulary) -> bool:
    """Can *line* be nothing but a marker of that *length* and a text, whatever stands around it?"""
    if not _SIGNS.isdisjoint(line[length:]) or (b':' in line and not line.startswith(b'[')):
        return False
    text = line.decode()
    return not (
        pairs(text, explained=True)
        or pairs(f'✅ {line[length:].decode()}', explained=True)
        or is_legend_heading(text)
        or any(declares(text))
        or any(ending(text, vocabulary, signs) for signs in (BEHIND_A_SIGN, IN_BRACKETS))
    )


def _moved(mark: Mark, by: int) -> Mark:
    (start, stop), (first, last) = mark.span, mark.title
    return mark._replace(span=Span(start + by, stop + by), title=Span(first + by, last + by))


def _texts(texts: Sequence[Text], number: int, by: int) -> Iterator[Text]:
    """*texts* where line *number* is longer *by* so many bytes."""
    for text in texts:
        line, (start, stop), item, block = text
        if line < number:
            yield text
        else:
            yield Text(line, Span(start + by * (line > number), stop + by), item, block)


def _tasks(before: Tracker, page: Page, marks: Sequence[Mark], at: int) -> tuple[Task, ...]:
    """The tasks, of which number *at* may have another text."""
    task, text = before.tasks[at], page.data[slice(*marks[at].title)].decode()
    if text == task.text:
        return before.tasks
    if same := retitled(task, text):
        return (*before.tasks[:at], same, *before.tasks[at + 1 :])
    pairs = zip(before.carriers, marks, strict=True)
    statused = [Statused(mark.line, -1, (Marked(carrier, mark),)) for carrier, mark in pairs]
    return read_tasks(page, before.sections, statused)
