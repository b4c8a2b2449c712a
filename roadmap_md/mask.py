"""The structure mask: a copy of a Markdown file in which only the block structure is left.

One line for each line. Container markers, heading and fence markers, underlines, table
delimiters and the ends of HTML blocks are kept; every other text is an ``x``. So the mask
says nothing of titles and markers (the same for every state of a tracker), is plain ASCII,
and leaves a Markdown parser no text on which its recursive or quadratic paths could start.
"""

import re
from functools import lru_cache

_DEEPEST = 40  # container markers on one line; below that is text
_WIDEST = 120  # columns of indentation; sixty levels of nesting by two blanks
_LONGEST_FENCE = 200

_CONTAINER = re.compile(rb'[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))')
_HEADING = re.compile(rb'(#{1,6})(?:[ \t]|$)')
_FENCE = re.compile(rb'`{3,}|~{3,}')
# Where an HTML block begins: https://spec.commonmark.org/0.31.2/#html-blocks
# Compiled where a line begins with one, which few do.
_LITERAL = rb'(?i)<(?:pre|script|style|textarea)(?:[ \t>]|$)'
_LITERAL_END = rb'(?i)</(?:pre|script|style|textarea)>'
_BLOCK_TAG = (
    rb'(?i)</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd'
    rb'|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset'
    rb'|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol'
    rb'|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr'
    rb'|track|ul)(?:[ \t]|/?>|$)'
)
_LONE_TAG = (
    rb'<(?:/[A-Za-z][\w-]*+[ \t]*+|[A-Za-z][\w-]*+'
    rb'(?>[ \t]++[A-Za-z_:][\w.:-]*+(?>[ \t]*+=[ \t]*+(?>[^ \t"\'=<>`]++|\'[^\']*+\'|"[^"]*+"))?)*+'
    rb'[ \t]*+/?)>[ \t]*+$'
)
# What a line of text mostly begins with: a box, a letter, what is not ASCII.
_MERE_TEXT = frozenset(at for at in range(0x100) if at >= 0x80 or chr(at).isalpha() or at == 0x5B)
_FRONT_MATTER_KEY = re.compile(rb'[\w"\'-]+[ \t]*[:=]|#|$')


def container_stop(line: bytes, most: int = _DEEPEST) -> int:
    """The offset in *line* behind its first *most* container markers (quote, list item)."""
    at = 0
    for _ in range(most):
        if is_thematic(line[at:]) or not (match := _CONTAINER.match(line, at)):
            break
        at = match.end()
    return at


def is_thematic(text: bytes) -> bool:
    """A thematic break: three or more of one of ``-_*``, with blanks or without."""
    bare = text.translate(None, b' \t\r')
    return len(bare) >= 3 and bare[:1] in b'-_*' and not bare.strip(bare[:1])


def mask(data: bytes) -> str:
    """The structure mask of *data*, lines ended by ``\\n``; a BOM and front matter are blanked."""
    lines = [line.rstrip(b'\r') for line in data.removeprefix(b'\xef\xbb\xbf').split(b'\n')]
    front = _front_matter(lines)
    masked = [('', '')] * front + [_mask_line(line) for line in lines[front:]]
    _keep_tables(lines, masked)
    return '\n'.join(prefix + body for prefix, body in masked)


def _front_matter(lines: list[bytes]) -> int:
    """How many lines of YAML or TOML front matter *lines* begin with."""
    fence = lines[0].rstrip()
    if fence not in (b'---', b'+++') or len(lines) < 3:
        return 0
    if not lines[1].strip() or not _FRONT_MATTER_KEY.match(lines[1]):
        return 0  # a thematic break, then text
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == fence:
            return number
    return 0


@lru_cache(maxsize=4096)  # most lines of a thousand trackers are those of one template
def _mask_line(line: bytes) -> tuple[str, str]:
    """The containers of *line* with its indentation, and its body."""
    if not line.strip(b' \t'):
        return '', ''
    if line[0] in _MERE_TEXT:
        return '', _text(line)
    prefix, at, column = '', 0, 0
    for depth in range(_DEEPEST + 1):
        match = _CONTAINER.match(line, at)
        if match is None or (line[match.end() - 1] in b'-*' and is_thematic(line[at:])):
            break
        if depth == _DEEPEST:
            return prefix, ' x'
        marker = match.group()
        bare = marker.lstrip(b' \t')
        blanks, column = _indent(marker[: len(marker) - len(bare)], column)
        prefix += blanks + bare.decode()
        column += len(bare)
        at = match.end()
    rest = line[at:]
    body = rest.lstrip(b' \t')
    if not body:
        return prefix, ''
    return prefix + _indent(rest[: len(rest) - len(body)], column)[0], _mask_body(body)


