"""``hook``: what git's hooks ask that no other command answers."""

import re

from .. import files

_CLAIM = re.compile(rb'(?im)^roadmap-task\b')
# What git and its hosts write about other commits.
EXEMPT = re.compile(
    rb'(?:fixup|squash|amend)! |[Rr]evert\b|Reapply "'
    rb'|Merge (?:branch(?:es)?|tags?|commits?|remote-tracking branch(?:es)?|pull request)\b'
)


def commit_msg(path: str) -> int:
    """Check the message in the file *path*; exit 1 where it claims what is not staged."""
    message = files.read(path)
    if not _CLAIM.search(message) or EXEMPT.match(message):
        return 0
    from .claims import check  # most commits claim nothing, and wait for nothing

    return check(message, path)
