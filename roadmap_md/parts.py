"""A plan as people see it: parts within parts, and in each its own tasks."""

from typing import NamedTuple

from .stats import Counts, by_section, count
from .tracker import Tracker


class Part(NamedTuple):
    """A *section*, or -1 for what is in none; the *tasks* right beneath it, and its *parts*.

    *counts* are of all tasks in it.
    """

    section: int
    counts: Counts
    tasks: tuple[int, ...]
    parts: tuple['Part', ...]


def parts(tracker: Tracker) -> list[Part]:
    """The outermost parts that have tasks; the section that is the whole plan is none of them."""
    tasks: dict[int, list[int]] = {}
    for index, task in enumerate(tracker.tasks):
        tasks.setdefault(task.section, []).append(index)
    counts = {row.section: row.counts for row in by_section(tracker)}
    inner: dict[int, list[Part]] = {}
    for section in sorted(counts, reverse=True):
        found = Part(
            section, counts[section], tuple(tasks.get(section, ())),
            tuple(inner.get(section, ())[::-1]),
        )  # fmt: skip
        inner.setdefault(tracker.sections[section].parent, []).append(found)
    outer = inner.get(-1, [])[::-1]
    if len(outer) == 1 and outer[0].parts and not tracker.sections[outer[0].section].numbering:
        title = outer[0]
        outer = [_without_parts(tracker, title)] * bool(title.tasks) + list(title.parts)
    if -1 in tasks:
        outer.insert(0, _without_parts(tracker, Part(-1, count(()), tuple(tasks[-1]), ())))
    return outer


def _without_parts(tracker: Tracker, part: Part) -> Part:
    """What stands in *part* before its first part."""
    counts = count(tracker.state[index] for index in part.tasks)
    return Part(part.section, counts, part.tasks, ())
