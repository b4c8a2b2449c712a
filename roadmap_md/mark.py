"""A status where its author wrote it, and what finds and rewrites such places."""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from .page import Page
from .status import Status
from .text import Edit, Span
from .vocabulary import Family, Vocabulary


class Fault(Enum):
    """Why a marker that is meant cannot be read."""

    UNKNOWN = 'unknown'
    MALFORMED = 'malformed'


class Mark(NamedTuple):
    """A marker at *span* on *line* (from 0), and the *title* behind it.

    *status* is None where *fault* says why. *item* is the index of the list item that the
    mark stands at the head of, else -1; *block* that of the block it stands in.
    """

    span: Span
    status: Status | None
    line: int
    title: Span
    item: int
    block: int
    fault: Fault | None = None


class Carrier(NamedTuple):
    """A place where a status may sit.

    *read* yields the marks of a page in order. *write* gives the edits that set one of them,
    told the family's spelling of each status; it is None where the place is read only.
    """

    name: str
    read: Callable[[Page, Vocabulary], Iterator[Mark]]
    write: Callable[[Page, Mark, Callable[[Family], bytes]], list[Edit]] | None
