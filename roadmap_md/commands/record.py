"""Hand edits made commits: one for each transition, with its marker alone, and the file untouched.

All is planned, and judged by the rules, before anything is committed.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .. import files, git
from ..alike import read_alike
from ..commit import Series, Splice, committed, refuse_under_way, relative, series
from ..config import Config
from ..errors import UserError
from ..escape import visible
from ..git import Repository
from ..hand_edits import HandEdits, Step, hand_edits
from ..identity import same_task
from ..lint import new_errors
from ..message import edit_message
from ..rewrite import WriteProofError, dated
from ..rule import Severity
from ..rules.pace import rushed
from ..spelling import spelled_as
from ..status import Status
from ..structures import remembered
from ..tracker import Tracker
from .changing import worded
from .reading import check, check_state, parse, today
from .refusal import asked, explain, notice, objections


class Made(NamedTuple):
    """A commit with its first line; *step* is None for that of the plan's text.

    *commit* is empty where it was only planned.
    """

    subject: str
    step: Step | None
    commit: str = ''


class Recorded(NamedTuple):
    """What became of the hand *edits* of the tracker at *path*, which is in *repo*.

    *committed* is what the last commit holds now, *stored* what it would hold of the whole file.
    """

    repo: Repository
    path: str
    edits: HandEdits
    made: tuple[Made, ...]
    committed: bytes
    stored: bytes


def record(
    root: str, paths: Sequence[str], config: Config, everything: bool, dry_run: bool
) -> list[Recorded] | None:
    """Commit the hand edits of the trackers at *paths*; None, and nothing is, if one is refused.

    *everything* adds a commit of what is not a transition.
    """
    with remembered(root):
        places = [(git.repository(path, 'git init, then commit it'), path) for path in paths]
        if dry_run or len(paths) > 1:
            planned = [_planned(repo, path, config, everything) for repo, path in places]
            if any(one is None for one in planned):
                return None
            if dry_run:
                return [one for one in planned if one]
        done: list[Recorded] = []
        for repo, path in places:
            recorded = _recorded(repo, path, config, everything)
            if recorded is None:
                return None
            done.append(recorded)
        return done


def _planned(repo: Repository, path: str, config: Config, everything: bool) -> Recorded | None:
    refuse_under_way(repo)
    inside = relative(repo, path)
    data = files.read(path)
    edits = _edits(repo, inside, path, data, config)
    if not _is_allowed(repo, edits, path, config, everything):
        return None
    made = [Made(_subject(_message(step, config)), step) for step in edits.steps]
    now, stored = edits.committed.data, _stored(repo, inside, data)
    if everything and now != stored:
        made.append(Made(_subject(_edit_message(config)), None))
        now = stored
    return Recorded(repo, path, edits, tuple(made), now, stored)


def _recorded(repo: Repository, path: str, config: Config, everything: bool) -> Recorded | None:
    with series(repo, path) as run:
        if run.recovered:
            print(f'roadmap-md: {visible(run.recovered)}', file=sys.stderr)
        data = run.read()
        edits = _edits(run.repo, run.path, path, data, config)
        if not _is_allowed(repo, edits, path, config, everything):
            return None
        made = list(_commits(run, edits, path, config))
        now, stored = edits.committed.data, _stored(run.repo, run.path, data)
        if everything and (commit := _commit_all(run, data, config)):
            made.append(Made(_subject(_edit_message(config)), None, commit))
            now = stored
    _notice(repo, edits, made, path, config)
    return Recorded(repo, path, edits, tuple(made), now, stored)


def _edits(repo: Repository, inside: str, path: str, data: bytes, config: Config) -> HandEdits:
    check_state(data, path)

    @lru_cache(maxsize=2)
    def read(data: bytes) -> Tracker:
        check(data, path)
        return read_alike(data, config.preference)

    file = read(data)

    def is_usable(data: bytes) -> bool:
        try:
            return _is_same_plan(read(data), file)
        except UserError:
            return False

    before = committed(repo, inside, is_usable)
    check_state(before, f"the last commit's {path}", 'commit a version that can be read')

    def is_allowed(old: Tracker, new: Tracker) -> bool:
        return not new_errors(old, new, config, path, today())

    try:
        return hand_edits(read(before), file, is_allowed)
    except WriteProofError as error:
        raise UserError(f'nothing was committed: {error}', 'tick with roadmap-md tick') from error


def _is_same_plan(version: Tracker, file: Tracker) -> bool:
    """Have they tasks in common? What a filter keeps in git may be another text, or none."""
    texts = {task.text for task in file.tasks}
    return any(task.text in texts for task in version.tasks)


def _is_allowed(
    repo: Repository, edits: HandEdits, path: str, config: Config, everything: bool
) -> bool:
    """Whether the rules allow the steps and, if *everything* is committed, that; says why not."""
    todo = [step.move.new for step in edits.steps]
    file = edits.file
    rules = asked(file, _completes(edits), config.for_path(path)) if todo else []
    refused = objections(edits.start, file, todo, path, config, rules)
    known = {rule.code for rule, _ in refused}
    refused += [
        (rule, problem)
        for rule, problem in new_errors(edits.head, file, config, path, today())
        # a marker that is none belongs to no task, and is meant as a status
        if rule.code not in known and (everything or not problem.keys)
    ]
    if everything:
        from .judge import losing

        refused += losing(repo, edits.head, file, path, config.for_path(path))
    if refused:
        explain(
            refused, edits.start, file, "to say why, take that edit back and use 'reset -m'",
            'nothing was committed',
        )  # fmt: skip
    return not refused


def _completes(edits: HandEdits) -> bool:
    return any(edits.file.state[step.move.new] is Status.COMPLETED for step in edits.steps)


def _message(step: Step, config: Config) -> str:
    at = step.move.old
    left = dated(step.after, at)
    dates = [said for said in dated(step.before, at) if said not in left]
    return worded(step.before.tasks[at], step.after.state[at], config, '', dates)


def _edit_message(config: Config) -> str:
    return edit_message(config.commit_type, config.commit_scope)


def _subject(message: str) -> str:
    return message.partition('\n')[0]


def _commits(run: Series, edits: HandEdits, path: str, config: Config) -> Iterator[Made]:
    for number, step in enumerate(edits.steps):
        splice = _splice(step, edits.file, path)
        text = _message(step, config)
        try:
            commit = run.commit(splice, text, staged=splice)
        except UserError as error:
            if not number:
                raise
            stand = f'{number} of {len(edits.steps)} were committed and stand; then {error.message}'
            raise UserError(stand, error.hint) from error
        if commit:
            yield Made(_subject(text), step, commit)


def _splice(step: Step, file: Tracker, path: str) -> Splice:
    """What makes the step in any version; one without the task is left as it is."""

    def splice(data: bytes) -> bytes:
        if data == step.before.data:
            return step.after.data
        version = parse(data, path, file.preference)
        if not _is_same_plan(version, file):
            raise UserError('it has none of these tasks', '')
        found = same_task(version, file, step.move.new)
        after = spelled_as(version, found, file, step.move.new) if found >= 0 else None
        return after.data if after else data

    return splice


def _commit_all(run: Series, data: bytes, config: Config) -> str | None:
    """Commit the whole file; None where it is what the last commit has."""
    stored = run.as_stored(data)
    return run.commit(lambda _: stored, _edit_message(config), staged=lambda _: stored)


def _stored(repo: Repository, inside: str, data: bytes) -> bytes:
    """*data* with the ends of lines that git would keep of it; other filters are left out."""
    plain = data.replace(b'\r\n', b'\n')
    if plain == data or git.name_of(repo, data, inside) != git.name_of(repo, plain):
        return data
    return plain


def _notice(
    repo: Repository, edits: HandEdits, made: Sequence[Made], path: str, config: Config
) -> None:
    """Say, now that it is done, what RM401 thinks of it."""
    if not made or not _completes(edits) or config.severity_of(rushed) is Severity.ERROR:
        return
    if rushed in asked(edits.file, True, config.for_path(path)):
        from .judge import rushed_in, rushing

        now, steps = edits.committed, [one.step for one in made if one.step]
        tasks = [step.move.old for step in steps]
        if len(tasks) == len(made) and all(now.state[at] is Status.COMPLETED for at in tasks):
            found = rushing(repo, now, tasks, path, config)
        else:
            found = rushed_in(repo, now, {one.commit for one in made}, path, config)
        notice(found, now)
