"""A tracker and its past, read and changed for a screen: by the engine's rules, commits and locks.

Nothing here draws. What takes long is meant for a thread: `read`, `recall`, `change`, `undo`.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from .. import files, git
from ..chronicle import Chronicle
from ..commands.changing import Backing, Outcome, Wish, changes
from ..commands.log import Read
from ..commands.pasts import Pasts
from ..commands.reading import check_state, parse, today
from ..commands.undoing import Outcome as Undone
from ..commands.undoing import undos
from ..errors import UserError
from ..history import Entry
from ..identity import same_task
from ..past import read_past
from ..project import Project, git_directory
from ..status import Status
from ..structures import remembered
from ..tracker import Tracker

# The file, then what git writes when HEAD moves: size, time and inode of each, or None.
Stamp = tuple[tuple[int, int, int] | None, ...]


class Story(NamedTuple):
    """The past of the tracker: what was done, newest first, and what that amounts to.

    *incomplete* is why that may not be all.
    """

    entries: tuple[Entry, ...]
    chronicle: Chronicle
    incomplete: tuple[str, ...]


class Desk:
    """The tracker at *path* in *project*."""

    def __init__(self, project: Project, path: str) -> None:
        self.project = project
        self.path = path
        self._git = git_directory(project.root)

    def stamp(self) -> Stamp:
        """What differs as soon as somebody has written the file, or moved HEAD."""
        paths = (self.path, os.path.join(self._git, 'HEAD'), os.path.join(self._git, 'logs/HEAD'))
        return tuple(map(_stamp, paths))

    def read(self) -> Tracker:
        """The tracker as the file has it now. Raises UserError where it cannot be read as one."""
        data = files.read(self.path)
        check_state(data, self.path)
        with remembered(self.project.root):
            return parse(data, self.path, self.project.config.preference)

    def recall(self) -> Story:
        """The past, with what the commits say. Raises UserError where there is none to be had."""
        preference = self.project.config.preference
        repo = git.repository(self.path, "history is what git keeps; 'git init' begins one")
        past = read_past(repo, self.path, preference)
        notes = git.notes(repo, dict.fromkeys(of.commit for of in past.transitions))
        entries = tuple(
            Entry(of, self.path, past.keys[of.current] if of.current >= 0 else '',
                  notes.get(of.commit, ''))
            for of in past.transitions
        )  # fmt: skip
        pasts = Pasts(self.project.config, [Read(self.path, past, repo)], list(past.incomplete))
        return Story(entries, pasts.chronicle(today()), past.incomplete)

    def change(self, shown: Tracker, index: int, to: Status, note: str = '') -> Iterator[Outcome]:
        """Give task *index* of the tracker that is *shown* the status *to*, as ``tick`` does.

        Raises what `changes` raises; and UserError where somebody else has changed it meanwhile.
        """

        def choose(tracker: Tracker) -> Mapping[int, Backing]:
            at = index if tracker.skeleton == shown.skeleton else same_task(tracker, shown, index)
            if at < 0 or tracker.state[at] is not shown.state[index]:
                key = shown.tasks[index].key
                raise UserError(f'{key} was changed elsewhere meanwhile', 'look, then try again')
            return {at: Backing()}

        return changes(self.project, self.path, choose, to, Wish(note))

    def undo(self) -> Iterator[Undone]:
        """Take back the last change of a status, as ``undo`` does."""
        return undos(self.project, self.path)


def _stamp(path: str) -> tuple[int, int, int] | None:
    with suppress(OSError):
        found = os.stat(path)
        return found.st_size, found.st_mtime_ns, found.st_ino
    return None
