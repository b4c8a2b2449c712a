"""``undo``: changes of statuses taken back, a commit each, other tasks untouched."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from ..escape import visible
from ..output import text
from ..output.signs import STYLES
from ..output.terminal import Painter, painter
from ..project import find_project
from .change import Options, show_diff, told, tracker_path
from .changing import Noticed
from .refusal import Refused, explain, notice
from .settle import settle
from .undoing import Made, Plan, named, undos


def undo(name: str | None, number: int | None, options: Options) -> int:
    """Take back what *name* names: a task's last change, or all that a commit did.

    Without a name the last change of all, or the last *number*. Exit 1, with nothing changed,
    where a rule forbids it.
    """
    project = find_project([options.file] if options.file else [])
    settle(project)
    path = tracker_path(project, options)
    try:
        plan, *rest = told(undos(project, path, name, number, options.wish))
    except Refused as refused:
        explain(refused.found, refused.before, refused.after)
        return 1
    assert isinstance(plan, Plan)
    if options.diff:
        show_diff(path, plan.steps[0].before.data, plan.steps[-1].after.data)
        return 0
    made = [outcome for outcome in rest if isinstance(outcome, Made)]
    _report(made or [Made(step) for step in plan.steps], path, options)
    for outcome in rest:
        if isinstance(outcome, Noticed):
            notice(outcome.found, outcome.after)
    return 0


def _report(made: Sequence[Made], path: str, options: Options) -> None:
    if options.output_format == 'json':
        from ..output import json

        print(json.document(changes=[_change(one, path) for one in made]))
        return
    paint = painter(sys.stdout, options.color)
    for one in made:
        for row in _rows(one, options.dry_run, paint):
            print(row)
    if not options.dry_run:
        for row in text.after_change(made[-1].step.after, paint):
            print(row)


def _rows(made: Made, planned: bool, paint: Painter) -> Iterator[str]:
    undo, before, after, _ = made.step
    was, now = before.state[undo.task], after.state[undo.task]
    sign = 'would undo:' if planned else paint('↷' if undo.is_redo else '↶', 'bold')
    said = f'{paint(was.words, *STYLES[was])} → {paint(now.words, *STYLES[now])}'
    commit = f'  {paint(made.commit[:7], "dim")}' if made.commit else ''
    yield f'{sign} {visible(text.name(before, undo.task))}  {said}{commit}'
    yield paint(f'  takes back {named(undo.of, 7)}', 'dim')


def _change(made: Made, path: str) -> dict[str, Any]:
    from ..output import json

    undo, before, after, _ = made.step
    return {
        **json.task(after, undo.task, path),
        'from': before.state[undo.task].value, 'commit': made.commit or None,
        'undoes': undo.of.commit,
    }  # fmt: skip
