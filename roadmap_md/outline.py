"""What is in what: the sections of a tracker and its tasks, nested as they stand."""

from typing import NamedTuple

from .tracker import Tracker


class Branch(NamedTuple):
    """A section or a task on *line* (from 0), up to, not including, *stop*, and what is *beneath*.

    *section* and *task* are the indices of what it is, else -1; a section with a status of its own
    is both.
    """

    section: int
    task: int
    line: int
    stop: int
    beneath: tuple['Branch', ...]


def outline(tracker: Tracker) -> tuple[Branch, ...]:
    """The outermost sections and tasks, in order."""
    return _Contents(tracker).beneath_section(-1)


class _Contents:
    """Which sections and tasks stand right beneath each section, and each task."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.sections: dict[int, list[int]] = {}
        self.tasks: dict[int, list[int]] = {}
        self.subtasks: dict[int, list[int]] = {}
        self.own: dict[int, int] = {}  # the task that a section is
        for at, section in enumerate(tracker.sections):
            self.sections.setdefault(section.parent, []).append(at)
        for at, task in enumerate(tracker.tasks):
            if tracker.statused[at].section >= 0:
                self.own[tracker.statused[at].section] = at
            elif task.parent >= 0:
                self.subtasks.setdefault(task.parent, []).append(at)
            else:
                self.tasks.setdefault(task.section, []).append(at)

    def beneath_section(self, at: int) -> tuple[Branch, ...]:
        sections = [self._section(inner) for inner in self.sections.get(at, ())]
        tasks = [self._task(task) for task in self.tasks.get(at, ())]
        return tuple(sorted((*sections, *tasks), key=lambda branch: branch.line))

    def _section(self, at: int) -> Branch:
        _, _, _, _, line, stop, _ = self.tracker.sections[at]
        return Branch(at, self.own.get(at, -1), line, stop, self.beneath_section(at))

    def _task(self, at: int) -> Branch:
        line = self.tracker.tasks[at].line
        beneath = tuple(self._task(inner) for inner in self.subtasks.get(at, ()))
        stop = max((line + 1, *(branch.stop for branch in beneath)))
        return Branch(-1, at, line, stop, beneath)
