"""Waivers written into the buffer, without the reason, which is for the author to say."""

from collections.abc import Iterator
from typing import NamedTuple

from ..errors import UserError
from ..rule import Rule
from ..text import Edit, Span, splice
from ..tracker import Tracker, read_tracker
from ..waiver import waiver


class Waived(NamedTuple):
    """The *edit* that writes a waiver, and where in the new text its *reason* goes."""

    edit: Edit
    reason: int


def waive(tracker: Tracker, rule: Rule, key: str, line: int) -> Waived:
    """A waiver of *rule* for the task *key* above the block of *line*, else at the end.

    Raises UserError where either would change what is read.
    """
    comment = waiver(rule, key, reason='').encode()
    for at in _places(tracker, line):
        end = b'\r\n' if b'\r\n' in tracker.data else b'\n'
        is_open = at and tracker.data[at - 1 : at] != b'\n'
        before = end if is_open else b''
        edit = Edit(Span(at, at), before + comment + end)
        after = read_tracker(splice(tracker.data, [edit]), tracker.preference)
        if after.state == tracker.state and _names(after) == _names(tracker):
            return Waived(edit, at + len(before) + comment.index(b' -->'))
    raise UserError('a waiver would change what is read', 'write it where it does not')


def _names(tracker: Tracker) -> list[tuple[str, str]]:
    return [(task.key, task.title) for task in tracker.tasks]


def _places(tracker: Tracker, line: int) -> Iterator[int]:
    """Where a comment may stand: above the list or paragraph that holds *line*; the end."""
    page = tracker.page
    tops = [at for at, block in enumerate(page.blocks) if block.parent < 0 and block.first <= line]
    if tops:
        yield page.starts[page.blocks[page.lists.get(tops[-1], tops[-1])].first]
    yield len(page.data)
