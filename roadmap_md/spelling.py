"""A status set in one version of a tracker as it is written in another.

Beside the marker only those counts change that the other version has changed too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

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
    counts = list(_counts(version, {at: model.state[task]}, model))
    return _written(version, at, model, task, (_markers, _line, _first, _own), counts)


def all_spelled_as(
    version: Tracker, model: Tracker, pairs: Sequence[tuple[int, int]]
) -> Tracker | None:
    """As `spelled_as`, of several tasks at once, each with that of the model.

    None where it takes more than to write each marker as it is there.
    """
    changes = {at: model.state[task] for at, task in pairs}
    edits = list(_counts(version, changes, model))
    try:
        for at, task in pairs:
            edits += _markers(version, at, model, task)
        new = splice(version.data, edits)
    except ValueError:  # more markers, or edits overlap
        return None
    after = read_alike(new, version.preference)
    wanted = tuple(changes.get(at, was) for at, was in enumerate(version.state))
    is_right = after.skeleton == version.skeleton and after.state == wanted
    return after if is_right else None


class Model(NamedTuple):
    """A task as it was written before its status changed, and after that."""

    before: Tracker
    was: int
    after: Tracker
    became: int


def put_back(version: Tracker, at: int, model: Model) -> Tracker | None:
    """*version*, whose task *at* has the status that it had before, all counts with it.

    It is written as it was then, if nobody has written it otherwise since, else as *version* writes
    it; None where it cannot be. What was beside the marker (``✅ 2026-03-29``) comes and goes with
    it while the line is as it was left.
    """
    before, was, after, became = model
    status = before.state[was]
    counts: list[Edit] = []
    if version.page.may_hold_counts and version.state[at] is not status:
        from .tally import count_edits  # few trackers keep counts

        counts = count_edits(version, {at: status})
    written, left = (spelled(t, t.statused[i].marks) for t, i in ((version, at), (after, became)))
    spellings: list[_Spelling] = [_own]
    if written == left:
        is_kept = _first_line(version, at) == _first_line(after, became)
        spellings = [_markers, _line, _own] if is_kept else [_markers, _own]
    return _written(version, at, before, was, spellings, counts)


def _first_line(tracker: Tracker, at: int) -> bytes:
    return tracker.data[slice(*tracker.page.line(tracker.statused[at].marks[0].mark.line))]


_Spelling = Callable[[Tracker, int, Tracker, int], list[Edit]]


def _written(
    version: Tracker, at: int, model: Tracker, task: int, spellings: Sequence[_Spelling],
    counts: Sequence[Edit],
) -> Tracker | None:  # fmt: skip
    """*version* with the status of the *model*, by the first of *spellings* that is read so."""
    status = model.state[task]
    wanted = tuple(status if index == at else was for index, was in enumerate(version.state))
    for spelling in spellings:
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


def _counts(version: Tracker, changes: Mapping[int, Status], model: Tracker) -> Iterator[Edit]:
    """The edits, once tasks have changed so, of the counts that *model* has changed."""
    is_same = all(version.state[at] is status for at, status in changes.items())
    if is_same or not all(page.may_hold_counts for page in (version.page, model.page)):
        return
    from .tally import count_edits, rewritten_lines  # few trackers keep counts

    changed = rewritten_lines(version, model)
    for edit in count_edits(version, changes):
        if version.page.locate_line(edit.span.start) in changed:
            yield edit
