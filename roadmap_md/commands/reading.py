"""Reading trackers, for the commands that change nothing."""

import os
import sys
from datetime import date, datetime
from typing import NamedTuple

from .. import files
from ..errors import UserError
from ..output.terminal import Painter, painter
from ..project import Project, find_project
from ..structures import remembered
from ..text import is_readable
from ..tracker import Tracker, read_tracker
from ..vocabulary import Preference
from .settle import settle


class Opened(NamedTuple):
    """The project, its trackers by path, and what they are painted with."""

    project: Project
    trackers: tuple[tuple[str, Tracker], ...]
    paint: Painter


def open_trackers(paths: tuple[str, ...], color: str) -> Opened:
    """The trackers at *paths*, or those that are configured. Raises UserError."""
    project = find_project(paths)
    settle(project)
    with remembered(project.root):
        trackers = tuple(
            (path, parse(files.read(path), path, project.config.preference))
            for path in each_once(project.trackers(paths))
        )
    return Opened(project, trackers, painter(sys.stdout, color))


def each_once(paths: tuple[str, ...]) -> list[str]:
    """*paths* without those that lead to a file that is there already."""
    return list({os.path.realpath(path): path for path in paths[::-1]}.values())[::-1]


def parse(data: bytes, path: str, preference: Preference) -> Tracker:
    """The tracker that *data* is. Raises UserError where it is no text."""
    check(data, path)
    return read_tracker(data, preference)


def check(data: bytes, path: str, hint: str = '') -> None:
    """Raises UserError where *data* is no text."""
    if b'\0' in data:
        where = f'{path} has a NUL byte at byte {data.index(0)}'
        raise UserError(where, hint or 'it is not a text file')
    try:
        data.decode()
    except UnicodeDecodeError as error:
        where = f'{path} is not UTF-8 at byte {error.start}'
        raise UserError(where, hint or 'save it as UTF-8') from None


def check_state(data: bytes, path: str, hint: str = '') -> None:
    """Raises UserError where *data* is no text, or has both sides of a conflict."""
    check(data, path, hint)
    if not is_readable(data):
        raise UserError(
            f'{path} has conflict markers', hint or "'roadmap-md resolve' settles what is certain"
        )


def read_file(path: str) -> bytes:
    """The bytes of the file at *path*, ``-`` for standard input. Raises UserError."""
    if path != '-':
        return files.read(path)
    hint = 'pipe a file into roadmap-md, or name it'
    if sys.stdin is None:
        raise UserError('standard input is closed', hint)
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise UserError(f'standard input cannot be read ({error.strerror})', hint) from None


def read_text(path: str) -> str:
    """The text of the file at *path*, ``-`` for standard input. Raises UserError."""
    data = read_file(path)
    check(data, path)
    return data.decode()


def today() -> date:
    """The day it is for the user."""
    return date.today()


def now() -> datetime:
    """The moment that it is, in the user's own offset."""
    return datetime.now().astimezone()
