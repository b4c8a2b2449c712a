"""Reads the kind and number with which a heading or task begins, in any language it knows.

``Week 1 – Lists``, ``**Día 3b:** Tuplas``, ``Weeks 1-4``, ``2. Hafta``, ``第三章``, ``1주차``. Text
that only looks alike (``Weekend``, ``Day job``, ``1. Unit tests``, ``4 weeks``) has no number. The
title is what follows, as it was written: nothing in it is repaired or normalised.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from .words import ACCENTS, KIND_WORDS

NUMBER_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen twenty"""
ORDINAL_WORDS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh
    twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""


class Numbering(NamedTuple):
    """What a section or task is, and which one: ``week 3``, ``weeks 1-4``, ``day 3b``.

    *kind* is an English noun in lower case, *last* equals *first* but in a range. *outer* holds
    the numbers before the last dot: ``Module 2.1`` is module 1 of ``(2,)``.
    """

    kind: str
    first: int
    last: int
    letter: str = ''
    outer: tuple[int, ...] = ()

    @property
    def slug(self) -> str:
        """How it stands in a key: ``week-3``, ``week-1-4``, ``day-3b``, ``module-2.1``."""
        number = '.'.join(map(str, (*self.outer, self.first)))
        until = f'-{self.last}' if self.last != self.first else ''
        return f'{self.kind}-{number}{until}{self.letter}'


def _read_words() -> tuple[dict[str, str], frozenset[str]]:
    kinds: dict[str, str] = {}
    singular: set[str] = set()
    for kind, words in KIND_WORDS.items():
        for pair in words.split():
            if '#' in pair or '1' in pair:
                continue
            singular.add(pair.partition('/')[0])
            for word in pair.split('/'):
                kinds.setdefault(word, kind)
                if not word.isascii():
                    kinds.setdefault(word.translate(ACCENTS), kind)
    singular |= {word.translate(ACCENTS) for word in singular if not word.isascii()}
    return kinds, frozenset(kinds.keys() - singular)


KINDS, PLURALS = _read_words()
NUMBERS = {word: number for number, word in enumerate(NUMBER_WORDS.split())}
ORDINALS = {word: number for number, word in enumerate(ORDINAL_WORDS.split())}
ABBREVIATIONS = {'w': 'week', 'd': 'day'}

# What may stand before: blanks, emoji (damaged ones too: 'ğŸš€', 'ðŸš€'), keycaps, emphasis, an
# opening bracket. Not what makes the word a variable, a path, an option's value or a mention.
_LEAD = r'(?:[^\w$@/\\.&%<+^;,?\]}]|_|[0-9#*]\ufe0f?\u20e3|[ğð]Ÿ\S{1,12}\s|â\S{1,6}\s)*+'
_WORD = r'(?:[^\W\d_]|[\u0300-\u036f\u3099\u309a])++'
_MARKS = '–—‒―−:,.)|•·=>→»，：、；。．・）】」』_~-'
_SURE_MARKS = '–—:|•·：、，-'
_START = re.compile(rf'({_LEAD})(?:({_WORD})|(?=\d))')
# A figure is at most six digits long, so that no text can make int() slow or refuse.
_NUMBER = re.compile(  # no IGNORECASE: it would take three times as long to compile
    r'[*_~`]{0,3}+(?:\s*+(?:[#№]|[nN](?:[rR]o|um|[oOrR])?[.°º])\s*+|\s+[nN][oOrR]\s+|[-‐‑_]|\s*+)'
    r'((?:\d{1,6}\.(?=\d))*+)(\d{1,6})(?!\d)([A-Za-z](?![^\W_]))?'
)
# The patterns below are compiled when the first text asks for them; most trackers never do.
_RANGE = (
    r'(\s*+)([-‐‑–—−~〜～]|\.{2,3}|…|&|(?:to|and|through|bis|und|à|et|ile|ve|al?|y|e|и|по|до)(?=\s))'
    r'(\s*+)(\d{1,6})(?![^\W_])(?!\.\d)'
)
_UNSURE_LINKS = frozenset('-–—−aeyи') | {'al'}
_TOTAL = r'(?:\s?/\s?|\s+of\s+)\d{1,6}(?![/\w])|\ufe0f?\u20e3'
_CLOSED = rf'[*_~`"”’\])]*+\s*+(?:\Z|[{_MARKS}]++(?:\s|\Z)|[:：(（])'
_NEXT_WORD = rf"[\s-]++({_WORD})(?![\d_]|[-‐‑’'][^\W\d_])"
_UPPER_CASE = r'\s++[^\W\d_]'
_FIRST = (
    r'(\d{1,6})(\.?[ºª°]|\.|st|nd|rd|th|re|ère|er|e|è?me|ème|[-‐‑]?(?:[аяйе]|[оиы]й|ья|ье))?'
    rf'[\s_-]*+({_WORD})'
)
_OPENERS = r'(?:\*+|_+|~+|`+|\[|\(|"|“|«|「|【|（)(?!\s)'
_CLOSERS = {'[': ']', '(': ')', '“': '”', '«': '»', '「': '」', '【': '】', '（': '）'}
_LINK_TARGET = r'\((?:[^()]|\([^()]*+\))*+\)|\[[^\]]*+\]'


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _kind(word: str) -> str | None:
    kind = KINDS.get(word.lower())
    if kind or word.isascii():
        return kind
    return KINDS.get(_fold(word))


