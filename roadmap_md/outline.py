"""A tracker as a tree: the sections that hold tasks, and their tasks, in document order."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from .section import section_slugs
from .stats import Counts, count
from .status import Status
from .tracker import Tracker

Name = tuple[str, ...]


class Branch(NamedTuple):
    """A section or a task (the index of one, -1 for the other), and what is *beneath* it.

    *name* tells it from all others, and is the same for every state. *counts* are those of all
    tasks beneath a section, and of those beneath a task; None where there are none.
    """

    name: Name
    section: int
    task: int
    counts: Counts | None
    beneath: tuple['Branch', ...]

    @property
    def tasks(self) -> Iterator[int]:
        """The task that it is, and all beneath it."""
        if self.task >= 0:
            yield self.task
        for branch in self.beneath:
            yield from branch.tasks


class _Growing:
    """A branch that is not complete yet."""

    def __init__(self, name: Name, section: int, task: int) -> None:
        self.name = name
        self.section = section
        self.task = task
        self.beneath: list[_Growing] = []

    def grown(self, state: Sequence[Status]) -> Branch:
        beneath = tuple(growing.grown(state) for growing in self.beneath)
        found = [task for branch in beneath for task in branch.tasks]
        counts = count(state[task] for task in found) if found else None
        return Branch(self.name, self.section, self.task, counts, beneath)


def outline(tracker: Tracker, wanted: Collection[int] | None = None) -> tuple[Branch, ...]:
    """The outermost branches; only what leads to *wanted* tasks, where these are given.

    Sections without tasks are left out, and so is one that holds all others.
    """
    root = _Growing((), -1, -1)
    sections = {-1: root}
    tasks: list[_Growing] = []
    for index, task in enumerate(tracker.tasks):
        around = _section(tracker, task.section, sections)
        above = tasks[task.parent] if task.parent >= 0 else around
        tasks.append(_Growing(('task', task.key), -1, index))
        above.beneath.append(tasks[index])
    found = root.grown(tracker.state).beneath
    while len(found) == 1 and found[0].task < 0 and _holds_sections(found[0]):
        found = found[0].beneath
    return found if wanted is None else tuple(_leading(found, frozenset(wanted)))


def _holds_sections(branch: Branch) -> bool:
    return any(inner.task < 0 for inner in branch.beneath)


def _leading(branches: Iterable[Branch], wanted: frozenset[int]) -> Iterator[Branch]:
    """Those of *branches* that are *wanted* or lead there."""
    for branch in branches:
        beneath = tuple(_leading(branch.beneath, wanted))
        if beneath or branch.task in wanted:
            yield branch._replace(beneath=beneath)


def _section(tracker: Tracker, at: int, known: dict[int, _Growing]) -> _Growing:
    """The branch of section *at*, made with those around it where it is not there yet."""
    chain = []
    while at not in known:
        chain.append(at)
        at = tracker.sections[at].parent
    growing = known[at]
    for section in reversed(chain):
        slugs = (slug for slug, _ in section_slugs(tracker.sections, section))
        inner = _Growing(('section', *slugs), section, -1)
        growing.beneath.append(inner)
        growing = known[section] = inner
    return growing


def matching(tracker: Tracker, words: str, open_only: bool = False) -> list[int]:
    """The tasks of which each of the *words* is somewhere in text, key, status or sections.

    With *open_only* those that are settled are left out.
    """
    sought = words.casefold().split()
    return [
        index
        for index, status in enumerate(tracker.state)
        if not (open_only and status.settled)
        and (not sought or _says_all(_said(tracker, index), sought))
    ]


def _says_all(said: str, sought: Sequence[str]) -> bool:
    return all(word in said for word in sought)


def _said(tracker: Tracker, index: int) -> str:
    task = tracker.tasks[index]
    around = [tracker.sections[at].text for at in tracker.enclosing(task.section)]
    parts = (task.text, task.key, task.owner, tracker.state[index].value, *around)
    return '\n'.join(parts).casefold()
