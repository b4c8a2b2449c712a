"""``undo``: changes of statuses taken back, a commit each, other tasks untouched."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from .. import files, git
from ..commit import Series, Splice
from ..config import Config
from ..errors import UserError
from ..escape import visible
from ..git import Repository
from ..history import Transition
from ..identity import same_task
from ..message import Undone
from ..output import text
from ..output.signs import STYLES
from ..output.terminal import Painter, painter
from ..past import read_past
from ..project import find_project
from ..rewrite import dated
from ..rule import Severity
from ..rules.pace import rushed
from ..spelling import Model, put_back
from ..status import Status
from ..structures import remembered
from ..text import is_readable
from ..tracker import Tracker, read_tracker
from ..undo import Undo
from ..vocabulary import Preference
from .change import Options, opened, prove, show_diff, tracker_path, worded
from .choosing import chosen_undos
from .reading import check_state, parse
from .refusal import asked, explain, notice, objections
from .settle import settle


class Step(NamedTuple):
    """One change taken back: the tracker before and after that, and how it was written."""

    undo: Undo
    before: Tracker
    after: Tracker
    model: Model | None


class Made(NamedTuple):
    """A step, with the commit that made it; '' where none did."""

    step: Step
    commit: str = ''


def undo(name: str | None, number: int | None, options: Options) -> int:
    """Take back what *name* names: a task's last change, or all that a commit did.

    Without a name the last change of all, or the last *number*. Exit 1, with nothing changed,
    where a rule forbids it.
    """
    project = find_project([options.file] if options.file else [])
    settle(project)
    config = project.config
    path = tracker_path(project, options)
    repo = git.repository(path, 'only what git has can be taken back')
    noticed = []
    with remembered(project.root), opened(path, options) as (run, data):
        check_state(data, path)
        tracker = parse(data, path, config.preference)
        past = read_past(repo, path, config.preference)
        if past.newest.data != data:
            raise UserError(f'{path} was edited meanwhile', 'try again')
        undos = chosen_undos(repo, past, name, number, path)
        steps = _steps(repo, tracker, undos, config.preference)
        after = steps[-1].after
        todo = list(dict.fromkeys(step.undo.task for step in steps))
        completes = any(after.state[task] is Status.COMPLETED for task in todo)
        rules = asked(after, completes, config.for_path(path)) if options.commit else []
        reason = options.note or _reason(steps[-1].undo.of)
        if refused := objections(tracker, after, todo, path, config, rules, reason):
            explain(refused, tracker, after)
            return 1
        if options.diff:
            show_diff(path, tracker.data, after.data)
            return 0
        made = [Made(step) for step in steps]
        if not options.dry_run:
            made = list(_made(run, path, steps, config, options))
        is_error = config.severity_of(rushed) is Severity.ERROR  # then it was asked before
        if run and rushed in rules and not is_error:
            from .judge import rushed_in

            noticed = rushed_in(repo, after, {one.commit for one in made}, path, config)
    _report(made, path, options)
    notice(noticed, after)
    if options.note and not (run or options.dry_run):
        print('roadmap-md: nothing was committed, so the note was not kept', file=sys.stderr)
    return 0


def _steps(
    repo: Repository, tracker: Tracker, undos: Sequence[Undo], preference: Preference
) -> list[Step]:
    steps: list[Step] = []
    before = tracker
    for undo in undos:
        model = _model(repo, undo.of, preference)
        after = _put_back(before, undo, undo.task, model)
        steps.append(Step(undo, before, after, model))
        before = after
    return steps


def _put_back(version: Tracker, undo: Undo, task: int, model: Model | None) -> Tracker:
    after = put_back(version, task, model) if model else None
    return after or prove(version, {task: undo.of.before})


def _model(repo: Repository, of: Transition, preference: Preference) -> Model | None:
    """How the task was written before and after that transition; None where nobody can say."""
    parent = git.tip(repo, of.path, of.commit).parent
    versions = [
        _read(data, preference)
        for data in (git.versions(repo, [of.path], parent, of.commit)[0] if parent else ())
    ]
    if len(versions) < 2 or None in versions:
        return None
    before, after = (version for version in versions if version)
    became = [at for at, task in enumerate(after.tasks) if task.key == of.key]
    if len(became) != 1:
        return None
    was = same_task(before, after, became[0])
    if was < 0 or before.state[was] is not of.before:
        return None
    return Model(before, was, after, became[0])


def _read(data: bytes | None, preference: Preference) -> Tracker | None:
    try:
        return read_tracker(data, preference) if data and is_readable(data) else None
    except UnicodeDecodeError:
        return None


def _reason(of: Transition) -> str:
    """What the message says, so that nobody asks why: RM402."""
    return f'This takes back {_named(of, 10)}.'


def _named(of: Transition, digits: int) -> str:
    return of.commit[:digits] + (f' of {of.date.date()}' if of.date else '')


def _made(
    run: Series | None, path: str, steps: Sequence[Step], config: Config, options: Options
) -> Iterator[Made]:
    for number, step in enumerate(steps):
        if run is None:
            files.replace(path, step.before.data, step.after.data)
            yield Made(step)
            continue
        try:
            commit = run.commit(_splice(step, path), _message(step, config, options))
        except UserError as error:
            if not number:
                raise
            stand = f'{number} of {len(steps)} were taken back and stand; then {error.message}'
            raise UserError(stand, error.hint) from error
        yield Made(step, commit or '')


def _message(step: Step, config: Config, options: Options) -> str:
    undo, before, after, _ = step
    left = dated(after, undo.task)
    dates = [said for said in dated(before, undo.task) if said not in left]
    note = '\n\n'.join(filter(None, (options.note, _reason(undo.of))))
    undone = Undone(undo.of.commit, undo.is_redo)
    task = before.tasks[undo.task]
    return worded(task, undo.of.before, config, note, dates, undone=undone)


def _splice(step: Step, path: str) -> Splice:
    """What takes it back in any version of the file."""

    def splice(data: bytes) -> bytes:
        if data == step.before.data:
            return step.after.data
        version = parse(data, path, step.before.preference)
        task = same_task(version, step.before, step.undo.task)
        if task < 0:
            title = step.before.tasks[step.undo.task].text
            raise UserError(f"'{title}' is not in it", 'commit the plan first')
        return _put_back(version, step.undo, task, step.model).data

    return splice


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
    yield paint(f'  takes back {_named(undo.of, 7)}', 'dim')


def _change(made: Made, path: str) -> dict[str, Any]:
    from ..output import json

    undo, before, after, _ = made.step
    return {
        **json.task(after, undo.task, path),
        'from': before.state[undo.task].value, 'commit': made.commit or None,
        'undoes': undo.of.commit,
    }  # fmt: skip
