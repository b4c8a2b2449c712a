"""From one repository to its learners: what is done of each, wherever that is done."""

from collections.abc import Iterator, Sequence
from os.path import basename
from typing import NamedTuple

from . import git
from .cohort import Clock, Group, Learner, Survey
from .errors import UserError
from .git import Repository, refs
from .git.refs import Held, Ref
from .stencil import Stencils
from .text import is_readable
from .tracker import Tracker
from .vocabulary import Preference

_BEGINNINGS = ('refs/heads/', 'refs/cohort/', 'refs/remotes/', 'refs/tags/', 'refs/')


class Source(NamedTuple):
    """Where learners are: the refs of the repository at *directory* that match *patterns*.

    Without any it is one learner's, and HEAD is what counts. *path* is that of the tracker, from
    the top; the refs that are *left_out* are no learners. Their history is read if there is a
    *clock*.
    """

    directory: str
    patterns: tuple[str, ...] = ()
    path: str = 'ROADMAP.md'
    preference: Preference = Preference()
    left_out: frozenset[str] = frozenset()
    clock: Clock | None = None


def gather(source: Source) -> Group:
    """The learners there. One who cannot be read is named, and stops nobody else."""
    try:
        repo = git.at(source.directory, around=bool(source.patterns))
        wanted = _wanted(repo, source)
    except UserError as error:
        return Group((Learner(_name(source), source.directory, trouble=error.message),), {})
    survey, stencils = Survey(), Stencils(source.preference)
    found = list(_states(repo, source, wanted, survey, stencils))
    learners = [one.learner for one in found]
    if source.clock:
        try:
            learners = list(_followed(repo, source, found, survey))
        except UserError as error:
            learners = _troubled(learners, f'the history cannot be read: {error.message}')
    return Group(tuple(learners), survey.plans())


def _troubled(learners: Sequence[Learner], why: str) -> list[Learner]:
    return [one._replace(trouble=one.trouble or why) for one in learners]


def _wanted(repo: Repository, source: Source) -> Sequence[Ref]:
    if not source.patterns:
        commit = git.tip(repo, source.path).commit
        if not commit:
            raise UserError('there is no commit yet', '')
        return [Ref('', commit)]
    return [ref for ref in refs.matching(repo, source.patterns) if ref.name not in source.left_out]


class _Found(NamedTuple):
    """A learner, and the tracker by whose example theirs was read."""

    learner: Learner
    plan: Tracker | None = None


def _states(
    repo: Repository, source: Source, wanted: Sequence[Ref], survey: Survey, stencils: Stencils
) -> Iterator[_Found]:
    done = 0
    try:
        for held in refs.held(repo, wanted, source.path):
            yield _state(held, source, survey, stencils)
            done += 1
    except UserError as error:
        for ref in wanted[done:]:
            yield _Found(Learner(*_called(ref, source), trouble=error.message))


def _state(held: Held, source: Source, survey: Survey, stencils: Stencils) -> _Found:
    called = _called(held.ref, source)
    trouble = ''
    found = None
    if held.data is None:
        size = held.size
        trouble = f'{source.path} has {size} bytes' if size >= 0 else f'there is no {source.path}'
    else:
        try:
            found = stencils.known(held.data)
            if found is None and is_readable(held.data):
                found = stencils.read(held.data)
            if found is None:
                trouble = f'{source.path} has conflict markers, or is no text'
            elif not found.state:
                trouble = f'{source.path} has no tasks'
        except UnicodeDecodeError:
            trouble = f'{source.path} is not UTF-8'
    if trouble or not found:
        return _Found(Learner(*called, trouble=trouble))
    return _Found(survey.add(*called, found), found.example)


def _followed(
    repo: Repository, source: Source, found: Sequence[_Found], survey: Survey
) -> Iterator[Learner]:
    """The learners with their course, if that was asked."""
    from .ticks import Wanted, ticks

    assert source.clock
    if why := _incomplete(repo):
        yield from _troubled([one.learner for one in found], why)
        return
    those = [(learner, plan) for learner, plan in found if plan]
    wanted = [Wanted(learner.commit, plan) for learner, plan in those]
    every = ticks(repo, source.path, source.preference, wanted)
    yield from (learner for learner, plan in found if not plan)
    for (learner, plan), made in zip(those, every, strict=True):
        yield survey.follow(learner, plan, made, source.clock)


def _incomplete(repo: Repository) -> str:
    """Why what git tells may not be all that happened; empty where it is."""
    altered = git.altered(repo)
    if altered.shallow:
        return 'a shallow clone: what was done before its oldest commit is not known'
    if altered.grafts or altered.replaced:
        return 'commits are grafted or replaced: what git tells may not be what happened'
    return ''


def _called(ref: Ref, source: Source) -> tuple[str, str, str]:
    """The name of a learner, where that was read, and the commit."""
    if not ref.name:
        return _name(source), source.directory, ref.commit
    name = ref.name
    for beginning in _BEGINNINGS:
        if name.startswith(beginning):
            return name[len(beginning) :], name, ref.commit
    return name, name, ref.commit


def _name(source: Source) -> str:
    return basename(source.directory.rstrip('/')).removesuffix('.git') or source.directory
