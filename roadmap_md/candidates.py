"""What may be written where the cursor is: a marker, or the rule or the task of a waiver.

- [|                                           the markers of this tracker
<!-- roadmap-md: allow RM3|                    the codes of rules
<!-- roadmap-md: allow RM301 w|                the keys of tasks
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum
from typing import NamedTuple

from .errors import UserError
from .markdown import Kind
from .rewrite import new_markers, status_edits
from .rules import LAST_RULES, RULES
from .status import Status
from .text import Edit, Span
from .tracker import Tracker


class Sort(Enum):
    """What is written."""

    MARKER = 'marker'
    RULE = 'rule'
    TASK = 'task'


class Candidate(NamedTuple):
    """*text* in place of the bytes at *span*, which the cursor is in, and what it is *about*.

    *also* are edits elsewhere that belong to it.
    """

    sort: Sort
    span: Span
    text: str
    about: str
    also: tuple[Edit, ...] = ()


_WAIVER = re.compile(rb'<!--[ \t]*roadmap-md:[ \t]*allow[ \t]+(?P<rest>[^\n:>]*)$')
_RULE = re.compile(rb'(?:[\w-]+[ \t]*,[ \t]*)*(?P<word>[\w-]*)$')
_TASK = re.compile(rb'[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*[ \t]+(?P<word>[^\s:,]*)$')
_BEGUN = re.compile(rb'[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<word>(?:\[[^\[\]]?)?)$')
_CLOSED = re.compile(rb'( ?\])?[ \t]*$')


def candidates(tracker: Tracker, offset: int) -> Iterator[Candidate]:
    """What may be written at byte *offset*, most likely first; nothing in code."""
    page = tracker.page
    at = page.locate_line(offset)
    line = page.line(at)
    if not line.start <= offset <= line.stop or _is_code(tracker, at):
        return
    before = tracker.data[line.start : offset]
    if waiver := _WAIVER.search(before):
        yield from _in_waiver(tracker, waiver['rest'], offset)
    elif tasks := _marked(tracker, offset):
        for task in tasks:
            yield from _for_task(tracker, task, offset)
    elif begun := _BEGUN.match(before):
        yield from _for_line(tracker, Span(offset - len(begun['word']), offset), line.stop)


def _is_code(tracker: Tracker, line: int) -> bool:
    blocks = tracker.page.blocks
    return any(block.kind is Kind.CODE and block.first <= line < block.stop for block in blocks)


def _in_waiver(tracker: Tracker, rest: bytes, offset: int) -> Iterator[Candidate]:
    """Rules, and once one is named, tasks; *rest* is what stands there up to the cursor."""
    if rule := _RULE.match(rest):
        span = _word(tracker, offset, len(rule['word']), rb'[\w-]*')
        for known in RULES:
            if known not in LAST_RULES:  # of waivers themselves
                yield Candidate(Sort.RULE, span, known.code, known.name)
    elif task := _TASK.match(rest):
        span = _word(tracker, offset, len(task['word']), rb'(?:(?!-->)[^\s:])*')
        for named in tracker.tasks:
            if re.fullmatch(r'[^\s:]+', named.key):
                yield Candidate(Sort.TASK, span, named.key, named.title or named.text)


def _word(tracker: Tracker, offset: int, before: int, pattern: bytes) -> Span:
    """The word around the cursor, of which so many bytes stand before it."""
    after = re.compile(pattern).match(tracker.data, offset)
    return Span(offset - before, after.end() if after else offset)


def _marked(tracker: Tracker, offset: int) -> list[int]:
    """The tasks whose marker is at *offset*."""
    spans = [mark.span for mark in tracker.marks]
    return [at for at, (start, stop) in enumerate(spans) if start <= offset <= stop]


def _for_task(tracker: Tracker, task: int, offset: int) -> Iterator[Candidate]:
    """The markers of the other statuses."""
    for status in dict(new_markers(tracker)):
        with suppress(UserError):
            edits = status_edits(tracker, {task: status})
            here = [edit for edit in edits if edit.span.start <= offset <= edit.span.stop]
            for edit in here[:1]:
                also = tuple(other for other in edits if other is not edit)
                yield _marker(status, edit.span, edit.new.decode(), also)


def _for_line(tracker: Tracker, begun: Span, stop: int) -> Iterator[Candidate]:
    """The markers for a new task, where nothing but a *begun* one stands on its line."""
    if closed := _CLOSED.fullmatch(tracker.data, begun.stop, stop):
        span = Span(begun.start, closed.end(1) if closed[1] else begun.stop)
        blank = '' if tracker.data[span.stop : stop] else ' '
        for status, marker in new_markers(tracker):
            yield _marker(status, span, marker + blank)


def _marker(status: Status, span: Span, text: str, also: tuple[Edit, ...] = ()) -> Candidate:
    return Candidate(Sort.MARKER, span, text, status.words, also)
