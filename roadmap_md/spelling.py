"""A status set in one version of a tracker as it is written in another.

Beside the marker only those counts change that the other version has changed too.
"""

from collections.abc import Iterator, Sequence

from .alike import read_alike
from .errors import UserError
from .marking import Marked
from .rewrite import edit_status
from .status import Status
from .text import Edit, Span, splice
from .tracker import Tracker


def place(tracker: Tracker, marked: Marked) -> Span:
    """Where it is written; in a cell with the blanks that keep its column as wide as it is."""
    start, stop = marked.mark.span
    if marked.carrier.kin == 'cell':
        data = tracker.data
        while data[start - 1 : start] == b' ':
            start -= 1
        while data[stop : stop + 1] == b' ':
            stop += 1
    return Span(start, stop)


def spelled(tracker: Tracker, marks: Sequence[Marked]) -> tuple[bytes, ...]:
    """How each of *marks* is written."""
    return tuple(tracker.data[slice(*place(tracker, mark))] for mark in marks)


def spelled_as(version: Tracker, at: int, model: Tracker, task: int) -> Tracker | None:
    """*version*, whose task *at* has the status that *task* has in *model*, written as there.

    Where that would not be read so, it is written as *version* writes it; None where it cannot be.
    The new bytes are read again, and show the same skeleton and this change.
    """
    status = model.state[task]
    counts = list(_counts(version, at, model, status))
    wanted = tuple(status if index == at else was for index, was in enumerate(version.state))
    for spelling in (_markers, _line, _first, _own):
        try:
            new = splice(version.data, [*spelling(version, at, model, task), *counts])
        except (UserError, ValueError):  # not to be written there; more markers, or edits overlap
            continue
        if new == version.data and status is version.state[at]:
            return version
        after = read_alike(new, version.preference)
        if after.skeleton == version.skeleton and after.state == wanted:
            return after
    return None


def _markers(version: Tracker, at: int, model: Tracker, task: int) -> list[Edit]:
    """Each marker as it is in the model."""
    pairs = zip(version.statused[at].marks, model.statused[task].marks, strict=True)
    return [_copied(version, mark, model, other) for mark, other in pairs]


def _copied(version: Tracker, marked: Marked, model: Tracker, other: Marked) -> Edit:
    """The edit that writes it as the *other* is; with all its cell, if nothing else differs there.

    Blanks that keep the column as wide as it is may be behind what is around the status.
    """
    if marked.carrier.kin == other.carrier.kin == 'cell':
        cell, whole = _cell(version, marked), _cell(model, other)
        if _around(version, marked, cell) == _around(model, other, whole):
            return Edit(cell, model.data[slice(*whole)])
    return Edit(marked.mark.span, model.data[slice(*other.mark.span)])


def _cell(tracker: Tracker, marked: Marked) -> Span:
    start, stop = marked.mark.span
    line = tracker.page.line(marked.mark.line)
    left = tracker.data.rfind(b'|', line.start, start)
    right = tracker.data.find(b'|', stop, line.stop)
    return Span(max(line.start, left + 1), line.stop if right < 0 else right)


def _around(tracker: Tracker, marked: Marked, cell: Span) -> tuple[bytes, bytes]:
    """What is in the *cell* before and behind the status."""
    start, stop = marked.mark.span
    return tracker.data[cell.start : start].strip(), tracker.data[stop : cell.stop].strip()


def _line(version: Tracker, at: int, model: Tracker, task: int) -> list[Edit]:
    """The whole line; so of ``~~Day 1~~``, whose marker is around the title."""
    ours, theirs = version.statused[at].marks[0].mark, model.statused[task].marks[0].mark
    return [Edit(version.page.line(ours.line), model.data[slice(*model.page.line(theirs.line))])]


def _first(version: Tracker, at: int, model: Tracker, task: int) -> list[Edit]:
    """The first marker as it is in the model, which has not all of the others."""
    ours, theirs = version.statused[at].marks[0], model.statused[task].marks[0]
    others = (
        edit
        for edit in edit_status(version, at, model.state[task])
        if edit.span.stop <= ours.mark.span.start or ours.mark.span.stop <= edit.span.start
    )
    return [_copied(version, ours, model, theirs), *others]


def _own(version: Tracker, at: int, model: Tracker, task: int) -> list[Edit]:
    """As *version* has it elsewhere."""
    return edit_status(version, at, model.state[task])


def _counts(version: Tracker, at: int, model: Tracker, status: Status) -> Iterator[Edit]:
    """The edits, once *at* has its *status*, of the counts that *model* has changed."""
    pages = version.page, model.page
    if version.state[at] is status or not all(page.may_hold_counts for page in pages):
        return
    from .tally import count_edits, rewritten_lines  # few trackers keep counts

    changed = rewritten_lines(version, model)
    for edit in count_edits(version, {at: status}):
        if version.page.locate_line(edit.span.start) in changed:
            yield edit
