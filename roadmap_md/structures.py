"""Structures that were read before, kept under git's directory.

A known structure spares the import of mistletoe and the parsing, a fifth of the time of a short
command.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from . import cache, markdown
from .markdown import Block, Kind
from .project import git_directory

NAME = 'roadmap-md/structures'
_MOST = 16  # structures; the newest are kept
_LONGEST = 100_000  # characters of a mask; longer ones are seldom read twice
_KINDS = tuple(Kind)


@contextmanager
def remembered(root: str) -> Iterator[None]:
    """Within, the structures that earlier runs read in the work tree at *root* are known.

    New ones are kept. Outside a work tree, or where git's directory cannot be written, nothing is.
    """
    if not os.path.lexists(os.path.join(root, '.git')):
        yield
        return
    path = os.path.join(git_directory(root), NAME)
    before = _load(path)
    markdown.known.update(before)
    try:
        yield
    finally:
        if any(mask not in before for mask in list(markdown.known)):  # others may be reading too
            with suppress(OSError):
                _save(path)


def _load(path: str) -> dict[str, tuple[Block, ...]]:
    rest = cache.load(path, _stamp())
    if rest is None:
        return {}
    pieces = rest.decode().split('\0')
    return {
        mask: _blocks(numbers) for mask, numbers in zip(pieces[::2], pieces[1::2], strict=False)
    }


def _save(path: str) -> None:
    fitting = [item for item in list(markdown.known.items()) if len(item[0]) <= _LONGEST]
    rest = '\0'.join(f'{mask}\0{_numbers(found)}' for mask, found in fitting[-_MOST:])
    cache.save(path, _stamp(), rest.encode())


def _numbers(found: tuple[Block, ...]) -> str:
    rows = ((_KINDS.index(kind), *numbers) for kind, *numbers in found)
    return ' '.join(str(number) for row in rows for number in row)


def _blocks(text: str) -> tuple[Block, ...]:
    numbers = iter(map(int, text.split()))
    rows = zip(numbers, numbers, numbers, numbers, numbers, strict=True)
    return tuple(Block(_KINDS[kind], *rest) for kind, *rest in rows)


def _stamp() -> bytes:
    """What the structures depend on besides the masks: our code and the parser's."""
    return cache.stamp(markdown.__file__, *cache.parser())
