"""Text from files, made harmless for where it is shown: it can be read there, and cannot act.

Plain text, and the emoji that people use, come back as they were.
"""

import re
from collections.abc import Callable
from functools import cache

# Printable by Unicode's account, yet nothing is seen: fillers, and selectors beyond U+FE0F, in
# which whole messages have been hidden:
# https://paulbutler.org/2025/smuggling-arbitrary-data-through-an-emoji/
_UNSEEN = frozenset('\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0')
# Not printable by Python's account, yet seen: blanks other than U+0020, Arabic and Syriac marks
# that enclose digits or letters.
_SEEN = frozenset(
    '\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'
    '\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd'
)


@cache
def _joined() -> re.Pattern[str]:
    """What is kept of the invisible: joiners between emoji, and the tags of a flag (England's)."""
    emoji = '[\u2190-\u2bff\U0001f000-\U0001faff]'
    tags = '[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f'
    return re.compile(
        f'((?<={emoji})\u200d(?={emoji})|(?<={emoji}\ufe0f)\u200d(?={emoji})|(?<=\U0001f3f4){tags})'
    )


def _is_selector(char: str) -> bool:
    return '\ufe00' <= char <= '\ufe0f'


def _is_seen(char: str, before: str) -> bool:
    if char.isascii():
        return char.isprintable()
    if char in _UNSEEN or '\U000e0000' <= char <= '\U000e0fff':
        return False
    if _is_selector(char):
        return not _is_selector(before)
    # Emoji and ideographs newer than this Python's Unicode are seen all the same.
    newer = '\U0001f000' <= char <= '\U0001faff' or '\U00020000' <= char <= '\U0002fffd'
    return char.isprintable() or char in _SEEN or newer


def _is_plain(text: str) -> bool:
    """Whether nothing in *text* needs a closer look; cheap, for every title passes here."""
    return text.isprintable() and (
        text.isascii() or (max(text) < '\ufe00' and _UNSEEN.isdisjoint(text))
    )


def _replaced(text: str, unseen: Callable[[str], str]) -> str:
    pieces = _joined().split(text)
    for i in range(0, len(pieces), 2):
        pairs = zip(pieces[i], ' ' + pieces[i], strict=False)
        pieces[i] = ''.join(
            char if _is_seen(char, before) else unseen(char) for char, before in pairs
        )
    return ''.join(pieces)


def _spelled(char: str) -> str:
    return f'\\u{{{ord(char):x}}}'


def visible(text: str) -> str:
    """*text* for a terminal or a log, in one line: what cannot be seen is spelled ``\\u{1b}``.

    Controls, bidi controls, tags, fillers, line separators, lone surrogates, private and
    unassigned characters are. A joiner stays between emoji, a variation selector after another
    character.
    """
    return text if _is_plain(text) else _replaced(text, _spelled)


def json_escaped(document: str) -> str:
    """A JSON *document* that says the same, in which what ``visible`` spells is an escape.

    So is what would be a command in the log of GitHub Actions.
    """
    return '\n'.join(
        row if _is_plain(row) else _replaced(row, _json_escape) for row in document.split('\n')
    ).replace('##[', '#\\u0023[')


def _json_escape(char: str) -> str:
    code = ord(char)
    if code < 0x10000:
        return f'\\u{code:04x}'
    return f'\\u{0xD7C0 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}'


_COMMAND = re.compile(r'(?m)^([^\S\n]*):(?=:)|(?<=#)#(?=\[)')


def without_commands(text: str) -> str:
    """*text* for the log of GitHub Actions, which runs none of it.

    A line that begins, after blanks, with ``::`` is a command there, and so is one with ``##[``
    anywhere: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    if '::' not in text and '##[' not in text:
        return text
    return _COMMAND.sub(lambda match: '\\u{23}' if match[1] is None else match[1] + '\\u{3a}', text)


def _folded(char: str) -> str:
    if char <= '\x9f' or char in '\u2028\u2029':
        return ' '
    return '\ufffd' if '\ud800' <= char <= '\udfff' else ''


def without_unseen(text: str) -> str:
    """*text* without what ``visible`` spells: controls are blanks, lone surrogates U+FFFD."""
    return text if _is_plain(text) else _replaced(text, _folded)


_MARKDOWN = str.maketrans(
    {char: '\\' + char for char in '\\`*_[]|~$!'} | {'&': '&amp;', '<': '&lt;', '>': '&gt;'}
)
_CLOSING = r'(?<!\S)#'  # at the end of a heading it would be swallowed
_LINKS = r'(?<=@)(?=\w)|(?<=#)(?=\w)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=GH-)(?=\d)'


def markdown_cell(text: str) -> str:
    """*text* for a cell or a heading in Markdown: it renders as it stands, as nothing else.

    An empty comment keeps GitHub from linking mentions, issues and addresses; it looks for them
    in the rendered text, where neither a backslash nor an entity is left to stop it.
    """
    escaped = visible(text).translate(_MARKDOWN)
    if '#' in escaped:
        escaped = re.sub(_CLOSING, r'\\#', escaped)
    return re.sub(_LINKS, '<!-- -->', escaped, flags=re.IGNORECASE)


_INLINE = re.compile(r'[\\`*\[\]~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=[#\w])')
_BEGINS_BLOCK = re.compile(r'^(\d{1,9})(?=[.)])|^(?=[#+>=-])')


def markdown_line(text: str) -> str:
    """*text* for a line of its own in Markdown, which is often read without being rendered.

    It renders as it stands, as nothing else; an address in it may become a link.
    """
    escaped = _INLINE.sub(r'\\\g<0>', visible(text))
    return _BEGINS_BLOCK.sub(lambda match: (match[1] or '') + '\\', escaped)
