"""``cohort``: many learners with one plan."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ..cohort import OF_HISTORY, Group, Learner, View, changed, chosen, stages, template
from ..errors import UserError
from ..gather import Source
from ..output import cohort as output
from ..output.cohort import Shown
from ..output.terminal import painter
from ..output.text import heading
from ..plan_outline import plan_name
from ..project import find_project
from ..survey import Clock
from ..vocabulary import Preference
from .reading import today
from .whom import Whom, learners, plan_at


class Options(NamedTuple):
    """Whom to look for, and how to show them; *limit* is 0 for all.

    *file* is the tracker's path in each repository. *history* is read where it is needed; *day* is
    taken for today.
    """

    whom: Whom = Whom()
    file: str | None = None
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
    config = find_project().config
    path = options.file or config.files[0]
    example = None if options.whom.template is None else plan_at(options.whom.template, path)
    clock = None
    if options.history or options.only == 'stuck' or options.sort in OF_HISTORY:
        clock = Clock(options.day or today(), config.rest_days, config.pauses)
    group = learners(directories, options.whom, Source('', (), path, config.preference, clock))
    if not group.learners:
        raise UserError('there are no learners', 'name refs with --refs, or directories')
    shown = _shown(group, example, config.preference, options)
    _print(shown, options)
    return 1 if shown.lost else 0


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
    title = heading(common)
    return Shown(
        title, read, lost, stages(group, common, preference), changed(group, common, preference),
        whole=not (view.only or view.at),
    )  # fmt: skip


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
