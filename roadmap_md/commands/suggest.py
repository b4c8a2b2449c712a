"""``suggest``: ticks that commits speak for, offered with evidence, and made only if asked for."""

import os
import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .. import files, git
from ..config import Config
from ..errors import UserError
from ..escape import visible
from ..evidence import Evidence, Found, Suggestion, find_evidence, free
from ..lint import new_errors
from ..message import EVIDENCE_TRAILER
from ..output.terminal import painter
from ..past import Past, read_past
from ..project import Project, find_project
from ..rewrite import WriteProofError, set_statuses
from ..select import select
from ..status import Status
from ..structures import remembered
from ..tracker import Tracker
from . import change
from .change import Backing, perform, tracker_path
from .log import SAID
from .reading import parse, today
from .settle import settle

_MOST_TRAILERS = 5


class Options(NamedTuple):
    """Which commits to read, and what to do with what they say."""

    file: str | None
    since_ref: str | None
    everything: bool
    apply: bool
    date_from_evidence: bool
    dry_run: bool
    diff: bool
    output_format: str
    color: str


class Since(NamedTuple):
    """The commit behind which evidence begins, empty for none, and what it is."""

    commit: str
    what: str


class Read(NamedTuple):
    """What was found in the commits after *since*. Of *skips*, by task, says what it would skip."""

    path: str
    tracker: Tracker
    since: Since
    found: Found
    skips: Mapping[int, str]
    incomplete: tuple[str, ...]

    def free(self) -> str:
        """A name for those certain ones that skip nothing."""
        return free(self.tracker, self.found.suggestions, self.skips)

    def task(self, index: int) -> Suggestion | None:
        return next((one for one in self.found.suggestions if one.task == index), None)


def suggest(names: tuple[str, ...], options: Options) -> int:
    """Propose ticks for what commits seem to have completed, or make those that are chosen."""
    _check(options)
    of_file = change.Options(
        file=options.file, dry_run=options.dry_run, diff=options.diff,
        output_format=options.output_format, color=options.color,
    )  # fmt: skip
    project = find_project([options.file] if options.file else [])
    settle(project)
    path = tracker_path(project, of_file)
    with remembered(project.root):
        read = _read(project, path, options)
        wanted = select(read.tracker, names, path) if names else None
    for why in read.incomplete:
        print(f'roadmap-md: {SAID[why]}', file=sys.stderr)
    if not options.apply:
        _show(_of(read, wanted), options)
        return 0
    backings = _backings(read, wanted, options.date_from_evidence)
    if not backings:
        _show_nothing(read, options)
        return 0

    def choose(tracker: Tracker) -> Mapping[int, Backing]:
        if tracker.data != read.tracker.data:
            raise UserError(f'{path} was changed meanwhile', 'try again')
        return backings

    code = perform(project, path, choose, Status.COMPLETED, of_file)
    if code and wanted is None and (free := read.free()):
        print(f'  {visible(free)} would skip nothing: name that', file=sys.stderr)
    return code


def _check(options: Options) -> None:
    if options.since_ref is not None and options.everything:
        raise UserError('--since-ref and --all', 'give one or the other')
    for given, name in (
        (options.date_from_evidence, '--date-from-evidence'),
        (options.dry_run, '--dry-run'),
        (options.diff, '--diff'),
    ):
        if given and not options.apply:
            raise UserError(f'{name} without --apply', 'without --apply nothing is changed')


def _read(project: Project, path: str, options: Options) -> Read:
    repo = git.find(path)
    if repo is None:
        if not git.installed():
            raise UserError('git is not installed', 'commits are what suggestions are made from')
        raise UserError(
            f'{path} is in no git work tree', 'commits are what suggestions are made from'
        )
    config = project.config
    tracker = parse(files.read(path), path, config.preference)
    past = read_past(repo, path, config.preference)
    if past.newest.data != tracker.data:
        raise UserError(f'{path} cannot be read as one version', "'roadmap-md lint' says why")
    begun = bool(git.head(repo, _inside(repo, path)).commit)
    since = _since(repo, past, options) if begun else Since('', 'in all commits')
    commits = git.work(repo, since.commit) if begun else ()
    trackers = _trackers(repo, project, path, past)
    found = find_evidence(tracker, commits, trackers, _opened(past))
    return Read(path, tracker, since, found, _skips(tracker, found, config, path), past.incomplete)


def _since(repo: git.Repository, past: Past, options: Options) -> Since:
    if options.everything:
        return Since('', 'in all commits')
    if options.since_ref is not None:
        return Since(git.commit_named(repo, options.since_ref), f'since {options.since_ref}')
    ticks = [t for t in past.transitions if t.commit and t.after is Status.COMPLETED]
    names = list(dict.fromkeys(tick.commit for tick in ticks))
    inferred = git.with_trailer(repo, names, EVIDENCE_TRAILER) if names else set()
    # Who ticks what was proposed may still think about the rest.
    for tick in ticks:
        if tick.commit not in inferred:
            return Since(tick.commit, f'since the last tick, {_day(tick.date)}')
    for task in past.scope:
        if task.commit and task.after is Status.COMPLETED:
            return Since(task.commit, f'since completed tasks came in, {_day(task.date)}')
    return Since('', 'in all commits')


