"""Carrier 9, the heading of a day in a log: ``### Day 80: April 20, 2020`` over what was done."""

import re
from collections.abc import Iterator
from functools import cache

from ..dates import DATE
from ..mark import About, Carrier, Mark, Taken
from ..numbering import read_numbering
from ..page import Page
from ..status import Status
from ..text import Span
from ..vocabulary import Vocabulary

_LEAST_DIGITS = 4  # of a day's number and a date


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(DATE, re.IGNORECASE)


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The headings of days with a date in them, where something is written beneath."""
    for at, heading in enumerate(page.headings):
        text = page.text(heading.span)
        if heading.line in taken or sum(map(str.isdecimal, text)) < _LEAST_DIGITS:
            continue
        numbering, title = read_numbering(text)
        if numbering is None or numbering.kind != 'day' or not _dated().search(title):
            continue
        after = page.headings[at + 1].line if at + 1 < len(page.headings) else len(page.lines)
        if any(line.strip(b' \t\r-=_*') for line in page.lines[heading.stop : after]):
            span = Span(heading.span.start, heading.span.start)
            line, block = heading.line, heading.block
            yield Mark(span, Status.COMPLETED, line, heading.span, -1, block, about=About.LOG)


CARRIER = Carrier('log heading', read, None, 'log heading')
