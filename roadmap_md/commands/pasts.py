"""Reading trackers and their past, for the commands that look back."""

import sys
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .. import files, git
from ..chronicle import Chronicle, Told, chronicle
from ..config import Config
from ..output.progress import Progress
from ..project import find_project
from ..rhythm import Rhythm, rhythm_of
from ..tracker import Tracker
from ..vocabulary import Preference
from . import log
from .reading import check_state, each_once
from .settle import settle


class Pasts(NamedTuple):
    """The past of *each* tracker; *incomplete* is why that is not all."""

    config: Config
    each: list[log.Read]
    incomplete: list[str]

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.each]

    @property
    def trackers(self) -> list[tuple[str, Tracker]]:
        return [(one.path, one.past.newest) for one in self.each]

    @property
    def rhythm(self) -> Rhythm:
        """What is configured; else that of all trackers together."""
        plans = [one.past.newest.skeleton for one in self.each]
        return rhythm_of(self.config.rest_days, self.config.pauses, plans)

    def chronicle(self, today: date) -> Chronicle:
        """What they tell together, as seen *today*."""
        return chronicle([told(one) for one in self.each], self.rhythm, today)


def told(read: log.Read) -> Told:
    past = read.past
    return Told(past.newest, [*past.transitions], [*past.scope])


def without_past(trackers: Iterable[str]) -> bool:
    """Are all the *trackers* in no repository? Why is said."""
    if any(map(git.find, trackers)):
        return False
    why = 'not in a git work tree' if git.installed() else 'git is not installed'
    print(f'roadmap-md: {why}, so nothing is known of when', file=sys.stderr)
    return True


def read_pasts(paths: tuple[str, ...]) -> Pasts:
    """The past of the trackers at *paths*, or of those that are configured. Raises UserError.

    Why that is not all is said.
    """
    project = find_project(paths)
    settle(project)
    with Progress('reading the history, version by version') as progress:
        each = [
            _read_one(path, project.config.preference, progress)
            for path in each_once(project.trackers(paths))
        ]
    incomplete = list(dict.fromkeys(why for one in each for why in one.past.incomplete))
    for why in incomplete:
        print(f'roadmap-md: {log.SAID[why]}', file=sys.stderr)
    return Pasts(project.config, each, incomplete)


def _read_one(path: str, preference: Preference, progress: Progress) -> log.Read:
    """The past of one tracker. Raises UserError where it cannot be said what its state is now."""
    check_state(files.read(path), path)
    return log.read(path, preference, progress)
