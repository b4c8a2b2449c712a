"""How far each part of a tracker is: its outline with names and counts, all of it or filtered."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from .outline import Branch, outline
from .section import section_slugs
from .stats import Counts, count
from .tracker import Tracker

Name = tuple[str, ...]


class Part(NamedTuple):
    """A section or a task (the index of one, or -1), and the parts *beneath* it.

    *name* tells it from all others, and is the same for every state. *counts* are those of all
    tasks beneath it; None where there are none.
    """

    name: Name
    section: int
    task: int
    counts: Counts | None
    beneath: tuple['Part', ...]

    @property
    def tasks(self) -> Iterator[int]:
        """The task that it is, and all beneath it."""
        if self.task >= 0:
            yield self.task
        for part in self.beneath:
            yield from part.tasks


def overview(tracker: Tracker, wanted: Collection[int] | None = None) -> tuple[Part, ...]:
    """The outermost parts; only what leads to *wanted* tasks, where these are given.

    Sections without tasks are left out, and so is one that holds all others.
    """
    found = tuple(_told_apart(_parts(tracker, outline(tracker)), Counter()))
    if len(found) == 1 and _is_title(tracker, found[0]):
        found = found[0].beneath
    return found if wanted is None else tuple(_leading(found, frozenset(wanted)))


def _parts(tracker: Tracker, branches: Iterable[Branch]) -> Iterator[Part]:
    for section, task, _, _, within in branches:
        beneath = tuple(_parts(tracker, within))
        if task < 0 and not beneath:
            continue
        tasks = [task for part in beneath for task in part.tasks]
        counts = count(tracker.state[task] for task in tasks) if tasks else None
        yield Part(_name(tracker, section, task), section, task, counts, beneath)


def _name(tracker: Tracker, section: int, task: int) -> Name:
    if task >= 0:
        return 'task', tracker.tasks[task].key
    return 'section', *(slug for slug, _ in section_slugs(tracker.sections, section))


def _told_apart(parts: Iterable[Part], seen: Counter[Name]) -> Iterator[Part]:
    """*parts* with a number behind the names that were *seen* before."""
    for part in parts:
        seen[part.name] += 1
        number = [str(seen[part.name])] * (seen[part.name] > 1)
        beneath = tuple(_told_apart(part.beneath, seen))
        yield part._replace(name=(*part.name, *number), beneath=beneath)


def _is_title(tracker: Tracker, part: Part) -> bool:
    """Is it the heading of the whole?"""
    is_part = part.task >= 0 or tracker.sections[part.section].numbering
    return not is_part and any(inner.task < 0 for inner in part.beneath)


def _leading(parts: Iterable[Part], wanted: frozenset[int]) -> Iterator[Part]:
    """Those of *parts* that are *wanted* or lead there."""
    for part in parts:
        beneath = tuple(_leading(part.beneath, wanted))
        if beneath or part.task in wanted:
            yield part._replace(beneath=beneath)


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
