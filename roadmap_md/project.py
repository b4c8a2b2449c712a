"""Where things are: the work tree, its configuration, its trackers.

Git itself is not asked: the root of a work tree is where ``.git`` is.
"""

import os
from collections.abc import Sequence
from typing import NamedTuple

from . import files
from .config import Config
from .errors import UserError, nowhere

# Where the configuration may be, and in which table there; the first one counts.
CONFIGURATIONS = (('roadmap-md.toml', ()), ('pyproject.toml', ('tool', 'roadmap-md')))


class Project(NamedTuple):
    """The *root* of the work tree, or the current directory outside one, and what is configured."""

    root: str
    config: Config

    def trackers(self, paths: tuple[str, ...], must_exist: bool = True) -> tuple[str, ...]:
        """*paths*, or the configured files where there are none, as seen from here.

        Raises UserError where the only file that is configured does not exist.
        """
        if paths:
            return paths
        found = tuple(os.path.join(self.root, name) for name in self.config.files)
        if must_exist and len(found) == 1 and not os.path.lexists(found[0]):
            where = os.path.relpath(self.root)
            raise UserError(
                f'there is no {self.config.files[0]} {"here" if where == "." else f"in {where}"}',
                "'roadmap-md init' writes one; or name your file",
            )
        return tuple(map(os.path.relpath, found))


def find_project(paths: Sequence[str] = ()) -> Project:
    """The project around the first of *paths*; without one, around the current directory.

    Raises UserError for an unsound configuration, and where that directory was deleted.
    """
    first = next((path for path in paths if path != '-'), '')
    around = first if os.path.isdir(first) else os.path.dirname(first)
    try:
        root = work_tree(around or '.') or os.getcwd()
    except FileNotFoundError:
        raise nowhere() from None
    return Project(root, _config(root))


def work_tree(path: str) -> str | None:
    """The root of the work tree around the directory *path*, absolute; None outside one."""
    directory = os.path.realpath(path)
    while not os.path.lexists(os.path.join(directory, '.git')):
        parent = os.path.dirname(directory)
        if parent == directory:
            return None
        directory = parent
    return directory


def _config(root: str) -> Config:
    """What one of the ``CONFIGURATIONS`` says, else the defaults."""
    for name, table in CONFIGURATIONS:
        path = os.path.join(root, name)
        if not os.path.exists(path):
            continue
        data = files.read(path)
        if table and b'roadmap-md' not in data:
            continue  # spares the TOML parser
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            raise UserError(
                f'{name} is not UTF-8 at byte {error.start}', 'save it as UTF-8'
            ) from None
        from .settings import read_config  # most work trees have no configuration

        if config := read_config(text, name, table):
            return config
    return Config()


def git_directory(root: str) -> str:
    """What git keeps for the work tree at *root*; ``.git`` is a file in linked work trees."""
    directory = os.path.join(root, '.git')
    if os.path.isfile(directory):
        named = files.read(directory).decode(errors='surrogateescape')
        named = named.partition('\0')[0]  # where git too stops reading
        directory = os.path.join(root, named.removeprefix('gitdir:').strip())
    return directory


def common_directory(root: str) -> str:
    """What git keeps for all work trees of the repository that has one at *root*."""
    directory = git_directory(root)
    common = os.path.join(directory, 'commondir')
    if os.path.exists(common):
        named = files.read(common).decode(errors='surrogateescape')
        directory = os.path.join(directory, named.removesuffix('\n'))
    return os.path.realpath(directory)
