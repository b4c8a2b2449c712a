"""``install`` and ``uninstall``: hooks and merge driver, written into a repository, taken away."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from .. import driver, files, git, hooks
from ..errors import UserError
from ..escape import visible
from ..git import Repository
from ..hooks import Step
from ..kept import Kept
from ..project import find_project
from ..vocabulary import Preference


def install(dry_run: bool) -> int:
    """Write hooks and merge driver; exit 2 where what was edited by hand is left as it is."""
    repo = _repository()
    config = find_project((repo.top,)).config
    with _failing():
        code = _done([*hooks.install(repo), *driver.install(repo, config.files)], dry_run)
        if not dry_run:
            hooks.link(repo)
            for path in config.files:
                _keep(repo, path, config.preference)
    return code


def _keep(repo: Repository, path: str, preference: Preference) -> None:
    """So that the first merge need not parse the tracker: git may ask for many, one by one."""
    with suppress(UserError):
        data = files.read(os.path.join(repo.top, path))
        Kept(repo.common, os.path.normpath(path), preference).begin(data)


def uninstall(dry_run: bool) -> int:
    """Take both away; exit 2 where what was edited by hand is left as it is."""
    repo = _repository()
    steps = [*hooks.uninstall(repo), *driver.uninstall(repo)]
    if not steps:
        print('there are no hooks of roadmap-md here')
    with _failing():
        code = _done(steps, dry_run)
        if not dry_run and not code:
            hooks.unlink(repo)
    return code


def _repository() -> Repository:
    repo = git.find('ROADMAP.md')
    if repo is None:
        raise UserError('not in a git work tree', 'run it in the one that is to have the hooks')
    return repo


@contextmanager
def _failing() -> Iterator[None]:
    """An operating system's error, said as ours."""
    try:
        yield
    except OSError as error:
        raise UserError(
            f'{error.filename} cannot be written ({error.strerror})', 'mend that and try again'
        ) from error


def _done(steps: Sequence[Step], dry_run: bool) -> int:
    """Do each of *steps*, or say what it would be."""
    for step in steps:
        if step.left:
            sys.stdout.flush()
            print(f'roadmap-md: {visible(step.said)}', file=sys.stderr)
            continue
        if step.make and not dry_run:
            step.make()
        print(f'{"would be " * bool(step.make and dry_run)}{visible(step.said)}')
    return 2 * any(step.left for step in steps)
