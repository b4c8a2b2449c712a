"""Says in a line why a learner has no tracker that can be read."""

from collections.abc import Iterator, Sequence

from .cohort import Learner
from .errors import UserError
from .git import Repository, absent, tip
from .git.objects import is_partial
from .text import is_readable, is_text

_UTF16 = (b'\xff\xfe', b'\xfe\xff')
_LFS = b'version https://git-lfs.github.com/spec/'  # https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
_DAMAGED = "missing or damaged; 'git fsck' tells more"


def one_line(words: str) -> str:
    """Of what git said, the line that says what ended it."""
    lines = words.splitlines()
    return next((line for line in reversed(lines) if 'fatal: ' in line), lines[0] if lines else '')


def head_commit(repo: Repository) -> str:
    """The commit that HEAD is at. Raises UserError that says why there is none."""
    if commit := tip(repo, '').commit:
        return commit
    if absent.names_commit(repo):
        raise UserError(f'the commit that HEAD names is {_DAMAGED}', '')
    if absent.has_branches(repo):
        raise UserError('HEAD names a branch without commits; other branches have some', '')
    raise UserError('there is no commit yet', '')


def missing(path: str) -> str:
    return f'there is no {path}'


def unreadable(data: bytes, path: str) -> str:
    """Why *data* has no state of any task."""
    if data.startswith(_UTF16):
        return f'{path} is UTF-16, not UTF-8'
    if b'\0' in data:
        return f'{path} is no text: it has NUL bytes'
    if not is_text(data):
        return f'{path} is not UTF-8'
    if not is_readable(data):
        return f'{path} has conflict markers'
    if data.startswith(_LFS):
        return f'{path} is in Git LFS, of which git itself has a pointer only'
    return _without_tasks(path)


def _without_tasks(path: str) -> str:
    return f'{path} has no tasks'


def explained(repo: Repository, path: str, learners: Sequence[Learner]) -> Iterator[Learner]:
    """The learners; of those who have no file *path*, or one without tasks, it is said why."""
    vague = (missing(path), _without_tasks(path))
    asked = [one.commit for one in learners if one.trouble in vague]
    modes = absent.modes(repo, asked, path)
    for one in learners:
        if one.trouble in vague:
            why = _why(repo, next(modes), path, one.trouble)
            one = one._replace(trouble=why)
        yield one


def _why(repo: Repository, mode: str | None, path: str, trouble: str) -> str:
    if mode is None:
        return "git cannot read what the commit holds; 'git fsck' tells more"
    if mode in _KINDS:
        return f'{path} is {_KINDS[mode]}'
    if mode and trouble == missing(path):
        left_out = is_partial(repo)
        return f'{path} ' + ('was left out of this partial clone' if left_out else f'is {_DAMAGED}')
    return trouble


_KINDS = {'40000': 'a directory', '120000': 'a symbolic link', '160000': 'a submodule'}
