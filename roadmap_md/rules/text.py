"""RM0: the bytes of the file."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ..damage import looks_damaged
from ..rule import Problem, Safety, Severity, rule
from ..text import BOM, Edit, Span, line_starts

if TYPE_CHECKING:
    from ..mojibake import Repair


@rule('RM001', 'not-utf8', Severity.ERROR)
def not_utf8(data: bytes) -> Iterator[Problem]:
    r"""A tracker is UTF-8.

    Bytes that are not UTF-8 are shown differently by every program, and a tool that guessed
    would change them. Save the file as UTF-8; nothing else is checked until then.

    ```diff
     # Plan
    -- [ ] Caf\xe9
    +- [ ] Café
    ```
    """
    try:
        data.decode()
    except UnicodeDecodeError as error:
        wrong = ' '.join(f'{byte:02x}' for byte in data[error.start : error.end])
        yield Problem(Span(error.start, error.end), f'not UTF-8 at byte {error.start} ({wrong})')
    else:
        if (at := data.find(b'\0')) >= 0:
            yield Problem(Span(at, at + 1), f'a NUL byte at byte {at}; this is no text file')


@rule('RM002', 'byte-order-mark', Severity.WARNING)
def byte_order_mark(data: bytes) -> Iterator[Problem]:
    r"""A tracker has no byte order mark.

    UTF-8 needs none, and programs that do not expect one lose the first heading.

    ```diff
    -\ufeff# Plan
    +# Plan
     - [ ] Day 1
    ```
    """
    if data.startswith(BOM):
        span = Span(0, len(BOM))
        yield Problem(span, 'byte order mark', edits=(Edit(span, b''),))


@rule('RM003', 'mixed-line-ends', Severity.WARNING)
def mixed_line_ends(data: bytes) -> Iterator[Problem]:
    r"""All lines end alike, in LF or in CRLF.

    Where they are mixed, editors and git turn one into the other, and a diff shows lines that
    nobody changed. Reported once, at the first line that ends unlike most.

    ```diff
     # Plan
    -- [ ] Day 1\r
    +- [ ] Day 1
     - [ ] Day 2
    ```
    """
    carriage = [match.start() for match in re.finditer(rb'\r\n', data)]
    total = data.count(b'\n')
    plain = total - len(carriage)
    if not carriage or not plain:
        return
    if len(carriage) <= plain:
        edits = tuple(Edit(Span(at, at + 2), b'\n') for at in carriage)
        most = f'{_most(plain, total)} end in LF'
        yield Problem(edits[0].span, f'ends in CRLF, but {most}', edits=edits)
        return
    lonely = re.finditer(rb'(?<!\r)\n', data)
    edits = tuple(Edit(Span(*match.span()), b'\r\n') for match in lonely)
    most = f'{_most(len(carriage), total)} end in CRLF'
    yield Problem(edits[0].span, f'ends in LF, but {most}', edits=edits)


def _most(count: int, total: int) -> str:
    return f'{count} of {total} lines'


@rule('RM004', 'mojibake', Severity.ERROR)
def mojibake(data: bytes) -> Iterator[Problem]:
    """Text is not UTF-8 that was read as something else.

    A program that took UTF-8 for Windows-1252 or a relative of it has written `â€“` for `–` and
    `âœ…` for `✅`. Repaired are lines of which it is proved what they were: damaging the repair
    again gives exactly the line.

    ```diff
    -# AI Engineer Roadmap â€“ Progress Tracker
    +# AI Engineer Roadmap – Progress Tracker

    -Track your journey from backend engineer â†’ AI engineer.
    +Track your journey from backend engineer → AI engineer.
    ```
    """
    for repair, line in _damaged(data):
        if repair.certainty.name == 'EXACT':
            said = f"damaged, read as {repair.codec}; it was '{repair.after.strip()}'"
            edits = (Edit(line, repair.after.encode()),)
            yield Problem(_place(repair, line), said, edits=edits, safety=Safety.PROVED)


@rule('RM005', 'lossy-mojibake', Severity.ERROR)
def lossy_mojibake(data: bytes) -> Iterator[Problem]:
    """No text has lost bytes when it was damaged.

    Some codecs lack some bytes, and what was made of them is gone. Where one completion is left
    by its place, or by a quotation mark that it has to close, it is an unsafe fix; else the
    candidates are listed, and only the author knows.

    ```diff
     # AI Engineer Roadmap â€“ Progress Tracker
     âœ… Completed
    -## Most people stop at â€œit worksâ€. You should think:
    +## Most people stop at “it works”. You should think:
    ```
    """
    for repair, line in _damaged(data):
        place = _place(repair, line)
        if repair.certainty.name == 'INFERRED':
            said = f"damaged, and bytes were lost; it was probably '{repair.after.strip()}'"
            edits = (Edit(line, repair.after.encode()),)
            yield Problem(place, said, edits=edits, safety=Safety.OFFERED)
        elif repair.certainty.name != 'EXACT':
            listed = ' '.join(repair.candidates)
            yield Problem(place, f'damaged, and bytes were lost; {_or_reason(repair, listed)}')


def _or_reason(repair: 'Repair', candidates: str) -> str:
    return f'it may have been one of {candidates}' if candidates else repair.reason


def _place(repair: 'Repair', line: Span) -> Span:
    """Where the damage of *line* begins, up to the end of the line."""
    stop = line.stop - repair.before.endswith('\r')
    return Span(line.start + len(repair.before[: repair.column].encode()), stop)


@lru_cache(maxsize=1)
def _damaged(data: bytes) -> list[tuple['Repair', Span]]:
    """The damaged lines and where they are; none in what is no UTF-8."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return []
    if not looks_damaged(text):
        return []
    from ..mojibake import repairs  # few trackers are damaged, and its tables are large

    starts = line_starts(data)
    return [
        (repair, Span(starts[repair.line], starts[repair.line] + len(repair.before.encode())))
        for repair in repairs(text)
    ]


