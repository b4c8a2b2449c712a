"""Carrier 7, the section's name: what is listed beneath *Done*, *In progress*, *À faire*.

Those of its list items that carry no marker of their own have the status that it names.
"""

import re
from collections.abc import Iterator

from ..mark import Carrier, Mark, Taken
from ..page import Page
from ..status import Status
from ..text import Span
from ..vocabulary import Vocabulary
from ..words import section_word
from .line_start import title


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The outermost list items of the sections that are named for a status."""
    named = list(_named(page))
    if not named:
        return
    at, status = 0, None
    for text in page.texts:
        while at < len(named) and named[at][0] < text.line:
            status = named[at][1]
            at += 1
        if status is None or text.item < 0 or text.line in taken:
            continue
        if page.blocks[text.item].parent < 0 and _says_something(page, text.span):
            said = title(page, *text.span)
            yield Mark(Span(said.start, said.start), status, text.line, said, text.item, text.block)


def _named(page: Page) -> Iterator[tuple[int, Status | None]]:
    """The lines from which on a section's name gives a status, and which; None where none does."""
    status, deepest = None, 0
    for at, heading in enumerate(page.headings):
        if status and heading.level > deepest and at > 1:
            continue  # within a section that is named so; a title speaks of what follows it only
        named = status_named(page.text(heading.span))
        if named or status:
            yield heading.line, named
        status, deepest = named, heading.level


_AROUND = re.compile(r'^[\W\d_]+|\s*[(（].*[)）]\s*$|[\W_]+$')


def status_named(heading: str) -> Status | None:
    """The status that a heading names, but for signs around it and a remark in brackets."""
    return section_word(heading) or section_word(_AROUND.sub('', _AROUND.sub('', heading)))


def _says_something(page: Page, span: Span) -> bool:
    return any(map(str.isalnum, page.data[slice(*span)].decode()))


CARRIER = Carrier('section name', read, None, 'section name')
