"""``merge-file``: what git calls to merge a tracker."""

from collections.abc import Sequence

from .. import files
from ..git import Labels
from ..merging import merged


def merge_file(base: str, ours: str, theirs: str, path: str, more: Sequence[str] = ()) -> int:
    """Merge three files into *ours*; exit 1 where a conflict is left.

    *more* is the size of conflict markers and what stands behind them (ours, base, theirs), as
    far as git tells. *path* is where the tracker is in the work tree.
    """
    three = files.read(base), files.read(ours), files.read(theirs)
    result = merged(three, path, _labels(more))
    if result is None:
        return 1  # no text at all: ours stays, as without a driver, and it is a conflict
    data, clean = result
    files.write(ours, data)
    return 0 if clean else 1


def _labels(more: Sequence[str]) -> Labels:
    """Older gits leave what they do not know as it is: ``%S``."""
    given = [word if word and not word.startswith('%') else '' for word in more]
    size, base, ours, theirs = (*given, '', '', '', '')[:4]
    known = Labels()
    return Labels(
        ours or known.ours,
        base or known.base,
        theirs or known.theirs,
        int(size) if size.isdecimal() and 0 < int(size) < 1000 else known.size,
    )
