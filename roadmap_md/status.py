"""What can be said of a task."""

from enum import Enum

from .errors import UserError


class Status(Enum):
    """The status of a task; the value is its name in JSON, trailers and configuration."""

    NOT_STARTED = 'not-started'
    IN_PROGRESS = 'in-progress'
    COMPLETED = 'completed'
    BLOCKED = 'blocked'
    CANCELLED = 'cancelled'

    @property
    def settled(self) -> bool:
        """Nothing remains to be done."""
        return self in (Status.COMPLETED, Status.CANCELLED)

    @property
    def words(self) -> str:
        """The name as it stands in a sentence."""
        return self.value.replace('-', ' ')


STATUSES = tuple(Status)


def read_statuses(names: str) -> tuple[str, ...]:
    """The statuses in a list such as ``in-progress,blocked``. Raises UserError for another word."""
    known = {status.value: status for status in Status}
    for name in names.split(','):
        if name.strip() not in known:
            raise UserError(f"'{name}' is no status", 'there are ' + ', '.join(known))
    return tuple(name.strip() for name in names.split(','))


def merged_status(base: Status, ours: Status, theirs: Status) -> Status | None:
    """That of the side which changed; None where both did, and not both forward."""
    if ours is theirs or theirs is base:
        return ours
    if ours is base:
        return theirs
    if base is Status.NOT_STARTED and {ours, theirs} == {Status.IN_PROGRESS, Status.COMPLETED}:
        return Status.COMPLETED
    return None
