"""Which lines are what. The only importer of mistletoe, and its cage.

mistletoe 1.6 walks a million code points when it is imported, keeps parser state in class
attributes, and has recursive and quadratic paths in its inline parser. So it is imported late
and without the walk, runs under a lock, is asked for blocks only, and sees only a mask.
"""

import gc
import re
import sys
from _thread import allocate_lock  # what threading.Lock is, without the time that takes to import
from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple


class Kind(Enum):
    """What a block is."""

    HEADING = 'heading'
    UNDERLINED = 'underlined heading'
    PARAGRAPH = 'paragraph'
    ITEM = 'list item'
    QUOTE = 'quote'
    CODE = 'code'
    TABLE = 'table'
    HTML = 'html'
    BREAK = 'thematic break'


class Block(NamedTuple):
    """A block of lines *first* up to, not including, *stop*, counted from 0.

    *level* is a heading's; *parent* the index of the enclosing list item or quote, -1 at the top.
    The lines of items and quotes are those of their blocks; *stop* is only a lower bound there.
    """

    kind: Kind
    first: int
    stop: int
    level: int
    parent: int


_lock = allocate_lock()
# Without one of its signs in the mask, a kind of block is not even asked for.
_SIGNS = {
    'HtmlBlock': ('<',), 'Heading': ('#',), 'Quote': ('>',), 'CodeFence': ('```', '~~~'),
    'Table': ('|',), 'Footnote': ('[',),
}  # fmt: skip
_UNDERLINE = re.compile(r'[ >]*(?:=+|-+) *$')
_FENCE = re.compile(r'(`{3,}|~{3,})( x)?$')
_CONTAINER = re.compile(r' *(?:>|[-+*](?= |$)|\d+[.)](?= |$))')


# The blocks of masks that were read, the newest last; a cache may add what it knows.
known: dict[str, tuple[Block, ...]] = {}
_MOST_KNOWN = 256
_MOST_BLOCKS = 50_000  # in all of them


def blocks(mask: str) -> tuple[Block, ...]:
    """The blocks of the file with that ``mask.mask``, in order of their first lines.

    Two files, or two states of one, with one mask are parsed once.
    """
    if (found := known.get(mask)) is None:
        found = _parsed(mask)
        held = sum(map(len, tuple(known.values())))
        for oldest in tuple(known):  # copied, as other threads read too
            if held <= _MOST_BLOCKS and len(known) < _MOST_KNOWN:
                break
            held -= len(known.pop(oldest, ()))
        known[mask] = found
    return found


def _parsed(mask: str) -> tuple[Block, ...]:
    lines = mask.removesuffix('\n').split('\n')
    kept = list(_without_runs(lines))
    lines = [lines[at] for at in kept[:-1]]
    with _lock:
        collecting = gc.isenabled()
        gc.disable()  # the tree holds no cycles, and looking for some takes a third of the time
        try:
            walked = _Walk(lines).walk(_tokenize([line + '\n' for line in lines]), 0, -1)
        finally:
            if collecting:
                gc.enable()
    found = _with_closing_fences(walked, lines)
    return tuple(
        Block(kind, kept[first], kept[stop], level, parent)
        for kind, first, stop, level, parent in found
    )


def _without_runs(lines: list[str]) -> Iterator[int]:
    """The lines to parse: two stand for any run of plain text; and where the last one ends."""
    run = 0
    for at, line in enumerate(lines):
        run = run + 1 if line == 'x' else 0
        if run <= 2:
            yield at
    yield len(lines)


def _with_closing_fences(found: list[Block], lines: list[str]) -> Iterator[Block]:
    """Each block; mistletoe does not tell whether a fenced one was closed."""
    begun = {block.first for block in found}
    for block in found:
        if block.kind is Kind.CODE and block.stop < len(lines) and block.stop not in begun:
            opening, closing = _FENCE.search(lines[block.first]), _FENCE.search(lines[block.stop])
            if opening and closing and not closing[2] and closing[1].startswith(opening[1]):
                block = block._replace(stop=block.stop + 1)
        yield block


