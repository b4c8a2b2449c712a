"""What the history of a tracker consists of: revisions, and what they did to which task."""

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from .status import Status

ABSENT = ''  # in place of a blob


class Revision(NamedTuple):
    """A commit that changed the tracker: the blob that each of its parents has, and its own.

    *date* is the author's, as git writes it raw: seconds and offset. A merge that is like one of
    its parents made nothing itself, and names no blobs.
    """

    commit: str
    parents: tuple[str, ...]
    author: str
    email: str
    date: str
    path: str
    before: tuple[str, ...]
    blob: str


class Blob(NamedTuple):
    """The bytes of a version; None where git does not have them."""

    name: str
    data: bytes | None


S = TypeVar('S', bound=Status | None)


class Change(NamedTuple, Generic[S]):
    """What one commit did to one task: from which status to which.

    *before* is None where the task appeared, *after* where it was removed. *key*, *title*, *path*
    and *sections* (outermost first) are those of that time, *current* is the index of the same task
    in the tracker as it is now, or -1. *date* has the author's own offset. Without a *commit* it is
    not committed yet, and has neither author nor date.
    """

    key: str
    title: str
    before: S
    after: S
    commit: str
    author: str
    email: str
    date: datetime | None
    path: str
    sections: tuple[str, ...]
    current: int

    @property
    def who(self) -> str:
        return f'{self.author} <{self.email}>'

    @property
    def age(self) -> float:
        """What to sort by, newest first; what is not committed is newest."""
        return -self.date.timestamp() if self.date else float('-inf')


Transition = Change[Status]
ScopeChange = Change[Status | None]


class Entry(NamedTuple):
    """A transition as it is shown: *path* as seen from here, *current* the task's key now, or none.

    *note* is what the commit's message says beneath its first line, but for trailers.
    """

    of: Transition
    path: str
    current: str
    note: str = ''


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400  # seconds
_FIRST = -62_135_500_000  # seconds; a day or more within what a datetime can be
_LAST = 253_402_200_000


def read_date(seconds: int, offset: int) -> datetime:
    """The date that git has as seconds and offset: ``1767600000 +0130`` is 1767600000 and 130."""
    when = min(max(seconds, _FIRST), _LAST)
    return (_EPOCH + timedelta(seconds=when)).astimezone(_zone(offset))


def day_of(raw: str) -> int:
    """The ordinal of the author's own day; *raw* is a date as git has it."""
    seconds, _, offset = raw.partition(' ')
    when = min(max(int(seconds), _FIRST), _LAST) + _shift(offset)
    return when // _DAY + _EPOCH.toordinal()


@lru_cache
def _shift(offset: str) -> int:
    shift = _zone(int(offset)).utcoffset(None)
    return shift.days * _DAY + shift.seconds


@lru_cache
def _zone(offset: int) -> timezone:
    hours, minutes = divmod(abs(offset), 100)
    shift = timedelta(hours=hours, minutes=minutes)
    if shift >= timedelta(days=1):
        shift = timedelta(0)  # no offset that a clock can have
    return timezone(-shift if offset < 0 else shift)
