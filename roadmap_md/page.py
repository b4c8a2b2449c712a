"""A Markdown file as lines whose role is known: what every carrier reads."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from .markdown import Block, Kind, blocks
from .mask import container_stop, mask
from .text import BOM, Span, line_starts, may_hold_counts


class Text(NamedTuple):
    """One line of a paragraph, without what contains it (indentation, ``-``, ``>``) and its end.

    *item* is the index of the list item that begins on this line, else -1; *block* the index
    of its paragraph.
    """

    line: int
    span: Span
    item: int
    block: int


class Heading(NamedTuple):
    """A heading that opens a section: its lines (from 0), its level, its block, and its text."""

    line: int
    stop: int
    level: int
    block: int
    span: Span


class Page:
    """The bytes of a file, and what is found in them when it is asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def lines(self) -> list[bytes]:
        """The lines, each without its LF."""
        return self.data.split(b'\n')

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each line's first byte."""
        return line_starts(self.data)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return blocks(mask(self.data))

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The lines of paragraphs; none lies in code, a comment, HTML or front matter."""
        return tuple(_texts(self))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings that say something, but for those in quotes and list items."""
        return tuple(
            Heading(block.first, block.stop, block.level, index, span)
            for index, block in enumerate(self.blocks)
            if block.kind in (Kind.HEADING, Kind.UNDERLINED) and block.parent < 0
            if any(map(str.isalnum, self.data[slice(*(span := _heading(self, block)))].decode()))
        )

    @cached_property
    def lists(self) -> dict[int, int]:
        """For each list item's index that of the first item in its list.

        Items of one list have one parent, and nothing but its items between them.
        """
        found: dict[int, int] = {}
        going_on: dict[int, int] = {}
        for index, block in enumerate(self.blocks):
            if block.kind is Kind.ITEM:
                found[index] = going_on.setdefault(block.parent, index)
            else:
                going_on.pop(block.parent, None)
        return found

    @cached_property
    def may_hold_counts(self) -> bool:
        """Could there be a count that is kept by hand? Most files have none."""
        return may_hold_counts(self.data)

    def section_line(self, number: int) -> int:
        """The line of the last heading before line *number*; -1 without one."""
        at = bisect_left(self.headings, number, key=lambda heading: heading.line)
        return self.headings[at - 1].line if at else -1

    def line(self, number: int) -> Span:
        """Line *number*, counted from 0, without its end; a BOM is not part of it."""
        start = self.starts[number]
        stop = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.data)
        if stop > start and self.data[stop - 1] == 0x0D:
            stop -= 1
        return Span(len(BOM) if not start and self.data.startswith(BOM) else start, stop)

    def locate_line(self, offset: int) -> int:
        """The number, counted from 0, of the line that byte *offset* lies on."""
        return bisect_right(self.starts, offset) - 1

    def body(self, number: int, block: int) -> Span:
        """Line *number* of block number *block*, without what contains it."""
        first = self.blocks[block].first
        depth = _around(self.blocks, self.blocks[block])[1] if number == first else 0
        return _inner(self, number, depth)

    def heading(self, block: Block) -> str:
        """The text of a heading, as it is written; lines are joined."""
        return self.text(_heading(self, block))

    def text(self, span: Span) -> str:
        """What is written at *span*; lines are joined."""
        return ' '.join(row.strip() for row in self.data[slice(*span)].decode().split('\n'))


def read_page(data: bytes) -> Page:
    """The page that *data* is. Raises UnicodeDecodeError where it is not UTF-8."""
    data.decode()
    return Page(data)


def _heading(page: Page, block: Block) -> Span:
    """The text of a heading, without quote markers before it, ``#`` and underline."""
    start, stop = page.line(block.first)
    if block.kind is Kind.UNDERLINED:
        stop = page.line(block.stop - 2).stop
        text = page.data[start:stop].rstrip()
        return Span(start + len(text) - len(text.lstrip(b'> \t')), start + len(text))
    text = page.data[start:stop].rstrip()
    hashes = text.lstrip(b'> \t').lstrip(b'#')
    inner = _closing(hashes.lstrip(b' \t'))
    first = start + len(text) - len(hashes.lstrip(b' \t'))
    return Span(first, first + len(inner))


def _closing(text: bytes) -> bytes:
    """*text* without the closing sequence of an ATX heading."""
    bare = text.rstrip(b'#')
    return bare.rstrip() if not bare or bare[-1:] in b' \t' else text


def _texts(page: Page) -> list[Text]:
    found: list[Text] = []
    for index, block in enumerate(page.blocks):
        if block.kind in (Kind.PARAGRAPH, Kind.UNDERLINED):
            stop = block.stop - (block.kind is Kind.UNDERLINED)
            item, depth = _around(page.blocks, block)
            first, *later = range(block.first, stop)
            lines = [Text(first, _inner(page, first, depth), item, index)]
            lines += [Text(at, _inner(page, at, 0), -1, index) for at in later]
            found += _outside_code(page.data, lines)
    return found


def _around(blocks: Sequence[Block], block: Block) -> tuple[int, int]:
    """The innermost item that begins on the first line of *block*, and how many markers open it.

    Those of all quotes around it stand there, and those of the items that begin there.
    """
    item, depth, at = -1, 0, block.parent
    while at >= 0:
        around = blocks[at]
        if around.kind is Kind.ITEM and around.first == block.first:
            item = at if item < 0 else item
            depth += 1
        elif around.kind is Kind.QUOTE:
            depth += 1
        at = around.parent
    return item, depth


_INDENTS = (b' ', b'\t', b'>')


def _inner(page: Page, number: int, containers: int) -> Span:
    """Line *number* behind its containers and blanks."""
    span = page.line(number)
    if not containers and page.data[span.start : span.start + 1] not in _INDENTS:
        return span
    line = page.data[slice(*span)]
    at = container_stop(line, containers) if containers else 0
    at += len(line[at:]) - len(line[at:].lstrip(b' \t' if containers else b' \t>'))
    return Span(span.start + at, span.stop)


_OPENS = re.compile(rb'`+|<!--|\\[`<]')


def _outside_code(data: bytes, lines: list[Text]) -> list[Text]:
    """Those of a paragraph's *lines* that do not begin inside a code span or a comment.

    Only what begins on one line and ends on a later one matters here: a marker is the first
    thing on its line. https://spec.commonmark.org/0.31.2/#code-spans
    """
    if len(lines) < 2:
        return lines
    start, stop = lines[0].span.start, lines[-1].span.stop
    paragraph = data[start:stop]
    if b'`' not in paragraph and b'<!--' not in paragraph:
        return lines
    hidden = opaque(paragraph)
    kept, at = [], 0
    for text in lines:
        while at < len(hidden) and hidden[at].stop <= text.span.start - start:
            at += 1
        if at == len(hidden) or text.span.start - start <= hidden[at].start:
            kept.append(text)
    return kept


def opaque(paragraph: bytes) -> list[Span]:
    """The code spans and comments of *paragraph*, in order; linear, whatever is left open."""
    openers = list(_OPENS.finditer(paragraph))
    last = {opener.group(): opener.start() for opener in openers}
    last[b'<!--'] = paragraph.rfind(b'-->')
    found: list[Span] = []
    done = 0
    for opener in openers:
        run = opener.group()
        if opener.start() < done or run.startswith(b'\\') or last[run] < opener.end():
            continue
        close = rb'-->' if run == b'<!--' else rb'(?<!`)' + run + rb'(?!`)'
        if match := re.compile(close).search(paragraph, opener.end()):
            done = match.end()
            found.append(Span(opener.start(), done))
    return found
