"""Where ``cohort`` finds learners: refs, directories, URLs; here or on a cluster."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .. import git
from ..absence import one_line
from ..cohort import Group, Learner, together
from ..errors import UserError
from ..gather import Source, directory_name, gather
from ..git.remote import HEADS
from ..output.progress import Progress
from .extra import extra
from .reading import read_text

if TYPE_CHECKING:
    from ..collect import Remote

_AT_ONCE = 4  # repositories; nearly all of the time is git's


class Whom(NamedTuple):
    """Whom to look for; where nothing is said, the branches of the repository around us.

    *patterns* are of refs, *template* a commit that has the plan to compare with, and is nobody's.
    *fetch* is a list of URLs, fetched *into* a bare repository, else ``cohort.git``. *scheduler* is
    the address of that of a Dask cluster, whose workers see the same directories.
    """

    patterns: tuple[str, ...] = ()
    template: str | None = None
    fetch: str | None = None
    into: str | None = None
    scheduler: str | None = None


def plan_at(commit: str, path: str) -> bytes:
    """The tracker that *commit* has at *path*. Raises UserError."""
    repo = git.at('.')
    blob = git.head_blob(repo, path, commit)
    if not blob:
        lacks = f'has no {path}' if blob is not None else 'names no commit here'
        raise UserError(f"'{commit}' {lacks}", 'name a branch that has the plan')
    return git.contents(repo, blob)[0]


def learners(directories: Sequence[str], whom: Whom, like: Source) -> Group:
    """All of them, each asked for as *like* says. Raises UserError."""
    if whom.fetch is None:
        if whom.into is not None:
            raise UserError('--into says where to fetch, but not what', 'add --fetch with a list')
        return _gathered(list(_sources(directories, whom, like)), whom.scheduler)
    if directories or whom.patterns:
        raise UserError(
            '--fetch has a list of all learners', 'leave out --refs and directories, or --fetch'
        )
    from ..collect import collect, read_list

    into = whom.into or 'cohort.git'
    remotes = read_list(read_text(whom.fetch), whom.fetch)
    with Progress('fetching', len(remotes)) as progress:
        missing = collect(into, remotes, progress)
    patterns = tuple(remote.ref for remote in remotes)
    source = like._replace(directory=os.path.abspath(into), patterns=patterns)
    group = _gathered([source], whom.scheduler)
    return group._replace(learners=tuple(_named(group.learners, remotes, missing)))


def _sources(directories: Sequence[str], whom: Whom, like: Source) -> Iterator[Source]:
    patterns = whom.patterns or (() if directories else (HEADS,))
    plan = whom.template
    left_out = {plan, f'refs/{plan}', HEADS + plan} if plan else ()
    directories = directories or ('.',)
    paths = [*map(os.path.abspath, directories)]
    names = [*map(directory_name, paths)]
    times = Counter(names)
    for given, path, name in zip(directories, paths, names, strict=True):
        if times[name] > 1:
            name = given
        elif not patterns or len(paths) == 1:
            name = ''  # which it has anyhow
        yield like._replace(
            directory=path, patterns=patterns, left_out=frozenset(left_out), called=name
        )


def _gathered(sources: Sequence[Source], scheduler: str | None) -> Group:
    with Progress('reading', len(sources)) as progress:
        if scheduler is None and len(sources) == 1:  # here, where an interruption ends it at once
            return gather(sources[0], progress.at)
        if scheduler is None:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(_AT_ONCE) as pool:
                return together(_counted(pool.map(gather, sources), progress))
        with extra('cluster'):
            from ..cluster import gathered
        return together(_counted(gathered(scheduler, sources), progress))


def _counted(groups: Iterable[Group], progress: Progress) -> Iterator[Group]:
    for group in groups:
        progress()
        yield group


def _named(
    found: Iterable[Learner], remotes: Iterable['Remote'], missing: Mapping[str, str]
) -> Iterator[Learner]:
    """The learners as the list names them, and those of whom nothing was ever fetched."""
    by_ref = {one.source: one for one in found}
    for remote in remotes:
        words = one_line(missing.get(remote.name, ''))
        one = by_ref.get(remote.ref)
        if one is None:
            yield Learner(remote.name, remote.ref, trouble=words or 'nothing was fetched')
        else:
            late = f'not fetched now: {words}' if words else ''
            yield one._replace(name=remote.name, trouble=one.trouble or late)
