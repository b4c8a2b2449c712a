"""``stats --since-ref``: before and after."""

import os
import sys

from .. import files, git
from ..errors import UserError
from ..output import since as output
from ..output.terminal import painter
from ..since import Since
from ..since import since as compare
from ..tracker import Tracker
from ..vocabulary import Preference
from .reading import open_trackers, parse
from .stats import summarize


def since(paths: tuple[str, ...], revision: str, output_format: str, color: str) -> int:
    """Show what changed in the trackers since they were as *revision* has them."""
    if output_format == 'csv':
        raise UserError('--since-ref writes no csv', "'--output-format json' has all of it")
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
    repo = git.find(path)
    if repo is None:
        raise UserError(f'{path} is in no git work tree', 'count it without --since-ref')
    inside = os.path.relpath(files.resolve(path, repo.top), os.path.realpath(repo.top))
    before = git.blob_at(repo, revision, inside)
    if before is None:
        before = _renamed(repo, revision, inside)
    return compare(parse(before, f'{revision}:{inside}', preference), tracker)


def _renamed(repo: git.Repository, revision: str, path: str) -> bytes:
    """What the file was when it had another name; nothing where it is new."""
    source = git.renamed_from(repo, git.commit_at(repo, revision), 'HEAD', path)
    return git.contents(repo, source.blob)[0] if source else b''
