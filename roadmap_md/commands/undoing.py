"""Changes of statuses taken back, a commit each, other tasks untouched: told as outcomes.

Nothing is printed: that is for whoever asked, a command or a screen.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .. import files, git
from ..commit import Series, Splice
from ..config import Config
from ..errors import UserError
from ..git import Repository
from ..history import Transition
from ..identity import same_task
from ..message import Undone
from ..past import read_past
from ..project import Project
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
from .changing import NOTE_NOT_KEPT, Noticed, Wish, opened, outside_git, prove, worded
from .choosing import chosen_undos
from .reading import check_state, parse
from .refusal import Refused, asked, objections


class Step(NamedTuple):
    """One change taken back: the tracker before and after that, and how it was written."""

    undo: Undo
    before: Tracker
    after: Tracker
    model: Model | None


class Plan(NamedTuple):
    """What is to be taken back, from last to first."""

    steps: tuple[Step, ...]


class Made(NamedTuple):
    """A step that was made, with its commit; '' where there is none."""

    step: Step
    commit: str = ''


# In the order in which it happens; text is to be told as it is.
Outcome = str | Plan | Made | Noticed


def undos(
    project: Project, path: str, name: str | None = None, number: int | None = None,
    wish: Wish = Wish(),
) -> Iterator[Outcome]:  # fmt: skip
    """Take back what *name* names: a task's last change, or all that a commit did.

    Without a name the last change of all, or the last *number*. The plan comes first, then each
    step once made. Raises UserError, and Refused where a rule forbids it: then nothing was changed.
    """
    config = project.config
    repo = git.repository(path, 'only what git has can be taken back')
    with remembered(project.root), opened(path, wish) as (run, data):
        if run and run.recovered:
            yield run.recovered
        check_state(data, path)
        tracker = parse(data, path, config.preference)
        past = read_past(repo, path, config.preference)
        if past.newest.data != data:
            raise UserError(f'{path} was edited meanwhile', 'try again')
        chosen = chosen_undos(repo, past, name, number, path)
        steps = _steps(repo, tracker, chosen, config.preference)
        after = steps[-1].after
        todo = list(dict.fromkeys(step.undo.task for step in steps))
        completes = any(after.state[task] is Status.COMPLETED for task in todo)
        rules = asked(after, completes, config.for_path(path)) if wish.commit else []
        reason = wish.note or _reason(steps[-1].undo.of)
        if refused := objections(tracker, after, todo, path, config, rules, reason):
            raise Refused(refused, tracker, after)
        yield Plan(tuple(steps))
        if not wish.write:
            return
        commits = set()
        for made in _made(run, path, steps, config, wish.note):
            commits.add(made.commit)
            yield made
        if not run and wish.commit:
            yield outside_git()
        is_error = config.severity_of(rushed) is Severity.ERROR  # then it was asked before
        if run and rushed in rules and not is_error:
            from .judge import rushed_in

            yield Noticed(rushed_in(repo, after, commits, path, config), after)
    if wish.note and not run:
        yield NOTE_NOT_KEPT


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
    return f'This takes back {named(of, 10)}.'


def named(of: Transition, digits: int) -> str:
    """The commit of *of* in so many *digits*, and its day."""
    return of.commit[:digits] + (f' of {of.date.date()}' if of.date else '')


def _made(
    run: Series | None, path: str, steps: Sequence[Step], config: Config, note: str
) -> Iterator[Made]:
    for number, step in enumerate(steps):
        if run is None:
            files.replace(path, step.before.data, step.after.data)
            yield Made(step)
            continue
        try:
            commit = run.commit(_splice(step, path), _message(step, config, note))
        except UserError as error:
            if not number:
                raise
            stand = f'{number} of {len(steps)} were taken back and stand; then {error.message}'
            raise UserError(stand, error.hint) from error
        yield Made(step, commit or '')


def _message(step: Step, config: Config, note: str) -> str:
    undo, before, after, _ = step
    left = dated(after, undo.task)
    dates = [said for said in dated(before, undo.task) if said not in left]
    note = '\n\n'.join(filter(None, (note, _reason(undo.of))))
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
