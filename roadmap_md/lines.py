"""What a line says about its status, and what is left of it without that.

What is known of a line is known of all lines like it.
"""

import re
from typing import NamedTuple


class Line(NamedTuple):
    """A line: its *form* is what is left without a *marker*, which begins at byte *start*."""

    form: bytes
    marker: bytes = b''
    start: int = -1


# No line holds that, not even of bytes that are no text. A marker leaves a NUL byte.
PROSE = Line(b'\n')
_MARKED = re.compile(
    rb'((?:[ \t]*+(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*+[ \t]*+)'
    rb'(\[[^\[\]`<>|\\]{1,16}\]|[\x80-\xff][^ \t`<>|\\]{1,63})(?=[ \t]|$)'
)
_NO_PROSE = re.compile(rb'[`<>\[\]|\\\r\0]|[ \t]$')


class _Lines(dict[bytes, Line]):
    """What is known of each line; few are new in a file that is like another."""

    def __missing__(self, line: bytes) -> Line:
        found = _read_line(line)
        if len(line) <= _LONGEST_LINE:
            if len(self) >= _MOST_LINES:
                self.clear()
            self[line] = found
        return found


_MOST_LINES = 20_000
_LONGEST_LINE = 1_000  # bytes; longer ones are seldom read twice
known_lines = _Lines()


def _read_line(line: bytes) -> Line:
    if line[:1].isalpha() or line[:1] >= b'\xc2':
        text = line.decode(errors='replace')
        if '\ufffd' in text:
            return Line(line)  # not UTF-8, which is no prose, as it is no tracker
        if text[0].isalpha():
            return PROSE if _is_prose(line, text) else Line(line)
    if match := _MARKED.match(line):
        before, marker = match.groups()
        return Line(before + b'\0' + line[match.end() :], marker, len(before))
    return Line(line)


def _is_prose(line: bytes, text: str) -> bool:
    """Is nothing to be found in a line that begins with a letter, whatever stands around it?

    It is no marker (``alike`` sees to that), heading, list item, table, or code; it has no hard
    break, it is no status line, no entry or label of a legend, and it declares no rule.
    """
    if _NO_PROSE.search(line):
        return False
    from .declared import declares  # these are for those that read more than markers
    from .legend import is_legend_heading, pairs

    if pairs(text, explained=True) or is_legend_heading(text) or any(declares(text)):
        return False
    if ':' not in text and '：' not in text:
        return True
    from .carriers.status_line import may_be_field

    return not may_be_field(line)
