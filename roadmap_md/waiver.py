"""Waivers: exceptions to rules, written into the file so that git keeps them too.

``<!-- roadmap-md: allow RM301 w3d2: teacher was ill, until 2026-12-01 -->``
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .markdown import Block, Kind
from .page import Page, opaque
from .rule import Rule, spelled
from .text import Span


class Waiver(NamedTuple):
    """The rules that are allowed (codes, families, names), for which task, why, and until when.

    Codes and families are in capitals and names in small letters, however they are written.

    *task* names one as on the command line, and is empty where the waiver is for the whole file;
    without a reason it allows nothing.
    """

    span: Span
    rules: tuple[str, ...]
    task: str
    reason: str
    until: date | None

    def allows(self, code: str, name: str, today: date) -> bool:
        """Is the rule allowed on that day?"""
        return self.is_in_force(today) and any(
            code.startswith(rule) or name == rule for rule in self.rules
        )

    def is_in_force(self, today: date) -> bool:
        """Has it a reason, and not come to its end?"""
        return bool(self.reason) and (self.until is None or self.until >= today)


_WAIVER = (
    rb'<!--[ \t]*roadmap-md:[ \t]*allow[ \t]+(?P<rules>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)'
    rb'(?:[ \t]+(?P<task>[^\s:]+))?[ \t]*(?::(?P<reason>(?:(?!-->|<!--)[^\n])*+))?-->'
)
_COMMENT = rb'<!--[ \t]*roadmap-md:(?:(?!-->|<!--)[^\n])*+-->'
_UNTIL = r'\buntil\s+(\d{4}-\d\d-\d\d)[\s.,;!)\]]*$'


def waivers(page: Page) -> Iterator[Waiver]:
    """The waivers of *page*; one that stands in code is an example, and none."""
    for start, stop in _comments(page):
        if match := re.compile(_WAIVER).fullmatch(page.data, start, stop):
            yield _waiver(match)


def waiver(rule: Rule, key: str, reason: str = 'the reason') -> str:
    """What allows *rule* for the task *key*, in the whole file where that is empty."""
    task = f' {key}' if key else ''
    return f'<!-- roadmap-md: allow {rule.code}{task}: {reason} -->'


def misspelled(page: Page) -> Iterator[Span]:
    """The comments of *page* that are meant as waivers and are none."""
    for start, stop in _comments(page):
        if not re.compile(_WAIVER).fullmatch(page.data, start, stop):
            yield Span(start, stop)


def _comments(page: Page) -> Iterator[Span]:
    """The comments of *page* that speak to us, outside of code."""
    if b'roadmap-md:' not in page.data:
        return
    blocks = [block for block in page.blocks if block.kind not in (Kind.ITEM, Kind.QUOTE)]
    firsts = [block.first for block in blocks]
    seen, code = Span(0, 0), list[Span]()
    for match in re.finditer(_COMMENT, page.data):
        line = bisect_right(page.starts, match.start()) - 1
        above = bisect_right(firsts, line) - 1
        if above < 0 or line >= blocks[above].stop or blocks[above].kind is Kind.HTML:
            yield Span(*match.span())
        elif blocks[above].kind is not Kind.CODE:
            around = _around(page, blocks[above], line)
            if around != seen:
                seen, code = around, opaque(page.data[slice(*around)])
            at = match.start() - around.start
            before = bisect_left(code, at, key=lambda span: span.start) - 1
            if before < 0 or at >= code[before].stop:
                yield Span(*match.span())


def _around(page: Page, block: Block, line: int) -> Span:
    """The text in which a code span may have begun that holds something on *line* of *block*."""
    first, stop = (line, line + 1) if block.kind is Kind.TABLE else (block.first, block.stop)
    return Span(page.starts[first], page.line(stop - 1).stop)


def _waiver(match: re.Match[bytes]) -> Waiver:
    reason = (match['reason'] or b'').decode().strip()
    until = None
    if ends := re.search(_UNTIL, reason):
        try:
            until = date.fromisoformat(ends[1])
        except ValueError:
            until = date.min  # no such day: allows nothing any more
        reason = reason[: ends.start()].rstrip(' \t,;([')
    rules = tuple(spelled(rule.strip()) for rule in match['rules'].decode().split(','))
    return Waiver(Span(*match.span()), rules, (match['task'] or b'').decode(), reason, until)
