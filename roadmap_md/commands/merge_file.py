"""``merge-file``: what git calls to merge a tracker."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from .. import files
from ..errors import UserError
from ..escape import visible
from ..git import Labels, merged_text
from ..kept import Kept
from ..merge_markers import merge_markers
from ..project import common_directory, find_project
from ..vocabulary import Preference

_Three = tuple[bytes, bytes, bytes]


def merge_file(base: str, ours: str, theirs: str, path: str, more: Sequence[str] = ()) -> int:
    """Merge three files into *ours*; exit 1 where a conflict is left.

    *more* is the size of conflict markers and what stands behind them (ours, base, theirs), as
    far as git tells. *path* is where the tracker is in the work tree.
    """
    labels = _labels(more)
    three = files.read(base), files.read(ours), files.read(theirs)
    try:
        data, clean = _merged(three, path, labels)
    except UserError:
        return 1  # no text at all: ours stays, as without a driver, and it is a conflict
    files.write(ours, data)
    return 0 if clean else 1


def _merged(three: _Three, path: str, labels: Labels) -> tuple[bytes, bool]:
    try:
        project = find_project((path,))
        kept = Kept(
            common_directory(project.root), os.path.normpath(path), project.config.preference
        )
        basis = kept.basis()
        data = merge_markers(basis, *three) if basis else None
        if data is not None:
            return data, True
        return _parsed(three, project.root, path, project.config.preference, labels, kept)
    except Exception:  # whatever is wrong with us or the configuration, git's own merge is there
        return merged_text(*three, labels)


def _parsed(
    three: _Three, root: str, path: str, preference: Preference, labels: Labels, kept: Kept
) -> tuple[bytes, bool]:
    """What comes of it where more than markers differ; and keep what spares the next one that."""
    from ..merge import Merged, merge
    from ..structures import remembered

    def text_merge(base: bytes, ours: bytes, theirs: bytes) -> Merged:
        return Merged(*merged_text(base, ours, theirs, labels))

    with remembered(root):
        merged = merge(*three, text_merge, preference)
        kept.begin(three[1])
        if not merged.clean:
            _tell(path, merged.data, three[0], preference, labels)
    return merged


def _tell(path: str, data: bytes, base: bytes, preference: Preference, labels: Labels) -> None:
    """Say which tasks are in conflict; of text git itself says that there is one."""
    from ..disagreement import left
    from ..output.conflicts import told

    with suppress(UserError):  # markers in the text itself
        for one in left(data, base, preference):
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
