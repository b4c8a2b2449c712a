"""Tasks given a status, a commit each: what is decided and done, told as outcomes.

Read, choose, check the rules before anything is written, splice, prove, commit. Nothing is printed:
that is for whoever asked, a command or a screen.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from shlex import quote
from typing import NamedTuple

from .. import files, git
from ..commit import Series, series
from ..config import Config
from ..errors import UserError
from ..message import Undone, message
from ..project import Project
from ..rewrite import WriteProofError, dated, set_statuses
from ..rule import Problem, Rule, Severity
from ..rules.pace import rushed
from ..status import Status
from ..structures import remembered
from ..task import Task
from ..tracker import Tracker
from .reading import parse
from .refusal import Refused, asked, objections

VERBS = {Status.IN_PROGRESS: 'started', Status.COMPLETED: 'completed', Status.NOT_STARTED: 'reset'}


class Wish(NamedTuple):
    """How something is to be done; without *write* it is only decided."""

    note: str = ''
    commit: bool = True
    write: bool = True


class Backing(NamedTuple):
    """What a change is inferred from, if it is: commits, and the author's date that it shall have.

    The date is as git has it raw, or empty.
    """

    evidence: tuple[str, ...] = ()
    date: str = ''


class Decision(NamedTuple):
    """The tasks *todo* are to change, in that order, which leads from *before* to *after*.

    *already* have the status that was asked for.
    """

    before: Tracker
    after: Tracker
    todo: Sequence[int]
    already: Sequence[int]


class Change(NamedTuple):
    """One task going from one status to another; *commit* is empty where none was made."""

    task: int
    before: Status
    commit: str = ''


class Noticed(NamedTuple):
    """What the rules think of what was done, now that the tracker is *after*."""

    found: Sequence[tuple[Rule, Problem]]
    after: Tracker


# In the order in which it happens; text is to be told as it is.
Outcome = str | Decision | Change | Noticed
# Which tasks to change, of the tracker that is read once nobody else of us can write to it.
Choose = Callable[[Tracker], Mapping[int, Backing]]


def changes(
    project: Project, path: str, choose: Choose, to: Status, wish: Wish = Wish()
) -> Iterator[Outcome]:
    """Give the tasks that are chosen the status *to*: the decision, then each change once made.

    No other run of ours writes to the file until the last outcome was taken. Raises UserError, and
    Refused where a rule forbids it: then nothing was changed.
    """
    config = project.config
    with remembered(project.root), opened(path, wish) as (run, data):
        if run and run.recovered:
            yield run.recovered
        tracker = parse(data, path, config.preference)
        chosen = choose(tracker)
        decision = _decided(tracker, chosen, to)
        _, after, todo, _ = decision
        rules: list[Rule] = []
        if todo and wish.commit:
            rules = asked(after, to is Status.COMPLETED, config.for_path(path))
        if refused := objections(tracker, after, todo, path, config, rules, wish.note):
            raise Refused(refused, tracker, after)
        yield decision
        if not wish.write:
            return
        committed: list[int] = []
        for outcome in _made(run, path, decision, to, chosen, config, wish.note):
            if isinstance(outcome, Change) and outcome.commit:
                committed.append(outcome.task)
            yield outcome
        if not run and wish.commit:
            yield outside_git()
        is_error = config.severity_of(rushed) is Severity.ERROR  # then it was asked before
        if run and committed and rushed in rules and not is_error:
            from .judge import rushing

            yield Noticed(rushing(run.repo, after, committed, path, config), after)
    if wish.note and not committed:
        yield NOTE_NOT_KEPT


NOTE_NOT_KEPT = 'nothing was committed, so the note was not kept'


def outside_git() -> str:
    why = 'not in a git work tree' if git.installed() else 'git is not installed'
    return f'{why}, so nothing was committed'


def _decided(tracker: Tracker, chosen: Mapping[int, Backing], to: Status) -> Decision:
    todo = [index for index in chosen if tracker.state[index] is not to]
    if to is Status.NOT_STARTED:
        todo.reverse()  # each step is then one that could have been made by hand
    after = prove(tracker, dict.fromkeys(todo, to))
    return Decision(tracker, after, todo, [index for index in chosen if index not in todo])


@contextmanager
def opened(path: str, wish: Wish) -> Iterator[tuple[Series | None, bytes]]:
    """The bytes of the file, and what commits a change to it; None where that is not to be."""
    repo = git.find(path) if wish.commit and wish.write else None
    if repo is None:
        yield None, files.read(path)
        return
    with series(repo, path) as run:
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


def _made(
    run: Series | None, path: str, decision: Decision, to: Status,
    chosen: Mapping[int, Backing], config: Config, note: str,
) -> Iterator[str | Change]:  # fmt: skip
    """Write the changes one by one; the tracker *after* is proved, and the only step if one is."""
    before, after, todo, _ = decision
    state = before.state
    for made, index in enumerate(todo):
        step = after if len(todo) == 1 else prove(before, {index: to})
        try:
            commit = _written(run, path, index, before, step, to, chosen[index], config, note)
        except UserError as error:
            if not made:
                raise
            stand = f'{made} of {len(todo)} were {VERBS[to]} and stand; then {error.message}'
            raise UserError(stand, error.hint) from error
        if run and not commit:
            key = before.tasks[index].key
            yield f'{key} has it in the last commit already, so only the file was changed'
        yield Change(index, state[index], commit)
        before = step


def _written(
    run: Series | None, path: str, index: int, before: Tracker, after: Tracker, to: Status,
    backing: Backing, config: Config, note: str,
) -> str:  # fmt: skip
    """Write one change, with git or without; the id of its commit, or ''."""
    if run is None:
        files.replace(path, before.data, after.data)
        return ''
    dates = dated(before, index)
    text = worded(before.tasks[index], to, config, note, dates, backing.evidence)
    return run.commit(_splice(index, before, after, to, path), text, backing.date) or ''


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
