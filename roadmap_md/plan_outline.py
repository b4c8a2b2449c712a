"""What all trackers with one plan have in common, in a form that can be kept."""

from hashlib import blake2b
from typing import NamedTuple

from .order import leaves
from .section import heading
from .tracker import Tracker


class PlanOutline(NamedTuple):
    """A plan by *name*: what its tasks are called, and which of them have tasks beneath them.

    *heading* is what the whole is called, if it is, and *example* a file that has it.
    """

    name: str
    example: bytes
    heading: str
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    leaves: tuple[int, ...]
    parents: tuple[int, ...]


def outline_of(tracker: Tracker) -> PlanOutline:
    return PlanOutline(
        plan_name(tracker), tracker.data, heading(tracker.sections),
        tuple(task.key for task in tracker.tasks), tuple(task.title for task in tracker.tasks),
        tuple(leaves(tracker)), tuple(sorted(tracker.parents)),
    )  # fmt: skip


def plan_name(tracker: Tracker) -> str:
    """What two trackers have in common whose tasks and sections have the same names and places."""
    sections, tasks, *_ = tracker.skeleton
    said = repr((
        [(section.level, section.text, section.parent) for section in sections],
        [(task.text, task.section, task.parent, task.owner) for task in tasks],
    ))  # fmt: skip
    return blake2b(said.encode(errors='surrogatepass'), digest_size=8).hexdigest()
