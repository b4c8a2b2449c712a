"""The legend: the part of a tracker that declares its markers.

A legend is a block of lines or list items, one line, or a table in which every entry is a marker
and a status word, two or more, and nothing else. Under a heading such as *Legend* an entry may go
on to explain.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from .markdown import Block, Kind
from .page import Page, Text
from .status import Status
from .words import (
    LEGEND_COLUMNS,
    LEGEND_LABELS,
    STATUS_LABELS,
    fold,
    may_begin_in_status,
    status_word,
    words_of,
)

# Pictographs, and the signs that stand for them in Japanese; '→' leads from a marker to its word.
_SIGNS = '\u2100-\u2191\u2193-\u21d1\u21d3-\u2bff\U0001f000-\U0001faff×〇'
_SYMBOL = rf'[{_SIGNS}][{_SIGNS}\ufe0f\u200d]*+'
_ENTRY = re.compile(
    rf'(?P<tick>`?)(?P<marker>\[[^\[\]]{{1,8}}\]|:[a-z0-9_+-]+:|{_SYMBOL}|[^\x00-\x7f]+)(?P=tick)'
    r'[ \t]*(?:->|[=:–—→：＝-]|means )?[ \t]*(?P<text>\S.*)$'
)
# Written so that it begins with a set, for which a text is searched ten times as fast.
_MARKER = (
    rf'[\[:{_SIGNS}]'
    rf'(?:(?<=\[)[^\[\]]{{1,8}}\]|(?<=:)[a-z0-9_+-]+:|(?<=[{_SIGNS}])[{_SIGNS}\ufe0f\u200d]*+)'
)
_BETWEEN = ' \t`=:–—→>·|/•,;：＝，；、／-'
_AROUND = ' \t*_#>:()[]`-'
# What UTF-8 is read as by those who damage it; a legend that was damaged still means its marker.
_CODECS = ('cp1254', 'cp1252', 'cp1250', 'cp1251', 'mac_roman', 'latin-1')
_LONGEST_WORD = 40  # characters; none that stands for a status has more
_SEVERAL = re.compile(r'[/|,、，／]| or ')
_LONGEST_LABEL = 60
_NO_WORD = re.compile(r'^\W+')
# A checklist such as '[x] Started, [ ] Completed' would turn every box around.
_BOXES = {'[ ]': Status.NOT_STARTED, '[x]': Status.COMPLETED, '[X]': Status.COMPLETED}

Entry = tuple[str, Status]
Placed = tuple[int, Entry]


class Legend(NamedTuple):
    """The declared markers as they are written, the line of each, and all its lines, from 0.

    Several markers may stand on one line, and a table has lines without any.
    """

    markers: tuple[Entry, ...]
    places: tuple[int, ...]
    lines: frozenset[int]


def find_legend(page: Page) -> Legend | None:
    """The first legend of *page*."""
    explained = _explained(page)
    runs = list(_runs(page))
    forms = _on_one_line(page, runs, explained), _of_lines(page, runs, explained)
    found = filter(None, (*forms, _as_table(page, explained)))
    return min(found, key=lambda legend: legend.places, default=None)


def is_legend_heading(text: str) -> bool:
    """May an entry beneath the heading or label *text* go on to explain its status?"""
    if len(text) > _LONGEST_LABEL:
        return False
    bare = text.strip(_AROUND)
    if bare[-1:].isalnum() and bare[-2:].casefold() not in _label_ends():
        return False  # as most lines are, which saves the rest for each of them
    if not bare[:1].isalnum():
        bare = _NO_WORD.sub('', bare)
    if not bare[-1:].isalnum():
        bare = _NO_WORD.sub('', bare[::-1])[::-1]
    return bare.casefold() in _legend_labels()


def entry(line: str, explained: bool) -> Entry | None:
    """The marker and the status that *line* pairs; with *explained*, it may say more."""
    match = _ENTRY.match(line.strip())
    status = _meaning(match['text'], explained) if match else None
    return (match['marker'], status) if match and status else None


def entries(line: str, explained: bool) -> list[Entry]:
    """The pairs that *line* consists of, a label before them aside; none where it says more."""
    marks = list(_compiled(_MARKER).finditer(line))
    if not marks:
        return []
    if label := line[: marks[0].start()].strip(_AROUND):
        explained = explained or is_legend_heading(label)
        if not explained and fold(label) not in _other_labels():
            return []
    found: list[Entry] = []
    stops = [*(mark.start() for mark in marks[1:]), len(line)]
    for mark, stop in zip(marks, stops, strict=True):
        text = line[mark.end() : stop].strip(_BETWEEN).removeprefix('means ')
        status = _meaning(text, explained)
        if status is None:
            return []
        found.append((mark[0], status))
    return found


def pairs(text: str, explained: bool) -> bool:
    """May *text* be part of a legend?"""
    return bool(entry(text, explained) or entries(text, explained))


def sound(marker: str) -> Iterator[str]:
    """What *marker* was before its UTF-8 was read as something else.

    That leaves letters in it, of whatever codec; without one, no codec need be loaded.
    """
    if marker.isascii() or not any(map(str.isalpha, marker)):
        return
    for codec in _CODECS:
        try:
            yield marker.encode(codec).decode()
        except UnicodeError:
            continue


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _legend_labels() -> frozenset[str]:
    """As they are written and without accents, so that no line needs to be folded."""
    return words_of(LEGEND_LABELS) | frozenset(' '.join(LEGEND_LABELS.split()).split(', '))


@cache
def _label_ends() -> frozenset[str]:
    return frozenset(label[-2:] for label in _legend_labels())


@cache
def _other_labels() -> frozenset[str]:
    """What may stand before a legend on its line, and lets no entry go on."""
    return words_of(LEGEND_COLUMNS) | words_of(STATUS_LABELS)


def _legend(placed: Sequence[Placed], lines: Iterable[int]) -> Legend | None:
    """The legend of these entries, each with its line; None where they declare nothing."""
    pairs = [pair for _, pair in placed]
    if not len(pairs) == len(dict(pairs)) >= 2:
        return None
    if any(_BOXES.get(marker, status) is not status for marker, status in pairs):
        return None
    return Legend(tuple(pairs), tuple(line for line, _ in placed), frozenset(lines))


def _explained(page: Page) -> Callable[[int], bool]:
    """Tells of a line whether it is beneath a heading that announces a legend."""
    headings = [b for b in page.blocks if b.kind in (Kind.HEADING, Kind.UNDERLINED)]
    firsts = [heading.first for heading in headings]

    @cache
    def announces(above: int) -> bool:
        return above > 0 and is_legend_heading(page.heading(headings[above - 1]))

    return lambda line: announces(bisect_left(firsts, line))


def _of_lines(
    page: Page, runs: Sequence[list[Text]], is_explained: Callable[[int], bool]
) -> Legend | None:
    """The first legend of lines or list items."""
    for run in runs:
        labelled = is_legend_heading(_text(page, run[0]))
        texts = run[labelled:]
        if len(texts) < 2 or not _ENTRY.match(_text(page, texts[0])):
            continue
        explained = labelled or is_explained(texts[0].line)
        placed = list(_entries(page, texts, explained))
        if len(placed) == len(texts) and (legend := _legend(placed, [at for at, _ in placed])):
            return legend
    return None


def _text(page: Page, text: Text) -> str:
    return page.data[slice(*text.span)].decode()


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
        return not is_legend_heading(_text(page, text))
    return (
        text.line - before.line == 2
        and not page.lines[before.line + 1].strip()
        and min(before.item, text.item) >= 0
        and page.blocks[before.item].parent == page.blocks[text.item].parent
    )


def _entries(page: Page, texts: list[Text], explained: bool) -> Iterator[Placed]:
    """The entries that *texts* begin with, up to the first text that is none."""
    for text in texts:
        found = entry(_text(page, text), explained)
        if found is None:
            return
        yield text.line, found


def _on_one_line(
    page: Page, runs: Sequence[list[Text]], is_explained: Callable[[int], bool]
) -> Legend | None:
    """The first legend with several entries on one line; it may go on on others."""
    for run in runs:
        if not any(_may_hold_two(page.lines[text.line]) for text in run):
            continue
        explained = is_legend_heading(_text(page, run[0])) or is_explained(run[0].line)
        for placed in _stretches(page, run, explained):
            lines = {at for at, _ in placed}
            if len(lines) == len(placed) or not (legend := _legend(placed, lines)):
                continue
            if not _is_form(page, run, lines):
                return legend
    return None


def _is_form(page: Page, run: Sequence[Text], lines: Iterable[int]) -> bool:
    """Is one of *lines* a form, ``Status: [ ] open | [x] done``, as there are others?"""
    labels = {_label(page, text) for text in run if text.line in lines}
    labels &= words_of(STATUS_LABELS)
    return bool(labels) and sum(_label(page, text) in labels for text in page.texts) > 1


def _label(page: Page, text: Text) -> str:
    return fold(_text(page, text).partition(':')[0]).strip('*_ ')


def _may_hold_two(line: bytes) -> bool:
    """May two markers be on *line*? Without a pattern, as it is asked of every line."""
    if line.isascii():
        return line.count(b'[') > 1 or line.count(b':') > 3
    # The first bytes of pictographs, of dashes and quotation marks, of '×', and of '〇'.
    pictographs = line.count(b'\xe2') - line.count(b'\xe2\x80') + line.count(b'\xf0')
    signs = line.count(b'\xc3\x97') + line.count(b'\xe3\x80\x87')
    return pictographs + signs + line.count(b'[') + line.count(b':') // 2 > 1


def _stretches(page: Page, run: Sequence[Text], explained: bool) -> Iterator[list[Placed]]:
    """The entries of lines that follow each other and hold nothing else, nor any marker twice."""
    placed: list[Placed] = []
    seen: set[str] = set()
    for text in run:
        found = entries(_text(page, text), explained)
        markers = {marker for marker, _ in found}
        if not found or not seen.isdisjoint(markers):
            yield placed
            placed, seen = [], set()
        placed += [(text.line, pair) for pair in found]
        seen |= markers
    yield placed


def _as_table(page: Page, is_explained: Callable[[int], bool]) -> Legend | None:
    """The first legend that is a table."""
    for table in page.blocks:
        if table.kind is Kind.TABLE:
            placed = _of_rows(page, is_explained, table) or _of_columns(page, table)
            if legend := _legend(placed, range(table.first, table.stop)):
                return legend
    return None


def _of_rows(page: Page, is_explained: Callable[[int], bool], table: Block) -> list[Placed]:
    """The entries of a table that has one in each row beneath its head, which may be one too.

    Only where something says that it is a legend may a row go on to explain.
    """
    head = _cells(page, table.first)
    explained = _announces(head) or is_explained(table.first)
    first = _of_row(head, explained)
    placed = [(table.first, first)] if first else []
    for line in range(table.first + 2, table.stop):
        found = _of_row(_cells(page, line), explained)
        if found is None:
            return []
        placed.append((line, found))
    # Icon, status and name of a task look alike, but for the statuses that tasks share.
    if len(head) > 2 and len({status for _, (_, status) in placed}) < len(placed):
        return []
    return placed


def _announces(head: Sequence[str]) -> bool:
    """Do these heads of columns say that the table is a legend?"""
    columns = words_of(LEGEND_COLUMNS)
    return any(fold(cell) in columns or is_legend_heading(cell) for cell in head)


def _of_row(cells: Sequence[str], explained: bool) -> Entry | None:
    """The entry that the first two of *cells* are, whichever of them is the marker."""
    if len(cells) < 2 or (len(cells) > 2 and not explained):
        return None
    one, other = cells[:2]
    return _of_cells(one, other, explained) or _of_cells(other, one, explained)


def _of_columns(page: Page, table: Block) -> list[Placed]:
    """The entries of a table whose head holds the markers, and its one row their words."""
    if table.stop - table.first != 3:
        return []
    pairs = list(zip(_cells(page, table.first), _cells(page, table.first + 2), strict=False))
    if not pairs[0][0] or _announces(pairs[0]):
        pairs = pairs[1:]
    found = [_of_cells(marker, word, False) for marker, word in pairs]
    return [(table.first, pair) for pair in found if pair] if all(found) else []


def _of_cells(marker: str, text: str, explained: bool) -> Entry | None:
    match = _ENTRY.fullmatch(f'{marker} {text}') if marker else None
    if not match or match['marker'] != marker.strip('`') or marker.isalnum():
        return None
    status = _meaning(text, explained)
    return (match['marker'], status) if status else None


def _cells(page: Page, line: int) -> list[str]:
    """The cells of a table's row, without the blanks and the emphasis around what they say."""
    row = page.data[slice(*page.line(line))].decode().strip().lstrip('> \t')
    cells = _compiled(r'(?<!\\)\|').split(row.removeprefix('|').removesuffix('|'))
    return [cell.strip(' \t*_') for cell in cells]


def _meaning(text: str, explained: bool) -> Status | None:
    """The status that *text* names; with *explained*, that its beginning names."""
    bare = text.strip(' \t.,;*_()[]')
    if status := status_word(bare):
        return status
    words = _SEVERAL.split(bare)
    meanings = {status_word(word) for word in words} if len(words) > 1 else {None}
    if len(meanings) == 1 and None not in meanings:
        return meanings.pop()
    return _beginning(bare) if explained else None


def _beginning(text: str) -> Status | None:
    """The status that the longest word which *text* begins with stands for."""
    if not may_begin_in_status(text[:_LONGEST_WORD]):
        return None
    ends = [match.end() for match in re.finditer(r'\b', text[:_LONGEST_WORD])]
    return next(filter(None, (status_word(text[:end]) for end in reversed(ends))), None)
