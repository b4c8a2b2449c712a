"""From one repository to its learners: what is done of each, wherever that is done."""

from collections.abc import Iterator, Sequence
from os.path import basename
from typing import NamedTuple

from . import git
from .cohort import Group, Learner, Survey
from .errors import UserError
from .git import Repository, refs
from .git.refs import Held, Ref
from .stencil import Stencils
from .text import is_readable
from .vocabulary import Preference

_BEGINNINGS = ('refs/heads/', 'refs/cohort/', 'refs/remotes/', 'refs/tags/', 'refs/')


class Source(NamedTuple):
    """Where learners are: the refs of the repository at *directory* that match *patterns*.

    Without any it is one learner's, and HEAD is what counts. *path* is that of the tracker, from
    the top; the refs that are *left_out* are no learners.
    """

    directory: str
    patterns: tuple[str, ...] = ()
    path: str = 'ROADMAP.md'
    preference: Preference = Preference()
    left_out: frozenset[str] = frozenset()


def gather(source: Source) -> Group:
    """The learners there. One who cannot be read is named, and stops nobody else."""
    try:
        repo = git.at(source.directory)
        wanted = _wanted(repo, source)
    except UserError as error:
        return Group((Learner(_name(source), source.directory, trouble=error.message),), {})
    survey, stencils = Survey(), Stencils(source.preference)
    learners = tuple(_learners(repo, source, wanted, survey, stencils))
    return Group(learners, survey.plans())


def _wanted(repo: Repository, source: Source) -> Sequence[Ref]:
    if not source.patterns:
        commit = git.tip(repo, source.path).commit
        if not commit:
            raise UserError('there is no commit yet', '')
        return [Ref('', commit)]
    return [ref for ref in refs.matching(repo, source.patterns) if ref.name not in source.left_out]


def _learners(
    repo: Repository, source: Source, wanted: Sequence[Ref], survey: Survey, stencils: Stencils
) -> Iterator[Learner]:
    done = 0
    try:
        for held in refs.held(repo, wanted, source.path):
            yield _learner(held, source, survey, stencils)
            done += 1
    except UserError as error:
        for ref in wanted[done:]:
            yield Learner(*_called(ref, source), trouble=error.message)


def _learner(held: Held, source: Source, survey: Survey, stencils: Stencils) -> Learner:
    called = _called(held.ref, source)
    if held.data is None:
        size = held.size
        said = f'{source.path} has {size} bytes' if size >= 0 else f'there is no {source.path}'
        return Learner(*called, trouble=said)
    try:
        found = stencils.known(held.data)
        if found is None:
            if not is_readable(held.data):
                return Learner(
                    *called, trouble=f'{source.path} has conflict markers, or is no text'
                )
            found = stencils.read(held.data)
    except UnicodeDecodeError:
        return Learner(*called, trouble=f'{source.path} is not UTF-8')
    if not found.state:
        return Learner(*called, trouble=f'{source.path} has no tasks')
    return survey.add(*called, found)


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
