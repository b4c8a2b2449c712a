"""Carrier 1, the list item box: ``- [ ] Day 1``, ``* [x]``, ``1. [X]``, nested, in quotes."""

import re
from collections.abc import Iterator

from ..mark import Carrier, Fault, Mark, Taken
from ..page import Page
from ..vocabulary import Vocabulary
from .line_start import is_citation, known, malformed, mark, within_strike, write

_NO_BLANK = re.compile(rb'[-+*]\[[ xX]?\]')  # '-[ ] Day 1' is text, not a list item


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The boxes at the head of list items, those that are nearly one included."""
    for text in page.texts:
        if text.item < 0:
            if match := _NO_BLANK.match(page.data, *text.span):
                length = match.end() - text.span.start
                yield mark(page, text, length, Fault.MALFORMED)
            continue
        text = within_strike(page, text)
        if page.data.startswith(b'[', text.span.start):
            found = known(page, text, vocabulary) or malformed(page, text)
            if found and not is_citation(page, found):
                yield found


CARRIER = Carrier('list item box', read, write, 'line')
