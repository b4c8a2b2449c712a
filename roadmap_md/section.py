"""Sections: headings, and what is beneath them."""

from collections.abc import Iterator, Mapping, Sequence
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

    def is_named(self, text: str) -> bool:
        """Does *text* name this section, by its number or by its words?"""
        numbering, title = read_numbering(text)
        if numbering and self.numbering:
            ours = self.numbering
            alike = (ours.kind, ours.outer, ours.first) == (
                numbering.kind, numbering.outer, numbering.first,
            )  # fmt: skip
            return alike and (ours.last == numbering.last or numbering.last == numbering.first)
        return not numbering and slug(title) == slug(self.title) != ''


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


def section_slugs(sections: Sequence[Section], at: int) -> tuple[tuple[str, bool], ...]:
    """The names of section *at* and of those around it, outermost first; is each numbered?"""
    chain: list[tuple[str, bool]] = []
    while at >= 0:
        section = sections[at]
        numbering = section.numbering
        chain.append((numbering.slug, True) if numbering else (slug(section.title), False))
        at = section.parent
    return tuple(reversed(chain))
