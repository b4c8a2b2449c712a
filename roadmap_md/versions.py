"""Versions of one tracker, of each of which only what differs from another one is read."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from .lines import known_lines
from .status import STATUSES, Status
from .vocabulary import Preference, Vocabulary

if TYPE_CHECKING:
    from .tracker import Tracker

ROW = 64  # tasks
State = tuple[bytes, ...]
_CODES = {status: code for code, status in enumerate(STATUSES)}
_PART = 1 << 14  # bytes, and the rest of a line; comparing that costs as much as a look at it


class Reading(NamedTuple):
    """A tracker with that skeleton, but for its lines, and what was read of the state.

    *state* has a byte for each task, the place of its status in ``STATUSES``, in rows of ``ROW``:
    versions that follow each other share all rows but those that differ. There is no *tracker*
    where what is followed was read by an earlier run.
    """

    tracker: 'Tracker | None'
    state: State


def in_rows(codes: bytes) -> State:
    return tuple(codes[at : at + ROW] for at in range(0, len(codes), ROW))


class Versions:
    """Reads versions of one file as ``read_alike`` does, and of each only what differs.

    Two versions that follow each other seldom differ in more than one marker. What lies before
    and behind that is compared, not read.
    """

    def __init__(self, preference: Preference) -> None:
        self.preference = preference
        self.last: Reading | None = None
        self.tasks: dict[int, int] = {}  # by line; none where markers are not to be read alone
        self.vocabulary = Vocabulary({}, {})
        self.parts: list[bytes] = []  # the last version, in pieces of whole lines
        self.first_lines: list[int] = []

    def read(self, data: bytes) -> Reading:
        """What *data* is. Raises UnicodeDecodeError where it is not UTF-8."""
        if reading := self.follow(data):
            return reading
        from .alike import read_plainly  # with all that reads trackers

        tracker, plain = read_plainly(data, self.preference)
        lines = (mark.line for mark in tracker.marks) if plain else ()
        reading = Reading(tracker, in_rows(bytes(map(_CODES.__getitem__, tracker.state))))
        self._begin(data, reading, lines, tracker.vocabulary)
        return reading

    def begin(
        self, data: bytes, lines: Iterable[int], state: State, meanings: Mapping[bytes, Status],
        tracker: 'Tracker | None' = None,
    ) -> None:  # fmt: skip
        """Go on from *data*, which was read before: the *lines* of its tasks, its *state*.

        *meanings* are those of its markers; *tracker* has its skeleton, where that is at hand.
        """
        self._begin(data, Reading(tracker, state), lines, Vocabulary(meanings, {}))

    def _begin(
        self, data: bytes, reading: Reading, lines: Iterable[int], vocabulary: Vocabulary
    ) -> None:
        self.last, self.vocabulary = reading, vocabulary
        self.tasks = {line: index for index, line in enumerate(lines)}
        self.parts = list(_in_parts(data))
        counts = (part.count(b'\n') for part in self.parts)
        self.first_lines = list(accumulate(counts, initial=0))

    def follow(self, data: bytes, most: int = sys.maxsize) -> Reading | None:
        """What *data* is; None where more than markers and prose differ from the version before.

        Or where more than *most* lines do.
        """
        if not (self.last and self.tasks):
            return None
        at = 0
        changes: list[tuple[int, int]] = []
        parts: list[tuple[int, bytes]] = []
        for number, part in enumerate(self.parts):
            start = at
            if data.startswith(part, start):
                at += len(part)
                continue
            at += len(part)
            for line, before, after in _differing(part, data, start):
                at += len(after) - len(before)
                most -= 1
                if most < 0:
                    return None
                if not self._is_marker(self.first_lines[number] + line, before, after, changes):
                    return None
            parts.append((number, data[start:at]))
        if at != len(data):
            return None
        for number, part in parts:
            self.parts[number] = part
        if changes:
            self.last = Reading(self.last.tracker, _changed(self.last.state, changes))
        return self.last

    def _is_marker(
        self, line: int, before: bytes, after: bytes, changes: list[tuple[int, int]]
    ) -> bool:
        """Do two versions of a *line* differ in a marker, or in prose? Adds to *changes*."""
        was, now = known_lines[before], known_lines[after]
        if was.form != now.form:
            return False
        if was.marker != now.marker:
            status = self.vocabulary.status(now.marker)
            if status is None or line not in self.tasks:
                return False
            changes.append((self.tasks[line], _CODES[status]))
        return True


def _changed(state: State, changes: Sequence[tuple[int, int]]) -> State:
    rows = list(state)
    for task, code in changes:
        row, at = divmod(task, ROW)
        rows[row] = b'%b%c%b' % (rows[row][:at], code, rows[row][at + 1 :])
    return tuple(rows)


def _in_parts(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        stop = data.find(b'\n', start + _PART) + 1 or len(data)
        yield data[start:stop]
        start = stop


def _differing(part: bytes, data: bytes, place: int) -> Iterator[tuple[int, bytes, bytes]]:
    """The lines of *part* that *data* has otherwise at *place*, with their numbers in *part*.

    Line stands against line; where there are more or fewer, the last is another text.
    """
    at = line = counted = 0
    while True:
        at += _shared(part, at, data, place + at)
        start = part.rfind(b'\n', 0, at) + 1
        stop, end = _end_of_line(part, at), _end_of_line(data, place + at)
        line += part.count(b'\n', counted, start)
        counted = start
        yield line, part[start:stop], data[place + start : end]
        if part[stop : stop + 1] != data[end : end + 1]:
            return
        place = end - stop
        at = stop
        if data.startswith(part[at:], place + at):
            return


def _end_of_line(data: bytes, at: int) -> int:
    end = data.find(b'\n', at)
    return end if end >= 0 else len(data)


def _shared(part: bytes, at: int, data: bytes, place: int) -> int:
    """How many bytes *part* from *at* on and *data* from *place* on begin with alike."""
    low, high = at, min(len(part), at + len(data) - place)
    move = place - at
    while low < high:
        middle = (low + high + 1) // 2
        if data.startswith(part[low:middle], low + move):
            low = middle
        else:
            high = middle - 1
    return low - at
