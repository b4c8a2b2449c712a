"""Asks for many at once; where that fails, again by halves, until those who fail are alone."""

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import TypeVar

from .errors import UserError

Of = TypeVar('Of')
Told = TypeVar('Told')
_MOST_FAILURES = 200  # then it is not some who fail, and the rest is given up


def by_halves(
    ask: Callable[[Sequence[Of]], Iterator[Told]], many: Sequence[Of]
) -> Iterator[Told | UserError]:
    """What *ask* tells of each of *many*, in their order; of those over which it fails, why."""
    waiting = [many]
    failures = 0
    while waiting:
        some = waiting.pop()
        done = 0
        try:
            for told in ask(some):
                yield told
                done += 1
        except UserError as error:
            failures += 1
            left = some[done:]
            if len(left) == 1 or failures > _MOST_FAILURES:
                yield from repeat(error, len(left))
            else:
                half = len(left) // 2
                waiting += [left[half:], left[:half]]
