"""What earlier runs kept of one tracker under git's directory; nothing depends on it."""

import os
from binascii import crc32
from contextlib import suppress
from typing import TYPE_CHECKING

from . import basis, cache, ledger
from .basis import Basis
from .ledger import Ledger

if TYPE_CHECKING:
    from .vocabulary import Preference


class Kept:
    """Its past, and the basis from which to read on: for each path, each way to read, each of us.

    *directory* is the one of git that all work trees share, *path* the tracker's from the top.
    """

    def __init__(self, directory: str, path: str, preference: 'Preference') -> None:
        asked = repr((path, preference)).encode(errors='surrogatepass').hex().encode()
        self._preference = preference
        self._stamp = cache.code_stamp() + b' ' + asked
        self._directory = os.path.join(directory, 'roadmap-md')

    def ledger(self, altered: bytes) -> Ledger | None:
        """What is known of the past; *altered* is what makes git tell of it otherwise."""
        rest = cache.load(self._file('history'), self._of(altered))
        with suppress(ValueError):
            return None if rest is None else ledger.load(rest)
        return None

    def basis(self) -> Basis | None:
        rest = cache.load(self._file('basis'), self._stamp)
        with suppress(ValueError):
            return None if rest is None else basis.load(rest)
        return None

    def save(self, found: Ledger, altered: bytes) -> None:
        self._save('history', self._of(altered), ledger.dump(found))

    def save_basis(self, newest: Basis) -> None:
        self._save('basis', self._stamp, basis.dump(newest))

    def begin(self, data: bytes) -> None:
        """Keep the basis of *data*, where that can be one; for what is asked before the past is."""
        from .alike import read_plainly

        with suppress(UnicodeDecodeError):
            tracker, is_plain = read_plainly(data, self._preference)
            if is_plain:
                self.save_basis(basis.basis_of(tracker))

    def _of(self, altered: bytes) -> bytes:
        return b'%s %08x' % (self._stamp, crc32(altered))

    def _file(self, kind: str) -> str:
        return os.path.join(self._directory, f'{kind}-{crc32(self._stamp):08x}')

    def _save(self, kind: str, stamp: bytes, rest: bytes) -> None:
        file = self._file(kind)
        if not os.path.exists(file):  # one more: those of old names and versions go
            cache.forget_old(self._directory, f'{kind}-', 'structures.')
        with suppress(OSError):
            cache.save(file, stamp, rest)
