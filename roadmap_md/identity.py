"""Which tasks of two versions are surely the same, so that one may be written as the other is.

`align` finds the likeliest, which is good enough to show what happened, and not to make it happen.
"""

from collections.abc import Sequence
from itertools import pairwise

from .align import align
from .task import Task
from .tracker import Tracker


def sure_pairs(old: Tracker, new: Tracker, found: Sequence[int]) -> set[int]:
    """The tasks of *new* that are surely those of *old* that are *found* for them.

    They have the same key, path or title. Or they have been retitled where they were: then no line
    ends in the old text, and between the nearest such tasks before and behind there are others in
    neither version.
    """
    sure = {
        at
        for at, before in enumerate(found)
        if before >= 0 and _is_named_alike(old.tasks[before], new.tasks[at])
    }
    fixed = [(found[at], at) for at in sorted(sure)]
    fixed = [(-1, -1), *fixed, (len(old.tasks), len(new.tasks))]
    for (before, at), (stop, end) in pairwise(fixed):
        if list(found[at + 1 : end]) == list(range(before + 1, stop)):
            sure.update(
                task
                for task in range(at + 1, end)
                if not _is_elsewhere(old.tasks[found[task]], new, new.tasks[task].line)
            )
    return sure


def _is_elsewhere(task: Task, file: Tracker, line: int) -> bool:
    text = task.text.encode()
    return any(
        number != line and text and said.rstrip().endswith(text)
        for number, said in enumerate(file.page.lines)
    )


def _is_named_alike(one: Task, other: Task) -> bool:
    return one.key == other.key or one.path == other.path or one.title == other.title != ''


def same_task(version: Tracker, file: Tracker, task: int) -> int:
    """Which task of *version* surely is *task* of *file*; -1 for none."""
    found = align(version.skeleton, file.skeleton)
    return found[task] if task in sure_pairs(version, file, found) else -1
