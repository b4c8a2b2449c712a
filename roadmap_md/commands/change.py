"""``start``, ``tick``, ``reset``: change statuses, one commit each.

Read, choose, check the rules before anything is written, splice, prove, commit.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from shlex import quote
from typing import NamedTuple

from .. import files, git
from ..commit import Series, series
from ..config import Config
from ..errors import UserError
from ..escape import visible
from ..message import Undone, message
from ..order import next_to_start
from ..output import text
from ..output.signs import SIGNS, STYLES
from ..output.terminal import Painter, painter
from ..project import Project, find_project
from ..rewrite import WriteProofError, dated, set_statuses
from ..rule import Problem, Rule, Severity
from ..rules.pace import rushed
from ..select import select
from ..status import Status
from ..structures import remembered
from ..task import Task
from ..tracker import Tracker
from .reading import parse
from .refusal import asked, explain, notice, objections
from .settle import settle

STATUSES = {'start': Status.IN_PROGRESS, 'tick': Status.COMPLETED, 'reset': Status.NOT_STARTED}
VERBS = {Status.IN_PROGRESS: 'started', Status.COMPLETED: 'completed', Status.NOT_STARTED: 'reset'}


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


class Change(NamedTuple):
    """One task going from one status to another; *commit* is empty where none was made."""

    task: int
    before: Status
    commit: str = ''


class Backing(NamedTuple):
    """What a change is inferred from, if it is: commits, and the author's date that it shall have.

    The date is as git has it raw, or empty.
    """

    evidence: tuple[str, ...] = ()
    date: str = ''


# Which tasks to change, of the tracker that is read once nobody else of us can write to it.
Choose = Callable[[Tracker], Mapping[int, Backing]]
# Writes one change, told the task's index, the tracker before and after it, and what it is
# inferred from; returns the id of its commit, or ''.
Write = Callable[[int, Tracker, Tracker, Backing], str]


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
    config = project.config
    paint = painter(sys.stdout, options.color)
    with remembered(project.root), opened(path, options) as (run, data):
        tracker = parse(data, path, config.preference)
        chosen = choose(tracker)
        todo = [index for index in chosen if tracker.state[index] is not to]
        if to is Status.NOT_STARTED:
            todo.reverse()  # each step is then one that could have been made by hand
        after = prove(tracker, dict.fromkeys(todo, to))
        rules = []
        if todo and options.commit:
            rules = asked(after, to is Status.COMPLETED, config.for_path(path))
        refused = objections(tracker, after, todo, path, config, rules, options.note or '')
        if refused:
            explain(refused, tracker, after)
            return 1
        already = [index for index in chosen if index not in todo]
        if options.diff:
            show_diff(path, tracker.data, after.data)
            return 0
        if options.dry_run:
            _preview(tracker, after, path, todo, to, already, options)
            return 0
        write = _writer(run, path, config, to, options)
        made = list(_changes(tracker, after, todo, to, chosen, write))
        committed = [change.task for change in made if change.commit]
        noticed: list[tuple[Rule, Problem]] = []
        is_error = config.severity_of(rushed) is Severity.ERROR  # then it was asked before
        if run and committed and rushed in rules and not is_error:
            from .judge import rushing

            noticed = rushing(run.repo, after, committed, path, config)
    _report(after, path, made, to, already, options, paint)
    notice(noticed, after)
    if options.note and not any(change.commit for change in made):
        print('roadmap-md: nothing was committed, so the note was not kept', file=sys.stderr)
    return 0


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


@contextmanager
def opened(path: str, options: Options) -> Iterator[tuple[Series | None, bytes]]:
    """The bytes of the file, and what commits a change to it; None where that is not to be."""
    is_real = options.commit and not (options.dry_run or options.diff)
    repo = git.find(path) if is_real else None
    if repo is None:
        yield None, files.read(path)
        if is_real:
            why = 'not in a git work tree' if git.installed() else 'git is not installed'
            print(f'roadmap-md: {why}, so nothing was committed', file=sys.stderr)
        return
    with series(repo, path) as run:
        if run.recovered:
            print(f'roadmap-md: {visible(run.recovered)}', file=sys.stderr)
        yield run, run.read()


def worded(
    task: Task, to: Status, config: Config, note: str, dates: Sequence[str],
    evidence: Sequence[str] = (), undone: Undone | None = None,
) -> str:  # fmt: skip
    """The message of the commit that gives *task* its status; *dates* stood beside the old one."""
    # A date beside the status goes with it; here it is kept.
    lines = [note, *(f'It said: {said}' for said in dates)]
    named = f'{task.title} ({task.owner})' if task.title else task.owner
    return message(
        task.key, named if task.owner else task.title, to, '\n\n'.join(filter(None, lines)),
        config.commit_type, config.commit_scope, evidence, undone,
    )  # fmt: skip


def _writer(run: Series | None, path: str, config: Config, to: Status, options: Options) -> Write:
    """What writes a change, with git or without."""

    def write(index: int, before: Tracker, after: Tracker, backing: Backing) -> str:
        if run is None:
            files.replace(path, before.data, after.data)
            return ''
        note, dates = options.note or '', dated(before, index)
        text = worded(before.tasks[index], to, config, note, dates, backing.evidence)
        made = run.commit(_splice(index, before, after, to, path), text, backing.date)
        if made is None:
            said = 'has it in the last commit already, so only the file was changed'
            print(f'roadmap-md: {visible(before.tasks[index].key)} {said}', file=sys.stderr)
        return made or ''

    return write


def _changes(
    tracker: Tracker, after: Tracker, todo: Sequence[int], to: Status,
    chosen: Mapping[int, Backing], write: Write,
) -> Iterator[Change]:  # fmt: skip
    """Write the changes one by one; *after* is proved, and the only step where there is one."""
    before = tracker
    for made, index in enumerate(todo):
        step = after if len(todo) == 1 else prove(before, {index: to})
        try:
            commit = write(index, before, step, chosen[index])
        except UserError as error:
            if not made:
                raise
            stand = f'{made} of {len(todo)} were {VERBS[to]} and stand; then {error.message}'
            raise UserError(stand, error.hint) from error
        yield Change(index, tracker.state[index], commit)
        before = step


def _splice(
    index: int, before: Tracker, after: Tracker, to: Status, path: str
) -> Callable[[bytes], bytes]:
    """What sets task *index* of *before*, as *after* shows it, in any version of the file."""
    proved = {before.data: after.data}  # mostly all versions are this one

    def splice(data: bytes) -> bytes:
        if data not in proved:
            version = parse(data, path, before.preference)
            proved[data] = prove(version, {_same(version, before, index, path): to}).data
        return proved[data]

    return splice


def _same(version: Tracker, tracker: Tracker, index: int, path: str) -> int:
    """The task of *version* that task *index* of *tracker* is.

    The one with its key and title, else its key, else its text in the same section.
    """
    if version.skeleton == tracker.skeleton:
        return index
    task = tracker.tasks[index]
    ours = Counter(other.title for other in tracker.tasks)
    theirs = Counter(other.title for other in version.tasks)
    alike: tuple[Callable[[Task], bool], ...] = (
        lambda other: (other.key, other.title) == (task.key, task.title),
        # Retitled, but not renumbered: then the titles would be found elsewhere.
        lambda other: other.path == task.path and not ours[other.title] and not theirs[task.title],
        # Moved within its section; of two alike nobody knows which.
        lambda other: (
            other.text == task.text
            and other.path[:-1] == task.path[:-1]
            and ours[task.title] == theirs[task.title] == 1
        ),
    )
    for is_same in alike:
        found = [at for at, other in enumerate(version.tasks) if is_same(other)]
        if len(found) == 1:
            return found[0]
    raise UserError(
        f"'{task.text}' is not in the last commit's {path}",
        f"commit the plan first: git commit -m 'docs(roadmap): edit the plan' -- {quote(path)}",
    )


def prove(tracker: Tracker, changes: Mapping[int, Status]) -> Tracker:
    try:
        return set_statuses(tracker, changes)
    except WriteProofError as error:
        raise UserError(f'nothing was written: {error}', 'change that line by hand') from error


def show_diff(path: str, before: bytes, after: bytes) -> None:
    from ..output.diff import unified

    for row in unified(path, before, after):
        print(row)


def _preview(
    tracker: Tracker, after: Tracker, path: str, todo: Sequence[int], to: Status,
    already: Sequence[int], options: Options,
) -> None:  # fmt: skip
    """Say what would be done: as JSON what a run without commits would, else a line each."""
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
    after: Tracker, path: str, made: Sequence[Change], to: Status, already: Sequence[int],
    options: Options, paint: Painter,
) -> None:  # fmt: skip
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