def _indent(blanks: bytes, column: int) -> tuple[str, int]:
    """*blanks*, which begin at *column*, as spaces; and the column behind them."""
    if b'\t' not in blanks:
        stop = column + len(blanks)
    else:
        stop = column
        for blank in blanks[: 4 * _WIDEST]:
            stop += 4 - stop % 4 if blank == 0x09 else 1
    return ' ' * min(stop - column, _WIDEST), min(stop, column + _WIDEST)


def _mask_body(body: bytes) -> str:
    first = body[:1]
    if first in b'-_*=':
        bare = body.rstrip()
        if not bare.strip(first) and first in b'-=':
            return first.decode() * min(len(bare), 3)
        if is_thematic(body):
            return '* * *'
    elif first == b'#':
        if match := _HEADING.match(body):
            return match[1].decode() + (' x' if body[match.end() :].strip(b' \t#') else '')
    elif first in b'`~' and (match := _FENCE.match(body)):
        fence, info = match.group(), body[match.end() :].strip()
        if not (first == b'`' and b'`' in info):
            return fence[:_LONGEST_FENCE].decode() + (' x' if info else '')
    return _text(body)


def _text(body: bytes) -> str:
    if b'<' not in body and b'>' not in body:
        return 'x'
    return _html_start(body) + _html_ends(body)


def _html_start(body: bytes) -> str:
    if not body.startswith(b'<'):
        return 'x'
    if body.startswith(b'<!--'):
        return '<!-- x'
    if re.match(_LITERAL, body):
        return '<pre> x'
    if body.startswith(b'<?'):
        return '<? x'
    if body.startswith(b'<![CDATA['):
        return '<![CDATA[ x'
    if re.match(rb'<![A-Za-z][^>]*>', body):  # over several lines it is too rare to follow
        return '<!A x >'
    if re.match(_BLOCK_TAG, body):
        return '<div> x'
    if len(body) < 4096 and re.match(_LONE_TAG, body):
        return '<a>'
    return 'x'


def _html_ends(body: bytes) -> str:
    # '<!-->' is a whole comment; what closes a comment must not be its own start.
    whole = body.startswith((b'<!-->', b'<!--->'))
    text = body if whole else body.removeprefix(b'<!--')
    ends = [end for end in ('-->', '?>', ']]>') if end.encode() in text]
    if re.search(_LITERAL_END, body):
        ends.append('</pre>')
    return ''.join(' ' + end for end in ends)


def _keep_tables(lines: list[bytes], masked: list[tuple[str, str]]) -> None:
    """Give the mask back the pipes of GFM tables, and of nothing else.

    A table is a header row over a delimiter row with as many cells; its rows go on to the
    next blank line or other block: https://github.github.com/gfm/#tables-extension-
    """
    for at in range(1, len(lines)):
        if b'|' not in lines[at - 1] or not _is_delimiter(lines[at]):
            continue
        if masked[at - 1][1] != 'x' or masked[at][1] != 'x' or masked[at][0].strip(' >'):
            continue
        header = lines[at - 1][container_stop(lines[at - 1]) :]
        if _cells(header) != _cells(lines[at][container_stop(lines[at]) :]):
            continue
        masked[at - 1] = masked[at - 1][0], 'x|'
        masked[at] = masked[at][0], '|-|'
        for row in range(at + 1, len(lines)):
            before, body = masked[row]
            if not body.startswith('x') or before.strip(' >'):
                break
            masked[row] = before, 'x|'


def _is_delimiter(line: bytes) -> bool:
    """Could *line*, but for quote markers before it, be a table's delimiter row?"""
    body = line.lstrip(b' \t>')
    if (b'|' not in body and b':' not in body) or body.translate(None, b' \t\r|:-'):
        return False
    return all(
        cell and not cell.removeprefix(b':').removesuffix(b':').strip(b'-') and b'-' in cell
        for cell in map(bytes.strip, _trim(body).split(b'|'))
    )


def _cells(row: bytes) -> int:
    return _trim(row.replace(b'\\|', b'')).count(b'|') + 1


def _trim(row: bytes) -> bytes:
    return row.strip().removeprefix(b'|').removesuffix(b'|')
