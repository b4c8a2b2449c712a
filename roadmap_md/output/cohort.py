"""Many learners: where they are, how far each is, and who could not be read."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ..cohort import Changed, Learner, Stage, called
from ..course import Course
from ..escape import visible
from ..standing import broken, standing
from .terminal import Painter, bar, columns, counted, fit, pad, width

_BAR = 16  # cells
_MOST_STAGES = 8
_NAMES = ('learner', 'completed', 'of', 'percent', 'key', 'title', 'plan', 'commit', 'source')
_ERRORS = ('errors', 'broken_rules')
_COURSE = ('last', 'streak', 'active_days', 'per_week', 'finish')


class Shown(NamedTuple):
    """The *learners* to show, and *lost* ones who could not be read.

    Of the plan *title* there are *stages*, and some have *changed* it: of all learners, who are
    more than those to show if not *whole*.
    """

    title: str
    learners: Sequence[Learner]
    lost: Sequence[Learner]
    stages: Sequence[Stage]
    changed: Sequence[Changed]
    whole: bool = True


def screen(shown: Shown, limit: int, paint: Painter) -> Iterator[str]:
    """What people see: an overview, then up to *limit* learners (0 is all)."""
    wide = columns()
    if shown.learners:
        yield from _overview(shown, paint, wide)
        yield ''
        yield from _table(shown.learners[: limit or None], paint, wide)
        if limit and len(shown.learners) > limit:
            rest = len(shown.learners) - limit
            yield paint(f'  and {rest} more; --limit 0 shows all', 'dim')
    elif not shown.whole:
        yield 'nobody'
    if shown.lost:
        if shown.learners or not shown.whole:
            yield ''
        yield paint(f'{counted(len(shown.lost), "learner")} could not be read', 'red')
        room = min(30, max(width(visible(one.name)) for one in shown.lost))
        for one in shown.lost:
            yield f'  {pad(one.name, room)}  {fit(one.trouble, wide - room - 4)}'


def _overview(shown: Shown, paint: Painter, wide: int) -> Iterator[str]:
    said = counted(len(shown.learners), 'learner')
    if shown.title:
        yield f'{paint(fit(shown.title, wide - 22), "bold")}  {paint(said, "dim")}'
    else:
        yield paint(said, 'bold')
    yield ''
    of = standing(shown.learners)
    said = f'median {of.median:.0f}%, from {of.percents[0]}% to {of.percents[-1]}%'
    filled, empty = bar(round(of.mean), 100, 30)
    yield f'  {paint(filled, "green")}{paint(empty, "dim")}  {said}'
    yield f'  {of.finished} finished, {of.learners - of.begun} not begun'
    if shown.changed and shown.whole:
        number = sum(one.learners for one in shown.changed)
        how = counted(len(shown.changed), 'way')
        yield f'  {number} changed the plan, in {how}'
    if any(one.errors is not None for one in shown.learners):
        number = sum(bool(one.errors) for one in shown.learners)
        rules = ', '.join(f'{code} {breaking}' for code, breaking in broken(shown.learners))
        yield fit(f'  {number} with errors{": " * bool(rules)}{rules}', wide)
    at = [stage for stage in shown.stages if stage.here and shown.whole]
    if at:
        yield ''
        yield paint('Where they are', 'bold')
        yield from _stages(at, paint, wide)


def _stages(at: Sequence[Stage], paint: Painter, wide: int) -> Iterator[str]:
    """Those tasks at which most are, in the order of the plan."""
    least = sorted((stage.here for stage in at), reverse=True)[:_MOST_STAGES][-1]
    shown = [stage for stage in at if stage.here >= least]
    most = max(stage.here for stage in shown)
    room = min(wide - _BAR - 24, max(width(visible(_named(stage))) for stage in shown))
    for stage in shown:
        filled, empty = bar(stage.here, most, _BAR)
        drawn = paint(filled, 'yellow') + paint(empty, 'dim')
        took = f'  {stage.times[1]} days' if stage.times else ''
        yield f'  {pad(_named(stage), room)}  {drawn} {stage.here:6}{paint(took, "dim")}'
    if len(shown) < len(at):
        rest = sum(stage.here for stage in at) - sum(stage.here for stage in shown)
        yield paint(f'  and {rest} at {counted(len(at) - len(shown), "other task")}', 'dim')


def _named(stage: Stage) -> str:
    return called(stage.key, stage.title)


def _table(learners: Sequence[Learner], paint: Painter, wide: int) -> Iterator[str]:
    is_told, is_checked = _are_told(learners)
    names = ['errors'] * is_checked + ['last', 'streak', 'a week'] * is_told
    above = ' '.join(f'{name:>{_SIZES[name]}}' for name in names)
    longest = max(width(visible(one.name)) for one in learners)
    room = min(30, longest, max(wide - _BAR - 19 - len(above), 8))
    if names:
        yield paint(f'  {" " * room}  {" " * (_BAR + 13)}  {above}', 'dim')
    for one in learners:
        counts = one.counts
        filled, empty = bar(counts.completed, counts.scope, _BAR)
        done = f'{counts.completed}/{counts.scope}'
        percent = '' if counts.percent is None else f'{counts.percent}%'
        start = f'  {pad(one.name, room)}  '
        cells = [one.error_count or ''] * is_checked + [*_told(one.course)] * is_told
        end = ' '.join(f'{cell:>{_SIZES[name]}}' for name, cell in zip(names, cells, strict=True))
        if not is_told:
            end += '  ' * is_checked
            end += fit(one.at, wide - room - _BAR - 19 - len(end))
        bars = f'{paint(filled, "green")}{paint(empty, "dim")}'
        yield f'{start}{bars} {done:>7} {percent:>4}  {end}'.rstrip()


_SIZES = {'errors': 6, 'last': 10, 'streak': 6, 'a week': 6}  # cells


def _are_told(learners: Iterable[Learner]) -> tuple[bool, bool]:
    """Is it known of some when they ticked, and which rules they broke?"""
    found = list(learners)
    return any(one.course for one in found), any(one.errors is not None for one in found)


def _told(of: Course | None) -> tuple[str, str, str]:
    if of is None:
        return '', '', ''
    if of.last is None:
        return 'never', '', ''
    pace = '' if of.pace is None else f'{of.pace:.1f}'
    return of.last.isoformat(), str(of.streak or ''), pace


def rows(learners: Sequence[Learner]) -> tuple[tuple[str, ...], list[tuple[str | int, ...]]]:
    """The names of columns, and a row for each learner."""
    is_told, is_checked = _are_told(learners)
    return _NAMES + _ERRORS * is_checked + _COURSE * is_told, [
        (
            one.name, one.counts.completed, one.counts.scope,
            '' if one.counts.percent is None else one.counts.percent,
            one.current, one.title, one.plan, one.commit, one.source,
            *(_errors(one) if is_checked else ()), *(_course(one.course) if is_told else ()),
        )
        for one in learners
    ]  # fmt: skip


def _errors(one: Learner) -> tuple[str | int, ...]:
    if one.errors is None:
        return '', ''
    return one.error_count, ' '.join(sorted(one.errors))


def _course(of: Course | None) -> tuple[str | int, ...]:
    if of is None:
        return ('',) * len(_COURSE)
    last, finish = (day.isoformat() if day else '' for day in (of.last, of.finish))
    pace = '' if of.pace is None else f'{of.pace:.1f}'
    return last, of.streak, of.active, pace, finish


def as_json(one: Learner) -> dict[str, Any]:
    """A learner, and what could not be read."""
    if not one.plan:
        return _lost(one)
    task = {'key': one.current, 'title': one.title} if one.current else None
    return {
        'learner': one.name, 'source': one.source, 'commit': one.commit, 'plan': one.plan,
        'total': one.counts.total, **one.counts._asdict(), 'percent': one.counts.percent,
        'current': task, **({} if one.errors is None else {'errors': dict(one.errors)}),
        **_course_json(one.course), **({'trouble': one.trouble} if one.trouble else {}),
    }  # fmt: skip


def _lost(one: Learner) -> dict[str, Any]:
    return {'learner': one.name, 'source': one.source, 'trouble': one.trouble}


def every(shown: Shown) -> Iterator[dict[str, Any]]:
    """Each learner, once."""
    yield from map(as_json, shown.learners)
    told = {(one.name, one.source) for one in shown.learners if one.trouble}
    yield from (_lost(one) for one in shown.lost if (one.name, one.source) not in told)


def _course_json(of: Course | None) -> dict[str, Any]:
    if of is None:
        return {}
    last, finish = (day.isoformat() if day else None for day in (of.last, of.finish))
    pace = None if of.pace is None else round(of.pace, 2)
    return {
        'last': last, 'streak': of.streak, 'active_days': of.active, 'per_week': pace,
        'finish': finish,
    }  # fmt: skip


def parts(shown: Shown) -> dict[str, Any]:
    """All that is known, for a document."""
    return {
        'title': shown.title,
        'learners': [as_json(one) for one in shown.learners],
        'lost': [_lost(one) for one in shown.lost],
        'stages': [stage._asdict() for stage in shown.stages],  # times: quartiles, in days
        'changed': [
            {
                'plan': one.plan, 'learners': one.learners,
                'added': list(one.added), 'removed': list(one.removed),
                'retitled': [{'from': old, 'to': new} for old, new in one.retitled],
            }
            for one in shown.changed
        ],
    }  # fmt: skip
