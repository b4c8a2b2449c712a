"""A status where its author wrote it, and what finds and rewrites such places."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from .page import Page
from .status import Status
from .text import Edit, Span
from .vocabulary import Target, Vocabulary


class Fault(Enum):
    """Why a marker that is meant cannot be read.

    UNCLEAR: it stands where a status does, and says something else or more.
    """

    UNKNOWN = 'unknown'
    MALFORMED = 'malformed'
    UNCLEAR = 'unclear'


class About(Enum):
    """What a mark gives its status to.

    TASK: what stands beside it. ROW: that too, unless its *label* names a section with tasks.
    SECTION: the section around it, or the one around it that its *label* names. LOG: the section,
    if nothing else gives a status to it or to anything in it. AGAIN: the task on its line, which
    has one already.
    """

    TASK = 'task'
    ROW = 'row'
    SECTION = 'section'
    LOG = 'log'
    AGAIN = 'again'


class Mark(NamedTuple):
    """A marker at *span* on *line* (from 0), and the *title* behind it.

    *status* is None where *fault* says why. *item* is the index of the list item that the
    mark stands at the head of, else -1; *block* that of the block it stands in. *label* is what
    names the task where *title* alone does not, *owner* whose it is in a table for several people.
    *may_be_blank* tells that there nothing means not started, *is_symbol* that only a symbol shows
    a status there; *is_evidence*, that without it nothing would tell a status from an answer.
    """

    span: Span
    status: Status | None
    line: int
    title: Span
    item: int
    block: int
    fault: Fault | None = None
    about: About = About.TASK
    label: str | None = None
    owner: str = ''
    may_be_blank: bool = False
    is_symbol: bool = False
    is_evidence: bool = False


# What is taken, by line; None where that is no mark.
Taken = Mapping[int, Mark | None]


class Carrier(NamedTuple):
    """A place where a status may sit.

    *read* yields the marks of a page in order, told what carriers before it have *taken*, by line.
    *write* gives the edits that set one of them to a target; it is None where the place is read
    only. Carriers of one *kin* share their spellings.
    """

    name: str
    read: Callable[[Page, Vocabulary, Taken], Iterator[Mark]]
    write: Callable[[Page, Mark, Target], list[Edit]] | None
    kin: str
