"""``start``, ``tick``, ``reset``: change statuses, one commit each."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from ..errors import UserError
from ..escape import visible
from ..order import next_to_start
from ..output import text
from ..output.signs import SIGNS, STYLES
from ..output.terminal import Painter, painter
from ..project import Project, find_project
from ..select import select
from ..status import Status
from ..tracker import Tracker
from .changing import (
    VERBS,
    Backing,
    Change,
    Choose,
    Decision,
    Noticed,
    Wish,
    changes,
)
from .refusal import Refused, explain, notice
from .settle import settle

T = TypeVar('T')
STATUSES = {'start': Status.IN_PROGRESS, 'tick': Status.COMPLETED, 'reset': Status.NOT_STARTED}


class Options(NamedTuple):
    """What was asked for besides the tasks and their status."""

    file: str | None = None
    note: str | None = None
    everything: bool = False
    commit: bool = True
    dry_run: bool = False
    diff: bool = False
    output_format: str = 'text'
    color: str = 'auto'

    @property
    def wish(self) -> Wish:
        return Wish(self.note or '', self.commit, write=not (self.dry_run or self.diff))


def change(names: tuple[str, ...], to: Status, options: Options = Options()) -> int:
    """Give the tasks with these *names* the status *to*.

    Exit 1, with nothing changed, where a rule forbids it.
    """
    project = find_project([options.file] if options.file else [])
    settle(project)
    path = tracker_path(project, options)

    def choose(tracker: Tracker) -> Mapping[int, Backing]:
        return dict.fromkeys(_chosen(tracker, names, to, path, options), Backing())

    return perform(project, path, choose, to, options)


def perform(project: Project, path: str, choose: Choose, to: Status, options: Options) -> int:
    """Give the tasks that are chosen the status *to*; exit 1, with nothing changed, if refused."""
    paint = painter(sys.stdout, options.color)
    try:
        decision, *rest = told(changes(project, path, choose, to, options.wish))
    except Refused as refused:
        explain(refused.found, refused.before, refused.after)
        return 1
    assert isinstance(decision, Decision)
    if options.diff:
        show_diff(path, decision.before.data, decision.after.data)
    elif options.dry_run:
        _preview(decision, path, to, options)
    else:
        made = [outcome for outcome in rest if isinstance(outcome, Change)]
        _report(decision, path, made, to, options, paint)
    for outcome in rest:
        if isinstance(outcome, Noticed):
            notice(outcome.found, outcome.after)
    return 0


def told(outcomes: Iterable[str | T]) -> list[T]:
    """The *outcomes*, all of them awaited, but for text, which is told at once."""
    rest: list[T] = []
    for outcome in outcomes:
        if isinstance(outcome, str):
            print(f'roadmap-md: {visible(outcome)}', file=sys.stderr)
        else:
            rest.append(outcome)
    return rest


def tracker_path(project: Project, options: Options) -> str:
    """The tracker that is meant. Raises UserError where it is not said which of several."""
    if options.file is not None:
        return options.file
    trackers = project.trackers(())
    if len(trackers) > 1:
        raise UserError(
            'several trackers are configured', 'say which with --file: ' + ', '.join(trackers)
        )
    return trackers[0]


def _chosen(
    tracker: Tracker, names: tuple[str, ...], to: Status, path: str, options: Options
) -> list[int]:
    if options.everything:
        if names:
            raise UserError('--all and names of tasks', 'give one or the other')
        return list(range(len(tracker.tasks)))
    if not names:
        raise UserError('no task named', "name one or more, such as 'next', 'w1d3' or 'w1d1..w1d5'")
    if to is Status.IN_PROGRESS and 'next' in names and len(tracker.tasks):
        index = next_to_start(tracker)
        if index is None:
            raise UserError(
                f'no task in {path} is left to start', "'roadmap-md' shows where you are"
            )
        rest = tuple(name for name in names if name != 'next')
        return sorted({index, *select(tracker, rest, path)})
    return select(tracker, names, path)


def show_diff(path: str, before: bytes, after: bytes) -> None:
    from ..output.diff import unified

    for row in unified(path, before, after):
        print(row)


def _preview(decision: Decision, path: str, to: Status, options: Options) -> None:
    """Say what would be done: as JSON what a run without commits would, else a line each."""
    tracker, after, todo, already = decision
    if options.output_format == 'json':
        _print_json(after, path, [Change(index, tracker.state[index]) for index in todo])
        return
    for index in todo:
        print(f'would be {VERBS[to]}: {visible(text.name(tracker, index))}')
    _say_already(tracker, already, to)


def _print_json(after: Tracker, path: str, made: Sequence[Change]) -> None:
    from ..output import json

    changes = [
        {**json.task(after, c.task, path), 'from': c.before.value, 'commit': c.commit or None}
        for c in made
    ]
    print(json.document(changes=changes))


def _say_already(tracker: Tracker, already: Sequence[int], to: Status) -> None:
    if len(already) == 1:
        print(f'{visible(text.name(tracker, already[0]))} was {to.words} already')
    elif already:
        print(f'{len(already)} were {to.words} already')


def _report(
    decision: Decision, path: str, made: Sequence[Change], to: Status, options: Options,
    paint: Painter,
) -> None:  # fmt: skip
    _, after, _, already = decision
    if options.output_format == 'json':
        _print_json(after, path, made)
        return
    for index, _, commit in made:
        sign = paint(SIGNS[to], *STYLES[to])
        shown = f'  {paint(commit[:7], "dim")}' if commit else ''
        print(f'{sign} {visible(text.name(after, index))} {VERBS[to]}{shown}')
    _say_already(after, already, to)
    for line in text.after_change(after, paint):
        print(line)
