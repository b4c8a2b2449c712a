"""When each task of a tracker was started and completed, and for when it is planned."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from .chronicle import Told, chronicle
from .history import Transition
from .milestones import Milestones, milestones
from .rhythm import Rhythm
from .schedule import schedule
from .status import Status
from .tracker import Tracker


class Agenda(NamedTuple):
    """The tracker at *path*: by a task's index what it has *reached*, and when it is *planned*.

    *notes* are what the messages of commits say. *born* tells the tracker from all others, whatever
    becomes of its name and its text: the commit in which it appeared, and the path it had there.
    *changed* is when it was last committed.
    """

    path: str
    tracker: Tracker
    reached: Mapping[int, Milestones]
    planned: Mapping[int, date]
    born: str
    changed: datetime
    notes: Mapping[str, str] = {}

    def started(self, index: int) -> Transition | None:
        return self.reached.get(index, Milestones()).started

    def completed(self, index: int) -> Transition | None:
        return self.reached.get(index, Milestones()).completed

    def when(self, index: int) -> datetime | None:
        """The moment of the commit that completed it, with the author's offset."""
        completed = self.completed(index)
        return completed.date if completed else None

    @property
    def without_day(self) -> list[int]:
        """The tasks that are completed, and nothing says when."""
        state = enumerate(self.tracker.state)
        return [at for at, of in state if of is Status.COMPLETED and not self.when(at)]

    def note(self, index: int) -> str:
        """What was learnt, by who completed it."""
        completed = self.completed(index)
        return self.notes.get(completed.commit, '') if completed else ''


def agenda(
    path: str, told: Told, rhythm: Rhythm, today: date, is_whole: bool, most_a_day: int | None
) -> Agenda:
    """The agenda of one tracker; what is not committed has no day."""
    state = told.newest.state
    dated = [of for of in told.transitions if of.date]
    reached = {
        index: found if state[index] is Status.COMPLETED else found._replace(completed=None)
        for index, found in milestones(dated).items()
    }
    seen = chronicle([told], rhythm, today)
    first = next((of for of in reversed(told.scope) if of.date), None)
    return Agenda(
        path, told.newest, reached,
        schedule(told.newest, seen, is_whole, most_a_day),
        f'{first.commit}:{first.path}' if first else path,
        max((of.date for of in told.changes if of.date), default=_midnight(today)),
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
