"""Which list items of a plan without statuses are tasks: the numbered, or beneath a number."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from typing import NamedTuple

from .errors import UserError
from .markdown import Kind
from .numbering import KINDS, read_numbering
from .page import Page, Text
from .section import Section
from .tracker import Tracker
from .words import ASIDE_LABELS, TASK_LABELS, fold, section_word, words_of

_SHORT = re.compile(r'([^\W\d_]{1,2})(\d{1,3})(?:\s*[:.)]|\s+[–—-])\s')
_OF_CONTENTS = re.compile(r'\[.*\]\(#.*\)')
_AROUND = re.compile(r'^[\W\d_]+|[\W_]+$')
_MOST_SHOWN = 3
_HINT = 'name sections with --section, or make a task of every item with --all'


class _Item(NamedTuple):
    """A list item: its *text*, what stands above its list as a *label*, and is it *numbered*?"""

    text: Text
    label: str
    numbered: bool


def unmarked(tracker: Tracker, sections: Set[int] | None, everything: bool) -> list[Text]:
    """The list items without a status that are meant as tasks.

    All in *sections*, if given; with *everything*, all there are. Else those that are numbered, and
    those beneath a number, but not beneath *Resources* or *Notes*. Raises UserError where that does
    not decide it.
    """
    items = list(_items(tracker))
    if sections is not None:
        items = [i for i in items if not sections.isdisjoint(_enclosing(tracker, i.text.line))]
    if sections is not None or everything:
        return [item.text for item in items]
    verdicts = [_is_task(tracker, item) for item in items]
    unsure = [item for item, verdict in zip(items, verdicts, strict=True) if verdict is None]
    if unsure:
        labels = dict.fromkeys(f"'{i.label}'" for i in unsure)
        said = ', '.join(list(labels)[:_MOST_SHOWN])
        first = unsure[0].text.line + 1
        raise UserError(f'line {first}: nobody knows whether {said} heads tasks', _HINT)
    chosen = [item.text for item, verdict in zip(items, verdicts, strict=True) if verdict]
    if not items:
        raise UserError('there is no list to make tasks of', "begin its lines with '- '")
    if not chosen:
        raise UserError('no list item is numbered, or beneath a number, as tasks are', _HINT)
    return chosen


def _items(tracker: Tracker) -> Iterator[_Item]:
    """The items that may be tasks: the numbered ones, and else the innermost."""
    page = tracker.page
    legend = tracker.skeleton.legend
    hidden = tracker.lines_of_marks | (legend.lines if legend else frozenset())
    texts = [text for text in page.texts if text.item >= 0 and text.line not in hidden]
    said = {text.item: page.data[slice(*text.span)].decode() for text in texts}
    numbered = _numbered(page, texts, said)
    outer = {block.parent for block in page.blocks if block.kind is Kind.ITEM}
    labels = _labels(page)
    for text in texts:
        around = list(_around(page, text.item))
        is_inner = text.item in outer and text.item not in numbered
        if is_inner or _OF_CONTENTS.fullmatch(said[text.item].strip()):
            continue
        if not any(map(str.isalnum, said[text.item])) or numbered & set(around):
            continue
        if all(page.blocks[at].kind is Kind.ITEM for at in around):
            label = said.get(around[0], '') if around else labels.get(text.item, '')
            yield _Item(text, label, text.item in numbered)


def _around(page: Page, item: int) -> Iterator[int]:
    """What contains *item*, innermost first."""
    while (item := page.blocks[item].parent) >= 0:
        yield item


def _numbered(page: Page, texts: Sequence[Text], said: dict[int, str]) -> set[int]:
    """The items that begin with a number: ``Day 1: Lists``; ``H1: …`` where the next has H2."""
    found = {item for item, text in said.items() if read_numbering(text)[0]}
    for _, group in groupby(texts, key=lambda text: page.blocks[text.item].parent):
        items = [text.item for text in group]
        matches = [_SHORT.match(said[item]) for item in items]
        for at in range(1, len(items)):
            one, other = matches[at - 1], matches[at]
            if one and other and (other[1], int(other[2])) == (one[1], int(one[2]) + 1):
                found |= {items[at - 1], items[at]} if _abbreviates(one[1]) else set()
    return found


def _abbreviates(letters: str) -> bool:
    """Does a word for a week or a day begin with *letters*?"""
    return any(
        word.startswith(letters.casefold())
        for word, kind in KINDS.items()
        if kind in ('week', 'day')
    )


def _labels(page: Page) -> dict[int, str]:
    """What stands right above the list that each outermost item is in, if that is a label."""
    found: dict[int, str] = {}
    label = ''
    for at, block in enumerate(page.blocks):
        if block.parent >= 0:
            continue
        if block.kind is Kind.ITEM:
            found[at] = label
        else:
            last = page.data[slice(*page.line(block.stop - 1))].decode().strip()
            is_label = block.kind is Kind.PARAGRAPH and last.strip('*_ ').endswith((':', '：'))
            is_bold = last.startswith(('**', '__')) and last.endswith(('**', '__'))
            label = last if is_label or (block.kind is Kind.PARAGRAPH and is_bold) else ''
    return found


def _enclosing(tracker: Tracker, line: int) -> Iterator[int]:
    """The sections around *line*, innermost first."""
    return tracker.enclosing(bisect_right(tracker.sections, line, key=lambda s: s.line) - 1)


def _is_task(tracker: Tracker, item: _Item) -> bool | None:
    """Is *item* meant as a task? None where nobody knows."""
    around = [tracker.sections[at] for at in _enclosing(tracker, item.text.line)]
    if any(_is_aside(section) for section in around) or _is_called(item.label, ASIDE_LABELS):
        return False
    if item.numbered:
        return True
    if not any(section.numbering for section in around):
        return False
    if not item.label.rstrip('*_ ').endswith((':', '：')) and not item.label.startswith('**'):
        return True
    return True if _is_called(item.label, TASK_LABELS) or section_word(_bare(item.label)) else None


def _is_aside(section: Section) -> bool:
    return section.numbering is None and _is_called(section.text, ASIDE_LABELS)


def _is_called(text: str, labels: str) -> bool:
    """Is *text* one of *labels*, or does it begin or end with one?"""
    words = _bare(text).split()
    parts = (' '.join(words), *words[:1], *words[-1:]) if len(words) <= 4 else ()
    return not words_of(labels).isdisjoint(map(fold, parts))


def _bare(text: str) -> str:
    return _AROUND.sub('', _AROUND.sub('', text))