def _fold(word: str) -> str:
    from unicodedata import normalize  # a plain file never needs it

    return normalize('NFKC', word).casefold().translate(ACCENTS)


def is_closed(text: str, end: int) -> bool:
    """Does a separator stand at *end*, or nothing at all?"""
    return _compiled(_CLOSED).match(text, end) is not None


def _upper_case_follows(text: str, end: int) -> bool:
    following = _compiled(_UPPER_CASE).match(text, end)
    return following is not None and not following[0][-1].islower()


# Each reader below takes the place where a number may begin, and gives it with its end.
Read = tuple[Numbering, int]


def _figure(text: str, start: int, kind: str, word: str) -> Read | None:
    """``3``, ``03``, ``#3``, ``-3``, ``3b``, ``2.1``, ``1-4``, ``1/100``."""
    match = _NUMBER.match(text, start)
    if not match:
        return None
    first, letter, end = int(match[2]), (match[3] or '').lower(), match.end()
    last, end = (first, end) if letter else _until(text, end, first, word)
    if end < len(text) and text[end] not in ' :' and (total := _total(text, end)):
        end = total
    elif text.startswith(' of ', end):
        end = _total(text, end) or end
    if end < len(text) and (text[end].isalnum() or text[end] == '/'):
        return None  # '3things', '3/4/2024'
    outer = tuple(map(int, match[1].split('.')[:-1])) if match[1] else ()
    return Numbering(kind, first, last, letter, outer), end


def _total(text: str, end: int) -> int | None:
    match = _compiled(_TOTAL).match(text, end)
    return match and match.end()


def _until(text: str, end: int, first: int, word: str) -> tuple[int, int]:
    """The last number of a range that begins with *first*, and where it ends.

    ``Day 1 - 30 minutes`` is day 1: between blanks, a dash makes a range only after a plural
    (``Weeks 1 - 4 Basics``) or before a separator (``Week 1 - 4: Basics``).
    """
    match = _compiled(_RANGE).match(text, end)
    if not match or int(match[4]) <= first:
        return first, end
    unsure = match[1] and match[2].lower() in _UNSURE_LINKS
    if unsure and _fold(word) not in PLURALS and not is_closed(text, match.end()):
        return first, end
    return int(match[4]), match.end()


