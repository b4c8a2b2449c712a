"""Text for people about the past: streaks, squares, pace and forecast on one screen."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ..activity import Event, What, monday
from ..chronicle import Chronicle
from ..forecast import LEAST_ACTIVE, LEAST_DAYS, RUNS, Forecast
from ..pace import RECENT, Pace, Times
from ..rhythm import WEEKDAYS, Kind, Rhythm
from ..streak import Run
from ..tracker import Tracker
from .journal import name_then
from .squares import sparkline, squares
from .terminal import Painter, columns, counted, wrap
from .text import head

_LABEL = 10  # cells
_WEEKS = 26  # in the line of weeks
_NAME = 60  # characters
UNKNOWN = 'not known, for the history is not whole: {}'


def screen(
    told: Chronicle,
    trackers: Sequence[tuple[str, Tracker]],
    incomplete: Sequence[str],
    paint: Painter,
    cells: int | None = None,
) -> Iterator[str]:
    """The whole story, beneath the heads of the *trackers*, for the terminal or so many *cells*."""
    wide = cells or columns()
    for path, tracker in trackers:
        yield from head(tracker, path, paint, wide)
        yield ''
    if not told.kinds:
        yield f'  {nothing(told, incomplete)}'
        return
    most = min(_WEEKS, wide - _LABEL - 2)
    for label, rows in (*streaks(told, incomplete), *weeks(told, most)):
        yield from _labelled(label, rows, paint, wide)
    yield ''
    for row in squares(told.kinds, told.days, not incomplete, paint, wide - 2):
        yield f'  {row}'
    yield ''
    for label, rows in facts(told, incomplete, [path for path, _ in trackers]):
        yield from _labelled(label, rows, paint, wide)


def nothing(told: Chronicle, incomplete: Sequence[str]) -> str:
    """What is said before the first task is completed."""
    if incomplete:
        return f'the streak is {UNKNOWN.format(", ".join(incomplete))}'
    said = 'no task was completed yet, in any commit'
    return f'{said}; {told.uncommitted} not committed' if told.uncommitted else said


def _labelled(label: str, rows: Sequence[str], paint: Painter, wide: int) -> Iterator[str]:
    """The *rows* behind a *label*; those after the first are not as loud."""
    for at, row in enumerate(rows):
        for line in wrap(row, wide - _LABEL - 2, ''):
            yield f'  {paint(label.ljust(_LABEL), "cyan")}{paint(line, "dim") if at else line}'
            label = ''


def streaks(told: Chronicle, incomplete: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The streak now, the longest, and what does not break them; or why they are not known."""
    if incomplete:
        yield 'Streak', [UNKNOWN.format(', '.join(incomplete))]
        return
    now, longest = told.streak
    said = f'{counted(now.days, "day")}, since {date_of(now.first)}' if now else 'none now'
    if told.kinds[-1][1] is Kind.OPEN:
        said += '; today is not over'
    if longest == now:
        said += '; the longest so far'
    yield 'Streak', [said]
    if longest and longest != now:
        yield 'Longest', [f'{counted(longest.days, "day")}, {period(longest)}']
    if rest := resting(told.rhythm):
        yield 'Rest', [rest]


def resting(rhythm: Rhythm) -> str:
    """The days that break no streak."""
    said = [WEEKDAYS[at].capitalize() + 's' for at in sorted(rhythm.weekdays)]
    if rhythm.free:
        said.append(f'any {counted(rhythm.free, "day")} of a week')
    if rhythm.pauses:
        said.append(counted(len(rhythm.pauses), 'planned pause'))
    return ', '.join(said)


