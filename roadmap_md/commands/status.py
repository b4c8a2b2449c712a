"""``status``, ``next``, ``list``: where am I, what is next, what is there."""

from ..escape import visible
from ..order import next_task
from ..output import text
from ..status import Status
from .reading import open_trackers


def _option(path: str, named: tuple[str, ...]) -> str:
    """What a command that changes a task needs so as to find one in *path*; nothing by default."""
    if not named or path == '-':
        return ''
    from shlex import quote  # most often nothing is named

    return f' -f {quote(path)}'


def status(paths: tuple[str, ...], output_format: str = 'text', color: str = 'auto') -> int:
    """Show where the learner stands in each tracker, and what is next."""
    opened = open_trackers(paths, color)
    if output_format == 'json':
        from ..output import json

        path, tracker = opened.trackers[0]
        index = next_task(tracker)
        task = None if index is None else json.task(tracker, index, path)
        print(json.document(**json.stats(opened.trackers), next=task))
        return 0
    for at, (path, tracker) in enumerate(opened.trackers):
        if at:
            print()
        for line in text.status(tracker, path, opened.paint, _option(path, paths)):
            print(line)
    return 0


def next_(paths: tuple[str, ...], output_format: str = 'text', color: str = 'auto') -> int:
    """Show the next task of the first tracker that has one, and its guidance."""
    opened = open_trackers(paths, color)
    found = [(path, tracker, next_task(tracker)) for path, tracker in opened.trackers]
    path, tracker, index = next((f for f in found if f[2] is not None), found[0])
    if output_format == 'json':
        from ..output import json

        print(json.document(task=None if index is None else json.task(tracker, index, path)))
        return 0
    for line in text.next_up(tracker, index, path, opened.paint, _option(path, paths)):
        print(line)
    return 0


def list_(paths: tuple[str, ...], wanted: tuple[str, ...], output_format: str, color: str) -> int:
    """List the tasks, or those with one of the *wanted* statuses."""
    opened = open_trackers(paths, color)
    statuses = {Status(name) for name in wanted} or set(Status)
    chosen = [
        (path, tracker, [at for at, now in enumerate(tracker.state) if now in statuses])
        for path, tracker in opened.trackers
    ]
    if output_format == 'json':
        from ..output import json

        tasks = [
            json.task(tracker, at, path) for path, tracker, indices in chosen for at in indices
        ]
        print(json.document(tasks=tasks))
        return 0
    for path, tracker, indices in chosen:
        if len(chosen) > 1:
            print(opened.paint(visible(path), 'bold'))
        if not tracker.tasks:
            print(text.PLAN_WITHOUT_STATUSES)
        for line in text.task_list(tracker, indices, opened.paint):
            print(line)
    return 0


def explain(paths: tuple[str, ...], output_format: str, color: str) -> int:
    """Say of each line of the trackers what it is taken for."""
    opened = open_trackers(paths, color)
    if output_format == 'json':
        from ..output import json

        lines = [line for path, tracker in opened.trackers for line in json.lines_of(tracker, path)]
        print(json.document(lines=lines))
        return 0
    from ..output import explained

    for path, tracker in opened.trackers:
        if len(opened.trackers) > 1:
            print(opened.paint(visible(path), 'bold'))
        for row in explained.lines(tracker, opened.paint):
            print(row)
    return 0
