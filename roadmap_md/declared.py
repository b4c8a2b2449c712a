"""Rules that the tracker itself declares, and what else it says of how it is to be kept."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .page import Page, Text


class Declared(NamedTuple):
    """The lines (from 0) on which the tracker declares a rule; None where it does not."""

    no_skipping: int | None = None
    no_rushing: int | None = None
    consistency: int | None = None


_SPEAKS_OF_RULES = re.compile(r'\b(?:rules?|principles?|guidelines?|commitments?)\b', re.I)
_SENTENCES = {
    'no_skipping': re.compile(r"(?:no|never|don['’]?t|do not) skip(?:ping)?\b", re.I),
    'no_rushing': re.compile(r"(?:no|never|don['’]?t|do not) rush(?:ing)?\b", re.I),
    'consistency': re.compile(r'(?:consistency\b|tick daily\b|(?:stay|be) consistent\b)', re.I),
}
_BETWEEN_SENTENCES = re.compile(r'[.:!;,·•|–—]+\s*')


def declared_rules(
    page: Page, headings: Sequence[tuple[str, int]], hidden: frozenset[int], first_task: int | None
) -> Declared:
    """The rules that *page* declares.

    They stand under a heading that speaks of rules, or before the first section with tasks.
    *headings* are texts and lines in order; *hidden* are the legend's lines.
    """
    found: dict[str, int] = {}
    for text in _candidates(page, headings, first_task):
        if text.line in hidden:
            continue
        for name in declares(page.data[slice(*text.span)].decode()):
            found.setdefault(name, text.line)
    return Declared(**found)


def speaks_of_rules(heading: str) -> bool:
    """Does *heading* say that rules stand beneath it?"""
    return bool(_SPEAKS_OF_RULES.search(heading))


def declares(line: str) -> Iterator[str]:
    """The rules that *line* declares where it stands in the right place."""
    for sentence in _BETWEEN_SENTENCES.split(line):
        for name, pattern in _SENTENCES.items():
            if pattern.match(sentence.strip(' *_"“`')):
                yield name


def _candidates(
    page: Page, headings: Sequence[tuple[str, int]], first_task: int | None
) -> Iterator[Text]:
    ahead = [line for _, line in headings if first_task is not None and line < first_task]
    opening = ahead[-1] if ahead else first_task
    at, speaks = 0, False
    for text in page.texts:
        while at < len(headings) and headings[at][1] <= text.line:
            speaks = speaks_of_rules(headings[at][0])
            at += 1
        if speaks or opening is None or text.line < opening:
            yield text
