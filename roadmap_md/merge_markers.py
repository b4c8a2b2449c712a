"""A merge of versions that differ in markers alone, without parsing them.

So are most trackers merged: two people ticked. What takes more, or is not certain, is left to
``merge``, which reads them.
"""

from .basis import Basis
from .status import STATUSES, merged_status
from .text import may_hold_counts
from .versions import Versions, in_rows
from .vocabulary import Preference

Three = tuple[bytes, bytes, bytes]


def merge_markers(known: Basis, three: Three) -> bytes | None:
    """Ours and theirs, of *three*, which both come from the base; None where that takes more."""
    if may_hold_counts(three[0]):
        return None
    versions = Versions(Preference())
    versions.begin(known.data, known.lines, in_rows(known.state), known.meanings)
    readings = [versions.follow(data) for data in three]
    if None in readings:
        return None
    states = [b''.join(reading.state) for reading in readings if reading]
    wanted = list(map(_merged, *states))
    expected = bytes(code for code in wanted if code is not None)
    if len(expected) < len(wanted):
        return None
    tasks = {line: task for task, line in enumerate(known.lines)}
    lines = []
    texts = (data.split(b'\n') for data in three)
    for number, rows in enumerate(zip(*texts, strict=True)):
        if rows[0] == rows[1] == rows[2]:
            lines.append(rows[0])
            continue
        if number not in tasks:
            return None
        task = tasks[number]
        line = _line(rows, tuple(state[task] for state in states), expected[task])
        if line is None:
            return None
        lines.append(line)
    data = b'\n'.join(lines)
    reading = versions.follow(data)
    return data if reading and b''.join(reading.state) == expected else None


def _merged(base: int, ours: int, theirs: int) -> int | None:
    """As ``merged_status``, of places in ``STATUSES``."""
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    status = merged_status(STATUSES[base], STATUSES[ours], STATUSES[theirs])
    return None if status is None else STATUSES.index(status)


def _line(lines: tuple[bytes, ...], states: tuple[int, ...], wanted: int) -> bytes | None:
    """Of three *lines* with those *states* the one that is changed as *wanted*."""
    base, ours, theirs = lines
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if states[0] in states[1:]:
        return None  # one was only written anew: how the status of the other is, all three decide
    able = {line for line, state in zip(lines[1:], states[1:], strict=True) if state == wanted}
    return able.pop() if len(able) == 1 else None