def weeks(told: Chronicle, most: int = _WEEKS) -> Iterator[tuple[str, list[str]]]:
    """The latest weeks in a line, no more than *most*."""
    this = monday(told.today)
    back = min((this - min(told.weeks)).days // 7, most - 1)
    mondays = [this - timedelta(weeks=at) for at in range(back, -1, -1)]
    counts = [told.weeks[week].completed if week in told.weeks else 0 for week in mondays]
    said = f'{counts[-1]} in this one' + (f', {counts[-2]} in the one before' if back else '')
    yield 'Weeks', [f'{sparkline(counts)}  {said}']


def facts(
    told: Chronicle, incomplete: Sequence[str], paths: Sequence[str]
) -> Iterator[tuple[str, list[str]]]:
    """What else there is to say, each with a word before it."""
    if told.pace and not incomplete:
        yield 'Pace', [paced(told.pace)]
    if not incomplete and told.forecast.left:
        yield 'Forecast', forecasted(told.forecast)
    if not incomplete and (timed := _timed(told.times)):
        yield 'Time', [timed]
    if scope := _scope(told):
        yield 'Scope', [scope]
    if told.reopened:
        latest = [f'{named(one, paths)} ({short(one.day)})' for one in told.reopened[::-1]]
        yield 'Reopened', [f'{counted(len(told.reopened), "task")}: {_some(latest, 2, ", ")}']
    if len(told.people) > 1:
        people = [
            f'{who.name or who.email or "no name"} {who.counts.completed}' for who in told.people
        ]
        yield 'People', [_some(people, 6, ' · ')]
    yield from _left_out(told)


def _some(names: Sequence[str], most: int, between: str) -> str:
    """The first of the *names*, each of a length that leaves room, and how many more there are."""
    cut = [name if len(name) <= _NAME else f'{name[: _NAME - 1]}…' for name in names[:most]]
    more = len(names) - most
    return between.join([*cut, *([f'{more} more'] if more > 0 else [])])


def paced(pace: Pace) -> str:
    """The pace, of late and over all."""
    if pace.days < RECENT:
        return f'{pace.recent:.1f} tasks a week, over {counted(pace.days, "day")} so far'
    said = f'{pace.recent:.1f} tasks a week over the last {RECENT // 7} weeks'
    if pace.overall_days > RECENT:
        said += f', {pace.overall:.1f} over all {pace.overall_days // 7}'
    return said


def forecasted(forecast: Forecast) -> list[str]:
    """The range, and what is assumed; or that too little is known."""
    left, days, active, percents, dates = forecast
    known = f'{counted(days, "day")}, {active} of them with completions'
    if not dates:
        return [f'{left} left, and too little is known to say when: {known}',
                f'it takes {LEAST_DAYS} days at least, and {LEAST_ACTIVE} of them']  # fmt: skip
    said = ' · '.join(
        f'{percent}% {short(day) if day else "later than in ten years"}'
        for percent, day in zip(percents, dates, strict=True)
    )
    return [f'{left} left: {said}', f'drawn {RUNS:,} times from {known}']


def _timed(times: Times) -> str:
    said = []
    if times.median is not None:
        days = 'less than a day' if times.median < 1 else f'{times.median:g} days'
        days = '1 day' if times.median == 1 else days
        said.append(f'{days} in progress (median of {len(times.completed)})')
    now = [f'{name_then(one.of)} for {counted(one.days, "day")}' for one in times.now]
    if now:
        said.append(f'now {_some(now, 2, ", ")}')
    return '; '.join(said)


def _scope(told: Chronicle) -> str:
    added = sum(point.added for point in told.burn_up)
    removed = sum(point.removed for point in told.burn_up)
    if not added + removed:
        return ''
    first = told.burn_up[0].total
    return f'{counted(first, "task")} at first, {added} added, {removed} removed since'


def _left_out(told: Chronicle) -> Iterator[tuple[str, list[str]]]:
    if told.uncommitted:
        yield (
            'Not yet',
            [f'{counted(told.uncommitted, "task")} completed and not committed: no day yet'],
        )
    if told.future:
        yield (
            'Future',
            [f'{counted(len(told.future), "change")} dated after today, left out of all this'],
        )


def named(event: Event, paths: Sequence[str]) -> str:
    """The task as people say it; with its path where there are several *paths* of trackers."""
    said = name_then(event.of)
    return f'{paths[event.tracker]}: {said}' if len(paths) > 1 else said


def what(event: Event, paths: Sequence[str]) -> str:
    """What happened to a task: ``week 1 day 3 – Sets, again``."""
    said = named(event, paths)
    return said if event.what is What.COMPLETED else f'{said}, {event.what.value}'


def short(day: date) -> str:
    return f'{day.day} {day:%b} {day.year}'


def date_of(day: date) -> str:
    return f'{day:%A} {day.day} {day:%B} {day.year}'


def period(run: Run) -> str:
    if run.first == run.last:
        return f'on {short(run.first)}'
    return f'{short(run.first)} to {short(run.last)}'
