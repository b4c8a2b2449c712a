"""Markers that begin a line of text: what the first three carriers share."""

import re
from functools import cache

from ..mark import Fault, Mark
from ..named_sections import named_sections, status_at
from ..numbering import read_numbering
from ..page import Page, Text
from ..status import Status
from ..text import Edit, Span
from ..vocabulary import AMBIGUOUS, Family, Target, Vocabulary, family_of

# A box that is meant as one: empty, padded, with another blank in it, or run into its text.
_NEARLY_BOX = re.compile(
    rb'\[(?:|\t|[ \t]{2,8}|[ \t]*(?:\xc2\xa0|\xe2\x80[\x80-\x8b\xaf]|\xe3\x80\x80|[xX~/-])[ \t]*)'
    rb'\](?![(:\[])'
    rb'|\[[ xX~/-]\](?![ \t(:\[]|$)'
    rb'|\[[ xX~/-]\](?=\xc2\xa0)'
)


def known(page: Page, text: Text, vocabulary: Vocabulary) -> Mark | None:
    """The mark that *text* begins with; its fault is set where its box is not known."""
    match = vocabulary.match(page.data[slice(*text.span)])
    if match is None:
        return None
    fault = None if match.status else Fault.UNKNOWN
    return mark(page, text, len(match.marker), fault, match.status)


def within_strike(page: Page, text: Text) -> Text:
    """*text* without the ``~~`` around its marker and title: what is done, some strike through."""
    start, stop = text.span
    if page.data.startswith(b'~~', start) and not page.data[start + 2 : start + 3].isalnum():
        struck = page.data[start + 2 : stop].rstrip(b' \t').removesuffix(b'~~')
        return text._replace(span=Span(start + 2, start + 2 + len(struck)))
    return text


def malformed(page: Page, text: Text) -> Mark | None:
    """The mark that *text* begins with where it is nearly a box."""
    match = _NEARLY_BOX.match(page.data, *text.span)
    return mark(page, text, match.end() - text.span.start, Fault.MALFORMED) if match else None


def is_citation(page: Page, found: Mark) -> bool:
    """``[1] Knuth`` refers to a source; no status is a digit unless a legend says so."""
    box = page.data[found.span.start + 1 : found.span.stop - 1]
    return found.fault is Fault.UNKNOWN and box.isdigit()


def mark(
    page: Page, text: Text, length: int, fault: Fault | None, status: Status | None = None
) -> Mark:
    """A mark of *length* bytes at the beginning of *text*."""
    start, stop = text.span
    span = Span(start, start + length)
    titled = title(page, start + length, stop)
    return Mark(span, status, text.line, titled, text.item, text.block, fault)


def title(page: Page, start: int, stop: int) -> Span:
    """The bytes from *start* to *stop* without blanks around them and a hard break behind."""
    text = page.data[start:stop]
    kept = text.strip(b' \t')
    if kept.endswith(b'\\') and not kept.endswith(b'\\\\'):
        kept = kept[:-1].rstrip(b' \t')
    first = start + len(text) - len(text.lstrip(b' \t'))
    return Span(first, first + len(kept)) if kept else Span(start, start)


@cache
def _point() -> re.Pattern[bytes]:
    return re.compile(rb'(\*\*|__)[^*_]+(?::\1|\1\s*(?::|-|\xe2\x80[\x93\x94]))\s*\S+\s+\S')


def is_point(page: Page, mark: Mark) -> bool:
    """Is a word in bold explained there, as where the features of a thing are listed?"""
    text = page.data[slice(*mark.title)]
    return bool(_point().match(text)) and read_numbering(text.decode())[0] is None


def asking_lines(page: Page) -> set[int]:
    """The lines of the headings that ask something."""
    return {h.line for h in page.headings if page.text(h.span).endswith(('?', '？'))}


def _may_be_emoji(page: Page, mark: Mark, vocabulary: Vocabulary) -> bool:
    """Would an emoji be read at the head of the item of *mark*, and be no point of a text?"""
    if vocabulary.spellings or mark.item < 0:
        return True
    return not is_point(page, mark) and page.section_line(mark.line) not in asking_lines(page)


def write(page: Page, mark: Mark, target: Target) -> list[Edit]:
    """The one edit that replaces the marker, in its own family where there is a choice."""
    family = family_of(page.data[slice(*mark.span)])
    marker = target.marker(family)
    if (
        family is Family.BOX
        and not marker.startswith(b'[')
        and not _may_be_emoji(page, mark, target.vocabulary)
    ):
        marker = target._replace(used={}).marker(family)
        if not marker.startswith(b'['):
            raise target.unsayable(marker.decode())
    if marker in AMBIGUOUS and status_at(named_sections(page), mark.line):
        marker = target._replace(used={}).marker(family)  # it would mean what the section does
    return [Edit(mark.span, marker)]
