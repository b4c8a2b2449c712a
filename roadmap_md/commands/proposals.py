"""What commits propose for one tracker: which of them are read, and what would be skipped."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .. import files, git
from ..config import Config
from ..errors import UserError
from ..evidence import Found, Suggestion, free
from ..inference import find_evidence
from ..lint import new_errors
from ..message import EVIDENCE_TRAILER
from ..past import Past, read_past
from ..project import Project
from ..rewrite import WriteProofError, set_statuses
from ..status import Status
from ..tracker import Tracker
from .reading import parse, today


class Since(NamedTuple):
    """The commit behind which evidence begins, empty for none, and what it is."""

    commit: str
    what: str


class Proposals(NamedTuple):
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


def read_proposals(
    project: Project, path: str, since_ref: str | None, everything: bool
) -> Proposals:
    """What the commits after *since_ref* say of the tracker at *path*, or *everything*.

    Without either, those after the last tick. Raises UserError where there is no history, and for
    a revision that git does not know.
    """
    repo = git.repository(path, 'commits are what suggestions are made from')
    config = project.config
    tracker = parse(files.read(path), path, config.preference)
    past = read_past(repo, path, config.preference)
    if past.newest.data != tracker.data:
        raise UserError(f'{path} cannot be read as one version', "'roadmap-md lint' says why")
    has_commits = bool(git.head(repo, _inside(repo, path)).commit)
    everything = everything or not has_commits
    since = _since(repo, past, since_ref, everything)
    commits = git.work(repo, since.commit) if has_commits else ()
    trackers = _trackers(repo, project, path, past)
    found = find_evidence(tracker, commits, trackers, _opened(past))
    return Proposals(
        path, tracker, since, found, _skips(tracker, found, config, path), past.incomplete
    )


def _since(repo: git.Repository, past: Past, since_ref: str | None, everything: bool) -> Since:
    if everything:
        return Since('', 'in all commits')
    if since_ref is not None:
        return Since(git.commit_at(repo, since_ref), f'since {since_ref}')
    ticks = [t for t in past.transitions if t.commit and t.after is Status.COMPLETED]
    names = list(dict.fromkeys(tick.commit for tick in ticks))
    inferred = git.trailer_values(repo, names, EVIDENCE_TRAILER)
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
    return files.inside(path, repo.top)


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
