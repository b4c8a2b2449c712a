"""What a commit's message claims, held against the change that is staged for it."""

import os
import sys
from collections.abc import Sequence
from shlex import quote

from .. import git
from ..config import Config
from ..errors import UserError
from ..escape import visible
from ..git import Repository
from ..lint import Diagnostic
from ..output import full
from ..output.terminal import painter
from ..project import Project, find_project
from ..rule import Problem, Severity
from ..rules.history import Change, false_claim
from ..structures import remembered
from ..text import is_text, line_starts, locate
from ..tracker import Tracker, read_tracker
from ..vocabulary import Preference

_MARKDOWN = ('.md', '.markdown')


def check(message: bytes, path: str) -> int:
    """Show what *message*, which is in the file *path*, claims falsely; exit 1 where it does."""
    repo = git.find_of_hook('ROADMAP.md')
    if repo is None:
        raise UserError('not in a git work tree', 'git itself runs this command, as a hook')
    project = find_project()
    if not _is_error(project.config) or git.under_way(repo, 'MERGE_HEAD', 'REVERT_HEAD'):
        return 0  # hooks show errors only
    problems = _problems(message, repo, project)
    if not problems:
        return 0
    _show(message, os.path.relpath(path), problems)
    print(
        'stage what is claimed, or take those lines out of the message, which is kept:\n'
        f'  git commit --edit --file {visible(quote(_from_there(path)))}',
        file=sys.stderr,
    )
    return 1


def _from_there(path: str) -> str:
    """*path* as seen from where git was called; its hooks run in the top of the work tree."""
    return os.path.relpath(path, os.environ.get('GIT_PREFIX') or None)


def _is_error(config: Config) -> bool:
    return config.selects(false_claim) and config.severity_of(false_claim) is Severity.ERROR


def _problems(message: bytes, repo: Repository, project: Project) -> list[Problem]:
    """What is false of the change against HEAD, and against its parent where HEAD is replaced."""
    trailers = git.trailers(repo, message)
    with remembered(project.root):
        changes = _changes(repo, project, 'HEAD')
        problems = list(false_claim.check(message, trailers=trailers, changes=changes))
        if problems and git.may_amend(repo):
            changes = _changes(repo, project, 'HEAD^')
            problems = list(false_claim.check(message, trailers=trailers, changes=changes))
    return problems


def _changes(repo: Repository, project: Project, base: str) -> list[Change]:
    """The configured trackers and the Markdown files that are staged, before and after."""
    parent = git.parent(repo) if base == 'HEAD^' else ''
    staged = (
        path
        for path in git.staged_paths(repo, parent)
        if path.endswith(_MARKDOWN) and '\n' not in path
    )
    paths = tuple(dict.fromkeys((*project.config.files, *staged)))
    preference = project.config.preference
    return [
        Change(path, _read(before, preference), _read(after, preference))
        for path, (before, after) in zip(paths, git.staged_versions(repo, paths, base), strict=True)
    ]


def _read(data: bytes | None, preference: Preference) -> Tracker | None:
    return read_tracker(data, preference) if data and is_text(data) else None


def _show(message: bytes, path: str, problems: Sequence[Problem]) -> None:
    starts = line_starts(message)
    found = [
        Diagnostic(
            false_claim, Severity.ERROR, problem, path,
            start=locate(message, starts, problem.span.start),
            stop=locate(message, starts, problem.span.stop),
        )
        for problem in problems
    ]  # fmt: skip
    for row in full.diagnostics(message, found, painter(sys.stdout, 'auto')):
        print(row)
    sys.stdout.flush()
