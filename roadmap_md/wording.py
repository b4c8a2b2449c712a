"""What the subject of a commit says of the work it names: made, completed, or only touched.

``Add day 3`` is work that is there. ``fix typo in day 3`` only touched it, ``WIP day 3`` says that
it is not complete, ``Remove day 3`` that it is gone. Each part of a subject speaks for itself, as
in ``finish day 3, start day 4``; one that says nothing says what the part before it does.
"""

import re
from collections.abc import Collection, Sequence
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from .text import Span
from .words import (
    DONE_WORDS,
    MADE_WORDS,
    TOUCHED_FIRST,
    TOUCHED_WORDS,
    UNDONE_WORDS,
    UNFINISHED_WORDS,
    fold,
    words_of,
)


class Says(IntEnum):
    """From what takes most away to what says most."""

    UNDONE = 0
    UNFINISHED = 1
    TOUCHED = 2
    NOTHING = 3
    MADE = 4
    DONE = 5

    @property
    def is_work(self) -> bool:
        """Is what it is said of there?"""
        return self >= Says.NOTHING


class Part(NamedTuple):
    """A part of a subject, what it says, and where the word stands that says so, or -1.

    *bare* parts hold nothing but names of tasks.
    """

    span: Span
    says: Says
    word: int
    bare: bool


_BETWEEN = re.compile(
    r'[,;，；、&+|]|\s[-–—|]\s|[.!]\s|\s(?:and|then|but|und|y|et|e|ve|и)\s', re.IGNORECASE
)
_WORDS = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|[⏪🔥🚧✅☑✔🎉→]|->")
_TYPE = re.compile(r'\s*([A-Za-z]+)(?:\([^()]*\))?!?:\s')
# What git and hosts write themselves about commits that are no work of their own.
_NO_WORK = re.compile(r'(?:fixup|squash|amend)! |Merge (?:branch|pull request|remote|tag|commit)\b')
_REVERT = re.compile(r'\W*revert\b', re.IGNORECASE)


def parts(subject: str, named: Sequence[Span], topics: Collection[str] = ()) -> list[Part]:
    """The parts of *subject*, in which tasks are *named*; words in their titles are *topics*."""
    if _REVERT.match(subject):
        return [Part(Span(0, len(subject)), Says.UNDONE, 0, False)]
    if _NO_WORK.match(subject):
        return [Part(Span(0, len(subject)), Says.TOUCHED, 0, False)]
    cuts = [match.span() for match in _BETWEEN.finditer(subject) if not _is_inside(match, named)]
    for span in named:
        subject = subject[: span.start] + ' ' * (span.stop - span.start) + subject[span.stop :]
    starts = [0, *(stop for _, stop in cuts)]
    stops = [*(start for start, _ in cuts), len(subject)]
    found = [
        _part(subject, Span(start, stop), topics) for start, stop in zip(starts, stops, strict=True)
    ]
    return _inherited(found, named)


def _is_inside(match: re.Match[str], named: Sequence[Span]) -> bool:
    return any(span.start < match.end() and match.start() < span.stop for span in named)


def _part(subject: str, span: Span, topics: Collection[str]) -> Part:
    says, at, bare = Says.NOTHING, -1, True
    kind = _TYPE.match(subject, span.start, span.stop)
    first = True
    for match in _WORDS.finditer(subject, *span):
        word = fold(match[0]).replace('’', "'")
        is_type = kind is not None and match.start() == kind.start(1)
        bare = bare and is_type
        if word not in topics or is_type:
            said = _said(word, first or is_type)
            if said is not Says.NOTHING and _outweighs(said, says):
                says, at = said, match.start()
        first = is_type  # 'test: format day 3'
    return Part(span, says, at, bare)


def _outweighs(said: Says, before: Says) -> bool:
    """Done though touched is done; not begun or taken back is neither."""
    if before is Says.NOTHING:
        return True
    if Says.DONE in (said, before) and Says.UNFINISHED not in (said, before):
        return said is Says.DONE and before is not Says.UNDONE
    return said < before


def _said(word: str, first: bool) -> Says:
    known = _words()
    if first and word in words_of(TOUCHED_FIRST):
        return Says.TOUCHED
    if (says := known.get(word)) is not None:
        return says
    if not word.isascii():
        for written, says in _spaceless():
            if written in word:
                return says
    return Says.NOTHING


_LISTS = (
    (Says.UNDONE, UNDONE_WORDS),
    (Says.UNFINISHED, UNFINISHED_WORDS),
    (Says.TOUCHED, TOUCHED_WORDS),
    (Says.MADE, MADE_WORDS),
    (Says.DONE, DONE_WORDS),
)


@cache
def _words() -> dict[str, Says]:
    return {word: says for says, words in reversed(_LISTS) for word in words_of(words)}


@cache
def _spaceless() -> list[tuple[str, Says]]:
    """The words of scripts that write no blanks, which stand inside others; the longest first."""
    found = [pair for pair in _words().items() if '\u2fff' < pair[0][0] < '\ud800']
    return sorted(found, key=lambda pair: -len(pair[0]))


def _inherited(found: list[Part], named: Sequence[Span]) -> list[Part]:
    """*found*, where a part that says nothing says what the one before it says.

    Where there is none before, and it holds nothing but names, the one behind it speaks for it
    (``day 3, day 4: done``, ``Day 3 - fix typo``), unless that goes on to something else (``day 3,
    start day 4``).
    """
    before: Part | None = None
    for at, part in enumerate(found):
        if part.says is Says.NOTHING and before:
            found[at] = part._replace(says=before.says, word=before.word)
        elif part.says is not Says.NOTHING:
            before = part
    behind: Part | None = None
    for at in reversed(range(len(found))):
        part = found[at]
        if part.says is Says.NOTHING and part.bare and behind:
            found[at] = part._replace(says=behind.says)
        elif part.says is not Says.NOTHING:
            goes_on = any(part.word < span.start < part.span.stop for span in named)
            behind = None if goes_on else part
    return found