def _day(date: object) -> str:
    return f'{date:%Y-%m-%d}'


def _trackers(repo: git.Repository, project: Project, path: str, past: Past) -> frozenset[str]:
    """The paths of trackers, under all the names they had, as git has them."""
    inside = {_inside(repo, name) for name in (path, *project.trackers((), must_exist=False))}
    return frozenset(inside | {t.path for t in past.transitions} | {t.path for t in past.scope})


def _inside(repo: git.Repository, path: str) -> str:
    return os.path.relpath(files.resolve(path, repo.top), os.path.realpath(repo.top))


def _opened(past: Past) -> dict[str, set[int]]:
    """By commits, the tasks that they said are open; '' for what is not committed."""
    opened: dict[str, set[int]] = {}
    for t in past.transitions:
        begun = t.after is Status.IN_PROGRESS and t.commit
        if t.current >= 0 and (begun or t.after is Status.NOT_STARTED):
            opened.setdefault(t.commit, set()).add(t.current)
    return opened


def _skips(tracker: Tracker, found: Found, config: Config, path: str) -> dict[int, str]:
    """What each proposal would skip: a certain one beside the certain, others beside all."""
    certain = [one.task for one in found.suggestions if one.is_certain]
    everything = [one.task for one in found.suggestions]
    skips = dict(_skipped(tracker, everything, config, path))
    return {task: key for task, key in skips.items() if task not in certain} | dict(
        _skipped(tracker, certain, config, path)
    )


def _skipped(
    tracker: Tracker, tasks: list[int], config: Config, path: str
) -> Iterator[tuple[int, str]]:
    try:
        after = set_statuses(tracker, dict.fromkeys(tasks, Status.COMPLETED))
    except (UserError, WriteProofError):
        return  # --apply says why
    at = {mark.span: index for index, mark in enumerate(after.marks)}
    for rule, problem in new_errors(tracker, after, config, path, today()):
        if rule.code == 'RM301' and problem.span in at and problem.keys:
            yield at[problem.span], problem.keys[0]


def _of(read: Read, wanted: list[int] | None) -> Read:
    """*read*, of the tasks that are *wanted*."""
    if wanted is None:
        return read
    suggestions = tuple(one for one in read.found.suggestions if one.task in wanted)
    ambiguous = tuple(one for one in read.found.ambiguous if set(one.tasks) & set(wanted))
    return read._replace(found=Found(suggestions, ambiguous))


def _backings(read: Read, wanted: list[int] | None, dated: bool) -> dict[int, Backing]:
    """What to tick: what is certain, or what was named and has some evidence."""
    if wanted is None:
        wanted = [one.task for one in read.found.suggestions if one.is_certain]
    return {index: _backing(_evidence(read, index), dated) for index in wanted}


def _evidence(read: Read, index: int) -> list[Evidence]:
    """What there is for that task, if it is not completed. Raises UserError for nothing."""
    suggestion = read.task(index)
    found = list(suggestion.evidence) if suggestion else []
    if not found:
        found = [e for one in read.found.ambiguous if index in one.tasks for e in one.evidence]
    if not found and read.tracker.state[index] is not Status.COMPLETED:
        key = read.tracker.tasks[index].key
        raise UserError(f'no commit speaks of {key}', f"'roadmap-md tick {key}' needs none")
    return found


def _backing(evidence: list[Evidence], dated: bool) -> Backing:
    if not evidence:
        return Backing()
    commits = tuple(dict.fromkeys(one.commit for one in evidence))[:_MOST_TRAILERS]
    newest = max(evidence, key=lambda one: one.when)
    return Backing(commits, newest.date if dated else '')


def _show_nothing(read: Read, options: Options) -> None:
    if options.output_format == 'json':
        from ..output import json

        print(json.document(changes=[]))
        return
    left = bool(read.found.suggestions or read.found.ambiguous)
    print('nothing is certain' + '; name what you have done' * left)


def _show(read: Read, options: Options) -> None:
    from ..output import suggestions

    path, tracker, since, found, skips, incomplete = read
    if options.output_format == 'json':
        from ..output import json

        parts = suggestions.as_data(tracker, path, found, skips)
        whole = {'complete': not incomplete, 'incomplete': [*incomplete]}
        print(json.document(**whole, since=since.commit or None, **parts))
        return
    paint = painter(sys.stdout, options.color)
    for row in suggestions.rows(tracker, found, since.what, skips, paint):
        print(row)
