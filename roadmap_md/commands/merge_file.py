"""``merge-file``: what git calls to merge a tracker."""

from collections.abc import Sequence

from .. import files
from ..errors import UserError
from ..git import Labels, merged_text
from ..merge import Merged, TextMerge, merge
from ..project import find_project
from ..structures import remembered


def merge_file(base: str, ours: str, theirs: str, path: str, more: Sequence[str] = ()) -> int:
    """Merge three files into *ours*; exit 1 where a conflict is left.

    *more* is the size of conflict markers and what stands behind them (ours, base, theirs), as
    far as git tells. *path* is where the tracker is in the work tree.
    """
    labels = _labels(more)

    def text_merge(base: bytes, ours: bytes, theirs: bytes) -> Merged:
        return Merged(*merged_text(base, ours, theirs, labels))

    three = files.read(base), files.read(ours), files.read(theirs)
    try:
        merged = _merged(three, path, text_merge)
    except UserError:
        return 1  # no text at all: ours stays, as without a driver, and it is a conflict
    files.write(ours, merged.data)
    return 0 if merged.clean else 1


def _merged(three: tuple[bytes, bytes, bytes], path: str, text_merge: TextMerge) -> Merged:
    try:
        project = find_project((path,))
        with remembered(project.root):
            return merge(*three, text_merge, project.config.preference)
    except Exception:  # whatever is wrong with us or the configuration, git's own merge is there
        return text_merge(*three)


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
