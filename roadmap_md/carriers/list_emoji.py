"""Carrier 3, the list item emoji: ``- ✅ Day 1``; no points of a text, ``- ✅ **Fast**: it is``."""

from collections.abc import Iterator

from ..mark import Carrier, Mark, Taken
from ..named_sections import named_sections, status_at
from ..page import Page
from ..vocabulary import AMBIGUOUS, Vocabulary
from .line_start import asking_lines, is_point, known, within_strike, write
from .status_line import is_field


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The emoji markers at the head of list items."""
    found = [
        mark
        for text in page.texts
        if text.item >= 0
        if (mark := known(page, within_strike(page, text), vocabulary))
        if not page.data.startswith(b'[', mark.span.start) and not is_field(page, mark)
    ]
    if vocabulary.spellings or not found:
        yield from found  # a legend says that they are meant
        return
    # So that 'Why?' has reasons beneath it, and a word in bold its explanation.
    found = [_as_its_section(page, mark) for mark in found]
    items = [*found, *(mark for mark in taken.values() if mark and mark.item >= 0)]
    tasks = {page.section_line(mark.line) for mark in items if not is_point(page, mark)}
    tasks -= asking_lines(page)
    yield from (mark for mark in found if page.section_line(mark.line) in tasks)


def _as_its_section(page: Page, mark: Mark) -> Mark:
    """What ⏳ is in doubt of, the section's name decides: *Planned*, or *In progress*."""
    if page.data[slice(*mark.span)] not in AMBIGUOUS:
        return mark
    return mark._replace(status=status_at(named_sections(page), mark.line) or mark.status)


CARRIER = Carrier('list item emoji', read, write, 'line')
