"""Sections: headings, and what is beneath them."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .keys import slug
from .numbering import Numbering, read_numbering
from .page import Page
from .text import Span


class Section(NamedTuple):
    """A heading on *line* (from 0) and the lines beneath it, up to, not including, *stop*.

    *text* is the heading as written, but for a status and counts, *title* what follows its number;
    *parent* is the index of the enclosing section, -1 at the top.
    """

    text: str
    title: str
    numbering: Numbering | None
    level: int
    line: int
    stop: int
    parent: int

    @property
    def names(self) -> set[Hashable]:
        """What it may be called by, its number and its words; *Weeks 3-5* is *Week 3* too."""
        names: set[Hashable] = {name for name in [slug(self.title)] if name}
        if self.numbering:
            kind, outer, first, last = _numbers(self.numbering)
            names |= {(kind, outer, first, last), (kind, outer, first, first)}
        return names

    def is_named(self, text: str) -> bool:
        """Does *text* name this section?"""
        return name_of(text) in self.names


def name_of(text: str) -> Hashable:
    """What *text* calls a section by: it is among the names of that."""
    numbering, title = read_numbering(text)
    return _numbers(numbering) if numbering else slug(title)


def _numbers(numbering: Numbering) -> tuple[Hashable, Hashable, Hashable, Hashable]:
    return numbering.kind, numbering.outer, numbering.first, numbering.last


def read_sections(page: Page, titles: Mapping[int, Span], marked: set[int]) -> Iterator[Section]:
    """The sections of *page*, nested by level.

    *titles* are what is left of headings that have a status, by line. Headings of punctuation alone
    are decoration. An underlined heading whose block is *marked* holds marks by accident: a ``---``
    right under bare lines.
    """
    headings = [heading for heading in page.headings if heading.block not in marked]
    stops = _stops([heading.level for heading in headings])
    open_sections: list[tuple[int, int]] = []
    for index, heading in enumerate(headings):
        while open_sections and open_sections[-1][1] >= heading.level:
            open_sections.pop()
        parent = open_sections[-1][0] if open_sections else -1
        open_sections.append((index, heading.level))
        after = stops[index]
        stop = headings[after].line if after < len(headings) else len(page.starts)
        text = page.text(titles.get(heading.line, heading.span))
        if page.may_hold_counts:
            from .aggregate import without  # few trackers keep counts

            text = without(text)
        numbering, title = read_numbering(text)
        yield Section(text, title, numbering, heading.level, heading.line, stop, parent)


def _stops(levels: Sequence[int]) -> list[int]:
    """For each heading the index of the next one that is not beneath it."""
    stops = [len(levels)] * len(levels)
    waiting: list[int] = []
    for index, level in enumerate(levels):
        while waiting and levels[waiting[-1]] >= level:
            stops[waiting.pop()] = index
        waiting.append(index)
    return stops


def heading(sections: Sequence[Section]) -> str:
    """What the whole is called by its first heading; empty where that is a part of it."""
    outermost = [section for section in sections if section.parent < 0]
    is_whole = outermost and (len(outermost) == 1 or outermost[0].numbering is None)
    return outermost[0].text if is_whole else ''


def section_slugs(sections: Sequence[Section], at: int) -> tuple[tuple[str, bool], ...]:
    """The names of section *at* and of those around it, outermost first; is each numbered?"""
    chain: list[tuple[str, bool]] = []
    while at >= 0:
        section = sections[at]
        numbering = section.numbering
        chain.append((numbering.slug, True) if numbering else (slug(section.title), False))
        at = section.parent
    return tuple(reversed(chain))
