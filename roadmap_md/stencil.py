"""Many files that differ from one another in their markers alone, read by what does not differ.

Of a thousand learners who keep one plan, each has a file of his own, and no two have all their
markers alike. What is around the markers is looked at once; of the next file it is compared, at the
speed at which bytes are compared.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from .alike import read_plainly
from .status import STATUSES
from .text import Span, is_readable
from .tracker import Tracker
from .vocabulary import Preference, Vocabulary

_CODES = bytes((0xC0, 0xC1, *range(0xF5, 0x100)))  # bytes that UTF-8 never has
_NO_CODES = bytes(sorted(set(range(256)) - set(_CODES)))
_SAME = bytes(_CODES[0] if byte in _CODES else byte for byte in range(256))
_USUAL = ('[ ]', '[x]', '🟨', '✅')  # of other spellings, those that are met
_MOST_KNOWN = 1 << 12
_OFTEN = 200  # files, of which a pattern saves what it takes to compile it
_LONGEST = 1 << 16  # bytes; a pattern takes a hundred times the memory of what it matches
_NUMBERS = {status: number for number, status in enumerate(STATUSES)}


class Cut(NamedTuple):
    """A plan as *example* has it, and what is told of the places where its markers were.

    *tasks* picks those that show the status of a task, *others* those that mean none, and must be
    as they are in the example: *fixed*.
    """

    example: Tracker
    tasks: Callable[[bytes], Any]
    others: Callable[[bytes], Any]
    fixed: Any
    meanings: bytes  # the number of a status, or 255, for each code


class Usual(NamedTuple):
    """A plan that many have: a *pattern* with a group for each task's marker.

    *numbers* are those of the statuses that these mean.
    """

    example: Tracker
    pattern: re.Pattern[bytes]
    numbers: Mapping[bytes, int]


class Stencilled(NamedTuple):
    """A file with the plan of *example*: the places of its tasks' statuses in ``STATUSES``.

    If it *is_plain* its markers stand where, and mean what, the lines' forms say.
    """

    example: Tracker
    state: bytes
    is_plain: bool


class Stencils:
    """Reads files as ``read_alike`` does; of what is known already, only the state."""

    def __init__(self, preference: Preference = Preference()) -> None:
        self.preference = preference
        self._spellings: list[bytes] = []
        self._known: dict[bytes, Cut] = {}
        self._usual: Usual | None = None
        self._times: Counter[int] = Counter()  # that a plan was met, until one is the usual one
        self._learn(spelling.encode() for spelling in _USUAL)

    def read(self, data: bytes) -> Stencilled | None:
        """What *data* is; None where it is not to be read as one state.

        Raises UnicodeDecodeError where it is not UTF-8.
        """
        found = self._as_usual(data) or self._like_a_known_one(data)
        return found or (self._learnt(data) if is_readable(data) else None)

    def _as_usual(self, data: bytes) -> Stencilled | None:
        if self._usual is None:
            return None
        example, pattern, numbers = self._usual
        found = pattern.fullmatch(data)
        if found is None:
            return None
        return Stencilled(example, bytes(map(numbers.__getitem__, found.groups())), True)

    def _like_a_known_one(self, data: bytes) -> Stencilled | None:
        data.decode()  # so that it has none of our codes
        coded = self._coded(data)
        cut = self._known.get(coded.translate(_SAME))
        if cut is None:
            return None
        codes = coded.translate(None, _NO_CODES)
        if cut.others(codes) != cut.fixed:
            return None
        state = bytes(cut.tasks(codes)).translate(cut.meanings)
        if b'\xff' in state:
            return None
        if self._usual is None:
            self._count(cut.example)
        return Stencilled(cut.example, state, True)

    def _count(self, example: Tracker) -> None:
        self._times[id(example)] += 1
        if self._times[id(example)] < _OFTEN or len(example.data) > _LONGEST:
            return
        meanings = {at: example.vocabulary.status(at) for at in self._spellings}
        numbers = {at: _NUMBERS[status] for at, status in meanings.items() if status}
        self._usual = Usual(example, _pattern(example, numbers), numbers)

    def _learnt(self, data: bytes) -> Stencilled:
        tracker, is_plain = read_plainly(data, self.preference)
        if is_plain:
            self._cut(tracker)
        return Stencilled(tracker, bytes(map(_NUMBERS.__getitem__, tracker.state)), is_plain)

    def _coded(self, data: bytes) -> bytes:
        """*data* with each marker made one byte."""
        for spelling, code in zip(self._spellings, _EACH, strict=False):
            data = data.replace(spelling, code)
        return data

    def _learn(self, spellings: Iterable[bytes]) -> None:
        """Spellings that are met are cut out from now on, the longest first."""
        new = dict.fromkeys(spellings).keys() - self._spellings
        if new and len(self._spellings) + len(new) <= len(_CODES):
            self._spellings = sorted([*self._spellings, *new], key=lambda s: (-len(s), s))
            self._forget()

    def _forget(self) -> None:
        self._known.clear()
        self._times.clear()  # by ids, which may be others' now

    def _cut(self, tracker: Tracker) -> None:
        data = tracker.data
        self._learn(data[slice(*mark.span)] for mark in tracker.marks)
        coded = self._coded(data)
        rest = coded.translate(_SAME)
        if rest in self._known:
            return
        places = list(self._places(coded))
        wanted = {mark.span for mark in tracker.marks}
        tasks = [number for number, place in enumerate(places) if place in wanted]
        if not tasks or len(tasks) < len(tracker.marks):
            return  # too many spellings
        others = picks([number for number, place in enumerate(places) if place not in wanted])
        if len(self._known) >= _MOST_KNOWN:
            self._forget()
        codes = coded.translate(None, _NO_CODES)
        meanings = self._meanings(tracker.vocabulary)
        self._known[rest] = Cut(tracker, picks(tasks), others, others(codes), meanings)

    def _places(self, coded: bytes) -> Iterator[Span]:
        """Where the markers that are one byte in *coded* were before."""
        longer = 0
        for at, byte in enumerate(coded):
            if byte in _CODES:
                spelling = self._spellings[_CODES.index(byte)]
                start = at + longer
                yield Span(start, start + len(spelling))
                longer += len(spelling) - 1

    def _meanings(self, vocabulary: Vocabulary) -> bytes:
        found = bytearray(b'\xff' * 256)
        for spelling, code in zip(self._spellings, _CODES, strict=False):
            if status := vocabulary.status(spelling):
                found[code] = _NUMBERS[status]
        return bytes(found)


_EACH = [bytes([code]) for code in _CODES]


def _pattern(example: Tracker, spellings: Iterable[bytes]) -> re.Pattern[bytes]:
    """What matches *example* with each of its markers one of the *spellings*, the longest first."""
    marker = b'(%b)' % b'|'.join(map(re.escape, spellings))
    ends = [0]
    for mark in example.marks:
        ends += mark.span
    ends.append(len(example.data))
    between = (slice(*pair) for pair in zip(ends[::2], ends[1::2], strict=True))
    return re.compile(marker.join(re.escape(example.data[part]) for part in between))


def picks(numbers: list[int]) -> Callable[[bytes], Any]:
    """What picks the bytes with these *numbers*, as a sequence."""
    first, last = (numbers[0], numbers[-1]) if numbers else (0, -1)
    if numbers == list(range(first, last + 1)):
        return itemgetter(slice(first, last + 1))
    return itemgetter(*numbers)
