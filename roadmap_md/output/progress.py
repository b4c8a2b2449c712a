"""How far long work is, on a terminal, for who waits for it."""

import sys
import time

_PATIENCE = 0.5  # seconds before anything is said
_PAUSE = 0.1  # seconds from one time to the next


class Progress:
    """Counts what is done and says so in one line, which goes when the work is done.

    Nothing is said where standard error is no terminal. Of a known *total* that takes longer for
    each, it is said how much time is left.
    """

    def __init__(self, what: str, total: int = 0) -> None:
        self.what = what
        self.total = total
        self.begun = time.monotonic()
        self.count = 0
        self.shown = False
        self.next = time.monotonic() + _PATIENCE if sys.stderr.isatty() else float('inf')

    def __call__(self) -> None:
        self.at(self.count + 1, self.total)

    def at(self, count: int, total: int) -> None:
        """So many are done, of a *total* that may be known only now."""
        self.count, self.total = count, total
        if (self.total or self.count % 64 == 0) and time.monotonic() >= self.next:
            print(f'\r{self.what}: {self._so_far()}', end='', file=sys.stderr, flush=True)
            self.shown = True
            self.next = time.monotonic() + _PAUSE

    def _so_far(self) -> str:
        if not self.total:
            return f'{self.count:,}'
        left = (time.monotonic() - self.begun) / self.count * (self.total - self.count)
        said = f'{left / 60:.0f} min' if left >= 90 else f'{left:.0f} s'
        return f'{self.count:,} of {self.total:,}, {said} left  '  # over a longer one

    def __enter__(self) -> 'Progress':
        return self

    def __exit__(self, *fault: object) -> None:
        if self.shown:
            print('\r\033[K', end='', file=sys.stderr, flush=True)