ROMAN = {
    'X' * tens + ones: 10 * tens + value
    for tens in range(4)
    for value, ones in enumerate(('', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'))
}
# 'Day I learned git' and the template's 'Week XX' are no numbers, nor is 'Phase X'.
CALENDAR = frozenset({'day', 'week', 'month', 'quarter', 'semester', 'year', 'sprint'})
TENS = frozenset({'X', 'XX', 'XXX'})
BOOK = frozenset({'part', 'chapter', 'section'})


def _spelled(text: str, start: int, kind: str) -> Read | None:
    """``One``, ``twelve``, ``IV``."""
    match = _compiled(_NEXT_WORD).match(text, start)
    if not match:
        return None
    word = match[1]
    number = NUMBERS.get(word.lower())
    if number is None:
        if word not in ROMAN or kind in CALENDAR or (word in TENS and kind not in BOOK):
            return None
        if len(word) == 1 and not (
            is_closed(text, match.end()) or _upper_case_follows(text, match.end())
        ):
            return None  # 'Step I took'
        number = ROMAN[word]
    return Numbering(kind, number, number), match.end()


def _abbreviated(text: str, start: int, letter: str) -> Read | None:
    """``W1:`` and ``D3``, and both in ``W1D3``; not ``D3.js``."""
    match = _compiled(r'(\d{1,3})(?=d\d)|(\d{1,3})(?!\w)').match(text, start)
    if not match or not (match[1] or is_closed(text, match.end())):
        return None
    number = int(match[0])
    return Numbering(ABBREVIATIONS[letter], number, number), match.end()


def _number_first(text: str, start: int) -> Read | None:
    """``2. Hafta``, ``1-я неделя``, ``1 урок``, ``3rd week``.

    Not ``4 weeks`` nor ``4 hafta``, which last that long, nor ``1. Unit tests``, a list's item.
    """
    match = _compiled(_FIRST).match(text, start)
    if not match:
        return None
    kind = _kind(match[3])
    if not kind or _fold(match[3]) in PLURALS:
        return None
    cyrillic = 'Ѐ' <= match[3][0] <= 'ӿ'
    if not match[2] and not cyrillic:
        return None
    number, end = int(match[1]), match.end()
    english = match[3].lower() == kind
    if not is_closed(text, end) and (english or not _upper_case_follows(text, end)):
        return None
    return Numbering(kind, number, number), end


def _ordinal(text: str, start: int, number: int) -> Read | None:
    """``Second Week``, closed by a separator or the end; not ``First steps``."""
    match = _compiled(_NEXT_WORD).match(text, start)
    if not match or not (kind := _kind(match[1])) or match[1].lower() in PLURALS:
        return None
    if not is_closed(text, match.end()):
        return None
    return Numbering(kind, number, number), match.end()


HAN_DIGITS = {digit: value for value, digit in enumerate('〇一二三四五六七八九')}
HAN_DIGITS |= {'零': 0, '两': 2, '兩': 2}


def _has_spaceless(text: str) -> bool:
    """Is Hangul (composed or not), kana or an ideograph in *text*?

    As a pattern this would take 3 ms to compile, at each start; what they say takes 2 ms more.
    """
    return any(
        '\u1100' <= char <= '\u11ff' or '\u3005' <= char <= '\u9fff' or '\uac00' <= char <= '\ud7af'
        for char in text
        if char > '\u10ff'
    )


@cache
def _spaceless() -> tuple[dict[str, str], re.Pattern[str]]:
    """The forms of scripts that write no spaces, with their kinds; and what finds them."""
    forms = {
        form: kind
        for kind, words in KIND_WORDS.items()
        for form in words.split()
        if '#' in form or '1' in form
    }
    before, after = zip(*(re.split('[#1]', form) for form in forms), strict=True)
    either = [
        '|'.join(sorted(set(words) - {''}, key=lambda word: (-len(word), word)))
        for words in (set(before) - {'第', '제'}, after)
    ]
    digits = r'([〇零一二三四五六七八九十两兩]{1,3}|\d{1,6}(?!\d))'
    number = rf'\s?{digits}(?:\s?[-–—~〜～至到]\s?(\d{{1,6}}))?\s?'
    pattern = rf'(?:(?!(?:{either[0]}))(第|제)?{number}({either[1]})|({either[0]}){number})'
    return forms, re.compile(pattern)


def _han_number(digits: str) -> int | None:
    """``12``, ``十二`` and ``二十`` as people count, up to 99."""
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition('十')
    if len(tens) > 1 or len(ones) > 1 or '十' in tens:
        return None
    return (10 * HAN_DIGITS.get(tens, 1) if ten else 0) + HAN_DIGITS.get(ones, 0)


def _without_spaces(text: str, start: int) -> Read | None:
    """``第二阶段``, ``第1-4周``, ``1週目``, ``阶段一``, ``1주차``; not ``周一`` nor ``3天``."""
    from unicodedata import is_normalized, normalize

    head = text[start : start + 80]
    composed = normalize('NFC', head)
    kinds, pattern = _spaceless()
    match = pattern.match(composed)
    if not match:
        return None
    ordinal, first, last, after, before, second, second_last = match.groups()
    digits, last = first or second, last or second_last
    form = f'{ordinal or before or ""}{{}}{after or ""}'
    kind = kinds.get(form.format('#')) or (digits.isdecimal() and kinds.get(form.format('1')))
    number = _han_number(digits)
    if not kind or number is None:
        return None
    end = match.end()
    goes_on = composed[end : end + 1].isalnum()
    korean = '가' <= (after or before or ' ')[0] <= '힣'
    if goes_on and (korean or (before and not digits.isdecimal())):
        return None  # '1주일' is a week long, '任务一览' an overview of tasks
    if not is_normalized('NFC', head):
        end = len(normalize('NFD', composed[:end]))
    until = int(last) if last and int(last) > number else number
    return Numbering(kind, number, until), start + end


def _read(text: str, start: int, word: str, end: int) -> Read | None:
    """The numbering at *start*, where *word*, or a figure where that is empty, stands."""
    kind = _kind(word)
    if kind:
        found = _figure(text, end, kind, word) or _spelled(text, end, kind)
    elif not word:
        found = _number_first(text, start)
    elif len(word) == 1 and word.lower() in ABBREVIATIONS:
        found = _abbreviated(text, end, word.lower())
    elif (number := ORDINALS.get(word.lower())) is not None:
        found = _ordinal(text, end, number)
    else:
        found = None
    if found or text.isascii() or not _has_spaceless(text[start : start + 80]):
        return found
    return _without_spaces(text, start)


def _unwrapped(lead: str, gap: str, rest: str) -> str:
    """*rest* without the closing marks of the emphasis or link that *lead* opened."""
    for opener in reversed(_compiled(_OPENERS).findall(lead)[-8:]):
        if opener in gap:
            continue
        before, closer, after = rest.partition(_CLOSERS.get(opener, opener))
        if closer == ']' and (target := _compiled(_LINK_TARGET).match(after)):
            after = after[target.end() :]
        rest = before + after
    return rest


def _title(rest: str) -> str:
    """*rest* behind its separators: ``: x``, ``) - x``, ``–x``; ``: .NET`` keeps its dot."""
    blank = rest[:1].isspace()
    for _ in range(4):
        rest = rest.strip()
        after = rest.lstrip(_MARKS)
        if after and not after[0].isspace():
            break
        rest, blank = after, True
    attached = rest[: len(rest) - len(after)]
    return rest if blank and attached.strip(_SURE_MARKS) else after.strip()


def read_at(text: str, start: int) -> Read | None:
    """The numbering that begins right at *start*, and where it ends; ``None`` without one.

    What stands before it is not looked at.
    """
    match = _compiled(rf'{_WORD}|(?=\d)').match(text, start)
    return _read(text, start, match[0], match.end()) if match else None


def is_plural(word: str) -> bool:
    """Is *word* a kind said of several: ``Days``, ``semanas``?"""
    return _fold(word) in PLURALS


def of_slug(slug: str) -> Numbering | None:
    """The numbering whose slug that is, the inverse of ``Numbering.slug``."""
    match = _compiled(r'([a-z]+)-((?:\d{1,6}\.)*)(\d{1,6})(?:-(\d{1,6}))?([a-z]?)').fullmatch(slug)
    if not match or match[1] not in KIND_WORDS:
        return None
    first = int(match[3])
    outer = tuple(map(int, match[2].split('.')[:-1]))
    return Numbering(match[1], first, int(match[4] or first), match[5], outer)


@lru_cache(maxsize=4096)
def read_numbering(text: str) -> tuple[Numbering | None, str]:
    """The numbering at the start of *text* and the title after it; ``None`` and *text* without.

    The title begins behind the separator and is otherwise as it was written. A text that names
    two numbers (``Week 1, Day 3: Sets``, ``W1D3``) gives the first and leaves the second at the
    start of the title, where it can be read in turn. Takes time linear in the text's length.
    """
    match = _START.match(text)
    if not match:
        return None, text
    found = _read(text, match.end(1), match[2] or '', match.end())
    if not found:
        return None, text
    numbering, end = found
    rest = text[end:]
    if match[1] and not match[1].isspace():
        rest = _unwrapped(match[1], text[match.end() : end], rest)
    return numbering, _title(rest)


def kinds_beginning(letters: str) -> list[str]:
    """The kinds that *letters* may stand for: ``w`` week, ``m`` month, module and milestone.

    A whole word of any language (``semana``) means its own kind only. Otherwise kinds whose
    English noun begins so come first, then those of which a word in another language does.
    """
    if not letters:
        return []
    whole = _kind(letters)
    if whole:
        return [whole]
    folded = _fold(letters)
    english = [kind for kind in KIND_WORDS if kind.startswith(folded)]
    others = [kind for word, kind in KINDS.items() if word.startswith(folded)]
    spaceless = [kind for form, kind in _spaceless()[0].items() if letters in form]
    return list(dict.fromkeys(english + others + ([] if letters.isascii() else spaceless)))
