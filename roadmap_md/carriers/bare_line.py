"""Carrier 2, the bare line: ``[ ] Day 1 – Lists``, ``🟨 Day 2``, several lines to a paragraph."""

from collections.abc import Iterator

from ..mark import Carrier, Mark, Taken
from ..page import Page
from ..vocabulary import Vocabulary
from .line_start import is_citation, known, malformed, write


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The markers that begin a line which is no list item's first.

    What only resembles a marker (``[1] Knuth``) is meant as one where the paragraph has others.
    """
    doubtful: list[Mark] = []
    block, certain = -1, False
    for text in page.texts:
        if text.block != block:
            if certain:
                yield from doubtful
            block, certain, doubtful = text.block, False, []
        if text.item >= 0:
            continue
        found = known(page, text, vocabulary) or malformed(page, text)
        if found and found.fault is None:
            certain = True
            yield found
        elif found and not is_citation(page, found):
            doubtful.append(found)
    if certain:
        yield from doubtful


CARRIER = Carrier('bare line', read, write, 'line')
