"""RM4: how much was done on which day, and in which commit."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..order import next_task
from ..rule import Problem, Severity, rule
from ..status import Status
from ..tracker import Tracker
from .history import History, in_commit, is_parent, oldest_first, problem_at, when

if TYPE_CHECKING:
    from ..history import Transition

_A_CLOCK = timedelta(days=1)  # how far a clock may be ahead
MOST_PER_DAY = 1
MOST_PER_COMMIT = 3
MOST_IDLE_DAYS = 1


@rule('RM401', 'rushed', Severity.WARNING)
def rushed(
    tracker: Tracker,
    *,
    history: History,
    no_rushing: bool | None = None,
    max_per_day: int | None = None,
) -> Iterator[Problem]:
    """No more tasks are completed on one day than the tracker allows.

    What is crammed is not kept. Where the tracker says *No rushing*, one task a day may be
    completed, or as many as `limits.max-per-day` says; without either nothing is counted. A day is
    the author's own, by the date and the time zone of the commit, and each author has days of
    their own. A tick that was taken back on the same day does not count, and neither does a task
    that has tasks beneath it. `tick` says so too; made an error, it refuses the tick.

    In a tracker that says *No rushing*, where ✓ is completed, as in `roadmap-md log`:

    ```diff
     2026-01-05  ✓ Lists
    -2026-01-05  ✓ Tuples
    +2026-01-06  ✓ Tuples
    ```
    """
    most = most_a_day(tracker, no_rushing, max_per_day)
    if most is None:
        return
    judged = set(history.judged(history.transitions))
    for (_, day), completed in _days(tracker, history).items():
        for number, transition in enumerate(completed[most:], most + 1):
            if transition in judged:
                said = f'the {_ordinal(number)} of {len(completed)} tasks completed on {day}'
                said += f'{in_commit(transition)}, at most {most} a day'
                yield problem_at(tracker, transition, said)
                break


@rule('RM403', 'stalled', Severity.WARNING)
def stalled(
    tracker: Tracker,
    *,
    history: History,
    consistency: bool | None = None,
    max_idle_days: int | None = None,
    rest_days: tuple[int, ...] | int | None = None,
    pauses: Sequence[tuple[date, date]] = (),
) -> Iterator[Problem]:
    """A plan that is to be kept up daily is kept up.

    One day that is missed happens to everyone; two are how plans end. Where the tracker says
    *Consistency*, *Tick daily* or *Stay consistent*, or `limits.max-idle-days` is set, more working
    days than that (one, unless it is set) without a completed task are reported, at the task that
    is next. Rest days and pauses are not missed, nor is a day before the first tick, nor today,
    which is not over. Asked by `lint --history` only: it is made for a job that runs every morning.

    In a tracker that says *Tick daily*; 5 January 2026 was a Monday:

    ```diff
     2026-01-05  ✓ Lists
    -2026-01-08  (today)
    +2026-01-07  (today)
    ```
    """
    if consistency is None:
        declared = tracker.skeleton.declared.consistency is not None
        consistency = max_idle_days is not None or declared
    most = MOST_IDLE_DAYS if max_idle_days is None else max_idle_days
    following = next_task(tracker)
    if not consistency or not history.whole or following is None:
        return
    from ..rhythm import missed, rhythm_of  # asked for by few runs

    today = history.now.date()
    done = {t.date.date() for t in history.completions if t.date}
    days = missed(rhythm_of(rest_days, pauses, [tracker.skeleton]), done, today)
    if days > most:
        last = max(day for day in done if day <= today)
        said = f'next, but nothing was completed since {last}'
        yield Problem(
            tracker.marks[following].span,
            f'{said}; {days} days were missed, at most {most}',
            (tracker.tasks[following].key,),
        )


@rule('RM405', 'many-ticks-in-one-commit', Severity.WARNING)
def many_ticks_in_one_commit(
    tracker: Tracker, *, history: History, max_per_commit: int | None = None
) -> Iterator[Problem]:
    """A commit completes few tasks, best of all one.

    The journal has one day for each commit. Ticks that are made up for together, or squashed, all
    fall on one: streaks, pace and forecasts know nothing of the others. More than three, or than
    `limits.max-per-commit` says, are reported at the first of them. The first version of a tracker
    ticks nothing: it is where the journey starts. A squash merge is a commit like any other;
    branches with ticks are better merged, or rebased.

    ```diff
    -2026-01-09  ✓ Lists, ✓ Tuples, ✓ Sets, ✓ Practice
    +2026-01-08  ✓ Lists, ✓ Tuples
    +2026-01-09  ✓ Sets, ✓ Practice
    ```
    """
    most = MOST_PER_COMMIT if max_per_commit is None else max_per_commit
    commits: dict[str, list[Transition]] = {}
    for transition in history.judged(history.completions):
        if not is_parent(tracker, transition):
            commits.setdefault(transition.commit, []).append(transition)
    for completed in commits.values():
        if len(completed) > most:
            first = next((t for t in completed if t.current >= 0), completed[0])
            said = f'the first of {len(completed)} tasks completed at once{when(first)}'
            yield problem_at(tracker, first, f'{said}, at most {most}')


@rule('RM407', 'future-tick', Severity.WARNING)
def future_tick(tracker: Tracker, *, history: History) -> Iterator[Problem]:
    """No task is completed later than now.

    Such a date comes from a clock that is wrong, or from a tick that was made in advance; streaks
    and forecasts would count a day that has not been. A day is allowed for clocks.

    ```diff
     2026-01-05  ✓ Lists
    -2040-01-06  ✓ Tuples
    +2026-01-06  ✓ Tuples
    ```
    """
    seen: set[str] = set()
    for transition in history.judged(history.completions):
        is_ahead = transition.date and transition.date > history.now + _A_CLOCK
        if is_ahead and transition.commit not in seen:
            seen.add(transition.commit)
            said = f'completed{when(transition)}, which is yet to come'
            yield problem_at(tracker, transition, said)


def counts_days(tracker: Tracker, no_rushing: bool | None, max_per_day: int | None) -> bool:
    """Is it of interest how many tasks are completed on one day?"""
    if no_rushing is not None:
        return no_rushing
    return max_per_day is not None or tracker.skeleton.declared.no_rushing is not None


def most_a_day(tracker: Tracker, no_rushing: bool | None, max_per_day: int | None) -> int | None:
    """How many tasks may be completed on one day; None where that is of no interest."""
    if not counts_days(tracker, no_rushing, max_per_day):
        return None
    return MOST_PER_DAY if max_per_day is None else max_per_day


def _days(tracker: Tracker, history: History) -> 'dict[tuple[str, date], list[Transition]]':
    """What each author completed on each day, and left so on that day; oldest first."""
    days: dict[tuple[str, date], dict[tuple[str, str] | int, Transition]] = {}
    for transition in oldest_first(history.transitions):
        if not transition.date or is_parent(tracker, transition):
            continue
        day = days.setdefault((transition.email.casefold(), transition.date.date()), {})
        task = transition.current if transition.current >= 0 else (transition.key, transition.title)
        day.pop(task, None)
        if transition.after is Status.COMPLETED:
            day[task] = transition
    return {name: list(day.values()) for name, day in days.items()}


def _ordinal(number: int) -> str:
    ending = {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10) if number % 100 // 10 != 1 else None
    return f'{number}{ending or "th"}'
