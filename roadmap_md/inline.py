"""The inline Markdown that titles and notes use: links, code, bold. All else is text as it stands.

A link is one only where it leads to the web or to a mailbox; of any other, and of a picture, the
text is left.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Piece(NamedTuple):
    """A *text*, which leads to *href* where that is not empty."""

    text: str
    code: bool = False
    strong: bool = False
    href: str = ''


_SAFE = re.compile(r'(?:https?://|mailto:)[^\s"<>\\^`{|}]+', re.I)
# No part of a pattern can begin within what it may have scanned: linear in any text.
_CODE = r'`(?P<code>[^`]+)`'
_LINK = r'(?P<picture>!?)\[(?P<label>[^][]+)\]\((?P<href>[^()\s]*)\)'
_BOLD = r'\*\*(?P<bold>[^*]+)\*\*'
_BARE = r'(?P<bare>\bhttps?://[^\s"<>\\^`{|}()[\]*]*[\w/])'
_MARKS = re.compile('|'.join((_CODE, _LINK, _BOLD, _BARE)))


def inline(text: str) -> list[Piece]:
    """The pieces of *text*, in order."""
    return list(_pieces(text, strong=False))


def plain(text: str) -> str:
    """*text* as it is read, without what marks it up."""
    return ''.join(piece.text for piece in inline(text))


def _pieces(text: str, strong: bool) -> Iterator[Piece]:
    done = 0
    for mark in _MARKS.finditer(text):
        if before := text[done : mark.start()]:
            yield Piece(before, strong=strong)
        done = mark.end()
        if mark['code']:
            yield Piece(mark['code'], code=True, strong=strong)
        elif mark['bold']:
            yield from _pieces(mark['bold'], strong=True)
        elif mark['bare']:
            yield Piece(mark['bare'], strong=strong, href=mark['bare'])
        else:
            is_link = not mark['picture'] and _SAFE.fullmatch(mark['href'])
            yield Piece(mark['label'], strong=strong, href=mark['href'] if is_link else '')
    if rest := text[done:]:
        yield Piece(rest, strong=strong)
