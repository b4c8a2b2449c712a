"""Counts that an author keeps by hand: ``[3/5]``, ``12 of 50``, ``60%``, ``▓▓▓░░``, badges.

They are read in a heading or a cell, and in a line that says nothing else. Whatever is written
anew keeps its form: the width of a bar, the blanks around a slash, the address of a badge.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache, lru_cache
from typing import AnyStr, NamedTuple

from .numbering import KINDS, PLURALS
from .status import Status
from .text import may_hold_counts
from .words import PROGRESS_LABELS, STATUS_LABELS, TOTAL_LABELS, fold, status_word, words_of


class Rounding(Enum):
    """How a part of a whole is made a whole number."""

    DOWN = 'down'
    HALF_UP = 'half up'
    UP = 'up'

    def __call__(self, numerator: int, denominator: int) -> int:
        if self is Rounding.DOWN:
            return numerator // denominator
        if self is Rounding.UP:
            return -(-numerator // denominator)
        return (2 * numerator + denominator) // (2 * denominator)


class Form(Enum):
    """How a count is written."""

    COUNT = 'count'
    PERCENT = 'percent'
    BAR = 'bar'


# The ways in which people round, the one that is taken where nothing tells first.
ROUNDINGS = {
    Form.COUNT: (Rounding.DOWN,),
    Form.PERCENT: (Rounding.DOWN, Rounding.HALF_UP),
    Form.BAR: (Rounding.DOWN, Rounding.HALF_UP, Rounding.UP),
}


class Aggregate(NamedTuple):
    """What stands from *start* to *stop* of a text.

    A count has *completed* and *total*; a percentage has *completed* of a *total* of 100, or of
    1000 where it has a decimal; a bar has as many cells as *total*, *completed* of them full.
    *is_bracketed* tells of ``[3/5]`` and ``(60%)``.
    """

    start: int
    stop: int
    form: Form
    completed: int
    total: int
    is_bracketed: bool = False

    def rounding(self, completed: int, total: int) -> Rounding | None:
        """The first way of rounding by which this is right for *completed* of *total*, if any."""
        for rounding in ROUNDINGS[self.form]:
            if self._shown(completed, total, rounding) == (self.completed, self.total):
                return rounding
        return None

    def rewritten(
        self, text: str, completed: int, total: int, rounding: Rounding = Rounding.DOWN
    ) -> str:
        """How it is written in *text* where *completed* of *total* are."""
        written = text[self.start : self.stop]
        part, whole = self._shown(completed, total, rounding)
        if self.form is Form.COUNT:
            return re.sub(r'^\d+(.*\D)\d+$', rf'{part}\g<1>{whole}', written)
        if self.form is Form.PERCENT:
            return _FIGURE.sub(lambda figure: _percent(part, figure[0]), written, count=1)
        bar = _read_bar(written)
        return bar.drawn(part) if bar else written

    def _shown(self, completed: int, total: int, rounding: Rounding) -> tuple[int, int]:
        """What stands for *completed* and *total*; 0 of 0 is no percentage, and stays as it is."""
        if self.form is Form.COUNT:
            return completed, total
        if not total:
            return self.completed, self.total
        return rounding(completed * self.total, total), self.total


@lru_cache(maxsize=1024)
def aggregates(text: str) -> tuple[Aggregate, ...]:
    """The counts in a heading or a cell, in order.

    Anywhere in brackets, as a bar or as a badge; bare only at the end, where "24/7 support" and
    "Week 3/10" do not stand.
    """
    if len(text) > _LONGEST or not _may_hold_one(text):
        return ()
    if found := progress_line(text):
        return found
    badges, rest = _without_images(text)
    sure = [found for found in _in(rest) if found.is_bracketed or _ends_well(found, rest)]
    return _in_order([*badges, *([] if _may_be_a_rating(rest, sure) else sure)])


@lru_cache(maxsize=1024)
def progress_line(text: str) -> tuple[Aggregate, ...]:
    """The counts in a line of prose, in order; none where it speaks of anything else.

    Before them may stand what progress is called, behind each what is counted. *text* is the line
    without what contains it (``-``, ``>``). Badges are read in any line.
    """
    if len(text) > _LONGEST or not _may_hold_one(text) or '`' in text or '<!--' in text:
        return ()
    badges, rest = _without_images(text)
    found = [*_in(rest)]
    if not _say_only_that(rest, found):
        found = []
    return _in_order([*badges, *found])


def without(text: str) -> str:
    """*text* without its counts and what sets them apart, so that a name stays the same."""
    found = aggregates(text)
    for aggregate in reversed(found):
        text = (
            text[: aggregate.start].rstrip(' \t([') + ' ' + text[aggregate.stop :].lstrip(' \t)]')
        )
    return text.strip(' \t-–—:|·') if found else text


def is_label(text: str) -> bool:
    """Is *text* what progress is called: ``Progress``, ``Tasks completed``, ``Total``?"""
    said = _words(text)
    if ' '.join(said) in _labels():
        return True
    others = [word for word in said if word not in _labels() and not _is_done(word)]
    return len(others) < len(said) and all(word in KINDS for word in others)


def is_of_all(text: str) -> bool:
    """Does *text* say that it speaks of the whole: ``Overall progress``, ``Total``?"""
    return not words_of(TOTAL_LABELS).isdisjoint(_words(text))


_LONGEST = 2_000  # characters; what is longer is prose
_FIGURE = re.compile(r'\d+(?:[.,]\d+)?')


def _decimals(figure: str) -> int:
    return len(figure.replace(',', '.').partition('.')[2])


def _percent(part: int, figure: str) -> str:
    """*part* with the decimals that *figure* has."""
    if not (decimals := _decimals(figure)):
        return str(part)
    whole, rest = divmod(part, 10**decimals)
    return f'{whole}{figure[-decimals - 1]}{rest:0{decimals}}'


# The patterns are compiled when the first text asks for them; most trackers never do.
_BLANK = r'[ \t\u00a0]{0,3}'
_NUMBER = r'(?:0|[1-9]\d{0,5})'
_OF = rf'(?:{_BLANK}/{_BLANK}| (?:out )?of )'
_COUNT = rf'(?<![0-9A-Za-z_.,/-]){_NUMBER}{_OF}{_NUMBER}(?![0-9A-Za-z_/%-]|[.,]\d)'
_PERCENT = rf'(?<![0-9A-Za-z_.,/<>≤≥≈±+~–-])\d{{1,3}}(?:[.,]\d{{1,2}})?{_BLANK}%(?![0-9A-Za-z])'
_BAR = (
    r'[▓█▒░▁■□▰▱▮▯●○]{3,}+|(?:[⬛⬜✅🟥-🟫]\ufe0f?){3,}+'
    r'|(?<=\[)(?:#++[-. ]*+|=++>?[-. ]*+|-{3,}+| {5,}+)(?=\](?!\())'
)
_MAY_HOLD = r'\d[ \t\u00a0]*+(?:[/%]|(?:out )?of )|%2[5F]|progress.{0,80}/\d|' + _BAR
_TAIL = 60  # characters behind a count in which the end, or what is counted, must be seen


@cache
def _compiled(pattern: AnyStr) -> re.Pattern[AnyStr]:
    return re.compile(pattern)


def _may_hold_one(text: str) -> bool:
    return may_hold_counts(text.encode()) and _compiled(_MAY_HOLD).search(text) is not None


def _in(text: str) -> Iterator[Aggregate]:
    """Whatever has the form of a count in *text*."""
    for match in _compiled(_COUNT).finditer(text):
        completed, total = map(int, re.findall(r'\d+', match[0]))
        yield Aggregate(*match.span(), Form.COUNT, completed, total, _is_bracketed(match))
    for match in _compiled(_PERCENT).finditer(text):
        yield _read_percent(match, 0)._replace(is_bracketed=_is_bracketed(match))
    for match in _compiled(_BAR).finditer(text):
        if bar := _read_bar(match[0]):
            yield Aggregate(*match.span(), Form.BAR, bar.filled, bar.width)


def _read_percent(match: re.Match[str], group: int | str) -> Aggregate:
    figure = match[group].rstrip('% \t\u00a0')
    completed = int(re.sub('[.,]', '', figure))
    return Aggregate(*match.span(group), Form.PERCENT, completed, 100 * 10 ** _decimals(figure))


def _is_bracketed(match: re.Match[str]) -> bool:
    text, (start, stop) = match.string, match.span()
    before, behind = text[max(start - 3, 0) : start].rstrip(), text[stop : stop + 3].lstrip()
    return before[-1:] in ('[', '(') and behind[:1] in (']', ')')


def _in_order(found: Iterable[Aggregate]) -> tuple[Aggregate, ...]:
    return tuple(sorted(found, key=lambda aggregate: aggregate.start))


# Bars


# What a full cell goes with. The coloured squares go with both.
_EMPTY = {
    '▓': '░▒', '█': '░▒▁', '■': '□', '▰': '▱', '▮': '▯', '●': '○', '#': '-. ', '=': ' -.',
    '⬛': '⬜', **dict.fromkeys('🟥🟦🟧🟨🟩🟪🟫', '⬜⬛'),
}  # fmt: skip
# What a bar goes on with that is empty as yet.
_FULL = {
    '░': '█', '▒': '█', '▁': '█', '□': '■', '▱': '▰', '▯': '▮', '○': '●', '-': '#', ' ': '#',
    '⬜': '🟩',
}  # fmt: skip


class _Bar(NamedTuple):
    """A bar of *width* cells of which *filled* are full; *head* is the last of these."""

    full: str
    empty: str
    head: str
    filled: int
    width: int

    def drawn(self, filled: int) -> str:
        filled = min(filled, self.width)
        bar = self.full * filled + self.empty * (self.width - filled)
        if self.head and 1 < filled < self.width:
            return f'{bar[: filled - 1]}{self.head}{bar[filled:]}'
        return bar


def _read_bar(text: str) -> _Bar | None:
    """The bar that *text* is; None where its cells are not full ones and then empty ones."""
    cells = _compiled('.\ufe0f?').findall(text)
    first, last = cells[0], cells[-1]
    head = '>' if '>' in cells else ''
    if first[0] in _FULL:
        full, empty = _FULL[first[0]] + first[1:], first
    elif first[0] in _EMPTY:
        full, empty = first, last if last != first else _EMPTY[first[0]][0] + first[1:]
    else:
        return None
    bar = _Bar(full, empty, head, cells.count(full) + bool(head), len(cells))
    is_sound = empty[0] in _EMPTY[full[0]] and bar.drawn(bar.filled) == text
    # Squares that are all black may be all full or all empty.
    return bar if is_sound and len(cells) >= 3 and set(text) != {'⬛'} else None


# What stands around them


def _ends_well(found: Aggregate, text: str) -> bool:
    """Does *text* end behind *found*, which is bare, or go on to say what is counted?"""
    if found.form is Form.BAR:
        return True
    if found.form is Form.COUNT and _is_a_position(text[max(found.start - _TAIL, 0) : found.start]):
        return False
    behind = text[found.stop : found.stop + _TAIL].strip(' \t*_')
    until_next = _compiled(r'[\[(▓█■▰▮●🟥-🟫⬛░□▱#|]|$').search(behind)
    assert until_next
    said = _words(behind[: until_next.start()])
    return _is_what_is_counted(said) if said else not until_next.start()


def _is_a_position(before: str) -> bool:
    """``Week 3/10`` is one, ``Tasks 3/10`` is a count."""
    match = _compiled(r'([^\W\d_]+)[ #]{0,3}$').search(before)
    word = fold(match[1]) if match else ''
    return word in KINDS and word not in PLURALS


def _may_be_a_rating(text: str, found: list[Aggregate]) -> bool:
    """Are *found* dots alone? ``●●○`` is how hard a thing is as often as how far it is."""
    return bool(found) and all(text[each.start] in '●○' for each in found)


def _say_only_that(text: str, found: list[Aggregate]) -> bool:
    """Is nothing in *text* but a label, *found*, and what is counted?"""
    if not found or _disagree(found):
        return False
    found = sorted(found)
    label = text[: found[0].start]
    stops = [each.start for each in found[1:]] + [len(text)]
    behind = [text[each.stop : stop] for each, stop in zip(found, stops, strict=True)]
    if any(map(_compiled(r'\d').search, (label, *behind))):
        return False
    units = [said for said in map(_words, behind) if said]
    if not all(map(_is_what_is_counted, units)):
        return False
    if _words(label):
        return is_label(label)
    if _may_be_a_rating(text, found):
        return False
    return any(_is_plain_without_a_label(each, text, units) for each in found)


def _is_plain_without_a_label(found: Aggregate, text: str, units: list[list[str]]) -> bool:
    """Bars and ``12 of 50`` are; ``3/10 tasks`` is, and ``60% done``."""
    if found.form is Form.COUNT:
        return bool(units) or '/' not in text[found.start : found.stop]
    return found.form is Form.BAR or any(_is_done(said[-1]) for said in units)


def _disagree(found: list[Aggregate]) -> bool:
    """Do two of one form say different things, or one what cannot be?"""
    said = {(each.form, each.completed, each.total) for each in found if each.form is not Form.BAR}
    if any(form is Form.COUNT and completed > total for form, completed, total in said):
        return True
    return len({form for form, *_ in said}) < len(said)


def _is_what_is_counted(said: list[str]) -> bool:
    """``tasks``, ``days completed``, ``problems complete``; not ``tasks left``."""
    if len(said) > 3:
        return False
    return _is_done(said[-1]) or all(word in KINDS for word in said)


def _is_done(word: str) -> bool:
    return status_word(word) is Status.COMPLETED


def _words(text: str) -> list[str]:
    return re.findall(r'[^\W\d_]+', fold(text))


@cache
def _labels() -> frozenset[str]:
    return words_of(PROGRESS_LABELS) | words_of(STATUS_LABELS) | words_of(TOTAL_LABELS)


# Badges


_IMAGE = (
    r'\[?!\[(?P<alt>[^\[\]]{0,200})\]\((?P<url>[^()\s]{0,500})[^()]{0,200}\)(?:\]\([^()\s]{0,500}\))?'
    r'|<img [^<>]{0,200}?\bsrc=["\']?(?P<src>[^"\'<>\s]{0,500})[^<>]{0,300}>'
)
_SPACE = r'(?:_|%20)'
_SHIELD = (
    r'https?://img\.shields\.io/badge/(?P<label>(?:[^-?#/\s]|--){1,80})-'
    rf'(?:(?P<percent>\d{{1,3}})%25|(?P<count>(?P<completed>{_NUMBER})'
    rf'(?:{_SPACE}?(?:%2[Ff]|/){_SPACE}?|{_SPACE}(?:out{_SPACE})?of{_SPACE})(?P<total>{_NUMBER})))'
    rf'(?:{_SPACE}[A-Za-z]{{1,20}}){{0,3}}-'
)
_PROGRESS_BAR = (
    r'https?://(?:progress-bar\.(?:dev|xyz)|geps\.dev/progress'
    r'|us-central1-progress-markdown\.cloudfunctions\.net/progress)/(?P<percent>\d{1,3})(?=[/?#]|$)'
    r'(?!.*[?&]scale=)(?:.*[?&]title=(?P<label>[^&#]*))?'
)


def _without_images(text: str) -> tuple[list[Aggregate], str]:
    """The counts in the addresses of the images in *text*; and *text* with images blanked."""
    if '![' not in text and '<img ' not in text:
        return [], text
    found: list[Aggregate] = []

    def blank(image: re.Match[str]) -> str:
        of_alt = image['alt'] or ''
        group = 'url' if image['url'] is not None else 'src'
        if badge := _read_badge(image[group], of_alt):
            found.append(_moved(badge, image.start(group)))
            found.extend(_moved(each, image.start('alt')) for each in aggregates(of_alt))
        return ' ' * len(image[0])

    return found, _compiled(_IMAGE).sub(blank, text)


def _moved(found: Aggregate, by: int) -> Aggregate:
    return found._replace(start=found.start + by, stop=found.stop + by)


def _read_badge(url: str, alt: str) -> Aggregate | None:
    """The count in the address *url* of a badge; None where that or *alt* names anything else."""
    match = _compiled(_SHIELD).match(url) or _compiled(_PROGRESS_BAR).match(url)
    if match is None:
        return None
    label = re.sub(r'%20|\+|_', ' ', match['label'] or alt)
    if _words(re.sub(r'(?i)\b(?:bar|badge)\b', '', label)) and not is_label(label):
        return None
    if match['percent']:
        return _read_percent(match, 'percent')
    completed, total = match['completed'], match['total']
    return Aggregate(*match.span('count'), Form.COUNT, int(completed), int(total))
