"""Three versions of a tracker, merged as the driver does it: by tasks, and the text by git."""

from .errors import UserError
from .git import Labels, merged_text
from .merge import Merged, merge
from .project import find_project
from .structures import remembered

Three = tuple[bytes, bytes, bytes]


def merged(three: Three, path: str, labels: Labels) -> Merged | None:
    """Base, ours and theirs of the tracker at *path*, as one; None for what is no text at all."""

    def text_merge(base: bytes, ours: bytes, theirs: bytes) -> Merged:
        return Merged(*merged_text(base, ours, theirs, labels))

    try:
        try:
            project = find_project((path,))
            with remembered(project.root):
                return merge(*three, text_merge, project.config.preference)
        except Exception:  # whatever is wrong with us or the configuration, git's merge is there
            return text_merge(*three)
    except UserError:
        return None
