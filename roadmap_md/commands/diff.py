"""``diff``: which tasks changed between two versions of a tracker, and which other lines."""

import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

from .. import files, git
from ..commit import relative
from ..difference import Difference, difference
from ..errors import UserError
from ..output import difference as output
from ..output.terminal import painter
from ..project import Project, find_project
from ..structures import remembered
from ..tracker import read_tracker
from .reading import check_state
from .settle import settle
from .since import version_at

_WORK_TREE = 'the work tree'
_NO_REPOSITORY = 'outside of one, name two files'


class Options(NamedTuple):
    """What was asked for besides the two versions."""

    file: str | None = None
    exit_code: bool = False
    output_format: str = 'text'
    color: str = 'auto'


class Side(NamedTuple):
    """A version as it is called, and its bytes."""

    name: str
    data: bytes


def diff(versions: tuple[str, ...], options: Options) -> int:
    """Show what changed from the first of *versions* to the second; exit 1 where that was asked."""
    project = find_project([options.file] if options.file else [*filter(_is_file, versions)])
    settle(project)
    preference = project.config.preference
    found: list[tuple[str, Difference]] = []
    names = ('', '')
    with remembered(project.root):
        for path, before, after in _sides(versions, project, options):
            if not before.data and not after.data:
                raise UserError(
                    f'{path}: neither {before.name} nor {after.name} has it', 'check the names'
                )
            for name, data in (before, after):
                check_state(data, _called(name, path))
            names = before.name, after.name
            trackers = (read_tracker(data, preference) for _, data in (before, after))
            found.append((path, difference(*trackers)))
    if options.output_format == 'json':
        from ..output import json

        print(json.document(**output.document(found, names)))
    elif options.output_format == 'markdown':
        from ..output.markdown import MOST_BYTES, within

        print('\n'.join(within([*output.markdown(found, names)], MOST_BYTES)))
    else:
        from ..output import pager

        pager.show(output.text(found, names, painter(sys.stdout, options.color)))
    return int(options.exit_code and any(not one.is_empty for _, one in found))


def _sides(
    versions: tuple[str, ...], project: Project, options: Options
) -> Iterator[tuple[str, Side, Side]]:
    """For each tracker its path and the two versions of it."""
    if len(versions) > 2:
        raise UserError('more than two versions', 'name two: a revision, a file, or A..B')
    paths = [options.file] if options.file else [*filter(_is_file, versions)][-1:]
    if len(versions) == 1 and _is_file(versions[0]):
        versions = ()
    elif len(versions) == 1 and _is_range(versions[0]):
        first, _, last = versions[0].partition('..')
        if last.startswith('.'):
            raise UserError(f"'{versions[0]}' has three dots", 'write two, as in main..HEAD')
        versions = first or 'HEAD', last or 'HEAD'
    first, second = (*versions, '', '')[:2]
    for path in paths or project.trackers((), must_exist=False):
        before = _side(first or 'HEAD', path)
        if second:
            yield path, before, _side(second, path)
        else:
            after = Side(_WORK_TREE, _file(path))
            yield path, _with_ends(before, after, path), after


def _with_ends(before: Side, after: Side, path: str) -> Side:
    """*before* with CRLF where that is how git checks it out (``autocrlf``), as *after* was."""
    if b'\r\n' in before.data or b'\r\n' not in after.data:
        return before
    repo = git.repository(path, _NO_REPOSITORY)
    blob = git.store(repo, before.data)  # git has it already
    return Side(before.name, git.checked_out(repo, blob, relative(repo, path)))


def _called(name: str, path: str) -> str:
    """How the version *name* of *path* is called where something is wrong with it."""
    if name == _WORK_TREE:
        return path
    return name if ':' in name or _is_file(name) else f'{path} in {name}'


def _is_file(name: str) -> bool:
    return os.path.isfile(name)


def _is_range(name: str) -> bool:
    return '..' in name and ':' not in name


def _file(path: str) -> bytes:
    return files.read(path) if os.path.lexists(path) else b''


def _side(name: str, path: str) -> Side:
    """The version of *path* that *name* names."""
    if _is_file(name):
        return Side(name, files.read(name))
    if ':' in name:
        return Side(name, git.blob_named(git.repository('ROADMAP.md', _NO_REPOSITORY), name))
    return Side(name, version_at(git.repository(path, _NO_REPOSITORY), name, path))
