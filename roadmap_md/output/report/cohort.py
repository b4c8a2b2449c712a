"""Many learners as one page, which stays light whoever many they are.

What is the same of all is said once, and a learner takes about a hundred bytes.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ...cohort import Learner, Stage, is_stuck
from ...inline import plain
from ...rules import RULES
from ...standing import broken, spread, standing
from ..cohort import Shown
from ..terminal import counted
from . import histogram
from .document import css, page
from .edits import edits
from .roster import roster

_NAMES = {rule.code: rule.name.replace('-', ' ') for rule in RULES}
_MOST = 50  # who are stuck, named beside each other; of all of them the table says so


class Step(NamedTuple):
    """A task of the plan: how many, and how many *percent* of all, have *passed* it.

    So many are *here*, a *share* in percent of those where most are. *days* are the quartiles of
    how long it was in progress.
    """

    key: str
    title: str
    passed: int
    percent: int
    here: int
    share: int
    days: tuple[int, int, int] | None


def html(shown: Shown, sort: str, today: date) -> str:
    """The page; the learners are sorted so."""
    of = standing(shown.learners) if shown.learners else None
    stuck = [one for one in shown.learners if is_stuck(one, today)]
    ranges = spread(of.percents) if of else []
    return page(
        'cohort.html.j2',
        css('screen') + css('cohort') + _widths(),
        title=plain(shown.title) or 'Learners',
        today=today,
        shown=shown,
        standing=of,
        is_told=any(one.course for one in shown.learners),
        is_checked=any(one.errors is not None for one in shown.learners),
        wrong=sum(bool(one.errors) for one in shown.learners),
        broken=[(_NAMES[code], code, number) for code, number in broken(shown.learners)],
        says=histogram.says(of) if of else '',
        bars=histogram.bars(ranges) if ranges else [],
        view=(histogram.WIDTH, histogram.HEIGHT),
        table=histogram.table(ranges),
        steps=_steps(shown.stages, len(shown.learners)) if shown.whole else [],
        stuck=_longest(stuck)[:_MOST],
        more_stuck=len(stuck) - _MOST,
        edits=edits(shown.changed) if shown.whole else None,
        groups=roster(shown.learners, sort, {one.plan for one in shown.changed}, today),
        counted=counted,
    )  # fmt: skip


def _widths() -> str:
    """The length of a bar by the name of its class: a row has no style of its own."""
    return ''.join(f'.p{at}{{--p:{at}%}}' for at in range(101))


def _longest(stuck: Sequence[Learner]) -> list[Learner]:
    return sorted(stuck, key=lambda one: ((one.course and one.course.last) or date.min, one.name))


def _steps(stages: Sequence[Stage], learners: int) -> list[Step]:
    most = max((stage.here for stage in stages), default=0) or 1
    return [
        Step(
            one.key, plain(one.title), one.passed, one.passed * 100 // learners,
            one.here, one.here * 100 // most, one.times,
        )
        for one in stages
    ]  # fmt: skip
