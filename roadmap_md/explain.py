"""What each line of a tracker is taken for, so that whoever is surprised can see why."""

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from itertools import groupby
from typing import NamedTuple

from .legend import Legend
from .mark import Fault
from .markdown import Kind
from .page import Page
from .status import Status
from .tally import counted
from .text import locate
from .tracker import Tracker
from .vocabulary import DEFAULTS
from .waiver import waivers
from .words import STATUS_LABELS, fold, words_of


class Role(Enum):
    """What a line is."""

    SECTION = 'section'
    TASK = 'task'
    STATUS = 'status'  # of a section
    LEGEND = 'legend'
    RULE = 'rule'
    WAIVER = 'waiver'
    UNREAD = 'unread'  # meant as a task, and not understood
    COUNT = 'count'
    GUIDANCE = 'guidance'
    DECORATION = 'decoration'
    CODE = 'code'
    TABLE = 'table'
    HTML = 'html'
    FRONT_MATTER = 'front matter'
    BLANK = 'blank'


class Line(NamedTuple):
    """A line (from 0), what it is, and what that says: a key and its carrier, a fault, a name.

    *status* is that of the task or section; of several on a line of a table, the first one's.
    """

    number: int
    role: Role
    says: str
    status: Status | None = None


_ROLES = {
    Kind.CODE: Role.CODE,
    Kind.TABLE: Role.TABLE,
    Kind.HTML: Role.HTML,
    Kind.BREAK: Role.DECORATION,
    Kind.HEADING: Role.DECORATION,
    Kind.UNDERLINED: Role.DECORATION,
}


def explain(tracker: Tracker) -> list[Line]:
    """Every line of *tracker*, in order."""
    page = tracker.page
    found = {number: Line(number, Role.FRONT_MATTER, '') for number in range(len(page.lines))}
    for line in _from_least_to_most(tracker):
        found[line.number] = line
    given = tracker.lines_of_marks
    for number, line in found.items():
        if line.role in _NOT_TAKEN and number not in given and _looks_like_status(page, number):
            found[number] = line._replace(says=f'{line.says} {NOT_TAKEN}'.lstrip())
    for number, text in enumerate(page.lines):
        if not text.strip() and found[number].role is not Role.CODE:
            found[number] = Line(number, Role.BLANK, '')
    if page.data.endswith(b'\n'):
        del found[len(page.lines) - 1]  # the last one has ended
    return list(found.values())


NOT_TAKEN = '(looks like a status; none)'
_NOT_TAKEN = (Role.GUIDANCE, Role.TABLE, Role.DECORATION, Role.HTML, Role.SECTION)


def _looks_like_status(page: Page, number: int) -> bool:
    """Is there a marker on the line, a box, a shortcode, or what the status is called?"""
    return _pattern().search(fold(page.lines[number].decode())) is not None


@cache
def _pattern() -> re.Pattern[str]:
    markers = (re.escape(marker) for spelled in DEFAULTS.values() for marker in spelled)
    labels = (re.escape(label) for label in sorted(words_of(STATUS_LABELS), reverse=True))
    return re.compile(
        rf'{"|".join(markers)}|\[\D\](?![(\[])|(?<!\w):[a-z_]{{2,40}}:(?!\w)'
        rf'|(?<!\w)(?:{"|".join(labels)})[\s*_`]*[:：]',
        re.IGNORECASE,
    )


def _from_least_to_most(tracker: Tracker) -> Iterator[Line]:
    """What lines may be; what comes later is said rather."""
    page, skeleton = tracker.page, tracker.skeleton
    for block in page.blocks:
        if block.kind not in (Kind.ITEM, Kind.QUOTE):
            role = _ROLES.get(block.kind, Role.GUIDANCE)
            yield from (Line(number, role, '') for number in range(block.first, block.stop))
    for at, count in counted(tracker):
        yield Line(at, Role.COUNT, f'of {count} tasks')
    for section in skeleton.sections:
        number = section.numbering
        yield Line(section.line, Role.SECTION, number.slug if number else section.title)
    for name, at in skeleton.declared._asdict().items():
        if at is not None:
            yield Line(at, Role.RULE, name.replace('_', ' '))
    for waiver in waivers(page):
        at = locate(page.data, page.starts, waiver.span.start).line - 1
        yield Line(at, Role.WAIVER, f'{", ".join(waiver.rules)} {waiver.task}'.rstrip())
    if skeleton.legend:
        yield from _of_legend(skeleton.legend)
    for mark in tracker.unread:
        yield Line(mark.line, Role.UNREAD, _WHY[mark.fault or Fault.UNCLEAR])
    for statused in tracker.statused_sections:
        title = skeleton.sections[statused.section].text
        for carrier, mark in statused.marks:
            yield Line(mark.line, Role.STATUS, f'{title} ({carrier.name})', mark.status)
    pairs = zip(skeleton.tasks, tracker.state, tracker.statused, strict=True)
    for line, alike in groupby(pairs, key=lambda pair: pair[0].line):
        tasks = list(alike)
        keys = ', '.join(task.key for task, _, _ in tasks)
        _, status, statused = tasks[0]
        yield Line(line, Role.TASK, f'{keys} ({statused.marks[0].carrier.name})', status)


_WHY = {
    Fault.UNKNOWN: 'no marker that is known',
    Fault.MALFORMED: 'not quite a box',
    Fault.UNCLEAR: 'where a status may be, no status that is known',
}


def _of_legend(legend: Legend) -> Iterator[Line]:
    """The lines of *legend*, each with what it declares; the head of a table may say nothing."""
    says: dict[int, list[str]] = {number: [] for number in sorted(legend.lines)}
    for (marker, status), at in zip(legend.markers, legend.places, strict=True):
        says[at].append(f'{marker} is {status.value}')
    for number, declared in says.items():
        yield Line(number, Role.LEGEND, ', '.join(declared))
