"""Carrier 6, the status line beneath a heading: ``**Status**: 🔄 In Progress``, ``Estado: hecho``.

``Phase 1 Status: done`` speaks of the phase around it. Of two such lines in one section nobody
knows what they speak of, so that neither is taken.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ..mark import About, Carrier, Fault, Mark, Taken
from ..markdown import Kind
from ..page import Page, Text
from ..status import Status
from ..text import Edit, Span
from ..vocabulary import Family, Target, Vocabulary
from ..words import STATUS_LABELS, fold, status_word, words_of

_LONGEST_LABEL = 60
_FIELD = (
    r'(?:[^\x00-\x7f\w\s]++\s++)?[\s*_`]*+(?P<label>[^:：|]{1,60}?)[\s*_`]*+[:：][\s*_]*+'
    r'(?P<value>\S.*)$'
)
_NEXT_FIELD = r'\s+[|·•]\s+[*_]*[^\W\d_][^:：|]{0,40}[:：]'


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The status lines, those that say something else included."""
    found = [
        mark
        for text in page.texts
        if text.line not in taken
        and not _is_of_heading(page, text, taken)
        and (mark := _read(page, text, vocabulary))
    ]
    said = Counter((page.section_line(mark.line), mark.label) for mark in found)
    for mark in found:
        if said[page.section_line(mark.line), mark.label] > 1:
            mark = mark._replace(status=None, fault=Fault.UNCLEAR)
        yield mark


def _is_of_heading(page: Page, text: Text, taken: Taken) -> bool:
    """Is it a line of a heading that has a status behind its text, perhaps this one?"""
    block = page.blocks[text.block]
    return block.kind is Kind.UNDERLINED and block.first in taken


def _read(page: Page, text: Text, vocabulary: Vocabulary) -> Mark | None:
    head = page.data[text.span.start : min(text.span.start + 2 * _LONGEST_LABEL, text.span.stop)]
    if b':' not in head and '：'.encode() not in head:
        return None
    if not may_be_field(head):
        return None
    if text.item >= 0 and page.blocks[text.item].parent >= 0:
        return None  # a field of an item
    line = page.data[slice(*text.span)].decode()
    match = _compiled(_FIELD).match(line)
    if match is None or (name := _speaks_of(match['label'])) is None:
        return None
    from ..phrase import choices_of, read_phrase  # few lines get so far

    value = _first_field(match['value'])
    phrase = read_phrase(value, vocabulary)
    choices = {} if phrase else choices_of(value, vocabulary)
    start = text.span.start + len(line[: match.start('value')].encode())
    whole = Span(start, start + len(value.rstrip().encode()))
    mark = Mark(whole, None, text.line, whole, -1, text.block, Fault.UNCLEAR, About.SECTION, name)
    if Status.NOT_STARTED in choices:
        return mark._replace(status=Status.NOT_STARTED, fault=None)  # a form, not filled in yet
    if phrase is None:
        return mark
    start += len(phrase.lead.encode())
    span = Span(start, start + len((phrase.said + phrase.date).encode()))
    return mark._replace(span=span, status=phrase.status, fault=None)


def may_be_field(head: bytes) -> bool:
    """Does the label before a colon in *head* end in what the status is called?"""
    label = head.decode(errors='ignore').replace('：', ':').partition(':')[0]
    words = fold(label.strip(' *_`')).split()
    return bool(words) and words[-1].lstrip('*_`') in _last_of_names()


@cache
def _last_of_names() -> frozenset[str]:
    return frozenset(name.rpartition(' ')[2] for name in words_of(STATUS_LABELS))


def write(page: Page, mark: Mark, target: Target) -> list[Edit]:
    """The edit that replaces the status; of a choice of several, the one that holds is left."""
    from ..phrase import choices_of, read_phrase, respelled

    said = page.data[slice(*mark.span)].decode()
    if choices := choices_of(said, target.vocabulary):
        chosen = choices.get(target.status)
        new = chosen.encode() if chosen else target._replace(used={}).marker(Family.EMOJI)
        return [Edit(mark.span, new)]
    line = page.data[mark.span.start : page.line(mark.line).stop].decode()
    phrase = read_phrase(_first_field(line), target.vocabulary)
    assert phrase  # it was read there
    return [Edit(mark.span, respelled(phrase, target).encode())]


def _first_field(text: str) -> str:
    return _compiled(_NEXT_FIELD).split(text, maxsplit=1)[0]


def is_field(page: Page, mark: Mark) -> bool:
    """Is what *mark* stands before a status line, ``- ✅ **Status:** done``, and no task?"""
    match = _compiled(_FIELD).match(page.data[slice(*mark.title)].decode())
    return match is not None and _speaks_of(match['label']) == ''


def _speaks_of(label: str) -> str | None:
    """What a line with that *label* gives its status to: '' is the section that it stands in."""
    words = label.split()
    for count in range(min(2, len(words)), 0, -1):
        name = fold(' '.join(words[-count:]))
        if name in words_of(STATUS_LABELS) and name[0].isalpha() and not status_word(name):
            return ' '.join(words[:-count])
    return None


CARRIER = Carrier('status line', read, write, 'status line')
