"""What was read before, kept under git's directory; nothing depends on it.

A known structure spares the import of mistletoe and the parsing, a fifth of the time of a short
command. A file may be deleted, cut off or overwritten at any time: what is not whole is not used.
"""

import os
import sys
from binascii import crc32
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from . import __version__, markdown
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
        if any(mask not in before for mask in markdown.known):
            with suppress(OSError):
                _save(path)


def load(path: str, stamp: bytes) -> bytes | None:
    """What was saved at *path* with that *stamp*; None where nothing was, or it is not whole."""
    try:
        with open(path, 'rb') as file:
            data = file.read()
    except OSError:
        return None
    checksum, _, body = data.partition(b'\n')
    said, _, rest = body.partition(b'\n')
    return rest if checksum == b'%08x' % crc32(body) and said == stamp else None


def save(path: str, stamp: bytes, rest: bytes) -> None:
    """Save *rest* at *path*, whole or not at all. Raises OSError."""
    body = stamp + b'\n' + rest
    os.makedirs(os.path.dirname(path), exist_ok=True)
    temporary = f'{path}.{os.getpid()}'
    try:
        with open(temporary, 'wb') as file:
            file.write(b'%08x\n' % crc32(body) + body)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def code_stamp() -> bytes:
    """What changes when our code, and so perhaps what it reads, changes."""
    parts = [__version__]
    top = os.path.dirname(__file__)
    for directory in (top, os.path.join(top, 'carriers')):
        for entry in sorted(os.scandir(directory), key=lambda entry: entry.name):
            if entry.name.endswith('.py'):
                status = entry.stat()
                parts.append(f'{status.st_size}-{status.st_mtime_ns}')
    return b'%s-%08x' % (__version__.encode(), crc32(' '.join(parts).encode()))


def _load(path: str) -> dict[str, tuple[Block, ...]]:
    rest = load(path, _stamp())
    if rest is None:
        return {}
    pieces = rest.decode().split('\0')
    return {
        mask: _blocks(numbers) for mask, numbers in zip(pieces[::2], pieces[1::2], strict=False)
    }


def _save(path: str) -> None:
    fitting = [item for item in markdown.known.items() if len(item[0]) <= _LONGEST]
    rest = '\0'.join(f'{mask}\0{_numbers(found)}' for mask, found in fitting[-_MOST:])
    save(path, _stamp(), rest.encode())


def _numbers(found: tuple[Block, ...]) -> str:
    rows = ((_KINDS.index(kind), *numbers) for kind, *numbers in found)
    return ' '.join(str(number) for row in rows for number in row)


def _blocks(text: str) -> tuple[Block, ...]:
    numbers = iter(map(int, text.split()))
    rows = zip(numbers, numbers, numbers, numbers, numbers, strict=True)
    return tuple(Block(_KINDS[kind], *rest) for kind, *rest in rows)


def _stamp() -> bytes:
    """What the structures depend on besides the masks: our code and the parser's."""
    parts = [__version__]
    for path in (
        markdown.__file__,
        *(os.path.join(p, 'mistletoe/block_token.py') for p in sys.path),
    ):
        with suppress(OSError):
            status = os.stat(path)
            parts.append(f'{status.st_size} {status.st_mtime_ns}')
    return ' '.join(parts).encode()
