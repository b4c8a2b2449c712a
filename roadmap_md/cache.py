"""Files under git's directory that hold what was read before; nothing depends on them.

They may be deleted, cut off or overwritten at any time: what is not whole is not used.
"""

import os
from binascii import crc32
from contextlib import suppress

from . import __version__


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
