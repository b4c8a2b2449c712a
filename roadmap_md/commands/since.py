"""``stats --since-ref``: before and after."""

import sys

from .. import files, git
from ..output import since as output
from ..output.terminal import painter
from ..since import Since
from ..since import since as compare
from ..tracker import Tracker, read_tracker
from ..vocabulary import Preference
from .reading import check_state, open_trackers
from .stats import summarize


def since(paths: tuple[str, ...], revision: str, output_format: str, color: str) -> int:
    """Show what changed in the trackers since they were as *revision* has them."""
    opened = open_trackers(paths, color)
    preference = opened.project.config.preference
    found = [
        (path, _since(path, tracker, revision, preference)) for path, tracker in opened.trackers
    ]
    if output_format == 'json':
        from ..output import json

        print(json.document(**output.document(found, revision)))
    elif output_format == 'markdown':
        print('\n'.join(output.rows(found, revision)))
    elif output_format == 'github':
        from ..output.markdown import within

        summarize(lambda room: within([*output.rows(found, revision)], room))
    else:
        print('\n'.join(output.text(found, revision, painter(sys.stdout, color))))
    return 0


def _since(path: str, tracker: Tracker, revision: str, preference: Preference) -> Since:
    check_state(tracker.data, path)
    repo = git.repository(path, 'count it without --since-ref')
    data = version_at(repo, revision, path)
    check_state(data, f'{revision}:{path}', 'name another revision')
    return compare(read_tracker(data, preference), tracker)


def version_at(repo: git.Repository, revision: str, path: str) -> bytes:
    """What *revision* has of the file *path*, whatever it was called then; nothing if it had none.

    Raises UserError where there is no such revision.
    """
    inside = files.inside(path, repo.top)
    commit = git.commit_at(repo, revision)
    blob = git.head_blob(repo, inside, commit)
    if not blob and (source := git.renamed_from(repo, commit, 'HEAD', inside)):
        blob = source.blob
    return git.contents(repo, blob)[0] if blob else b''
