"""Three versions of a tracker, merged as the driver does it: by tasks, and the text by git."""

import os

from .errors import UserError
from .git import Labels, merged_text
from .kept import Kept
from .merge_markers import merge_markers
from .project import common_directory, find_project
from .vocabulary import Preference

Three = tuple[bytes, bytes, bytes]


def merged(three: Three, path: str, labels: Labels, top: str = '') -> tuple[bytes, bool] | None:
    """What comes of base, ours and theirs, and whether that is without a conflict.

    They are of the tracker at *path* in the work tree at *top*, or the one we are in. None for what
    is no text at all.
    """
    try:
        return _merged(three, path, labels, top)
    except UserError:
        return None


def _merged(three: Three, path: str, labels: Labels, top: str) -> tuple[bytes, bool]:
    try:
        project = find_project((os.path.join(top, path),))
        kept = Kept(
            common_directory(project.root), os.path.normpath(path), project.config.preference
        )
        basis = kept.basis()
        data = merge_markers(basis, *three) if basis else None
        if data is not None:
            return data, True
        return _parsed(three, project.root, project.config.preference, labels, kept)
    except Exception:  # whatever is wrong with us or the configuration, git's own merge is there
        return merged_text(*three, labels)


def _parsed(
    three: Three, root: str, preference: Preference, labels: Labels, kept: Kept
) -> tuple[bytes, bool]:
    """What comes of it where more than markers differ; and keep what spares the next one that."""
    from .merge import Merged, merge
    from .structures import remembered

    def text_merge(base: bytes, ours: bytes, theirs: bytes) -> Merged:
        return Merged(*merged_text(base, ours, theirs, labels))

    with remembered(root):
        merged = merge(*three, text_merge, preference)
        kept.begin(three[1])
    return merged
