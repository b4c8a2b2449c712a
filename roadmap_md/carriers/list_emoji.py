"""Carrier 3, the list item emoji: ``- ✅ Day 1``."""

from collections.abc import Iterator

from ..mark import Carrier, Mark
from ..page import Page
from ..vocabulary import Vocabulary
from .line_start import known, write


def read(page: Page, vocabulary: Vocabulary) -> Iterator[Mark]:
    """The emoji markers at the head of list items."""
    for text in page.texts:
        if text.item < 0 or page.data.startswith(b'[', text.span.start):
            continue
        if found := known(page, text, vocabulary):
            yield found


CARRIER = Carrier('list item emoji', read, write)
