"""Files under git's directory that hold what was read before; nothing depends on them.

They may be deleted, cut off or overwritten at any time: what is not whole is not used.
"""

import os
import sys
import time
from binascii import crc32
from collections.abc import Iterator
from contextlib import suppress

from . import __version__

_SEASON = 90 * 86_400  # seconds


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
    temporary = f'{path}.{os.urandom(4).hex()}'
    try:
        with open(temporary, 'xb') as file:
            file.write(b'%08x\n' % crc32(body) + body)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def forget_old(directory: str, *beginnings: str) -> None:
    """Delete the files that begin so and were not saved for a season, or not to their end."""
    oldest = time.time() - _SEASON
    with suppress(OSError):
        for entry in os.scandir(directory):
            if entry.name.startswith(beginnings) and entry.stat().st_mtime < oldest:
                with suppress(FileNotFoundError):
                    os.unlink(entry)


def code_stamp() -> bytes:
    """What changes when code, ours or the parser's, and so perhaps what it reads, changes."""
    return stamp(*_code(), *parser())


def contents_stamp() -> str:
    """As `code_stamp`, of what is in the files: the same wherever the same code is."""
    checksum = 0
    for path in _code():
        with open(path, 'rb') as file:
            checksum = crc32(file.read(), checksum)
    return f'{checksum:08x}'


def parser() -> list[str]:
    """Where the code of the parser of Markdown may be."""
    return [os.path.join(path, 'mistletoe', 'block_token.py') for path in sys.path]


def _code() -> Iterator[str]:
    top = os.path.dirname(__file__)
    for directory in (top, *(os.path.join(top, name) for name in ('carriers', 'git'))):
        for name in sorted(os.listdir(directory)):
            if name.endswith('.py'):
                yield os.path.join(directory, name)


def stamp(*paths: str) -> bytes:
    """What changes when one of the files at *paths*, which need not exist, or we change."""
    parts = [__version__, sys.version]
    for path in paths:
        with suppress(OSError):
            status = os.stat(path)
            parts.append(f'{status.st_size}-{status.st_mtime_ns}')
    return b'%s-%08x' % (__version__.encode(), crc32(' '.join(parts).encode()))