_CONFLICT = re.compile(rb'^(<{7,}|\|{7,}|>{7,})(?: .*)?\r?$|^(={7,})\r?$', re.M)


@rule('RM006', 'conflict-markers', Severity.ERROR)
def conflict_markers(data: bytes) -> Iterator[Problem]:
    """No merge conflict is left in the tracker.

    Between the markers stand two versions of the same tasks; whatever is counted there is wrong.

    ```diff
     - [x] Day 1
    -<<<<<<< HEAD
     - [x] Day 2
    -=======
     - [ ] Day 3
    ->>>>>>> phone
    ```
    """
    if b'<' * 7 not in data:
        return
    opened = 0  # how many signs the markers have
    for match in _CONFLICT.finditer(data):
        signs = match[1] or match[2]
        said = 'conflict marker'
        if signs[:1] == b'<' and not opened:
            # Other sizes are in .gitattributes, and there they have an end.
            if len(signs) > 7 and not re.search(rb'\n>{%d}[ \r\n]' % len(signs), data):
                continue
            opened = len(signs)
            said += "; 'roadmap-md resolve' settles what is certain"
        elif len(signs) != opened:
            continue  # '=======' alone underlines a heading
        yield Problem(Span(*match.span()), said)
        if signs[:1] == b'>':
            opened = 0


# What nobody sees and programs act on: controls (a terminal obeys them), embeddings, overrides
# and isolates of direction (https://trojansource.codes), blanks without width, tags, and the
# line ends that only some programs know.
_HIDDEN = re.compile(
    '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e'
    '\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e0fff]|\r(?!\n|$)'
)
_USUAL = b'\t\n' + bytes(range(0x20, 0x7F))  # most of a text, and nothing hidden
_JOINERS = {'\u200c', '\u200d'}
_DIRECTIONS = '\u061c\u200e\u200f'


@rule('RM007', 'hidden-characters', Severity.ERROR)
def hidden_characters(data: bytes) -> Iterator[Problem]:
    r"""No character is invisible.

    Controls of direction make a line read otherwise than it is, terminals obey escapes, and a
    blank without width keeps a search from finding a word. Joiners in emoji, Indic and Persian
    text and marks in text that runs from right to left are no problem. Reported once a line.

    ```diff
     - [ ] Lists
    -- [ ] Tup\u200bles
    +- [ ] Tuples
    ```
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    unusual = data.removeprefix(BOM).translate(None, _USUAL).decode()
    if not _HIDDEN.search(unusual):
        return
    offset = 0
    for line in text.split('\n'):
        hidden = list(_hidden(line, first=offset == 0))
        if hidden:
            spans = list(_encoded(line, hidden, offset))
            named = ', '.join(dict.fromkeys(f'U+{ord(line[at]):04X}' for at in hidden))
            # What looks like C1 controls is what some damage makes of UTF-8, and repaired from.
            damaged = any('\x80' <= line[at] <= '\x9f' for at in hidden)
            edits = () if damaged else tuple(Edit(span, b'') for span in spans)
            yield Problem(spans[0], f'hidden: {named}', edits=edits)
        offset += len(line.encode()) + 1


def _hidden(line: str, first: bool) -> Iterator[int]:
    for match in _HIDDEN.finditer(line, 1 if first and line.startswith('\ufeff') else 0):
        at, char = match.start(), match[0]
        before, after = line[at - 1 : at], line[at + 1 : at + 2]
        if char in _JOINERS and min(before, after) > '\u05ff' and not {before, after} & _JOINERS:
            continue
        if char in _DIRECTIONS and re.search('[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]', line):
            continue
        if '\U000e0020' <= char <= '\U000e007f' and '\U0001f3f4' in line:
            continue  # the flags of England, Scotland and Wales
        yield at


def _encoded(line: str, places: list[int], offset: int) -> Iterator[Span]:
    """The bytes of the characters at *places* of a line that begins at *offset*; one walk."""
    done, start = 0, offset
    for at in places:
        start += len(line[done:at].encode())
        stop = start + len(line[at].encode())
        yield Span(start, stop)
        done, start = at + 1, stop
