"""What git tells of a tracker, and which task of the buffer it tells that of."""

from collections.abc import Mapping
from itertools import chain
from typing import NamedTuple

from .. import git
from ..align import align
from ..commands.reading import now
from ..config import Config
from ..errors import UserError
from ..journey import recorded
from ..milestones import Milestones, milestones
from ..past import read_past
from ..rules.history import History
from ..tracker import Tracker
from .checking import Checked


class Recollection(NamedTuple):
    """The milestones of the tasks of *newest*, the tracker as it was when its past was read.

    *notes* are what commits say, by their ids. There is no *history* where there is no past.
    """

    newest: Tracker | None = None
    reached: Mapping[int, Milestones] = {}
    notes: Mapping[str, str] = {}
    history: History | None = None

    def recall(self, tracker: Tracker, config: Config) -> History | None:
        """What happened to *tracker*; None where its tasks are others than those of *newest*."""
        is_same = self.newest and _keys(self.newest) == _keys(tracker)
        return self.history if is_same else None

    def of(self, tracker: Tracker) -> Mapping[int, Milestones]:
        """The milestones of the tasks of *tracker*, another version."""
        if not self.newest or not self.reached:
            return {}
        if self.newest.skeleton == tracker.skeleton:
            return self.reached
        were = align(self.newest.skeleton, tracker.skeleton)
        return {at: self.reached[was] for at, was in enumerate(were) if was in self.reached}

    def note(self, reached: Milestones) -> str:
        """What was written when a task was last brought further, but for trailers."""
        last = reached.completed or reached.started
        return self.notes.get(last.commit, '') if last else ''


def _keys(tracker: Tracker) -> list[str]:
    return [task.key for task in tracker.tasks]


def recollect(checked: Checked) -> Recollection:
    """What git tells of the file that was checked; nothing where it is in no repository."""
    path = checked.document.path
    assert path  # what is in no file is no tracker
    try:
        repo = git.repository(path, 'history is what git keeps')
        past = read_past(repo, path, checked.project.config.preference)
        history = recorded(repo, path, past.newest, checked.project.config, now())
        reached = milestones(past.transitions)
        commits = {of.commit for of in chain.from_iterable(reached.values()) if of}
        return Recollection(past.newest, reached, git.notes(repo, commits), history)
    except UserError:
        return Recollection()
