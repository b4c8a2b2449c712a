"""RM2: what the sections and tasks are, whatever their state."""

import re
from collections.abc import Iterator

from ..markdown import Kind
from ..numbering import Numbering, read_numbering
from ..rule import Problem, Severity, rule
from ..text import Edit, Span
from ..tracker import Tracker


@rule('RM201', 'duplicate-task', Severity.ERROR)
def duplicate_task(tracker: Tracker) -> Iterator[Problem]:
    """No two tasks of one section have the same number, or the same title without one.

    Nobody can say which of them was ticked, and history cannot tell them apart.

    ```diff
     ## Week 1
     - [x] Day 1: Lists
     - [ ] Day 2: Tuples
    -- [ ] Day 2: Sets
    +- [ ] Day 3: Sets
    ```
    """
    seen: dict[tuple[tuple[str, ...], int, int], int] = {}
    for index, task in enumerate(tracker.tasks):
        if not task.text:
            continue  # RM205 says so
        first = seen.setdefault((task.path, task.section, task.parent), index)
        if first != index:
            other = tracker.tasks[first]
            name = _name(other.numbering) if other.numbering else f"'{other.title}'"
            yield Problem(
                _named_at(tracker, index),
                f'{name} stands on line {other.line + 1} too',
                (task.key,),
            )


@rule('RM202', 'number-gap', Severity.WARNING)
def number_gap(tracker: Tracker) -> Iterator[Problem]:
    """Numbers follow each other.

    A number that is missing is a day that was forgotten, or that somebody deleted.

    ```diff
     ## Week 1
     - [ ] Day 1
     - [ ] Day 2
    -- [ ] Day 4
    +- [ ] Day 3
    ```
    """
    titles = (tracker.data[slice(*mark.title)].decode() for mark in tracker.unread)
    unread = {(n.kind, n.first) for title in titles if (n := read_numbering(title)[0])}
    for span, key, before, this in _numbered(tracker):
        missing = range(before.last + 1, this.first)
        if not missing or this.outer != before.outer:
            continue
        if all((this.kind, number) in unread for number in missing):
            continue  # they are there; what is wrong is their marker
        upto = f' to {missing[-1]}' if len(missing) > 1 else ''
        yield Problem(
            span, f'{_name(this)} follows {_name(before)}; {missing[0]}{upto} missing', (key,)
        )


@rule('RM203', 'number-out-of-order', Severity.ERROR)
def number_out_of_order(tracker: Tracker) -> Iterator[Problem]:
    """Numbers rise.

    "Day 3, then day 2" has two readings, the page's and the numbers', and *next* needs one.

    ```diff
     ## Week 1
     - [ ] Day 1
     - [ ] Day 3
    -- [ ] Day 2
    +- [ ] Day 4
    ```
    """
    for span, key, before, this in _numbered(tracker):
        if (*this.outer, this.first, this.letter) < (*before.outer, before.first, before.letter):
            yield Problem(span, f'{_name(this)} stands after {_name(before)}', (key,))


def _name(numbering: Numbering) -> str:
    return numbering.slug.replace('-', ' ', 1)


def _named_at(tracker: Tracker, index: int) -> Span:
    """Where the title of task *index* stands; its line, where another cell of a row names it."""
    title = tracker.marks[index].title
    return title if title.start < title.stop else tracker.page.line(tracker.tasks[index].line)


def _numbered(tracker: Tracker) -> Iterator[tuple[Span, str, Numbering, Numbering]]:
    """Each numbered task and section (where, its key, the number before it, its own number).

    Numbers are compared among siblings of one kind; a section that begins again at 0 or 1
    begins a new count.
    """
    last: dict[tuple[object, ...], Numbering] = {}
    for index, task in enumerate(tracker.tasks):
        if task.numbering:
            siblings = (task.section, task.parent, task.path[:-1], task.numbering.kind)
            if before := last.get(siblings):
                yield _named_at(tracker, index), task.key, before, task.numbering
            last[siblings] = task.numbering
    tasks = {task.section for task in tracker.elsewhere}
    for index, section in enumerate(tracker.sections):
        if section.numbering and index not in tasks:
            alike = ('section', section.parent, section.level, section.numbering.kind)
            before = last.get(alike)
            if before and section.numbering.first > 1:
                yield tracker.page.line(section.line), '', before, section.numbering
            last[alike] = section.numbering


@rule('RM204', 'empty-section', Severity.WARNING)
def empty_section(tracker: Tracker) -> Iterator[Problem]:
    """A numbered section has something beneath it.

    A week without days counts as nothing, so it is done before it has begun.

    ```diff
     ## Week 1
     - [ ] Day 1

    -## Week 2

     ## Week 3
     - [ ] Day 1
    ```
    """
    data, page = tracker.data, tracker.page
    for section in tracker.sections:
        if section.numbering is None:
            continue
        lines = (data[slice(*page.line(at))] for at in range(section.line + 1, section.stop))
        if not any(_says_something(line) for line in lines):
            yield Problem(page.line(section.line), f"nothing is beneath '{section.text}'")


def _says_something(line: bytes) -> bool:
    return bool(line.strip(b' \t-=_*#'))


@rule('RM205', 'untitled-task', Severity.WARNING)
def untitled_task(tracker: Tracker) -> Iterator[Problem]:
    """A task has a text behind its marker: a number, a title, or both.

    ```diff
     - [ ] Lists
    -- [ ]
    +- [ ] Tuples
    ```
    """
    for mark, task in zip(tracker.marks, tracker.tasks, strict=True):
        if not task.text:
            yield Problem(mark.span, 'no text behind the marker', (task.key,))


_NO_SPACE = re.compile(rb'#{1,6}(?=[^\s#!])')


@rule('RM206', 'heading-without-space', Severity.WARNING)
def heading_without_space(tracker: Tracker) -> Iterator[Problem]:
    """A heading has a blank after its `#`.

    Without it the line is text, and what stands beneath belongs to the section before. A single
    `#` counts only before a number such as `#Week 2`: `#100DaysOfCode` is a tag.

    ```diff
     ## Week 1
     - [ ] Day 1

    -##Week 2
    +## Week 2
     - [ ] Day 1
    ```
    """
    for text in tracker.page.texts:
        match = _NO_SPACE.match(tracker.data, *text.span)
        if match is None or text.item >= 0:
            continue
        if tracker.page.blocks[text.block].kind is Kind.UNDERLINED:
            continue
        title = tracker.data[match.end() : text.span.stop].decode()
        if len(match.group()) > 1 or read_numbering(title)[0]:
            says = f"'{title.strip()}' is no heading without a blank after #"
            blank = Edit(Span(match.end(), match.end()), b' ')
            yield Problem(Span(*match.span()), says, edits=(blank,))
