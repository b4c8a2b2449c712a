"""Carrier 8, the second status behind a task's text: ``- [x] Lists ✅``, ``- [x] Lists (done)``."""

from collections.abc import Iterator

from ..mark import About, Carrier, Mark, Taken
from ..page import Page
from ..status import Status
from ..text import Edit, Span
from ..vocabulary import Target, Vocabulary
from ..words import may_end_in_status
from . import heading

_MAY_END_ONE = frozenset(b')]*_`:')


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The statuses behind the texts of tasks that have one before it."""
    for mark in taken.values():
        if mark is None or mark.status is None or mark.label is not None:
            continue
        stop = mark.title.stop
        if mark.about is not About.TASK or mark.title.start == stop:
            continue
        last = page.data[stop - 1]
        if not (last >= 0x80 or last in _MAY_END_ONE or 0x30 <= last <= 0x39):
            continue
        text = page.data[slice(*mark.title)].decode()
        if not may_end_in_status(text):
            continue
        from ..phrase import IN_BRACKETS, ending  # few titles get so far

        if found := ending(text, vocabulary, IN_BRACKETS):
            at, phrase = found
            start = mark.title.start + len((text[:at] + phrase.lead).encode())
            span = Span(start, start + len((phrase.said + phrase.date).encode()))
            titled = text[:at].rstrip(' \t*_`([（【/,;')
            title = Span(mark.title.start, mark.title.start + len(titled.encode()))
            status = phrase.status
            if status is Status.CANCELLED and mark.status is Status.NOT_STARTED and not phrase.word:
                status = mark.status  # behind a box that is open, ❌ says that it is
            yield Mark(span, status, mark.line, title, mark.item, mark.block, about=About.AGAIN)


def write(page: Page, mark: Mark, target: Target) -> list[Edit]:
    """The edit that replaces what says the status again."""
    if target.status is Status.NOT_STARTED:
        known = target.vocabulary.meanings
        found = {
            marker: Status.NOT_STARTED for marker in known if known[marker] is Status.CANCELLED
        }
        target = target._replace(vocabulary=target.vocabulary._replace(meanings={**known, **found}))
    return heading.write(page, mark, target)


CARRIER = Carrier('second status', read, write, 'second status')
