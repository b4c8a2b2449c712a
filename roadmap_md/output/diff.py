"""Unified diffs."""

import os
from collections.abc import Iterator
from difflib import diff_bytes, unified_diff

from ..escape import visible


def unified(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """The rows of a diff of two versions of the file at *path*, made visible."""
    names = (b'a/' + os.fsencode(path), b'b/' + os.fsencode(path))
    old, new = (data.split(b'\n') for data in (before, after))
    for row in diff_bytes(unified_diff, old, new, *names, lineterm=b''):
        yield visible(row.decode(errors='backslashreplace').removesuffix('\r'))
