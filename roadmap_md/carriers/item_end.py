"""The end of a list item: ``- Lists – Done``, ``- 🔨 Parser (in progress)``.

That is a status where each item of its list, two or more, ends in one, in words.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from ..mark import Carrier, Mark, Taken
from ..page import Page, Text
from ..text import Span
from ..vocabulary import Vocabulary
from ..words import may_end_in_status
from .heading import write


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The statuses at the end of the items that have no other."""
    for items in _lists(page):
        if len(items) < 2 or all(text.line in taken for text in items):
            continue
        found = list(takewhile(bool, (_read(page, text, vocabulary) for text in items)))
        if len(found) == len(items):
            yield from (mark for mark in found if mark and mark.line not in taken)


def _lists(page: Page) -> Iterable[Sequence[Text]]:
    """The items of each list, by their first lines."""
    found: dict[int, list[Text]] = {}
    for text in page.texts:
        if text.item >= 0:
            found.setdefault(page.lists[text.item], []).append(text)
    return found.values()


def _read(page: Page, text: Text, vocabulary: Vocabulary) -> Mark | None:
    line = page.data[slice(*text.span)].decode()
    if not may_end_in_status(line):
        return None
    from ..phrase import BEHIND_A_SIGN, ending  # few items get so far

    found = ending(line, vocabulary, BEHIND_A_SIGN)
    if found is None or not found[1].word:
        return None
    at, phrase = found
    start, first = text.span.start, text.span.start + len((line[:at] + phrase.lead).encode())
    span = Span(first, first + len((phrase.said + phrase.date).encode()))
    titled = line[:at].rstrip(' \t*_`([（【:：|–—-')
    title = Span(start, start + len(titled.encode()))
    return Mark(span, phrase.status, text.line, title, text.item, text.block)


CARRIER = Carrier('item end', read, write, 'second status')
