"""What earlier runs read at the tips of many refs, kept under git's directory.

A commit's tracker never changes, so what was read of it is known for good. Nothing depends on the
file: what is damaged, of another version or not to be written is done without.
"""

import json
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from zlib import crc32

from . import cache
from .plan_outline import PlanOutline
from .stats import Counts
from .survey import Tip

if TYPE_CHECKING:
    import sqlite3

NAME = 'roadmap-md/tips.sqlite'
# A row holds all tips that one run has read of a plan: a row for each takes ten times as long.
_STAMP = 'create table if not exists stamp (said blob)'
_PLAN = """
create table if not exists plan (
    name text primary key, outline text, example blob, checksum integer
)
"""
_TIPS = """
create table if not exists tips (
    plan text, commits text, states blob, counts blob, current blob, checksum integer
)
"""
_COUNTS = struct.Struct('<5i')
Of = TypeVar('Of', str, bytes)
_WAIT = 0.2  # seconds, for another run that writes


class Known(NamedTuple):
    """What is known of commits, and the outlines of the plans that they have."""

    tips: Mapping[str, Tip]
    outlines: Mapping[str, PlanOutline]


_NOTHING = Known({}, {})


class KnownTips:
    """What was read at *path*, with that *preference*, in the repository with that *directory*."""

    def __init__(self, directory: str, path: str, preference: object) -> None:
        self._file = os.path.join(directory, NAME)
        self._stamp = cache.code_stamp() + repr((path, preference)).encode(errors='surrogatepass')

    def load(self) -> Known:
        """All that is known."""
        import sqlite3

        if not os.path.exists(self._file):
            return _NOTHING
        try:
            with closing(self._open(for_reading=True)) as found:
                found.execute('begin')  # as of one moment, whoever writes meanwhile
                if found.execute('select said from stamp').fetchall() != [(self._stamp,)]:
                    return _NOTHING
                plans, rows = (
                    found.execute(f'select * from {table}').fetchall() for table in ('plan', 'tips')
                )
                outlines = {row[0]: _outline(*_checked(row)) for row in plans}
                tips: dict[str, Tip] = {}
                for row in rows:
                    tips.update(_tips(outlines[row[0]], *_checked(row)))
                return Known(tips, outlines)
        except (sqlite3.Error, ValueError, TypeError, AttributeError, LookupError):
            return _NOTHING

    def save(self, found: Mapping[str, Tip], outlines: Iterable[PlanOutline], wanted: int) -> None:
        """Add what was *found*. If far more is kept than was *wanted* now, the rest goes."""
        import sqlite3

        try:
            os.makedirs(os.path.dirname(self._file), exist_ok=True)
            self._add(found, outlines, wanted)
        except (OSError, sqlite3.OperationalError):
            return  # read-only, full, or another run writes
        except sqlite3.DatabaseError:
            with suppress(OSError):
                os.unlink(self._file)  # the next run begins a new one

    def _add(self, found: Mapping[str, Tip], outlines: Iterable[PlanOutline], wanted: int) -> None:
        with closing(self._open()) as base, base:
            base.execute('pragma synchronous = off')  # what is lost with the power is read again
            base.execute('begin immediate')
            base.execute(_STAMP)
            if base.execute('select said from stamp').fetchall() != [(self._stamp,)]:
                base.execute('delete from stamp')
                base.execute('insert into stamp values (?)', (self._stamp,))
                for table in ('plan', 'tips'):  # that another version may have with other columns
                    base.execute(f'drop table if exists {table}')
            base.execute(_PLAN)
            base.execute(_TIPS)
            (kept,) = base.execute('select sum(length(counts)) from tips').fetchone()
            if (kept or 0) > 4 * wanted * _COUNTS.size:
                for table in ('plan', 'tips'):
                    base.execute(f'delete from {table}')
            plans = ((one.name, _dumped(one), one.example) for one in outlines)
            base.executemany(
                'insert or replace into plan values (?, ?, ?, ?)', map(_with_sum, plans)
            )
            rows = map(_with_sum, _rows(found))
            base.executemany('insert into tips values (?, ?, ?, ?, ?, ?)', rows)

    def _open(self, for_reading: bool = False) -> 'sqlite3.Connection':
        import sqlite3

        # https://www.sqlite.org/uri.html; what knows which bytes need it takes 3 ms to import
        escaped = ''.join(f'%{byte:02X}' for byte in os.fsencode(os.path.abspath(self._file)))
        # In a directory that cannot be written sqlite reads only what is said not to change.
        fixed = '?mode=ro' if os.access(os.path.dirname(self._file), os.W_OK) else '?immutable=1'
        uri = f'file:{escaped}{fixed if for_reading else ""}'
        return sqlite3.connect(uri, uri=True, timeout=_WAIT, isolation_level=None)


def _dumped(outline: PlanOutline) -> str:
    _, _, *rest = outline
    return json.dumps(rest)


def _outline(name: str, rest: str, example: bytes) -> PlanOutline:
    heading, *tasks = json.loads(rest)
    return PlanOutline(name, example, heading, *map(tuple, tasks))


def _with_sum(row: tuple[str | bytes, ...]) -> tuple[Any, ...]:
    return *row, _checksum(row)


def _checked(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """What has stood before its checksum. Raises ValueError."""
    *rest, checksum = row
    if _checksum(rest) != checksum:
        raise ValueError(row[0])
    return tuple(rest)


def _checksum(row: Iterable[str | bytes]) -> int:
    return crc32(b'\0'.join(part.encode() if isinstance(part, str) else part for part in row))


def _rows(found: Mapping[str, Tip]) -> Iterator[tuple[str, str, bytes, bytes, bytes]]:
    by_plan: dict[str, list[str]] = {}
    for commit, tip in found.items():
        by_plan.setdefault(tip.plan, []).append(commit)
    for plan, commits in by_plan.items():
        tips = [found[commit] for commit in commits]
        yield (
            plan, ''.join(commits), b''.join(tip.state for tip in tips),
            b''.join(_COUNTS.pack(*tip.counts) for tip in tips),
            struct.pack(f'<{len(tips)}i', *(tip.current for tip in tips)),
        )  # fmt: skip


def _tips(
    outline: PlanOutline, plan: str, commits: str, states: bytes, counts: bytes, current: bytes
) -> Iterator[tuple[str, Tip]]:
    tasks, number = len(outline.keys), len(current) // 4
    at = struct.unpack(f'<{number}i', current)
    packed = list(_cut(counts, _COUNTS.size))
    each = {one: Counts(*_COUNTS.unpack(one)) for one in {*packed}}  # few have other ones than all
    tips = map(Tip, repeat(plan), _cut(states, tasks), map(each.__getitem__, packed), at)
    return zip(_cut(commits, len(commits) // number), tips, strict=True)


def _cut(what: Of, size: int) -> Iterator[Of]:
    return (what[at : at + size] for at in range(0, len(what), size))
