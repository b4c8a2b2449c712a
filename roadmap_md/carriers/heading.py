"""Carrier 5, the heading: ``## Phase 1 ✅``, ``### [x] Setup``, ``## Auth (DONE 2026-03-29)``."""

from collections.abc import Iterator, Sequence

from ..mark import About, Carrier, Mark, Taken
from ..page import Heading, Page
from ..text import Edit, Span
from ..vocabulary import Family, Target, Vocabulary, family_of, is_symbol
from ..words import may_end_in_status


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The statuses of headings, before their text or behind it."""
    for heading in page.headings:
        if any(line in taken for line in range(heading.line, heading.stop)):
            continue
        found = _behind(page, heading, vocabulary) or _before(page, heading, vocabulary)
        if found:
            yield found


def write(page: Page, mark: Mark, target: Target) -> list[Edit]:
    """The edit that replaces what says the status, as a symbol, a word or both.

    Before a text a box stays a box, and an emoji one: alone an emoji would be decoration.
    """
    is_leading = mark.span.start < mark.title.start
    if is_leading:
        family = family_of(page.data[slice(*mark.span)])
        used = {
            status: {said: count for said, count in counts.items() if family_of(said) is family}
            for status, counts in target.used.items()
        }
        target = target._replace(used=used)
    from ..phrase import read_phrase, respelled

    phrase = read_phrase(page.data[slice(*mark.span)].decode(), target.vocabulary)
    assert phrase  # it was read there
    new = respelled(phrase, target)
    if is_leading and not new.startswith('['):
        heading = next(heading for heading in page.headings if heading.line == mark.line)
        if _is_decoration(page, heading, target.vocabulary):
            raise target.unsayable(new)
    return [Edit(mark.span, new.encode())]


def _behind(page: Page, heading: Heading, vocabulary: Vocabulary) -> Mark | None:
    text = page.data[slice(*heading.span)].decode()
    if not may_end_in_status(text):
        return None
    from ..phrase import BEHIND_A_SIGN, ending  # few headings get so far

    if not (found := ending(text, vocabulary, BEHIND_A_SIGN)):
        return None
    at, phrase = found
    start = heading.span.start + len((text[:at] + phrase.lead).encode())
    span = Span(start, start + len((phrase.said + phrase.date).encode()))
    titled = text[:at].rstrip(' \t*_`([（【:：|–—-')
    title = Span(heading.span.start, heading.span.start + len(titled.encode()))
    return Mark(span, phrase.status, heading.line, title, -1, heading.block, about=About.SECTION)


def _before(page: Page, heading: Heading, vocabulary: Vocabulary) -> Mark | None:
    """A box, or an emoji where it is no decoration.

    It is one where no heading beside it begins with something, or one does with what is no status.
    """
    match = vocabulary.match(page.data[slice(*heading.span)])
    if match is None or match.status is None:
        return None
    start, stop = heading.span
    rest = page.data[start + len(match.marker) : stop]
    if not any(map(str.isalnum, rest.decode())):
        return None
    if not match.marker.startswith(b'[') and _is_decoration(page, heading, vocabulary):
        return None
    span = Span(start, start + len(match.marker))
    title = Span(stop - len(rest.lstrip()), stop)
    return Mark(span, match.status, heading.line, title, -1, heading.block, about=About.SECTION)


def _is_declared(vocabulary: Vocabulary) -> bool:
    """Has the author said that emoji are markers?"""
    return bool(vocabulary.spellings) or vocabulary.style is Family.EMOJI


def _is_decoration(page: Page, heading: Heading, vocabulary: Vocabulary) -> bool:
    firsts = [page.data[slice(*other.span)].split(b' ', 1)[0] for other in _beside(page, heading)]
    symbols = [first for first in firsts if is_symbol(first)]
    if not symbols:
        return not _is_declared(vocabulary)
    return any(vocabulary.status(symbol) is None for symbol in symbols)


def _beside(page: Page, heading: Heading) -> Sequence[Heading]:
    """The other headings of the same level in the section around *heading*."""
    at = page.headings.index(heading)
    found = []
    for others in (reversed(page.headings[:at]), page.headings[at + 1 :]):
        for other in others:
            if other.level < heading.level:
                break
            if other.level == heading.level:
                found.append(other)
    return found


CARRIER = Carrier('heading', read, write, 'heading')
