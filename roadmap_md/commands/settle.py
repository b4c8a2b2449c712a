"""What every command does first: settle what a killed run left half done."""

import os
import sys

from ..errors import UserError
from ..escape import visible
from ..project import Project, git_directory


def settle(project: Project) -> None:
    """Complete or undo what a killed run left half done, and say so.

    Where git refuses to work, that is said, and left to a command that needs git.
    """
    from .. import journal

    if not journal.unfinished(git_directory(project.root)):
        return  # git need not be asked
    from .. import commit, git

    try:
        repo = git.find(os.path.join(project.root, 'ROADMAP.md'))
    except UserError as error:
        why = visible(error.message.partition('\n')[0])
        print(f'roadmap-md: an interrupted run is not settled yet: {why}', file=sys.stderr)
        return
    if repo and (said := commit.recover(repo)):
        print(f'roadmap-md: {visible(said)}', file=sys.stderr)
