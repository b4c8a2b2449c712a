"""Sections that are named for a status: *Done*, *In progress*, *À faire*, *Later*."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from .page import Heading, Page
from .status import Status
from .words import section_word

_AROUND = re.compile(r'^[\W\d_]+|\s*[(（].*[)）]\s*$|[\W_]+$')
_BOXES = re.compile(r'^\s*\[[^\[\]]{0,8}\]\s|\s\[[^\[\]]{0,8}\]\s*$')  # whatever is in them
_LONGEST = 100  # characters; what is longer is no name


class Named(NamedTuple):
    """From *heading* on the sections' name gives the *status*; None from where none does.

    *is_inside* tells that another heading around this one is named so.
    """

    heading: Heading
    status: Status | None
    is_inside: bool = False


@lru_cache(maxsize=1024)
def status_named(heading: str) -> Status | None:
    """The status that a heading names, but for signs around it and a remark in brackets.

    *Skipped / out of scope* names it twice.
    """
    if len(heading) > _LONGEST:
        return None
    heading = _BOXES.sub('', heading)
    bare = _AROUND.sub('', _AROUND.sub('', heading))
    found = {section_word(heading) or section_word(bare)}
    if found == {None} and '/' in bare:
        found = {section_word(part.strip()) for part in bare.split('/')}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=2)  # asked for each marker that is in doubt
def named_sections(page: Page) -> list[Named]:
    """The headings from which on another status holds, or the same in a section inside.

    The title of a file speaks of what follows it up to the next heading.
    """
    found: list[Named] = []
    around: Named | None = None
    for at, heading in enumerate(page.headings):
        status = status_named(page.text(heading.span))
        if around and around.heading.level < heading.level and not status:
            found.append(Named(heading, around.status, is_inside=True))
            continue
        if status or (found and found[-1].status):
            found.append(Named(heading, status))
        around = Named(heading, status) if status and at else None
    return found


def status_at(named: list[Named], line: int) -> Status | None:
    """The status that the name of the section around *line* gives."""
    at = bisect_right(named, line, key=lambda one: one.heading.line)
    return named[at - 1].status if at else None
