"""Three versions of a tracker, merged as the driver does it: by tasks, and the text by git."""

import os
from typing import TYPE_CHECKING

from .errors import UserError
from .git import Labels, merged_text
from .kept import Kept
from .merge_markers import Three, merge_markers
from .project import common_directory, find_project
from .vocabulary import Preference

if TYPE_CHECKING:
    from .merge import TextMerge


def text_merge(labels: Labels) -> 'TextMerge':
    """Git's merge of text, with those *labels*."""
    from .merge import Merged

    return lambda base, ours, theirs: Merged(*merged_text(base, ours, theirs, labels))


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
        data = merge_markers(basis, three) if basis else None
        if data is not None:
            return data, True
        return _parsed(three, project.root, project.config.preference, labels, kept)
    except Exception:  # whatever is wrong with us or the configuration, git's own merge is there
        return merged_text(*three, labels)


def _parsed(
    three: Three, root: str, preference: Preference, labels: Labels, kept: Kept
) -> tuple[bytes, bool]:
    """What comes of it where more than markers differ; and keep what spares the next one that."""
    from .merge import merge
    from .structures import remembered

    with remembered(root):
        merged = merge(*three, text_merge(labels), preference)
        kept.begin(three[1])
    return merged
