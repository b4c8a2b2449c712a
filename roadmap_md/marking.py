"""Which mark gives its status to what: to a task, once more to that, or to a section.

A section that has a status is itself a task where it holds no other.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from .carriers import CARRIERS
from .mark import About, Carrier, Mark
from .page import Page
from .section import Section, name_of
from .vocabulary import Vocabulary


class Marked(NamedTuple):
    """A mark, and the carrier that read it and may rewrite it."""

    carrier: Carrier
    mark: Mark


class Statused(NamedTuple):
    """What has a status: a task on *line*, which is section number *section* or, at -1, none.

    The first of *marks* shows the status, the others say it again.
    """

    line: int
    section: int
    marks: tuple[Marked, ...]


class Marking(NamedTuple):
    """The tasks in order, and the sections that have a status and hold tasks."""

    tasks: list[Statused]
    sections: list[Statused]

    @property
    def elsewhere(self) -> list[Statused]:
        """The tasks whose status is not, or not only, before their text."""
        return [t for t in self.tasks if len(t.marks) > 1 or t.marks[0].carrier.kin != 'line']


def read_marks(page: Page, vocabulary: Vocabulary, hidden: frozenset[int]) -> list[Marked]:
    """Each mark with its carrier, in order; none on the *hidden* lines."""
    taken: dict[int, Mark | None] = dict.fromkeys(hidden)
    found: list[Marked] = []
    for carrier in CARRIERS:
        marks = [
            mark
            for mark in carrier.read(page, vocabulary, taken)
            if mark.about is About.AGAIN or mark.line not in taken
        ]
        taken.update((mark.line, mark) for mark in marks if mark.about is not About.AGAIN)
        found += [Marked(carrier, mark) for mark in marks]
    return sorted(found, key=lambda marked: marked.mark.span)


def assigned(found: Sequence[Marked], sections: Sequence[Section]) -> Marking:
    """The marks that were *found* and can be read, each given to what it speaks of."""
    read = [marked for marked in found if marked.mark.status]
    if all(marked.mark.about is About.TASK for marked in read):
        return Marking([Statused(m.mark.line, -1, (m,)) for m in read], [])
    tasks = [marked for marked in read if marked.mark.about is About.TASK]
    of_sections = _of_sections(read, sections)
    rows = [marked for marked in read if marked.mark.about is About.ROW]
    names = _Names(sections) if rows else None
    named = [names.of(marked.mark) if names else -1 for marked in rows]
    lines = sorted(
        [m.mark.line for m in tasks]
        + [m.mark.line for m, section in zip(rows, named, strict=True) if section < 0]
    )
    lines_of_sections = sorted(sections[at].line for at in of_sections)
    for row, at in zip(rows, named, strict=True):
        if at >= 0 and (
            at in of_sections
            or _any_in(lines, sections[at].line, sections[at].stop)
            or _any_in(lines_of_sections, sections[at].line + 1, sections[at].stop)
        ):
            if at not in of_sections:
                insort(lines_of_sections, sections[at].line)
            of_sections.setdefault(at, []).append(row)
        else:
            tasks.append(row)
    again = [marked for marked in read if marked.mark.about is About.AGAIN]
    return _divided(_with_second(tasks, again), of_sections, sections)


def _innermost(sections: Sequence[Section], line: int) -> int:
    """The index of the section that *line* stands in, or opens; -1 before the first."""
    return bisect_right(sections, line, key=lambda section: section.line) - 1


def _of_sections(read: Sequence[Marked], sections: Sequence[Section]) -> dict[int, list[Marked]]:
    """The marks that stand in or over the section that they speak of, by its index."""
    found: dict[int, list[Marked]] = {}
    for marked in read:
        if marked.mark.about in (About.SECTION, About.LOG):
            at = _innermost(sections, marked.mark.line)
            label = marked.mark.label
            while label and at >= 0 and not sections[at].is_named(label):
                at = sections[at].parent
            if at >= 0:
                found.setdefault(at, []).append(marked)
    return found


class _Names:
    """Which section the row of a table names."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = sections
        self.called: dict[Hashable, list[int]] = {}
        for at, section in enumerate(sections):
            for name in section.names:
                self.called.setdefault(name, []).append(at)

    def of(self, row: Mark) -> int:
        """The index of the one section that *row* names and does not stand in, else -1."""
        found = -1
        for at in self.called.get(name_of(row.label or ''), ()):
            section = self.sections[at]
            if not section.line <= row.line < section.stop:
                if found >= 0:
                    return -1
                found = at
        return found


def _any_in(lines: Sequence[int], start: int, stop: int) -> bool:
    """Is one of these *lines*, which are in order, from *start* to before *stop*?"""
    at = bisect_left(lines, start)
    return at < len(lines) and lines[at] < stop


def _with_second(tasks: Sequence[Marked], again: Sequence[Marked]) -> list[Statused]:
    """The tasks, with what says their statuses again; a title ends before that."""
    behind = {marked.mark.line: marked for marked in again}
    found = []
    for marked in tasks:
        second = behind.get(marked.mark.line)
        if second and second.mark.label is None:
            marked = marked._replace(mark=marked.mark._replace(title=second.mark.title))
        found.append(Statused(marked.mark.line, -1, (marked, second) if second else (marked,)))
    return found


def _divided(
    tasks: list[Statused], of_sections: dict[int, list[Marked]], sections: Sequence[Section]
) -> Marking:
    """*tasks* and the sections that are tasks for holding none; and the other sections."""
    lines = sorted(task.line for task in tasks)
    alone: list[Statused] = []
    others: list[Statused] = []
    last = len(sections) and sections[-1].stop  # the first line of those in *alone*
    for at in sorted(of_sections, reverse=True):
        line, stop = sections[at].line, sections[at].stop
        logged = [m for m in of_sections[at] if m.mark.about is About.LOG]
        marks = tuple(m for m in of_sections[at] if m not in logged)
        first = bisect_left(lines, line)
        if last < stop or (first < len(lines) and lines[first] < stop):
            others += [Statused(line, at, marks)] if marks else []
            continue
        alone.append(Statused(line, at, marks or tuple(logged)))
        last = line
    both = sorted([*tasks, *alone], key=lambda task: (task.line, task.marks[0].mark.span))
    return Marking(both, others[::-1])
