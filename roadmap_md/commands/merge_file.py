"""``merge-file``: what git calls to merge a tracker."""

import sys
from collections.abc import Sequence
from contextlib import suppress

from .. import files
from ..errors import UserError
from ..escape import visible
from ..git import Labels
from ..merging import merged


def merge_file(base: str, ours: str, theirs: str, path: str, more: Sequence[str] = ()) -> int:
    """Merge three files into *ours*; exit 1 where a conflict is left.

    *more* is the size of conflict markers and what stands behind them (ours, base, theirs), as
    far as git tells. *path* is where the tracker is in the work tree.
    """
    three = files.read(base), files.read(ours), files.read(theirs)
    labels = _labels(more)
    result = merged(three, path, labels)
    if result is None:
        return 1  # no text at all: ours stays, as without a driver, and it is a conflict
    data, clean = result
    files.replace(ours, three[1], data)
    if not clean:
        _tell(path, data, three[0], labels)
    return 0 if clean else 1


def _tell(path: str, data: bytes, base: bytes, labels: Labels) -> None:
    """Say which tasks are in conflict; of text git itself says that there is one."""
    from ..disagreement import left
    from ..output.conflicts import told
    from ..project import find_project

    with suppress(UserError):  # an unsound configuration, markers in the text itself
        for one in left(data, base, find_project((path,)).config.preference):
            for row in told(one, labels.ours, labels.theirs) if one.tasks else ():
                print(f'roadmap-md: {visible(path)}: {row}', file=sys.stderr)


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
