"""What the tracker says to the learner: the text around the tasks."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .declared import declares, speaks_of_rules
from .markdown import Kind
from .section import Section
from .task import Task
from .tracker import Tracker

_PROSE = (Kind.PARAGRAPH, Kind.CODE, Kind.TABLE)
_GOLDEN = re.compile(r'\bgolden rule\b', re.I)


class Advice(NamedTuple):
    """Lines of text as they are written, and the heading above them (empty: the section's own)."""

    heading: str
    lines: tuple[str, ...]


def guidance(tracker: Tracker, index: int) -> list[Advice]:
    """The guidance of task *index*: that of its section and of every section around it.

    A heading with neither number nor tasks is guidance of the numbered section that encloses it.
    """
    prose = _prose(tracker)
    found: list[Advice] = []
    own = tracker.statused[index].section
    for around in tracker.enclosing(own if own >= 0 else tracker.tasks[index].section):
        found += _of_section(tracker, around, prose)
    return found


def advice(tracker: Tracker) -> Mapping[int, list[Advice]]:
    """The guidance of each section that has some, without that of the sections around it."""
    prose = _prose(tracker)
    of = {at: list(_of_section(tracker, at, prose)) for at in range(len(tracker.sections))}
    return {at: found for at, found in of.items() if found}


def rules(tracker: Tracker) -> list[Advice]:
    """How the plan is to be kept: the sections that declare rules, whole, and lines before them.

    The golden rule is not among them.
    """
    prose = _prose(tracker)
    found: list[Advice] = []
    for section in tracker.sections:
        if _GOLDEN.search(section.text) or not speaks_of_rules(section.text):
            continue
        lines = _lines(tracker, prose, section.line + 1, section.stop)
        if any(any(declares(line.lstrip(' -*+'))) for line in lines):
            found.append(Advice(section.text, lines))
    said = {line for one in found for line in one.lines}
    declared = sorted({at for at in tracker.skeleton.declared if at is not None})
    alone = [line for at in declared for line in _lines(tracker, prose, at, at + 1)]
    lines = tuple(line for line in alone if line not in said)
    return [Advice('', lines)] * bool(lines) + found


def golden_rule(tracker: Tracker) -> Advice | None:
    """The section that states a golden rule, if there is one."""
    for section in tracker.sections:
        if _GOLDEN.search(section.text):
            lines = _lines(tracker, _prose(tracker), section.line + 1, section.stop)
            return Advice(section.text, lines) if lines else None
    return None


def _of_section(tracker: Tracker, around: int, prose: frozenset[int]) -> Iterator[Advice]:
    section = tracker.sections[around]
    inside = tracker.sections[around + 1 : _first_from(tracker.sections, section.stop)]
    own = _lines(tracker, prose, section.line + 1, inside[0].line if inside else section.stop)
    if own:
        yield Advice('', own)
    if section.numbering is None:
        return
    for other in inside:
        is_ours = other.numbering is None and _nearest_numbered(tracker, other.parent) == around
        if is_ours and not _has_tasks(tracker, other):
            yield Advice(other.text, _lines(tracker, prose, other.line + 1, other.stop))


def _nearest_numbered(tracker: Tracker, section: int) -> int:
    return next(at for at in tracker.enclosing(section) if tracker.sections[at].numbering)


def _has_tasks(tracker: Tracker, section: Section) -> bool:
    first = _first_from(tracker.tasks, section.line + 1)
    return first < len(tracker.tasks) and tracker.tasks[first].line < section.stop


def _first_from(found: Sequence[Section] | Sequence[Task], line: int) -> int:
    """The index of the first of *found*, which stand in order, on *line* or later."""
    return bisect_left(found, line, key=lambda one: one.line)


def _prose(tracker: Tracker) -> frozenset[int]:
    """The lines of text that are neither a task, nor beneath one, nor the legend."""
    page = tracker.page
    heads = {mark.item for mark in tracker.marks if mark.item >= 0}
    taken = set(tracker.lines_of_marks)
    taken |= tracker.skeleton.legend.lines if tracker.skeleton.legend else set()
    tables = {
        m.mark.block for task in tracker.statused for m in task.marks if m.carrier.kin == 'cell'
    }
    lines: set[int] = set()
    owned: set[int] = set()  # blocks in a list item that is a task
    for at, block in enumerate(page.blocks):
        if at in heads or block.parent in owned:
            owned.add(at)
        elif at in tables:
            continue
        elif block.kind in _PROSE:
            lines.update(range(block.first, block.stop))
    return frozenset(lines - taken)


def _lines(tracker: Tracker, prose: frozenset[int], start: int, stop: int) -> tuple[str, ...]:
    rows = (tracker.data[slice(*tracker.page.line(at))] for at in range(start, stop) if at in prose)
    return tuple(row.decode().rstrip(' \t\\') for row in rows if row.strip())
