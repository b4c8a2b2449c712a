"""The repository that a file is in, and what git keeps where."""

import os
from collections.abc import Mapping

from ..errors import UserError, nowhere
from .process import QUESTION, Repository, ask, lost, own_environment, run

NO_REPOSITORY = 'not a git repository (or any'
NO_WORK_TREE = 'must be run in a work tree'


def find(path: str) -> Repository | None:
    """The repository whose work tree the file *path* would lie in; it need not exist.

    None where there is no work tree: not a repository, a bare one, a .git directory itself, or
    no git at all (see `installed`). Raises UserError, in git's own words, for one that git
    refuses to work with.
    """
    try:
        directory = os.path.dirname(os.path.abspath(path))
    except FileNotFoundError:
        raise nowhere() from None
    while not os.path.lexists(directory):  # deleted, with all that was in it
        directory = os.path.dirname(directory)
    return _find(directory, {**own_environment(), **QUESTION})


def find_of_hook(path: str) -> Repository | None:
    """As `find`, else the repository that git named to the hook in which we may be.

    It names one whose work tree holds no .git, such as that of ``git --git-dir=… --work-tree=…``.
    """
    found = find(path)
    if found is None and 'GIT_DIR' in os.environ:
        return _find(os.getcwd(), {**os.environ, **QUESTION})
    return found


def _find(directory: str, environment: Mapping[str, str]) -> Repository | None:
    questions = ('--show-toplevel', '--absolute-git-dir', '--git-common-dir')
    if not installed():
        return None
    answer = run(directory, ('rev-parse', *questions), environment=environment)
    if answer.code:
        hidden = NO_REPOSITORY in answer.words and _unreadable(directory)
        if (NO_REPOSITORY in answer.words or NO_WORK_TREE in answer.words) and not hidden:
            return None
        raise UserError(f'git cannot work here: {answer.words}', 'do as git says, then try again')
    answers = answer.out.split(b'\n')[:-1]
    if len(answers) != len(questions):  # a line break in a name, or an answer that was lost
        asked = (('rev-parse', question) for question in questions)
        given = (run(directory, question, environment=environment) for question in asked)
        answers = [answer.out.removesuffix(b'\n') for answer in given]
    top, own, common = map(os.fsdecode, answers)
    if not (os.path.isabs(top) and os.path.isabs(own) and common):
        raise lost('rev-parse')
    if not os.path.lexists(os.path.join(own, 'HEAD')):
        raise lost('rev-parse')
    return Repository(top, own, os.path.realpath(os.path.join(directory, common)))


def _unreadable(directory: str) -> bool:
    """Whether there is a repository all the same: git takes one that it cannot read for none."""
    if 'GIT_CEILING_DIRECTORIES' in os.environ or not os.path.isdir(directory):
        return False
    device = os.stat(directory).st_dev
    while os.stat(directory).st_dev == device:
        try:
            os.lstat(os.path.join(directory, '.git', 'HEAD'))
            return True
        except (FileNotFoundError, NotADirectoryError):
            if directory == (directory := os.path.dirname(directory)):
                break
        except OSError:
            return True
    return False


def repository(path: str, hint: str) -> Repository:
    """The repository that *path* is in; *hint* is what to do where it is in none.

    Raises UserError.
    """
    if repo := find(path):
        return repo
    if not installed():
        raise UserError('git is not installed', 'install it')
    raise UserError(f'{path} is in no git work tree', hint)


def at(directory: str, around: bool = True) -> Repository:
    """The repository of *directory*, bare or not, for questions about what is committed.

    It may be one *around* it, or must be there itself. Raises UserError.
    """
    if not os.path.isdir(directory):
        raise UserError(f'{directory} is no directory', 'name one with a repository in it')
    top = os.path.realpath(directory)
    environment = {**own_environment(), **QUESTION}
    if not around:
        # https://git-scm.com/docs/git#Documentation/git.txt-codeGITCEILINGDIRECTORIEScode
        environment['GIT_CEILING_DIRECTORIES'] = os.path.dirname(top)
    questions = ('rev-parse', '--absolute-git-dir', '--git-common-dir')
    answer = run(top, questions, environment=environment)
    if answer.code:
        if NO_REPOSITORY in answer.words:
            raise UserError(f'{directory} is no git repository', 'name one')
        raise UserError(f'git cannot work there: {answer.words}', 'do as git says, then try again')
    own, common = map(os.fsdecode, answer.out.split(b'\n')[:2])
    return Repository(top, own, os.path.realpath(os.path.join(top, common)))


def create_bare(directory: str) -> None:
    """Make a bare repository. Raises UserError."""
    words = ('init', '--quiet', '--bare', '--end-of-options', os.path.abspath(directory))
    answer = run(os.getcwd(), words)
    if answer.code:
        raise UserError(f'{directory} cannot be made: {answer.words}', 'name another directory')


def installed() -> bool:
    """Whether there is a git to ask."""
    for directory in os.get_exec_path():
        if os.access(os.path.join(directory, 'git'), os.X_OK):
            return True
    return False


def ref_locks(repo: Repository) -> list[str]:
    """The lock files that git makes while it moves HEAD and the branch that HEAD is on."""
    with open(os.path.join(repo.directory, 'HEAD'), 'rb') as file:
        head = os.fsdecode(file.read()).rstrip('\n')
    locks = [os.path.join(repo.directory, 'HEAD.lock')]
    if head.startswith('ref: '):
        locks.append(os.path.join(repo.common, f'{head.removeprefix("ref: ")}.lock'))
    return locks


def under_way(repo: Repository, *names: str) -> bool:
    """Whether one of *names*, such as ``MERGE_HEAD``, is in git's directory."""
    return any(os.path.lexists(os.path.join(repo.directory, name)) for name in names)


def hooks_directory(repo: Repository) -> str:
    """Where git looks for the hooks of *repo*, absolute; it need not exist.

    Raises UserError where git looks nowhere.
    """
    if run(repo.top, ('config', '--get', 'core.hooksPath')).out == b'\n':
        raise UserError(
            'core.hooksPath is empty, so git runs no hooks', 'git config --unset core.hooksPath'
        )
    named = ask(repo, 'rev-parse', '--git-path', 'hooks').removesuffix(b'\n')
    return os.path.normpath(os.path.join(repo.top, os.fsdecode(named)))
