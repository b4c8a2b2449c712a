"""RM104 to RM107: what GitHub shows instead of a status. Reported once a block.

The tests ask cmark-gfm, which is what GitHub renders with, whether that is so.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from ..mark import Mark
from ..markdown import Kind
from ..rule import Problem, Safety, Severity, rule
from ..text import Edit, Span
from ..tracker import Tracker


@rule('RM104', 'not-a-checkbox', Severity.WARNING)
def not_a_checkbox(tracker: Tracker) -> Iterator[Problem]:
    """A box is the beginning of a list item.

    On GitHub `- [ ] Lists` is a box that can be clicked, and a bare `[ ] Lists` is text. The fix
    makes list items of all tasks in the block; it is an unsafe one, since it changes the form
    that the author chose.

    ```diff
     ## Week 1
    -[ ] Day 1: Lists
    +- [ ] Day 1: Lists
    ```
    """
    for marks in _bare_blocks(tracker):
        boxes = [mark for mark in marks if tracker.data.startswith(b'[', mark.span.start)]
        if boxes:
            said = 'this box in the paragraph is text on GitHub, not a checkbox'
            if more := len(boxes) - 1:
                said = f'this box and {more} more are text on GitHub, not checkboxes'
            edits = [Edit(Span(mark.span.start, mark.span.start), b'- ') for mark in marks]
            yield Problem(
                boxes[0].span,
                said,
                edits=tuple(edits),
                safety=Safety.OFFERED,
            )


@rule('RM105', 'lines-run-together', Severity.WARNING)
def lines_run_together(tracker: Tracker) -> Iterator[Problem]:
    r"""A bare line ends in a hard break where another follows.

    Without two blanks or a backslash at the end, GitHub shows the lines of a paragraph as one.

    ```diff
     ## Week 1
    -✅ Day 1: Lists
    +✅ Day 1: Lists\x20\x20
     🟨 Day 2: Tuples\x20\x20
     ⬜ Day 3: Sets
    ```
    """
    data, page = tracker.data, tracker.page
    for marks in _bare_blocks(tracker):
        joined = []
        for mark in marks:
            if mark.line > page.blocks[mark.block].first:
                end = page.line(mark.line - 1).stop
                if not data[end - 2 : end].endswith((b'  ', b'\\')):
                    joined.append(end)
        if joined:
            edits = tuple(Edit(Span(end, end), _to_break(data, end)) for end in joined)
            many = f', and so do {len(joined) - 1} more' if len(joined) > 1 else ''
            yield Problem(
                _last_character(data, joined[0]),
                f'runs into the next line on GitHub{many}',
                edits=edits,
            )


def _last_character(data: bytes, end: int) -> Span:
    start = end - 1
    while data[start] & 0xC0 == 0x80:  # inside a character
        start -= 1
    return Span(start, end)


def _to_break(data: bytes, end: int) -> bytes:
    return b' ' if data[end - 1 : end] == b' ' else b'  '


@rule('RM106', 'accidental-heading', Severity.WARNING)
def accidental_heading(tracker: Tracker) -> Iterator[Problem]:
    """Bare tasks are not underlined.

    `---` right beneath a paragraph makes a heading of it. A blank line between makes it the
    break that was meant.

    ```diff
     ✅ Day 1: Lists
    ----
    +
    +---

     ## Week 2
    ```
    """
    page = tracker.page
    for marks in _bare_blocks(tracker):
        block = page.blocks[marks[0].block]
        if block.kind is Kind.UNDERLINED:
            underline = page.line(block.stop - 1)
            end = b'\r\n' if tracker.data.endswith(b'\r\n', 0, underline.start) else b'\n'
            at = Span(page.starts[block.stop - 1], page.starts[block.stop - 1])
            yield Problem(
                underline,
                f'makes a heading of the tasks above, from line {block.first + 1} on',
                edits=(Edit(at, end),),
            )


# A box right before an address or a label; GitHub shows a link where a status was meant.
_LINKED = re.compile(rb'\[[ xX~/-]\](?:\([^\s()]*\)|\[[^\[\]]+\])')


@rule('RM107', 'marker-is-a-link', Severity.WARNING)
def marker_is_a_link(tracker: Tracker) -> Iterator[Problem]:
    """A box is no link.

    `[x](page.md)` is a link with the text "x", and so is a bare `[x]` where `[x]: page.md` stands
    somewhere in the file.

    ```diff
     - [ ] Lists
    -- [x](tuples.md)
    +- [x] [Tuples](tuples.md)
    ```
    """
    if not any(sign in tracker.data for sign in (b'](', b'][', b']:')):
        return
    defined = _definitions(tracker)
    reported: set[int] = set()
    for text in tracker.page.texts:
        match = _LINKED.match(tracker.data, *text.span)
        if match and text.block not in reported and _is_link(match.group(), defined):
            reported.add(text.block)
            shown = match.group().decode(errors='replace')
            yield Problem(Span(*match.span()), f'{shown} is a link on GitHub, not a box')
    for marks in _bare_blocks(tracker):
        for mark in marks:
            label = tracker.data[mark.span.start + 1 : mark.span.stop - 1].strip().lower()
            if tracker.data[slice(*mark.span)][:1] == b'[' and label in defined:
                shown = tracker.data[slice(*mark.span)].decode()
                yield Problem(mark.span, f'{shown} is a link on GitHub: {shown}: is defined')
                break


def _is_link(text: bytes, defined: frozenset[bytes]) -> bool:
    return text.endswith(b')') or text[text.rindex(b'[') + 1 : -1].strip().lower() in defined


def _definitions(tracker: Tracker) -> frozenset[bytes]:
    """The labels of the link reference definitions, in lower case."""
    found = (
        re.match(rb'\[([^\[\]]{1,99})\]:[ \t]*\S', tracker.data[slice(*text.span)])
        for text in tracker.page.texts
        if tracker.data.startswith(b'[', text.span.start)
    )
    return frozenset(match[1].strip().lower() for match in found if match)


def _bare_blocks(tracker: Tracker) -> Iterator[list[Mark]]:
    """The bare lines' marks, block by block."""
    bare = (
        mark
        for carrier, mark in zip(tracker.carriers, tracker.marks, strict=True)
        if mark.item < 0 and carrier.kin == 'line'
    )
    for _, marks in groupby(bare, key=lambda mark: mark.block):
        yield list(marks)
