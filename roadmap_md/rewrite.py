"""Statuses set in the bytes of a tracker, and the proof that nothing else changed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress

from .errors import UserError
from .marking import Marked
from .status import Status
from .text import Edit, splice
from .tracker import Tracker, read_tracker
from .vocabulary import Family, Target, family_of


class WriteProofError(AssertionError):
    """The new bytes would not show exactly the intended change; nothing was written."""


def set_statuses(tracker: Tracker, changes: Mapping[int, Status]) -> Tracker:
    """The tracker with these statuses for the tasks of these indices, proved.

    The counts that its author keeps are right afterwards, where they include one of these tasks.
    The bytes are read again and must show the same skeleton and exactly these changes. Raises
    WriteProofError where they do not, and UserError as ``edit_status`` does.
    """
    after = read_tracker(splice(tracker.data, status_edits(tracker, changes)), tracker.preference)
    wanted = tuple(changes.get(at, status) for at, status in enumerate(tracker.state))
    if after.skeleton != tracker.skeleton or after.state != wanted:
        keys = ', '.join(tracker.tasks[index].key for index in changes)
        raise WriteProofError(f'setting {keys} would change more than that')
    return after


def status_edits(tracker: Tracker, changes: Mapping[int, Status]) -> list[Edit]:
    """The edits by which ``set_statuses`` gives the tasks of these indices their statuses.

    Raises UserError as ``edit_status`` does.
    """
    spellings = _Spellings(tracker)
    edits = [
        edit for at, status in changes.items() for edit in _edits(tracker, at, status, spellings)
    ]
    if edits and tracker.page.may_hold_counts:
        from .tally import count_edits  # few trackers keep counts

        edits += count_edits(tracker, changes)
    return edits


def edit_status(tracker: Tracker, index: int, status: Status) -> list[Edit]:
    """The edits that give task *index* its *status*; none where it has it.

    Raises UserError where the status can only be read there, and where this tracker has no marker
    that means it.
    """
    return _edits(tracker, index, status, _Spellings(tracker))


def dated(tracker: Tracker, index: int) -> list[str]:
    """What says the status of task *index* with a date, which a change of it drops."""
    found = []
    for carrier, mark in tracker.statused[index].marks:
        said = tracker.data[slice(*mark.span)].decode()
        if carrier.kin != 'line' and any(map(str.isdecimal, said)):
            from .phrase import read_phrase  # for a box or an emoji there is no need of it

            phrase = read_phrase(said, tracker.vocabulary)
            found += [' '.join(said.split())] if phrase and phrase.date else []
    return found


class _Spellings(dict[str, dict[Status, Counter[bytes]]]):
    """What *tracker* writes for each status, and how often, by the kin of the places."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker

    def __missing__(self, kin: str) -> dict[Status, Counter[bytes]]:
        self[kin] = counts = _used(self.tracker, kin)
        return counts


def _edits(tracker: Tracker, index: int, status: Status, spellings: _Spellings) -> list[Edit]:
    if tracker.state[index] is status:
        return []
    edits: list[Edit] = []
    for carrier, mark in tracker.statused[index].marks:
        if carrier.write is None:
            key = tracker.tasks[index].key
            hint = "begin that heading with a box of its own, as in '### [x] Day 1'"
            if mark.item >= 0:
                hint = "'roadmap-md convert --to box' gives the tasks boxes of their own"
            elif carrier.kin == 'html':
                hint = 'write it as a Markdown table'
            name = f'an {carrier.name}' if carrier.name[0] in 'Hi' else f'a {carrier.name}'
            raise UserError(f'{key} has its status from {name}, which can only be read', hint)
        target = Target(status, tracker.vocabulary, spellings[carrier.kin])
        edits += carrier.write(tracker.page, mark, target)
    return edits


def _used(tracker: Tracker, kin: str) -> dict[Status, Counter[bytes]]:
    counts: dict[Status, Counter[bytes]] = {}
    for task in (*tracker.statused, *tracker.statused_sections):
        for marked in task.marks:
            if marked.carrier.kin == kin and (said := _said(tracker, marked)) is not None:
                status = marked.mark.status
                assert status  # what cannot be read is no task
                counts.setdefault(status, Counter())[said] += 1
    return counts


def _said(tracker: Tracker, marked: Marked) -> bytes | None:
    """What is written there, without a date; None for what is not to be written elsewhere."""
    span, mark = marked.mark.span, marked.mark
    said = tracker.data[slice(*span)]
    if marked.carrier.kin == 'line':
        return said if tracker.vocabulary.status(said) is mark.status else None
    if not said:
        return said if mark.may_be_blank else None
    from .phrase import read_phrase  # for a box or an emoji there is no need of it

    phrase = read_phrase(said.decode(), tracker.vocabulary)
    return phrase.said.encode() if phrase else said


def new_markers(tracker: Tracker) -> Iterator[tuple[Status, str]]:
    """What the line of a new task may begin with, for each status that is in use here."""
    used = _used(tracker, 'line')
    legend = tracker.skeleton.legend
    usual = {status for _, status in legend.markers} if legend else set(_USUAL)
    family = _family(used.get(Status.NOT_STARTED, {}))
    for status in Status:
        if status in usual or status in used:
            with suppress(UserError):
                yield status, Target(status, tracker.vocabulary, used).marker(family).decode()


_USUAL = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETED)


def _family(used: Mapping[bytes, int]) -> Family:
    """How the markers look that are *used* most; boxes where there are none."""
    return family_of(max(used, key=used.__getitem__)) if used else Family.BOX
