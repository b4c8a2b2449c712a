"""Carrier 7, the section's name: what is listed beneath *Done*, *In progress*, *À faire*.

Those of its list items that carry no marker of their own have the status that it names; a heading
beneath it does where nothing under that has a status.
"""

from collections.abc import Iterator

from ..mark import About, Carrier, Mark, Taken
from ..named_sections import named_sections, status_at
from ..page import Page
from ..text import Span
from ..vocabulary import Vocabulary
from ..words import NOTHING_WORDS, fold, words_of
from .line_start import title


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The headings and the outermost list items in sections that are named for a status."""
    named = named_sections(page)
    if not any(one.status for one in named):
        return
    for heading, status, is_inside in named:
        if is_inside and heading.line not in taken:
            at, line, block = heading.span.start, heading.line, heading.block
            yield Mark(Span(at, at), status, line, heading.span, -1, block, about=About.LOG)
    for text in page.texts:
        if text.item < 0 or text.line in taken or page.blocks[text.item].parent >= 0:
            continue
        status = status_at(named, text.line)
        if status and _says_something(page.data[slice(*text.span)].decode()):
            said = title(page, *text.span)
            yield Mark(Span(said.start, said.start), status, text.line, said, text.item, text.block)


def _says_something(text: str) -> bool:
    """Not ``None yet``, nor ``Functions:`` over what is meant."""
    words = fold(text.strip(' \t*_()[].…!-–—'))
    return words not in words_of(NOTHING_WORDS) and not text.rstrip(' *_').endswith((':', '：'))


CARRIER = Carrier('section name', read, None, 'section name')
