"""What a proposal consists of: commits, and what in them speaks for a task being done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from .history import read_date
from .status import Status
from .text import Span
from .tracker import Tracker


class File(NamedTuple):
    """What a commit did to the file at *path*: *before* and *after* are blobs, empty for none."""

    path: str
    before: str
    after: str


class Commit(NamedTuple):
    """A commit, its first line, and what it changed; *date* is the author's, as git has it raw."""

    name: str
    parents: tuple[str, ...]
    author: str
    email: str
    date: str
    subject: str
    files: tuple[File, ...]


class Source(Enum):
    """Where in a commit something stands."""

    SUBJECT = 'subject'
    PATH = 'path'


class Evidence(NamedTuple):
    """*text* of a commit names a task, at *span*; *doubt* says why that is not certain, if so."""

    commit: str
    author: str
    email: str
    date: str
    source: Source
    text: str
    spans: tuple[Span, ...]
    doubt: str

    @property
    def is_certain(self) -> bool:
        return not self.doubt

    @property
    def when(self) -> datetime:
        """The author's date, in the author's own offset."""
        seconds, _, offset = self.date.partition(' ')
        return read_date(int(seconds), int(offset))


class Suggestion(NamedTuple):
    """A task that seems to be done, and why, newest first; *more* were left out."""

    task: int
    evidence: tuple[Evidence, ...]
    more: int
    is_certain: bool


class Ambiguous(NamedTuple):
    """What names one of several *tasks*, and nothing tells which."""

    tasks: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    more: int


class Found(NamedTuple):
    """What commits say, in the order of the tasks."""

    suggestions: tuple[Suggestion, ...]
    ambiguous: tuple[Ambiguous, ...]


def free(tracker: Tracker, suggestions: Sequence[Suggestion], skips: Mapping[int, str]) -> str:
    """A name for the certain ones before the first that would skip a task; '' where there is none.

    A task between them that is no such one is settled, so that the name means nothing else.
    """
    certain = [one.task for one in suggestions if one.is_certain]
    first = min((task for task in certain if task in skips), default=len(tracker.tasks))
    chosen = [task for task in certain if task < first]
    for at in range(chosen[0], chosen[-1]) if chosen else ():
        if at not in chosen and tracker.state[at] is not Status.COMPLETED:
            chosen = [task for task in chosen if task < at]
            break
    keys = [tracker.tasks[task].key for task in chosen]
    return '..'.join(dict.fromkeys((keys[0], keys[-1]))) if keys else ''
