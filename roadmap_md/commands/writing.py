"""Writing what is made of trackers to a file that was named for it."""

import os
from collections.abc import Iterable

from .. import files
from ..errors import UserError


def write(to: str, data: bytes, trackers: Iterable[str]) -> None:
    """Make the file *to* hold *data*. Raises UserError where it is one of the *trackers*."""
    target = os.path.realpath(to)
    if any(os.path.realpath(path) == target for path in trackers):
        raise UserError(f'{to} is the tracker itself', 'name another file with -o')
    files.write(to, data)
