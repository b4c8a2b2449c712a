"""What earlier runs read at the tips of many refs, kept under git's directory.

A commit's tracker never changes, so what was read of it is known for good. Nothing depends on the
file: what is damaged, of another version or not to be written is done without.
"""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from . import cache
from .plan_outline import PlanOutline

if TYPE_CHECKING:
    import sqlite3

NAME = 'roadmap-md/tips.sqlite'
_TABLES = """
create table if not exists stamp (said blob);
create table if not exists plan (name text primary key, outline text, example blob);
create table if not exists tip ("commit" text primary key, plan text, state blob) without rowid;
"""
_WAIT = 0.2  # seconds, for another run that writes


class Tip(NamedTuple):
    """The name of the plan at a commit, and the state there."""

    plan: str
    state: bytes


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
                plans = found.execute('select name, outline, example from plan').fetchall()
                tips = found.execute('select "commit", plan, state from tip').fetchall()
                outlines = {name: _outline(name, *rest) for name, *rest in plans}
                known = {commit: Tip(*rest) for commit, *rest in tips}
                if any(tip.plan not in outlines for tip in known.values()):
                    return _NOTHING
                return Known(known, outlines)
        except (sqlite3.Error, ValueError, TypeError):
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
            base.executescript(_TABLES)
            base.execute('begin immediate')
            if base.execute('select said from stamp').fetchall() != [(self._stamp,)]:
                for table in ('stamp', 'plan', 'tip'):
                    base.execute(f'delete from {table}')
                base.execute('insert into stamp values (?)', (self._stamp,))
            (kept,) = base.execute('select count(*) from tip').fetchone()
            if kept > 4 * wanted:
                base.execute('delete from tip')
            rows = [(one.name, _dumped(one), one.example) for one in outlines]
            base.executemany('insert or replace into plan values (?, ?, ?)', rows)
            base.executemany(
                'insert or replace into tip values (?, ?, ?)',
                ((commit, *tip) for commit, tip in found.items()),
            )

    def _open(self, for_reading: bool = False) -> 'sqlite3.Connection':
        import sqlite3
        from pathlib import Path

        uri = Path(self._file).absolute().as_uri()
        # In a directory that cannot be written sqlite reads only what is said not to change.
        fixed = '?mode=ro' if os.access(os.path.dirname(self._file), os.W_OK) else '?immutable=1'
        return sqlite3.connect(
            uri + (fixed if for_reading else ''), uri=True, timeout=_WAIT, isolation_level=None
        )


def _dumped(outline: PlanOutline) -> str:
    _, _, *rest = outline
    return json.dumps(rest)


def _outline(name: str, rest: str, example: bytes) -> PlanOutline:
    return PlanOutline(name, example, *map(tuple, json.loads(rest)))
