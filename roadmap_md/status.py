"""What can be said of a task."""

from enum import Enum


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
