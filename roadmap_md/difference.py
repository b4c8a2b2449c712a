"""What lies between two versions of a tracker: statuses, tasks, and the other lines of text.

A line whose task tells of the change (its status, its title, its place, that it is new or gone)
is not told of again as text.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .align import align
from .spelling import all_spelled_as, spelled_as
from .status import Status
from .tracker import Tracker

_BLANK = b' \t\r\n*_`~'


class Pair(NamedTuple):
    """A task: number *old* of the version before, *new* of that after."""

    old: int
    new: int


class Lines(NamedTuple):
    """Lines *old* of the version before that became lines *new* of that after; from 0."""

    old: tuple[int, ...]
    new: tuple[int, ...]


class Difference(NamedTuple):
    """The two versions, and the tasks that changed, each in the order of the file.

    *added* are tasks of the version after, *removed* of that before. A task may have changed in
    several ways. *ends* are the lines of the version after, from 0, whose end alone is another.
    """

    before: Tracker
    after: Tracker
    transitions: tuple[Pair, ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]
    retitled: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    text: tuple[Lines, ...]
    ends: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        return not any(self[2:])

    def went(self, pair: Pair) -> tuple[Status, Status]:
        return self.before.state[pair.old], self.after.state[pair.new]


def difference(before: Tracker, after: Tracker) -> Difference:
    """What changed from *before* to *after*. Tasks are the same as ``align`` says."""
    pairs: list[Pair] = []
    added: list[int] = []
    for new, old in enumerate(align(before.skeleton, after.skeleton)):
        if old < 0:
            added.append(new)
        else:
            pairs.append(Pair(old, new))
    removed = sorted(set(range(len(before.tasks))).difference(pair.old for pair in pairs))
    transitions = [p for p in pairs if before.state[p.old] is not after.state[p.new]]
    retitled = [p for p in pairs if before.tasks[p.old].text != after.tasks[p.new].text]
    moved = _moved(pairs, before, after)
    written, left = _written(transitions, before, after)
    alike = (pair for pair in transitions if _beside(before, pair.old) == _beside(after, pair.new))
    told = {*left, *alike, *retitled, *moved}
    old_lines = {before.marks[at].line for at in (*removed, *(pair.old for pair in told))}
    new_lines = {after.marks[at].line for at in (*added, *(pair.new for pair in told))}
    lines = written.data.split(b'\n'), after.data.split(b'\n')
    same = {before.marks[pair.old].line: after.marks[pair.new].line for pair in told}
    opcodes = _opcodes(*lines, same)
    text = list(_text(opcodes, old_lines, new_lines))
    ends = tuple(_ends(opcodes, *lines))
    found = Difference(
        before, after, tuple(transitions), tuple(added), tuple(removed), tuple(retitled),
        tuple(moved), tuple(_without_blanks(text, before, after)), ends,
    )  # fmt: skip
    return found._replace(text=tuple(text)) if found.is_empty else found


def _written(
    transitions: Sequence[Pair], before: Tracker, after: Tracker
) -> tuple[Tracker, list[Pair]]:
    """*before* with the statuses of *after* as they are written there, and what cannot be."""
    if (whole := all_spelled_as(before, after, transitions)) is not None:
        return whole, []
    left = []
    for pair in transitions:
        if (written := spelled_as(before, pair.old, after, pair.new)) is None:
            left.append(pair)
        else:
            before = written
    return before, left


def _beside(tracker: Tracker, task: int) -> tuple[bytes, bytes]:
    """What stands on the line before and behind the marker, but for blanks and emphasis."""
    span, line = tracker.marks[task].span, tracker.page.line(tracker.marks[task].line)
    pieces = tracker.data[line.start : span.start], tracker.data[span.stop : line.stop]
    return pieces[0].strip(_BLANK), pieces[1].strip(_BLANK)


def _moved(pairs: Sequence[Pair], before: Tracker, after: Tracker) -> list[Pair]:
    """The tasks in another section, or in another order, than those around them."""
    went = Counter((before.tasks[p.old].section, after.tasks[p.new].section) for p in pairs)
    main: dict[int, int] = {}
    # of two to which as many went, the one that is called the same
    for old, new in sorted(
        went, key=lambda pair: (-went[pair], _heading(before, pair[0]) != _heading(after, pair[1]))
    ):
        if old not in main and new not in main.values():
            main[old] = new
    stayed = [
        p for p in pairs if main.get(before.tasks[p.old].section) == after.tasks[p.new].section
    ]
    in_order = _rising(stayed)
    return [pair for pair in pairs if pair not in in_order]


def _heading(tracker: Tracker, section: int) -> str:
    return tracker.sections[section].text if section >= 0 else ''


def _rising(pairs: Sequence[Pair]) -> set[Pair]:
    """The most of *pairs*, sorted by the one number, in which the other rises too."""
    ends: list[int] = []  # the lowest number in which a row of that length ends
    rows: list[Pair | None] = []
    before: dict[Pair, Pair | None] = {}
    for pair in pairs:
        at = bisect_left(ends, pair.old)
        ends[at : at + 1] = [pair.old]
        rows[at : at + 1] = [pair]
        before[pair] = rows[at - 1] if at else None
    found: set[Pair] = set()
    last = rows[-1] if rows else None
    while last:
        found.add(last)
        last = before[last]
    return found


_Opcodes = Sequence[tuple[str, int, int, int, int]]


def _opcodes(old: Sequence[bytes], new: Sequence[bytes], same: Mapping[int, int]) -> _Opcodes:
    """As difflib tells them, but for ends of lines; lines *same* are equal, whatever they say."""
    from difflib import SequenceMatcher

    became = set(same.values())
    # without those that hold the rest together, blank lines alone take minutes to match
    before = [same.get(at, line.removesuffix(b'\r')) for at, line in enumerate(old)]
    after = [at if at in became else line.removesuffix(b'\r') for at, line in enumerate(new)]
    matcher: SequenceMatcher[bytes | int] = SequenceMatcher(None, before, after, autojunk=False)
    return matcher.get_opcodes()


def _text(opcodes: _Opcodes, old_lines: set[int], new_lines: set[int]) -> Iterator[Lines]:
    for tag, i1, i2, j1, j2 in opcodes:
        if tag == 'equal':
            continue
        lines = Lines(
            tuple(at for at in range(i1, i2) if at not in old_lines),
            tuple(at for at in range(j1, j2) if at not in new_lines),
        )
        if any(lines):
            yield lines


def _ends(opcodes: _Opcodes, old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[int]:
    for tag, i1, i2, j1, j2 in opcodes:
        if tag == 'equal':
            for was, at in zip(range(i1, i2), range(j1, j2), strict=True):
                if old[was].endswith(b'\r') is not new[at].endswith(b'\r'):
                    yield at


def _without_blanks(text: Sequence[Lines], before: Tracker, after: Tracker) -> Iterator[Lines]:
    """*text* without the blank lines around it, and where there is nothing else."""
    old, new = (tracker.data.split(b'\n') for tracker in (before, after))
    for lines in text:
        found = Lines(_trimmed(lines.old, old), _trimmed(lines.new, new))
        if any(found):
            yield found


def _trimmed(lines: Sequence[int], rows: Sequence[bytes]) -> tuple[int, ...]:
    said = [at for at in lines if rows[at].strip()]
    return tuple(at for at in lines if said and said[0] <= at <= said[-1])
