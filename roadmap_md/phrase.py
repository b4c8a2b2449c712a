"""A status as people say it beside a text: ``🔄 In progress``, ``COMPLETED 2026-03-29``.

Where a status has a place of its own (a table's cell, a ``Status:`` line, the end of a heading) it
is not only a marker: a symbol, a word in a language that is known, or both; and a date beside it.
"""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from .damage import looks_damaged
from .dates import DATE
from .legend import sound
from .status import Status
from .vocabulary import Family, Target, Vocabulary, family_of, is_symbol
from .words import STATUS_WORDS, fold, status_word, words_of


class Phrase(NamedTuple):
    """A text in pieces, which joined give it back: what says a status, and what is around it.

    *symbol* is an emoji, box or shortcode, *word* a status word, *behind* another symbol after it;
    one of them may be all there is. *gap* stands between the first two, *date* follows. *shown* is
    what the symbols alone mean, where they mean anything.
    """

    lead: str
    symbol: str
    gap: str
    word: str
    behind: str
    date: str
    rest: str
    status: Status
    shown: Status | None

    @property
    def said(self) -> str:
        """What says the status, without its date."""
        return self.symbol + self.gap + self.word + self.behind

    @property
    def is_whole(self) -> bool:
        """Is there nothing else but marks of emphasis and punctuation?"""
        return not any(map(str.isalnum, self.rest))


_LONGEST_WORD = 48
_LEAD = re.compile(r'[\s*_`]*')
_BOX = r'\[[^\[\]`]{0,8}\]|:[a-z0-9_+-]{2,40}:'
_GLYPHS = r'[^\x00-\x7f\w\s]+'
_GAP = r'[\s*_`:：(\[–—-]*'
_DATED = rf'[\s,@:–—-]*(?:(?:on|am|le|el|em|il)\s)?(?:\({DATE}\)|\[{DATE}\]|{DATE})'
_CHOICE = r'[\s*_`)\]]*[/|]'


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def respelled(phrase: Phrase, target: Target, alike: bool = False) -> str:
    """What says the status of *target* in place of *phrase*: its date is dropped.

    As such a place says it elsewhere in the tracker, *alike* or in any form; else a symbol for a
    symbol and a word for a word, in its language and letters. Raises UserError where this tracker
    has no marker for it, or it would not be read before what follows.
    """
    said = _used_alike(phrase, target, alike) or _translated(phrase, target)
    after = read_phrase(said + phrase.rest, target.vocabulary)
    if after is None or (after.status, after.said) != (target.status, said):
        raise target.unsayable(said)  # or what follows would be taken into it
    return said


def _translated(phrase: Phrase, target: Target) -> str:
    symbol = _symbol(phrase.symbol, target) if phrase.symbol else ''
    word = _word(phrase.word, target) if phrase.word else ''
    blanks = phrase.behind[: len(phrase.behind) - len(phrase.behind.lstrip())]
    behind = blanks + _symbol(phrase.behind.strip(), target) if phrase.behind else ''
    return symbol + phrase.gap + word + behind


def _used_alike(phrase: Phrase, target: Target, only: bool) -> str | None:
    """What the tracker itself says most often, in the same form, else in any but for *only*."""
    used = target.used.get(target.status, {})
    read = [(read_phrase(said.decode(), target.vocabulary), count) for said, count in used.items()]
    alike = [(count, p.said) for p, count in read if p and _form(p) == _form(phrase)]
    others = [(count, p.said) for p, count in read if p and not set(p.gap) & set('*_`([')]
    if only or set(phrase.gap) & set('*_`(['):
        others = []  # what is opened there has to be closed
    best = max(alike, default=None) or max(others, default=None)
    return best[1] if best else None


def _form(phrase: Phrase) -> tuple[Family | None, str, bool, bool]:
    family = family_of(phrase.symbol.encode()) if phrase.symbol else None
    return family, phrase.gap, bool(phrase.word), bool(phrase.behind)


def _symbol(old: str, target: Target) -> str:
    return target.vocabulary.spelling(target.status, family_of(old.encode()), {}).decode()


def _word(old: str, target: Target) -> str:
    """The usual word for the status of *target* in the language and in the letters of *old*.

    A word of several languages is taken for one of that in which most of the tracker's others are.
    """
    languages = _languages(old)
    if len(languages) > 1:
        said = {text for counts in target.used.values() for text in counts}
        phrases = [read_phrase(text.decode(), target.vocabulary) for text in said]
        votes = Counter(tongue for p in phrases if p for tongue in _languages(p.word))
        languages.sort(key=lambda language: -votes[language])
    language = languages[0] if languages else 'en'
    word = ' '.join(STATUS_WORDS[target.status][language].partition(',')[0].split())
    if old.isupper():
        return word.upper()
    if old.istitle() and ' ' in old:
        return word.title()
    return word[:1].upper() + word[1:] if old[:1].isupper() else word


def _languages(word: str) -> list[str]:
    """The languages in which *word* says a status."""
    folded = fold(word)
    return [
        language
        for words in STATUS_WORDS.values()
        for language, listed in words.items()
        if folded in words_of(listed)
    ]


