"""What is drawn on: a terminal that may go away at any time, as when its window is closed."""

from contextlib import suppress
from typing import TextIO


class Lasting:
    """Writes to *file* as long as there is one.

    The thread in which textual draws ends with an error of the terminal's, and then all waits for
    it; so there are none. What ends us is the signal that the terminal sends as it goes.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def isatty(self) -> bool:
        return self._file.isatty()

    def fileno(self) -> int:
        return self._file.fileno()
