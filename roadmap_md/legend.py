"""The legend: the part of a tracker that declares its markers.

A legend is a block of lines or list items in which every one is a marker and a status word,
two or more, and nothing else. Under a heading such as *Legend* a line may go on to explain.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from .markdown import Kind
from .page import Page, Text
from .status import Status
from .words import status_word

_ENTRY = re.compile(
    r'(?P<tick>`?)(?P<marker>\[[^\[\]]{1,8}\]|:[a-z0-9_+-]+:|[^\x00-\x7f]+)(?P=tick)'
    r'[ \t]*(?:->|[=:–—→-]|means )?[ \t]*(?P<text>\S.*)$'
)
_HEADING = re.compile(r'\W*(?:(?:status|marker|symbol)s?\W+)?(?:legend|key)\W*$', re.I)
# What UTF-8 is read as by those who damage it; a legend that was damaged still means its marker.
_CODECS = ('cp1254', 'cp1252', 'cp1250', 'cp1251', 'mac_roman', 'latin-1')

_LONGEST_WORD = 40  # characters; none that stands for a status has more


class Legend(NamedTuple):
    """The declared markers as they are written, and the lines they stand on, from 0."""

    markers: tuple[tuple[str, Status], ...]
    lines: frozenset[int]


def find_legend(page: Page) -> Legend | None:
    """The first legend of *page*."""
    headings = [b for b in page.blocks if b.kind in (Kind.HEADING, Kind.UNDERLINED)]
    firsts = [heading.first for heading in headings]
    for run in _runs(page):
        labelled = is_legend_heading(page.data[slice(*run[0].span)].decode())
        texts = run[labelled:]
        if len(texts) < 2 or not _ENTRY.match(page.data[slice(*texts[0].span)].decode()):
            continue
        above = bisect_left(firsts, texts[0].line)
        explained = labelled or (above > 0 and is_legend_heading(page.heading(headings[above - 1])))
        entries = list(_entries(page, texts, explained))
        if len(entries) == len(texts) == len(dict(entries)) >= 2:
            return Legend(tuple(entries), frozenset(text.line for text in texts))
    return None


def is_legend_heading(text: str) -> bool:
    """May an entry beneath the heading or label *text* go on to explain its status?"""
    return bool(_HEADING.match(text))


def entry(line: str, explained: bool) -> tuple[str, Status] | None:
    """The marker and the status that *line* pairs; with *explained*, it may say more."""
    match = _ENTRY.match(line.strip())
    status = _meaning(match['text'], explained) if match else None
    return (match['marker'], status) if match and status else None


def sound(marker: str) -> Iterator[str]:
    """What *marker* was before its UTF-8 was read as something else."""
    for codec in _CODECS:
        try:
            yield marker.encode(codec).decode()
        except UnicodeError:
            continue


def _runs(page: Page) -> Iterator[list[Text]]:
    """The texts of *page* in runs: lines that follow each other, and items of one loose list."""
    run: list[Text] = []
    for text in page.texts:
        if run and not _goes_on(page, run[-1], text):
            yield run
            run = []
        run.append(text)
    if run:
        yield run


def _goes_on(page: Page, before: Text, text: Text) -> bool:
    if text.line - before.line == 1:
        return not is_legend_heading(page.data[slice(*text.span)].decode())
    return (
        text.line - before.line == 2
        and not page.lines[before.line + 1].strip()
        and min(before.item, text.item) >= 0
        and page.blocks[before.item].parent == page.blocks[text.item].parent
    )


def _entries(page: Page, texts: list[Text], explained: bool) -> Iterator[tuple[str, Status]]:
    """The entries that *texts* begin with, up to the first text that is none."""
    for text in texts:
        found = entry(page.data[slice(*text.span)].decode(), explained)
        if found is None:
            return
        yield found


def _meaning(text: str, explained: bool) -> Status | None:
    """The status that *text* names; with *explained*, that its beginning names."""
    bare = text.strip(' \t.,;*_()[]')
    if status := status_word(bare):
        return status
    meanings = {status_word(word) for word in re.split(r'[/|,]| or ', bare)}
    if len(meanings) == 1 and None not in meanings:
        return meanings.pop()
    return _beginning(bare) if explained else None


def _beginning(text: str) -> Status | None:
    """The status that the longest word which *text* begins with stands for."""
    ends = [match.end() for match in re.finditer(r'\b', text[:_LONGEST_WORD])]
    return next(filter(None, (status_word(text[:end]) for end in reversed(ends))), None)
