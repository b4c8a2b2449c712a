"""Counts that an author keeps by hand in a heading: ``[3/5]``, ``12/50``, ``60%``, ``▓▓▓░░``."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class Aggregate(NamedTuple):
    """What stands from *start* to *stop* of a text.

    A count has *completed* and *total*, a percentage only *completed*, and *total* 100; a bar
    has as many cells as *total* and as many full ones as *completed*.
    """

    start: int
    stop: int
    form: str
    completed: int
    total: int

    def rewritten(self, text: str, completed: int, total: int) -> str:
        """How it is written where *completed* of *total* are."""
        written = text[self.start : self.stop]
        if self.form == 'bar':
            full, empty = _cells(written)
            filled = self.total * completed // total if total else 0
            return full * filled + empty * (self.total - filled)
        if self.form == 'percent':
            return f'{completed * 100 // total if total else 0}%'
        return re.sub(r'\d+(\s*/\s*)\d+', rf'{completed}\g<1>{total}', written)


_COUNT = r'\d{1,6}\s*/\s*\d{1,6}'
_END = r'\s*(?:$|[\[(▓█■#░□|]|done|completed?)'
# In brackets anywhere; bare at the end, where "24/7 support" and "Week 3/10" do not stand.
_FORMS = {
    'count': rf'(?<=[\[(])\s*{_COUNT}\s*(?=[\])])|(?<![\w/.]){_COUNT}(?={_END})',
    'percent': r'(?<=[\[(])\d{1,3}%(?=[\])])'
    rf'|(?<![\w.,])\d{{1,3}}%(?={_END})',
    'bar': r'(?:▓+[░▒]*|▒*░+|█+[░▒▁ ]*[░▒▁]|█{3,}|■+□*|□+|(?<=\[)#+-*(?=\])|(?<=\[)-{3,}(?=\]))',
}
_CELLS = {'▓': '▓░', '░': '█░', '▒': '█▒', '█': '█░', '■': '■□', '□': '■□', '#': '#-', '-': '#-'}


@lru_cache(maxsize=1024)
def aggregates(text: str) -> tuple[Aggregate, ...]:
    """The counts in *text*, form by form; a bar has three cells or more."""
    return tuple(_aggregates(text))


def _aggregates(text: str) -> Iterator[Aggregate]:
    if text.isascii() and not any(char in text for char in '/%#-'):
        return
    for form, pattern in _FORMS.items():
        for match in re.finditer(pattern, text):
            start, stop = match.span()
            if form == 'bar':
                if stop - start >= 3:
                    full = _cells(match[0])[0]
                    yield Aggregate(start, stop, form, match[0].count(full), stop - start)
                continue
            completed, total = [*map(int, re.findall(r'\d+', match[0])), 100][:2]
            yield Aggregate(start, stop, form, completed, total)


def without(text: str) -> str:
    """*text* without its counts and what sets them apart, so that a name stays the same."""
    found = sorted(aggregates(text), reverse=True)
    for aggregate in found:
        text = (
            text[: aggregate.start].rstrip(' \t([') + ' ' + text[aggregate.stop :].lstrip(' \t)]')
        )
    return text.strip(' \t-–—:|·') if found else text


def _cells(bar: str) -> tuple[str, str]:
    """The full and the empty cell that *bar* is made of."""
    first, last = bar[0], bar[-1]
    full, empty = _CELLS[first][0], _CELLS[first][1]
    if first != full:
        return full, first
    return (full, last) if last != full else (full, empty)
