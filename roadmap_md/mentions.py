"""Which numbers a text names, wherever it names them: ``Add week 6 day 3,4 and 5``.

It is for texts that are no headings: subjects of commits and paths (``week6/week6_d3_parser.py``,
``Week6Day3.java``). What may mean something else is left out: ``3 days``, ``learn d3``, and the
second number of ``day 3 and 4 hours``.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from .numbering import (
    ABBREVIATIONS,
    KINDS,
    ORDINALS,
    Numbering,
    is_closed,
    is_plural,
    read_at,
)
from .text import Span

_LONGEST = 500  # characters; what stands behind them is not read
_MOST = 40  # numbers of one text


class Mention(NamedTuple):
    """A numbering, and where in the text it stands; *sure* unless it could be read otherwise."""

    numbering: Numbering
    span: Span
    sure: bool = True


# Where 'Week6Day3', 'day3Lists' and 'week6day3' come apart; not '3A', whose letter belongs to it.
_JOINT = r'(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[A-Z](?:[a-z]|\d)|day[\s_-]?\d)'
_ADDRESS = r'\w+://\S+'
_NOT_BEHIND = r'(?<![^\W_])(?<![$@\\.%<^;=?])(?<!--)'
_BEGIN_PLAIN = rf'{_NOT_BEHIND}(?:[A-Za-z]+|\d)'
# In scripts without blanks a numbering may begin anywhere.
_BEGIN_ANYWHERE = rf'{_NOT_BEHIND}[^\W_]|[\u1100-\u11ff\u3005-\u9fff\uac00-\ud7af]|(?<!\d)\d'
_GAP = r'[\s/,:&+_-]{0,3}'
_SHORT_WEEK = rf'[wW](\d{{1,3}})(?={_GAP}(?:[dD]|day[\s_-]?)\d)'
_SHORT_DAY = r'[dD](\d{1,3})(?:[-–](\d{1,3}))?(?![^\W_])(?!\.(?:js|min|v\d))'
_AND = r'and|und|et|y|e|ve|и|&'
_PAIR = rf'(.*\d)\s*+(?:{_AND})\s*+\d+'
_LINK = r'\s*+(?:[-‐‑–—~〜～]|\.{2,3}|…|to|through|until|bis|à|al?|ile|по|до)\s*+'
_ALSO = (
    rf'(?:\s*+(?:[,，、&+]|(?:{_AND})(?=\s))(?:\s*+(?:{_AND})(?=\s))?\s*+|[ ])'
    r'(\d{1,3})(?:\s?[-–—]\s?(\d{1,3}))?(?![^\W_])(?!\.\d)'
)
_OF = r'\s+(?:of|in|from|for|de|del|do|da|du|von|der|di)\s'


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE if pattern in (_PAIR, _LINK, _ALSO, _OF) else 0)


@lru_cache(maxsize=4096)  # the same folders come again and again
def mentions(text: str) -> tuple[Mention, ...]:
    """The numberings that *text* names, in order; a list gives one for each, a range one."""
    text = text[:_LONGEST]
    if text.isascii() and not _may_name(text):
        return ()
    loose, origin = _loosened(text)
    found = list(_read(loose))[:_MOST]
    return tuple(
        Mention(numbering, Span(origin(span.start), origin(span.stop)), sure)
        for numbering, span, sure in _ranges(loose, found)
    )


def _may_name(text: str) -> bool:
    """A cheap look: many texts are asked, and few name a number."""
    found = text.lower()
    return any(word in KINDS for word in _compiled('[a-z]+').findall(found)) or (
        _compiled(r'[wd]\d').search(found) is not None
    )


class _Origin(NamedTuple):
    """Where in a text something was before blanks were put in, at *cuts* of the new one."""

    cuts: list[int]

    def __call__(self, at: int) -> int:
        return at - bisect_left(self.cuts, at)


def _loosened(text: str) -> tuple[str, _Origin]:
    """*text* with blanks for ``_``, ``/`` and addresses and in ``Week6Day3``, and what was where.

    The blank for a ``_`` is a tab, that for a ``/`` a line feed; where a ``/`` parts numbers (``day
    3/30``) it stays.
    """
    text = _compiled(_ADDRESS).sub(lambda match: ' ' * len(match[0]), text)
    text = _compiled(r'(?<!\d)/|/(?!\d)').sub('\n', text)
    cuts = [match.start() + at for at, match in enumerate(_compiled(_JOINT).finditer(text))]
    loose = _compiled(_JOINT).sub(' ', text) if cuts else text
    return loose.replace('_', '\t'), _Origin(cuts)


def _read(text: str) -> Iterator[Mention]:
    plain = text.isascii()
    begin = _compiled(_BEGIN_PLAIN if plain else _BEGIN_ANYWHERE)
    before: Mention | None = None
    at = 0
    while at < len(text):
        found: list[Mention] = []
        if before and before.span.stop == at and (short := _short(text, at, before)):
            found = [short]
        elif start := begin.search(text, at):
            if not plain or _may_begin(start[0].lower()):
                found = list(_at(text, start.start(), before))
            at = start.end()
        else:
            return
        if found:
            yield from found
            before = found[-1]
            at = before.span.stop


def _may_begin(word: str) -> bool:
    return word in KINDS or word in ORDINALS or word in ABBREVIATIONS or word.isdigit()


def _at(text: str, start: int, before: Mention | None) -> Iterator[Mention]:
    if text[start] in 'wWdD' and text[start + 1 : start + 2].isdigit():
        short = _short(text, start, before)
        if short:
            yield short
            if short.numbering.kind == 'day':
                yield from _more(text, short, plural=False)
        return
    read = read_at(text, start)
    if not read:
        return
    numbering, end = read
    if pair := _compiled(_PAIR).fullmatch(text, start, end):
        # 'Days 1 and 5' are two; as a heading it would be all from the one to the other.
        numbering, end = numbering._replace(last=numbering.first), pair.end(1)
    mention = Mention(numbering, Span(start, end))
    yield mention
    if not (numbering.letter or numbering.outer) and text[end - 1].isdigit():
        word = _compiled(r'[^\W\d_]+').match(text, start)
        yield from _more(text, mention, word is not None and is_plural(word[0]))


def _short(text: str, at: int, before: Mention | None) -> Mention | None:
    """``w6`` where a day follows, ``d3`` right behind a week or another day; else nothing."""
    if week := _compiled(_SHORT_WEEK).match(text, at):
        return Mention(_number('week', week[1]), Span(at, week.end()))
    day = _compiled(_SHORT_DAY).match(text, at)
    if not day or not before or before.numbering.kind not in ('week', 'day'):
        return None
    between = text[before.span.stop : at]
    if not _compiled(rf'{_GAP}|{_LINK}|\s*(?:{_AND})\s*').fullmatch(between):
        return None
    number = _number('day', day[1])
    if day[2] and int(day[2]) > number.first:
        number = number._replace(last=int(day[2]))
    # A file 'd3.py' in the folder of a week may be about the library of that name.
    return Mention(number, Span(at, day.end()), '\n' not in between)


def _number(kind: str, digits: str) -> Numbering:
    return Numbering(kind, int(digits), int(digits))


def _more(text: str, first: Mention, plural: bool) -> list[Mention]:
    """The further numbers of a list: ``,4 and 5`` behind ``day 3``; not ``day 3, 4 hours``."""
    found: list[Mention] = []
    end = first.span.stop
    while also := _compiled(_ALSO).match(text, end):
        number = _number(first.numbering.kind, also[1])
        if also[2] and int(also[2]) > number.first:
            number = number._replace(last=int(also[2]))
        found.append(Mention(number, Span(also.start(1), also.end())))
        end = also.end()
    is_list = plural or len(found) > 1 or is_closed(text, end) or _goes_on(text, end)
    return found if is_list else []


def _goes_on(text: str, end: int) -> bool:
    """Does another name follow: ``of week 6``, ``week 6``?"""
    blank = _compiled(r'\s+').match(text, end)
    return blank is not None and bool(_compiled(_OF).match(text, end) or read_at(text, blank.end()))


def _ranges(text: str, found: list[Mention]) -> Iterator[Mention]:
    """*found*, with ``day 3 to day 5`` and ``d3-d5`` as the ranges that they are."""
    at = 0
    while at < len(found):
        one = found[at]
        other = found[at + 1] if at + 1 < len(found) else None
        if other and _is_range(text, one, other):
            numbering = one.numbering._replace(last=other.numbering.first)
            yield Mention(numbering, Span(one.span.start, other.span.stop), one.sure and other.sure)
            at += 2
        else:
            yield one
            at += 1


def _is_range(text: str, one: Mention, other: Mention) -> bool:
    first, last = one.numbering, other.numbering
    return (
        first.kind == last.kind
        and first.first == first.last < last.first == last.last
        and not (first.letter or last.letter or first.outer or last.outer)
        and _compiled(_LINK).fullmatch(text[one.span.stop : other.span.start]) is not None
    )
