"""The past in Markdown, for step summaries and wikis; every text from a file is escaped."""

from collections.abc import Iterator, Sequence

from ..chronicle import Chronicle
from ..tracker import Tracker
from . import markdown
from .chronicle import facts, nothing, streaks, weeks
from .squares import squares
from .terminal import Painter

_CELLS = 80


def story(
    told: Chronicle, trackers: Sequence[tuple[str, Tracker]], incomplete: Sequence[str]
) -> Iterator[str]:
    """The heads of the *trackers*, a table of what there is to say, and the squares."""
    for path, tracker in trackers:
        yield from markdown.head(path, tracker)
        yield ''
    yield from past(told, [path for path, _ in trackers], incomplete)


def past(told: Chronicle, paths: Sequence[str], incomplete: Sequence[str]) -> Iterator[str]:
    """The table, and the squares."""
    if not told.kinds:
        yield nothing(told, incomplete)
        return
    labelled = [
        *streaks(told, incomplete),
        *weeks(told),
        *facts(told, incomplete, paths),
    ]
    yield from markdown.table(('', ''), [(label, '; '.join(rows)) for label, rows in labelled])
    yield ''
    yield '```text'
    yield from squares(told.kinds, told.days, not incomplete, Painter(False), _CELLS)
    yield '```'