def _tokenize(lines: list[str]) -> Any:
    """mistletoe's tree of (token type, what it read, line number), before any inline parsing."""
    block_token = _mistletoe()
    before = block_token._token_types
    text = ''.join(lines)
    types = [
        token_type
        for token_type in (block_token.HtmlBlock, *before)
        if any(sign in text for sign in _SIGNS.get(token_type.__name__, ('',)))
    ]
    block_token._token_types = types
    try:
        return block_token.tokenizer.tokenize_block(lines, types)
    finally:
        block_token._token_types = before
        block_token.Paragraph.parse_setext = True  # lost for good if a Quote was cut short


def _mistletoe() -> Any:
    """``mistletoe.block_token``, imported without what only the inline parser and renderers need.

    ``core_tokens`` collects Unicode punctuation up to ``sys.maxunicode`` for the inline parser,
    which is never reached from here; the package itself imports its renderers, and these urllib.
    """
    if (known := sys.modules.get('mistletoe.block_token')) is not None:
        return known
    specs = (finder.find_spec('mistletoe', None) for finder in sys.meta_path)
    spec = next(filter(None, specs), None)
    most, sys.maxunicode = sys.maxunicode, 0x7F
    package = type(sys)('mistletoe')
    package.__path__ = spec.submodule_search_locations if spec else []  # type: ignore[assignment]
    before = sys.modules.setdefault('mistletoe', package)
    try:
        from mistletoe import block_token

        return block_token
    finally:
        sys.maxunicode = most
        if before is package:
            del sys.modules['mistletoe']  # who imports it in earnest gets all of it


class _Walk:
    """Flattens mistletoe's tree, and mends the line numbers that it gets wrong."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.found: list[Block] = []
        self.opened: dict[int, int] = {}  # line -> how many containers begin on it
        self.quotes: list[int] = []  # the first lines of the quotes around

    def walk(self, tree: Any, shift: int, parent: int) -> list[Block]:
        for token_type, read, number in tree:
            first = number - 1 + shift
            match token_type.__name__:
                case 'List':
                    for item in read:
                        self.item(item, shift, parent)
                case 'Quote':
                    self.opened[first] = self.opened.get(first, 0) + 1
                    self.found.append(Block(Kind.QUOTE, first, first + 1, 0, parent))
                    self.quotes.append(first)
                    self.walk(read, shift, len(self.found) - 1)
                    self.quotes.pop()
                case name:
                    self.found.append(self.leaf(name, read, first, parent))
        return self.found

    def item(self, item: Any, shift: int, parent: int) -> None:
        tree, *_, number = item
        first = number - 1 + shift
        self.opened[first] = self.opened.get(first, 0) + 1
        self.found.append(Block(Kind.ITEM, first, first + 1, 0, parent))
        # mistletoe numbers the blocks of an item that begins with a blank line one too low.
        self.walk(tree, shift + self.is_blank_item(first), len(self.found) - 1)

    def is_blank_item(self, first: int) -> bool:
        line = self.lines[first]
        if line.endswith('x'):
            return False
        at = 0
        for _ in range(self.opened[first] + sum(quote < first for quote in self.quotes)):
            if match := _CONTAINER.match(line, at):
                at = match.end()
        return not line[at:].strip()

    def leaf(self, name: str, read: Any, first: int, parent: int) -> Block:
        match name:
            case 'Heading':
                return Block(Kind.HEADING, first, first + 1, read[0], parent)
            case 'Paragraph' if not isinstance(read, list):
                return Block(Kind.UNDERLINED, first, self.underline(first) + 1, read.level, parent)
            case 'Paragraph':
                return Block(Kind.PARAGRAPH, first, first + len(read), 0, parent)
            case 'CodeFence':
                return Block(Kind.CODE, first, first + 1 + len(read[0]), 0, parent)
            case 'BlockCode':
                return Block(Kind.CODE, first, first + len(read), 0, parent)
            case 'Table':
                return Block(Kind.TABLE, first, first + len(read[0]), 0, parent)
            case 'HtmlBlock':
                return Block(Kind.HTML, first, first + len(read), 0, parent)
        return Block(Kind.BREAK, first, first + 1, 0, parent)

    def underline(self, first: int) -> int:
        at = first + 1
        while at < len(self.lines) - 1 and not _UNDERLINE.match(self.lines[at]):
            at += 1
        return at
