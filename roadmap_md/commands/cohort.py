"""``cohort``: many learners with one plan."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from os.path import normpath
from typing import NamedTuple

from ..cohort import (
    BY_NAME,
    OF_HISTORY,
    Group,
    Learner,
    View,
    changed,
    chosen,
    others,
    stages,
    template,
)
from ..errors import UserError
from ..gather import Checks, Source
from ..output.cohort import Shown
from ..project import find_project
from ..survey import Clock
from ..vocabulary import Preference
from .cohort_formats import Form, maker, show, tell
from .reading import today
from .whom import Whom, learners, plan_at


class Options(NamedTuple):
    """Whom to look for, and how to show them; *limit* is 0 for all.

    *file* is the tracker's path in each repository. *history* is read, and the rules are asked
    (*lint*), where that is needed too; *day* is taken for today.
    """

    whom: Whom = Whom()
    file: str | None = None
    history: bool = False
    lint: bool = False
    day: date | None = None
    only: str | None = None
    at: str | None = None
    sort: str | None = None
    limit: int = 20
    anonymous: bool = False
    to: str | None = None
    output_format: str = 'text'
    color: str = 'auto'

    @property
    def sorted(self) -> str:
        """As it was asked for; on a page one looks for a name, if there are names."""
        by_name = self.output_format == 'html' and not self.anonymous
        return self.sort or ('name' if by_name else 'progress')


def cohort(directories: tuple[str, ...], options: Options) -> int:
    """Show how far all are; exit 1 where some could not be read."""
    if options.anonymous and options.sort == 'name':  # who has a list of them could count
        raise UserError('in the order of their names they are not anonymous', 'sort otherwise')
    config, on = find_project().config, options.day or today()
    path = normpath(options.file or config.files[0])
    form = Form(options.output_format, options.to, options.limit, options.sorted, options.color)
    make = maker(form, on)  # before all are read
    example = None if options.whom.template is None else plan_at(options.whom.template, path)
    clock = None
    if options.history or options.only == 'stuck' or options.sorted in OF_HISTORY:
        clock = Clock(on, config.rest_days, config.pauses)
    asks = options.lint or 'problems' in (options.only, options.sort)
    like = Source(
        '', (), path, config.preference, clock, checks=Checks(config, on) if asks else None
    )
    group = learners(directories, options.whom, like)
    if not group.learners:
        raise UserError('there are no learners', 'name refs with --refs, or directories')
    shown = _shown(group, example, config.preference, options)
    show(make(shown), form, [path])
    tell(shown.lost, form)
    return 1 if shown.lost else 0


def _shown(group: Group, example: bytes | None, preference: Preference, options: Options) -> Shown:
    common = template(group, example, preference)
    ties = _content if options.anonymous else BY_NAME
    lost = sorted((one for one in group.learners if one.trouble), key=ties)
    if common is None:
        return Shown('', (), list(_unnamed(lost, lost)) if options.anonymous else lost, (), ())
    outlines = common, *(plan.outline for plan in group.plans.values())
    if options.at and not any(options.at in (*one.keys, *one.titles) for one in outlines):
        raise UserError(
            f"no plan has a task '{options.at}'", 'name it by its key, as where they are is told'
        )
    view = View(options.only or '', options.at or '', options.sorted)
    readable = (one for one in group.learners if one.plan)
    read = chosen(readable, view, common.name, options.day or today(), ties)
    if options.anonymous:
        every = *read, *lost
        read, lost = list(_unnamed(read, every)), list(_unnamed(lost, every))
    other = others(group, common, preference)
    return Shown(
        common.heading, read, lost, stages(group, common, other), changed(other),
        whole=not (view.only or view.at),
    )  # fmt: skip


# What git says of a URL or a path, which often has a name in it, whatever the learner's is here.
_WORDS = re.compile(r'(?:^|:? ?\b)(?:fatal|error|warning|remote|ssh): .*')


def _nobody(one: Learner) -> Learner:
    """All of *one* but who it is; a commit, or a path, would tell that too."""
    telling = '|'.join(re.escape(word) for word in (one.source, one.name) if word)
    trouble = _WORDS.sub('', one.trouble) or ('git failed' if one.trouble else '')
    if telling:
        trouble = re.sub(rf'\S*({telling})\S*', '…', trouble)
    return one._replace(name='', source='', commit='', trouble=trouble)


def _content(one: Learner) -> str:
    """What sorts them, but not by their names: the order of those would tell who they are."""
    return repr(_nobody(one))


def _unnamed(learners: Iterable[Learner], every: Iterable[Learner]) -> Iterator[Learner]:
    """Numbered as all are shown."""
    order = dict.fromkeys((one.name, one.source) for one in every)
    numbers = {who: number for number, who in enumerate(order, 1)}
    for one in learners:
        yield _nobody(one)._replace(name=f'learner {numbers[one.name, one.source]}')
