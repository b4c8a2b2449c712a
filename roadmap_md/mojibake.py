"""Repair of UTF-8 that was read as a single-byte codec; what is not certain is offered, not done.

A repair is *exact* when damaging it again gives the very line that was found, and that is tried for
each one. Where bytes were lost it is at best *inferred*, and only from a single possibility.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cache, lru_cache
from itertools import combinations, groupby, product
from typing import NamedTuple

from .damage import looks_damaged


class Certainty(IntEnum):
    """How sure a repair is, from sure to not at all."""

    EXACT = 1
    INFERRED = 2
    AMBIGUOUS = 3
    UNEXPLAINED = 4


class Repair(NamedTuple):
    """A damaged line, from 0, without its LF; *column* is its first damage, in characters from 0.

    Where the repair is ambiguous or unexplained, *after* is *before*; what *candidates* there are
    may have stood at *column*, the likeliest first. *codec* names two for a line damaged twice.
    """

    line: int
    certainty: Certainty
    before: str
    after: str
    column: int
    candidates: tuple[str, ...]
    codec: str
    reason: str


class Codec(NamedTuple):
    """A single-byte codec. Bytes stand as the characters U+0080 to U+00FF.

    Programs read a byte that a codec *lacks* in one of three ways, so that *readings* are three: as
    the control character of its number, as nothing, and as U+FFFD.
    """

    name: str
    to_byte: dict[int, str]
    readings: tuple[dict[int, str], ...]
    lacks: frozenset[int]


# Of codecs that explain a text alike the first is named. Sound text looks damaged more easily in
# those that write no Latin and in those of consoles: they need more evidence.
LATIN = (
    'cp1252', 'cp1254', 'cp1250', 'cp1257', 'cp1258', 'latin-1', 'iso8859-2', 'iso8859-15',
)  # fmt: skip
OTHER = (
    'cp1251', 'cp1253', 'cp1256', 'mac_roman', 'cp437', 'cp850', 'cp866', 'koi8-r', 'koi8-u',
)  # fmt: skip
CODECS = LATIN + OTHER
_ENOUGH = {**dict.fromkeys(LATIN, 3), **dict.fromkeys(OTHER, 6)}

_LOST = '\ufffd'
_FOREIGN = '\uffff'  # a character that the codec does not have: it was written after the damage

_NO_BYTE = '\xff'  # never in UTF-8


class _Bytes(dict[int, str]):
    def __missing__(self, character: int) -> str:
        return _FOREIGN


@cache
def codec(name: str) -> Codec:
    """The codec that Python calls *name*."""
    to_character = {byte: bytes([byte]).decode(name, 'ignore') for byte in range(0x80, 0x100)}
    lacks = frozenset(byte for byte, character in to_character.items() if not character)
    to_character.update((byte, chr(byte)) for byte in lacks)
    to_byte = _Bytes({code: chr(code) for code in (*range(0x80), ord(_LOST))})
    to_byte.update((ord(character), chr(byte)) for byte, character in to_character.items())
    for lead in lacks & set(range(0xC2, 0xF5)):
        # Of its script whole characters may be gone, and what is left of them joins the next ones.
        neighbours = range(lead & ~3, (lead | 3) + 1)
        to_byte.update((ord(to_character[byte]), _NO_BYTE) for byte in neighbours)
    others = [to_character | dict.fromkeys(lacks, instead) for instead in ('', _LOST)]
    return Codec(name, to_byte, (to_character, *others), lacks)


def damaged(text: str, codec: Codec) -> tuple[str, ...]:
    """*text* after its UTF-8 was read as *codec*, by each of its readings."""
    data = text.encode().decode('latin-1')
    return tuple(data.translate(reading) for reading in codec.readings)


_RUN = re.compile('[^\x00-\x7f]+')


def _bytes(text: str, codec: Codec) -> str:
    """What *codec* read as *text*, as far as it can have been that."""
    data = text.translate(codec.to_byte)

    def checked(match: re.Match[str]) -> str:
        # What touches others, or looks damaged, was not written later: the codec does not fit.
        foreign = not match[0].strip(_FOREIGN)
        if foreign and not looks_damaged(text[match.start() : match.end()]):
            return match[0]
        return match[0].replace(_FOREIGN, _NO_BYTE)

    return _RUN.sub(checked, data) if _FOREIGN in data else data


# What the bytes of a damaged text are made of: UTF-8, UTF-8 that lost bytes, and anything else.
_WHOLE = (
    '[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]'
    '|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}'
    '|\xf4[\x80-\x8f][\x80-\xbf]{2}'
)
_TORN = '[\xc2-\xdf]\ufffd?|[\xe0-\xef][\x80-\xbf\ufffd]{1,2}|[\xf0-\xf4][\x80-\xbf\ufffd]{1,3}'
_PIECE = re.compile(f'(?P<whole>{_WHOLE})|(?P<torn>{_TORN})|[^\x00-\x7f]')
_FITTING = re.compile(f'(?:[\x00-\x7f]++|{_FOREIGN}|{_WHOLE}|{_TORN})*+')
# Python calls unprintable what people do write, and what came to Unicode after it.
_WRITTEN = re.compile(
    '[\x80-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff'
    '\U0001fa70-\U0001faff\U000e0020-\U000e007f]'
)


def _text(piece: str) -> str:
    """The character whose UTF-8 *piece* is; '' where it is none that anybody writes."""
    try:
        character = piece.encode('latin-1').decode()
    except UnicodeError:
        return ''
    return character if character.isprintable() or _WRITTEN.match(character) else ''


# What follows a letter in sound text: between two of them, and at the end of a word.
_JOINING = '’‘‚“”„‹›«»–—…·\xa0'
_CLOSING = _JOINING + '•™®©°ºª¹²³†‡'


def _reads_well(before: str, piece: str, after: str) -> bool:
    """May an author have written *piece* here, as ``é»`` in ``café»``, or a syllable?"""
    letter, rest = piece[0], piece[1:]
    if len(piece) > 2 and piece.isalpha():
        return piece.islower() or piece.isupper() or piece.istitle()
    if rest.strip(_CLOSING) or (after.isalnum() and rest.strip(_JOINING)):
        return False
    if before.isalpha():
        return letter.islower() or before.isupper()
    return letter != 'â'  # a word in no language, and what damaged dashes and quotes begin with


_FAMILIAR = re.compile(
    '[\xa0-\u017f\u0218-\u021b\u1e00-\u1eff\u2010-\u2bff\ufe0f\U0001f000-\U0001faff]'
)
_OTHER_SCRIPT = re.compile('[\u0250-\u1dff\u2e80-\ud7ff\uf900-\ufaff]')


def _weight(before: str, piece: str, after: str, text: str) -> int:
    """How much it speaks for damage that *piece* is the UTF-8 of *text*."""
    in_word = any(beside.isascii() and beside.isalpha() for beside in (before, after))
    if _reads_well(before, piece, after) or (in_word and _OTHER_SCRIPT.match(text)):
        return 0
    return 3 if _FAMILIAR.match(text) else 1


class _Evidence(NamedTuple):
    """What speaks for a codec: the *weight* of distinct sequences that sound text does not hold.

    The others count characters: in sequences that lost bytes, in no sequence, those that the codec
    does not have, and all.
    """

    weight: int
    torn: int
    loose: int
    foreign: int
    total: int


def _evidence(runs: dict[str, int], codec: Codec) -> _Evidence:
    weights: dict[str, int] = {}
    torn = loose = foreign = total = 0
    for run, count in runs.items():
        for match in _PIECE.finditer(_bytes(run, codec)):
            start, stop = match.span()
            data, piece, length = match[0], run[start:stop], count * (stop - start)
            before, after = run[start - 1 : start], run[stop : stop + 1]
            total += length
            if data == _FOREIGN:
                foreign += length
            elif match['whole'] and (text := _text(data)):
                weights[piece] = max(_weight(before, piece, after, text), weights.get(piece, 0))
            elif match['torn'] and codec.lacks:
                torn += length
                # Dashes, quotes, signs and pictographs; letters lose a byte less visibly.
                if data[0] in '\xe2\xf0' and not _reads_well(before, piece, after):
                    weights[piece] = 3
            else:
                loose += length
    return _Evidence(sum(weights.values()), torn, loose, foreign, total)


_CONTEXT = re.compile('[A-Za-z]?[^\x00-\x7f]{1,256}(?=([A-Za-z]?))')
_SAMPLE = 400


def _runs(text: str) -> dict[str, int]:
    """What stands between ASCII, with the letters beside it, and how often."""
    return Counter(match[0] + match[1] for match in _CONTEXT.finditer(text))


def _judged(runs: dict[str, int], names: Iterable[str]) -> dict[str, _Evidence]:
    """What speaks for each codec; of many *runs* an even sample is read."""
    sample = dict(list(runs.items())[:: len(runs) // _SAMPLE + 1])
    return {name: _evidence(sample, codec(name)) for name in names}


# Without any of this nothing speaks for a codec.
_HINT = re.compile(f'{_WHOLE}|[\xe2\xf0][\x80-\xbf\ufffd]')


def _possible(runs: dict[str, int], judged: dict[str, _Evidence]) -> list[str]:
    """The codecs for which something speaks anywhere, in the sample or not."""
    if len(runs) <= _SAMPLE:
        return [name for name, evidence in judged.items() if evidence.weight]
    text = ' '.join(runs)
    return [name for name in judged if _HINT.search(text.translate(codec(name).to_byte))]


def _best(judged: dict[str, _Evidence], whole: bool) -> list[Codec]:
    """The codec that explains the text best; several where they do so equally well.

    A *whole* file must be damaged nearly everywhere. In a line everything must be, but for what
    was written later. With enough evidence for one of them, damage is certain; which codec did it
    is not, so that Latin ones with less of it keep their say.
    """
    scores = {}
    for name, (weight, torn, loose, foreign, total) in judged.items():
        if weight and (10 * (loose + foreign) <= total if whole else not loose):
            scores[name] = 4 * (loose + foreign) + torn
    best = [name for name, score in scores.items() if score == min(scores.values())]
    enough = [name for name in best if judged[name].weight >= _ENOUGH[name]]
    return [codec(name) for name in best if enough and (name in enough or name in LATIN)]


_COMMON = '“”„‘’‚–—…•→'
_EMOJI = re.compile('[\u2600-\u27bf\U0001f300-\U0001f6ff\U0001f900-\U0001faff]')


@lru_cache(maxsize=4096)
def _completions(piece: str, lacks: frozenset[int], blank: bool) -> tuple[str, ...]:
    """What *piece* was before it lost bytes that the codec *lacks*, the likeliest first.

    Where a *blank* follows, that may have been the no-break space that the last byte became.
    """
    lead = ord(piece[0])
    length = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    lost = [chr(byte) for byte in sorted(lacks)]
    found = set()
    if _LOST in piece:
        if len(piece) == length:
            first, *rest = piece.split(_LOST)
            for bytes_ in product(lost, repeat=len(rest)):
                pairs = zip(bytes_, rest, strict=True)
                found.add(_text(first + ''.join(byte + kept for byte, kept in pairs)))
    elif length - len(piece) <= 2:
        for places in combinations(range(1, length), length - len(piece)):
            for bytes_ in product(lost, repeat=len(places)):
                data = list(piece)
                for place, byte in zip(places, bytes_, strict=True):
                    data.insert(place, byte)
                found.add(_text(''.join(data)))
        if blank:
            found.add(_text(piece + '\xa0'))
    found.discard('')
    return tuple(
        sorted(found, key=lambda text: (not _EMOJI.match(text), text not in _COMMON, text))
    )


_CLOSES = {'“': '”', '„': '“”', '‘': '’', '‚': '‘’'}


def _follow(quotes: list[str], text: str) -> None:
    """Keep in *quotes* those that are open after *text*, the innermost last."""
    if quotes and text in _CLOSES[quotes[-1]]:
        quotes.pop()
    elif text in _CLOSES:
        quotes.append(text)


def _fitting(options: tuple[str, ...], quote: str, before: str, after: str) -> tuple[str, ...]:
    """The one of *options* that closes *quote* between *before* and *after*, else all of them."""
    if not before.strip('“„‘‚([{ \t') or after.isalnum():
        return options
    closing = tuple(text for text in options if text in _CLOSES[quote])
    return closing if len(closing) == 1 else options


# In these scripts stand marks without width that lose a byte just as quotes do.
_RIGHT_TO_LEFT = re.compile('[\xd6-\xdb][\x80-\xbf]')


class _Reading(NamedTuple):
    """How a file was read, and what was lost: which bytes, and of which characters.

    With *blanks* no-break spaces may have become blanks.
    """

    codec: Codec
    lacks: frozenset[int]
    blanks: bool
    within: Codec | None


class _Piece(NamedTuple):
    """What stands from *start* to *stop* beside ASCII, and what it may have been.

    Without options nobody knows. What is *foreign* was written after the damage.
    """

    start: int
    stop: int
    options: tuple[str, ...] = ()
    foreign: bool = False


def _completed(piece: str, after: str, reading: _Reading) -> tuple[str, ...]:
    found = _completions(piece, reading.lacks, reading.blanks and after == ' ')
    if reading.within is None:
        return found
    return tuple(text for text in found if ord(text) in reading.within.to_byte)


def _pieces(line: str, reading: _Reading) -> Iterator[_Piece]:
    data = _bytes(line, reading.codec)
    left_to_right = not _RIGHT_TO_LEFT.search(data)
    quotes: list[str] = []
    text, done = '', 0
    for match in _PIECE.finditer(data):
        start, stop = match.span()
        before = line[start - 1 : start] if start > done else text
        options: tuple[str, ...] = ()
        if match['whole']:
            options = (_text(match[0]),)
        elif match['torn']:
            after = line[stop : stop + 1]
            options = _completed(match[0], after, reading)
            if quotes and left_to_right:
                options = _fitting(options, quotes[-1], before, after)
        text, done = options[0] if len(options) == 1 else line[start:stop], stop
        _follow(quotes, text)
        yield _Piece(start, stop, options if any(options) else (), match[0] == _FOREIGN)


def _is_proved(line: str, parts: Iterable[tuple[bool, str]], codec: Codec) -> bool:
    """Do *parts* give *line*, after those were damaged that say so?"""
    made = []
    for was_damaged, group in groupby(parts, key=lambda part: part[0]):
        text = ''.join(part[1] for part in group)
        made.append(damaged(text, codec) if was_damaged else (text,) * len(codec.readings))
    return any(''.join(ways) == line for ways in zip(*made, strict=True))


_SHOWN = 12


def _repair(number: int, line: str, reading: _Reading) -> Repair | None:
    """The repair of *line*; None where it is not damaged."""
    name = reading.codec.name
    found = Repair(number, Certainty.EXACT, line, line, -1, (), name, f'UTF-8 read as {name}')
    parts: list[tuple[bool, str]] = []
    done, lost = 0, False
    for start, stop, options, foreign in _pieces(line, reading):
        parts += (
            (True, line[done:start]),
            (not foreign, options[0] if options else line[start:stop]),
        )
        done = stop
        if not options:
            lost = lost or not foreign
            continue
        if len(options) > 1:
            return found._replace(
                certainty=Certainty.AMBIGUOUS,
                column=start,
                candidates=options[:_SHOWN],
                reason=f'{found.reason}; {len(options)} characters fit where bytes are lost',
            )
        if found.column < 0:
            found = found._replace(column=start)
        whole = _text(line[start:stop].translate(reading.codec.to_byte))
        if not whole and found.certainty is Certainty.EXACT:
            found = found._replace(
                certainty=Certainty.INFERRED,
                reason=f'{found.reason}; only {options[0]} fits where bytes are lost',
            )
    if found.column < 0:
        return None
    parts.append((True, line[done:]))
    if lost or not _is_proved(line, parts, reading.codec):
        return _unexplained(found, 'bytes are lost')
    return found._replace(after=''.join(text for _, text in parts))


def _unexplained(repair: Repair, reason: str) -> Repair:
    return repair._replace(
        certainty=Certainty.UNEXPLAINED,
        after=repair.before,
        reason=f'UTF-8 read as {repair.codec}; {reason}',
    )


def _readings(codecs: list[Codec], blanks: bool, within: Codec | None) -> list[_Reading]:
    """Files that *codecs* explain alike; each may have lost what any of them lacks."""
    lacks = frozenset[int]().union(*(codec.lacks for codec in codecs))
    return [_Reading(codec, lacks, blanks, within) for codec in codecs]


def _agreed(number: int, line: str, readings: list[_Reading]) -> Repair | None:
    """What *line* is repaired to, whichever of *readings* was the one."""
    different = {line.translate(reading.codec.to_byte): reading for reading in reversed(readings)}
    found = [r for reading in different.values() if (r := _repair(number, line, reading))]
    if not found:
        return None
    best = min(found, key=lambda repair: repair.certainty)
    if len(different) == 1 or best.certainty > Certainty.INFERRED:
        return best
    for pieces in zip(*(_pieces(line, reading) for reading in different.values()), strict=False):
        if len(set(pieces)) > 1:
            options = dict.fromkeys(text for piece in pieces for text in piece.options)
            return best._replace(
                certainty=Certainty.AMBIGUOUS,
                after=line,
                column=pieces[0].start,
                candidates=tuple(options)[:_SHOWN],
                reason='UTF-8 read as ' + ' or '.join(dict.fromkeys(r.codec for r in found)),
            )
    return best


# In code a sound file shows damage on purpose, as documents about mojibake do.
_CODE = re.compile('`[^`\n]*`')


def _of_line(
    number: int, line: str, possible: list[str], blanks: bool, within: Codec | None
) -> Repair | None:
    """The repair of a *line* that was damaged alone, if it was."""
    readings = _readings_of_line(line, possible, blanks, within)
    repair = _agreed(number, line, readings) if readings else None
    if repair is None or repair.certainty > Certainty.INFERRED:
        return repair
    # That a codec has what was written later does not speak against it.
    earlier = _without_foreign(line, readings)
    if earlier == line:
        return repair
    readings += _readings_of_line(earlier, possible, blanks, within)
    again = _agreed(number, earlier, readings)
    if again and again.certainty > Certainty.INFERRED:
        return again._replace(before=line, after=line)
    return repair


def _readings_of_line(
    line: str, possible: list[str], blanks: bool, within: Codec | None
) -> list[_Reading]:
    shown = _CODE.sub('``', line)
    if not looks_damaged(shown):
        return []
    fitting = [n for n in possible if _FITTING.fullmatch(_bytes(shown, codec(n)))]
    return _readings(_best(_judged(_runs(shown), fitting), whole=False), blanks, within)


def _without_foreign(line: str, readings: list[_Reading]) -> str:
    """*line* with a ``?`` for each character that a codec of *readings* does not have."""
    for reading in readings:
        pairs = zip(line, _bytes(line, reading.codec), strict=True)
        line = ''.join('?' if byte == _FOREIGN else character for character, byte in pairs)
    return line


def _round(lines: Sequence[str], within: Codec | None = None) -> Iterator[Repair]:
    """The repairs of a file that was damaged once, as a whole or else in some of its *lines*."""
    suspects = [(number, line) for number, line in enumerate(lines) if not line.isascii()]
    text = '\n'.join(line for _, line in suspects)
    blanks = '\xa0' not in text
    runs = _runs(_CODE.sub('``', text))
    judged = _judged(runs, CODECS)
    whole = _readings(_best(judged, whole=True), blanks, within)
    possible = _possible(runs, judged)
    for number, line in suspects if possible else ():
        repair = (
            _agreed(number, line, whole)
            if whole
            else _of_line(number, line, possible, blanks, within)
        )
        if repair:
            yield repair


def _chained(first: Repair | None, then: Repair) -> Repair:
    """The repair that *then* makes of the result of *first*."""
    if first is None or then.certainty > Certainty.INFERRED:
        return first or then
    return then._replace(
        certainty=max(first.certainty, then.certainty),
        before=first.before,
        column=first.column,
        codec=f'{first.codec}, {then.codec}',
        reason=f'{first.reason}; {then.reason}',
    )


# Right only on the way: such a byte is what another round has to explain.
_CONTROL = re.compile('[\x80-\x9f]')
_ROUNDS = 3
_BOM = '\ufeff'


def _with_bom(repair: Repair) -> Repair:
    """The same, of the line with the byte order mark that was written before it."""
    return repair._replace(
        before=_BOM + repair.before, after=_BOM + repair.after, column=repair.column + 1
    )


def repairs(text: str) -> list[Repair]:
    """The damaged lines of *text*, in order. A line ends at LF and nowhere else.

    Text that was damaged several times is repaired as often, each time by its own proof.
    """
    if not looks_damaged(text):
        return []
    if text.startswith(_BOM):
        bare = repairs(text.removeprefix(_BOM))
        return [repair if repair.line else _with_bom(repair) for repair in bare]
    lines = text.split('\n')
    found: dict[int, Repair] = {}
    for _ in range(_ROUNDS):
        step = list(_round(lines))
        mended = '\n'.join(repair.after for repair in step if repair.after != repair.before)
        if again := _best(_judged(_runs(mended), CODECS), whole=True):
            # What was damaged twice can only have lost characters that the first damage made.
            step = list(_round(lines, within=again[0]))
        found.update((repair.line, _chained(found.get(repair.line), repair)) for repair in step)
        if not mended:
            break
        for repair in step:
            lines[repair.line] = repair.after
    for line, repair in found.items():
        if _CONTROL.search(repair.after) and repair.after != repair.before:
            found[line] = _unexplained(repair, 'control characters remain')
    return [found[line] for line in sorted(found)]
