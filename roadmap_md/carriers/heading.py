"""Carrier 5, the heading: ``## Phase 1 ✅``, ``### [x] Setup``, ``## Auth (DONE 2026-03-29)``."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..mark import About, Carrier, Mark, Taken
from ..markdown import Kind
from ..page import Heading, Page
from ..text import Edit, Span
from ..vocabulary import Family, Target, Vocabulary, family_of, is_symbol
from ..words import may_end_in_status

if TYPE_CHECKING:
    from ..phrase import Phrase


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The statuses of headings, before their text or behind it."""
    decorated: _Decorated | None = None
    for at, heading in enumerate(page.headings):
        if any(line in taken for line in range(heading.line, heading.stop)):
            continue
        found = _behind(page, heading, vocabulary) or _before(page, heading, vocabulary)
        if found is None:
            continue
        is_emoji = found.span.start < found.title.start and page.data[found.span.start] != ord('[')
        if is_emoji and (decorated := decorated or _Decorated(page, vocabulary)).has(at):
            continue
        yield found


def write(page: Page, mark: Mark, target: Target) -> list[Edit]:
    """The edit that replaces what says the status, as a symbol, a word or both.

    Before a text a box stays a box, and an emoji one: alone an emoji would be decoration. Behind a
    text a symbol stays one, for a word would need a sign before it.
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
    new = respelled(phrase, target, alike=bool(phrase.symbol))
    if is_leading and not new.startswith('['):
        at = [heading.line for heading in page.headings].index(mark.line)
        if _Decorated(page, target.vocabulary).has(at):
            raise target.unsayable(new)
    return [Edit(mark.span, new.encode())]


def _behind(page: Page, heading: Heading, vocabulary: Vocabulary) -> Mark | None:
    text = page.data[slice(*heading.span)].decode()
    found = _ending(text, vocabulary)
    if not found and page.may_hold_counts and text.endswith((')', ']')):
        text = _without_counts(text)
        found = _ending(text, vocabulary)
    if not found:
        return None
    at, phrase = found
    start = heading.span.start + len((text[:at] + phrase.lead).encode())
    span = Span(start, start + len((phrase.said + phrase.date).encode()))
    titled = text[:at].rstrip(' \t*_`([（【:：|–—-')
    title = Span(heading.span.start, heading.span.start + len(titled.encode()))
    return Mark(span, phrase.status, heading.line, title, -1, heading.block, about=About.SECTION)


def _ending(text: str, vocabulary: Vocabulary) -> 'tuple[int, Phrase] | None':
    if not may_end_in_status(text):
        return None
    from ..phrase import BEHIND_A_SIGN, ending  # few headings get so far

    return ending(text, vocabulary, BEHIND_A_SIGN)


def _without_counts(text: str) -> str:
    """*text* without the counts in brackets at its end: ``Week 1 ✅ (3/5)``."""
    from ..aggregate import aggregates  # few trackers keep counts

    for found in reversed(aggregates(text)):
        if not found.is_bracketed or text[found.stop :].strip(' \t)]'):
            break
        text = text[: found.start].rstrip(' \t([')
    return text


def _before(page: Page, heading: Heading, vocabulary: Vocabulary) -> Mark | None:
    """A box or an emoji, which may be decoration."""
    match = vocabulary.match(page.data[slice(*heading.span)])
    if match is None or match.status is None:
        return None
    start, stop = heading.span
    rest = page.data[start + len(match.marker) : stop]
    if not any(map(str.isalnum, rest.decode())):
        return None
    span = Span(start, start + len(match.marker))
    title = Span(stop - len(rest.lstrip()), stop)
    return Mark(span, match.status, heading.line, title, -1, heading.block, about=About.SECTION)


class _Decorated:
    """The headings before which an emoji is decoration.

    It is one where another heading of the same level, in the section around it, begins with one
    that is no status; and where none begins with any, unless it is said that emoji are markers.
    """

    def __init__(self, page: Page, vocabulary: Vocabulary) -> None:
        self.declared = bool(vocabulary.spellings) or vocabulary.style is Family.EMOJI
        self.groups = _groups(page.headings)
        firsts = [page.data[slice(*heading.span)].split(b' ', 1)[0] for heading in page.headings]
        # With a ``---`` right beneath, a bare line is a heading by accident.
        bare = [page.blocks[heading.block].kind is Kind.UNDERLINED for heading in page.headings]
        self.symbols = [
            is_symbol(first) and not (is_bare and vocabulary.status(first))
            for first, is_bare in zip(firsts, bare, strict=True)
        ]
        pairs = list(zip(self.groups, self.symbols, firsts, strict=True))
        self.counts = Counter(group for group, symbol, _ in pairs if symbol)
        self.others = {group for group, symbol, f in pairs if symbol and not vocabulary.status(f)}

    def has(self, at: int) -> bool:
        """Is the emoji before heading number *at* decoration?"""
        group = self.groups[at]
        is_alone = self.counts[group] == self.symbols[at]
        return (is_alone and not self.declared) or group in self.others


def _groups(headings: Sequence[Heading]) -> list[int]:
    """For each heading the index of the first one of its level in the section around it."""
    found: list[int] = []
    around: dict[int, int] = {}
    for at, heading in enumerate(headings):
        around = {level: first for level, first in around.items() if level <= heading.level}
        found.append(around.setdefault(heading.level, at))
    return found


CARRIER = Carrier('heading', read, write, 'heading')
