"""Where what a command makes goes: a file that was named, else standard output."""

import os
import sys
from collections.abc import Iterable

from .. import files
from ..errors import UserError
from ..escape import visible


def write(made: str | bytes, to: str | None, trackers: Iterable[str]) -> None:
    """Write what was *made* of the *trackers* to the file *to*; without one, print it.

    Text is UTF-8, whatever the terminal's encoding is. Raises UserError where *to* is a tracker.
    """
    if to is None:
        if isinstance(made, bytes):
            sys.stdout.buffer.write(made)
        else:  # not as bytes: in the log of GitHub Actions nothing in it may be a command
            sys.stdout.reconfigure(encoding='utf-8')  # type: ignore[union-attr]
            sys.stdout.write(made)
        return
    if os.path.exists(to) and any(_are_one(to, tracker) for tracker in trackers):
        raise UserError(f'{visible(to)} is the tracker itself', 'name another file with -o')
    files.write(to, made.encode() if isinstance(made, str) else made)


def _are_one(path: str, tracker: str) -> bool:
    return os.path.exists(tracker) and os.path.samefile(path, tracker)
