"""``cohort``: many learners with one plan."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import NamedTuple

from .. import git
from ..cohort import (
    OF_HISTORY,
    Group,
    Learner,
    View,
    changed,
    chosen,
    stages,
    template,
    together,
)
from ..collect import Remote, collect, read_list
from ..errors import UserError
from ..gather import Source, gather
from ..git import refs
from ..output import cohort as output
from ..output.cohort import Shown
from ..output.progress import Progress
from ..output.terminal import painter
from ..plan_outline import plan_name
from ..project import find_project
from ..survey import Clock
from ..vocabulary import Preference
from .reading import read_text, today

_AT_ONCE = 4  # repositories; nearly all of the time is git's


class Options(NamedTuple):
    """Whom to look for, and how to show them; *limit* is 0 for all.

    *patterns* are of refs, *file* is the tracker's path in each repository, *template* a commit
    that has the plan to compare with. *fetch* is a list of URLs, fetched *into* a bare repository.
    *history* is read where it is needed; *day* is taken for
    today.
    """

    patterns: tuple[str, ...] = ()
    file: str | None = None
    template: str | None = None
    fetch: str | None = None
    into: str = ''
    history: bool = False
    day: date | None = None
    only: str | None = None
    at: str | None = None
    sort: str = 'progress'
    limit: int = 20
    anonymous: bool = False
    output_format: str = 'text'
    color: str = 'auto'


def cohort(directories: tuple[str, ...], options: Options) -> int:
    """Show how far all are; exit 1 where some could not be read."""
    project = find_project()
    config = project.config
    path = options.file or config.files[0]
    left_out, example = _template(options, path)
    clock = None
    if options.history or options.only == 'stuck' or options.sort in OF_HISTORY:
        clock = Clock(options.day or today(), config.rest_days, config.pauses)
    if options.fetch is None:
        sources = _sources(directories, options, path, config.preference, left_out)
    else:
        remotes, missing = _fetched(options)
        patterns = tuple(remote.ref for remote in remotes)
        sources = iter([Source(options.into, patterns, path, config.preference)])
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        group = together(pool.map(gather, (source._replace(clock=clock) for source in sources)))
    if options.fetch is not None:
        group = group._replace(learners=tuple(_named(group.learners, remotes, missing)))
    if not group.learners:
        raise UserError('there are no learners', 'name refs with --refs, or directories')
    shown = _shown(group, example, config.preference, options)
    _print(shown, options)
    return 1 if shown.lost else 0


def _fetched(options: Options) -> tuple[list[Remote], dict[str, str]]:
    """The remotes of the list, and why some could not be fetched."""
    assert options.fetch
    remotes = read_list(read_text(options.fetch), options.fetch)
    with Progress('fetching', len(remotes)) as progress:
        return remotes, collect(options.into, remotes, progress)


def _named(
    learners: Iterable[Learner], remotes: Iterable[Remote], missing: Mapping[str, str]
) -> Iterator[Learner]:
    """The learners as the list names them, and those of whom nothing was ever fetched."""
    found = {one.source: one for one in learners}
    for remote in remotes:
        words = missing.get(remote.name, '').partition('\n')[0]
        one = found.get(remote.ref)
        if one is None:
            yield Learner(remote.name, remote.ref, trouble=words or 'nothing was fetched')
        else:
            late = f'not fetched now: {words}' if words else ''
            yield one._replace(name=remote.name, trouble=one.trouble or late)


def _template(options: Options, path: str) -> tuple[frozenset[str], bytes | None]:
    """The refs that are none of a learner, and the plan to compare with, where one is named."""
    if options.template is None:
        return frozenset(), None
    repo = git.at('.')
    blob = git.head_blob(repo, path, options.template)
    if not blob:
        raise UserError(f"'{options.template}' has no {path}", 'name a branch that has the plan')
    (data,) = git.contents(repo, blob)
    names = (options.template, f'refs/heads/{options.template}', f'refs/{options.template}')
    return frozenset(names), data


def _sources(
    directories: Sequence[str], options: Options, path: str, preference: Preference,
    left_out: frozenset[str],
) -> Iterator[Source]:  # fmt: skip
    patterns = options.patterns or (() if directories else (refs.HEADS,))
    for directory in directories or ('.',):
        yield Source(directory, patterns, path, preference, left_out)


def _shown(group: Group, example: bytes | None, preference: Preference, options: Options) -> Shown:
    common = template(group, example, preference)
    lost = sorted((one for one in group.learners if one.trouble), key=lambda one: one.name)
    if common is None:
        return Shown('', (), lost, (), ())
    view = View(options.only or '', options.at or '', options.sort)
    readable = (one for one in group.learners if one.plan)
    read = chosen(readable, view, plan_name(common), options.day or today())
    if options.anonymous:
        every = list(_unnamed([*read, *lost]))
        read, lost = every[: len(read)], every[len(read) :]
    title = common.sections[0].text if common.sections else ''
    return Shown(
        title, read, lost, stages(group, common, preference), changed(group, common, preference)
    )


def _unnamed(learners: Iterable[Learner]) -> Iterator[Learner]:
    """Numbered as they are shown; a commit would tell who they are too."""
    for number, one in enumerate(learners, 1):
        yield one._replace(name=f'learner {number}', source='', commit='')


def _print(shown: Shown, options: Options) -> None:
    if options.output_format == 'json':
        from ..output import json

        print(json.document(**output.parts(shown)))
    elif options.output_format == 'jsonl':
        from ..output import json

        for one in (*shown.learners, *shown.lost):
            print(json.dumped(output.as_json(one)))
    elif options.output_format == 'csv':
        from ..output import csv

        for record in csv.table(*output.rows(shown.learners)):
            print(record, end='')
        _tell(shown.lost)
    elif options.output_format == 'markdown':
        from ..output import markdown

        print('\n'.join(markdown.table(*output.rows(shown.learners))))
        _tell(shown.lost)
    else:
        print('\n'.join(output.screen(shown, options.limit, painter(sys.stdout, options.color))))


def _tell(lost: Iterable[Learner]) -> None:
    from ..escape import visible

    for one in lost:
        print(f'roadmap-md: {visible(one.name)}: {visible(one.trouble)}', file=sys.stderr)