def read_phrase(text: str, vocabulary: Vocabulary) -> Phrase | None:
    """What *text* begins with, where that says a status; a choice of several says none."""
    phrase = _read(text, vocabulary)
    return None if phrase and _offers_another(phrase, vocabulary) else phrase


def _read(text: str, vocabulary: Vocabulary) -> Phrase | None:
    start = _LEAD.match(text).end()  # type: ignore[union-attr]  # matches the empty string too
    symbol = _symbol_at(text, start)
    shown = vocabulary.status(symbol.encode()) if symbol else None
    if shown is None and (not symbol or not is_symbol(symbol.encode())):
        if not (damaged := _damaged_at(text, start)) and symbol:
            return None
        symbol = damaged or symbol
        shown = next(filter(None, (vocabulary.status(s.encode()) for s in sound(damaged))), None)
    at = start + len(symbol)
    gap = _compiled(_GAP).match(text, at)[0] if symbol else ''  # type: ignore[index]
    word, status = _word_at(text, at + len(gap))
    if not status:
        gap, status = '', shown
        if not status or (symbol and text[at : at + 1].isalnum()):
            return None
    at += len(gap) + len(word)
    behind = ''
    if word and not symbol:
        behind = _symbol_behind(text, at, vocabulary)
        at += len(behind)
        shown = vocabulary.status(behind.strip().encode()) if behind else None
    dated = _compiled(_DATED).match(text, at) if any(map(str.isdecimal, text[at:])) else None
    date = dated[0] if dated else ''
    rest = text[at + len(date) :]
    return Phrase(text[:start], symbol, gap, word, behind, date, rest, status, shown)


def _symbol_at(text: str, start: int) -> str:
    if text.startswith(('[', ':'), start):
        match = _compiled(_BOX).match(text, start)
    else:
        match = None if text[start : start + 1].isascii() else _compiled(_GLYPHS).match(text, start)
    return match[0] if match else ''


_LEADS = 'âğðđβπÃ'  # what the first byte of most symbols becomes


def _damaged_at(text: str, start: int) -> str:
    """The word at *start*, where its letters are what became of a symbol: ``âœ… Done``."""
    word = text[start : start + _LONGEST_WORD].partition(' ')[0]
    if word.isascii() or not looks_damaged(word):
        return ''
    is_lead = word[0] in _LEADS and not word.isalpha()  # bytes may be lost
    return word if is_lead or any(sound(word)) else ''


def _word_at(text: str, start: int) -> tuple[str, Status | None]:
    """The longest status word that *text* has at *start*, and what it means."""
    head = text[start : start + _LONGEST_WORD]
    ends = [match.start() for match in _compiled(r'(?<=[^\W_])(?=_*(?!\w))').finditer(head)]
    for end in reversed(ends):
        if status := status_word(head[:end]):
            return head[:end], status
    return '', None


def _symbol_behind(text: str, start: int, vocabulary: Vocabulary) -> str:
    """The known symbol at *start*, with the blanks before it."""
    blanks = len(text[start:]) - len(text[start:].lstrip())
    symbol = _symbol_at(text, start + blanks)
    return text[start : start + blanks] + symbol if vocabulary.status(symbol.encode()) else ''


def choices_of(text: str, vocabulary: Vocabulary) -> dict[Status, str]:
    """The statuses that a form offers, ``Not started | Done``, as it writes them; else none."""
    found: dict[Status, str] = {}
    for choice in _compiled(r'\s*\|\s*|\s+/\s+|(?<=\w)/(?=\w)').split(text):
        phrase = _read(choice, vocabulary)
        if phrase is None or not phrase.is_whole or phrase.status in found:
            return {}
        found[phrase.status] = choice
    return found if len(found) > 1 else {}


def _offers_another(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """``Not started | In progress | Done`` is a form to be filled in."""
    if not (choice := _compiled(_CHOICE).match(phrase.rest)):
        return False
    other = _read(phrase.rest[choice.end() :], vocabulary)
    return other is not None and other.status is not phrase.status


IN_BRACKETS = r'(?:[(\[（【]|\s[/,;]\s)\s*+[*_`]*+'
BEHIND_A_SIGN = r'(?:[(\[（【:：|]\s*+|\s[–—-]++\s++)[*_`]*+'
_MAY_BE_SYMBOL = rf'[^\x00-\x7f\w\s]|:(?=[a-z])|(?<!\w)[{_LEADS}]'


def ending(text: str, vocabulary: Vocabulary, signs: str) -> tuple[int, Phrase] | None:
    """Where the phrase begins with which *text* ends, behind something else; and the phrase.

    A word stands behind one of *signs*, a pattern; a symbol may do without.
    """
    first = max(len(text) - 2 * _LONGEST_WORD, 1)
    for match in _compiled(f'({signs})|{_MAY_BE_SYMBOL}').finditer(text, first):
        if not any(map(str.isalnum, text[: match.start()])):
            continue
        phrase = read_phrase(text[match.start() :], vocabulary)
        if phrase and phrase.is_whole and phrase.symbol:
            return match.start(), phrase
        phrase = read_phrase(text[match.end() :], vocabulary) if match[1] else None
        if phrase and phrase.is_whole:
            return match.end(), phrase
    return None
