"""What a commit's message claims, held against the change that is staged for it."""

import os
import sys
from collections.abc import Iterator, Sequence
from shlex import quote

from .. import git, select
from ..config import Config
from ..errors import UserError
from ..escape import visible
from ..git import Repository
from ..history import read_date
from ..lint import Diagnostic
from ..message import claims, trailer_key
from ..output import full
from ..output.terminal import painter
from ..project import Project, find_project
from ..rule import Problem, Severity
from ..rules.claims import Change, false_claim
from ..rules.history import History
from ..structures import remembered
from ..text import Span, is_text, line_starts, locate
from ..tracker import Tracker, read_tracker
from ..vocabulary import Preference
from .hook import EXEMPT

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


def of_commits(
    repo: Repository, span: tuple[str, ...], project: Project, tracker: Tracker, path: str,
    history: History,
) -> Iterator[Problem]:  # fmt: skip
    """What the messages of commits in *span* claim falsely, at the tasks of *tracker*."""
    preference = project.config.preference
    claiming = list(git.claiming(repo, *span))
    commits = {found.commit for found in claiming}
    seen = {
        (change.commit, word, change.after.value)
        for change in history.transitions
        if change.commit in commits
        for word in (change.key, trailer_key(change.key))
    }
    for found in claiming:
        claimed = ((found.commit, *claim) for claim in claims(found.trailers))
        is_judged = history.asked is None or found.commit in history.asked
        if not is_judged or EXEMPT.match(found.message) or seen.issuperset(claimed):
            continue
        changed = git.changed_paths(repo, found.parent, found.commit)
        paths = tuple(dict.fromkeys((*project.config.files, *filter(_is_markdown, changed))))
        changes = [
            Change(name, _read(before, preference), _read(after, preference))
            for name, (before, after) in zip(
                paths, git.versions(repo, paths, found.parent, found.commit), strict=True
            )
        ]
        for problem in false_claim.check(found.message, trailers=found.trailers, changes=changes):
            word = found.message[slice(*problem.span)].decode(errors='replace') or 'a task'
            here = _here(tracker, path, word, _dated(problem.message, found))
            yield here._replace(commit=found.commit)


def _dated(said: str, found: git.Claiming) -> str:
    """What is *said* of a claim, with its commit."""
    day = read_date(*map(int, found.date.split())).date()
    claimed, but, why = said.partition(', but ')
    return f'{claimed} on {day} in {found.commit[:7]}{but}{why}'


def _here(tracker: Tracker, path: str, word: str, said: str) -> Problem:
    """What is *said* of the task that *word* names, at that task, or at the top without one."""
    named = select.named(tracker, word, path)
    if len(named) != 1:
        return Problem(Span(0, 0), f"'{word}' {said}", (word,))
    return Problem(tracker.marks[named[0]].span, said, (tracker.tasks[named[0]].key,))


def _is_markdown(path: str) -> bool:
    return path.endswith(_MARKDOWN) and '\n' not in path


def _changes(repo: Repository, project: Project, base: str) -> list[Change]:
    """The configured trackers and the Markdown files that are staged, before and after."""
    parent = git.parent(repo) if base == 'HEAD^' else ''
    staged = filter(_is_markdown, git.staged_paths(repo, parent))
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
