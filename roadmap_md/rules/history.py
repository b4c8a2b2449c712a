"""RM4: what happened to a tracker, commit by commit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..order import next_task
from ..rule import Problem, Severity, rule
from ..status import Status
from ..text import Span
from ..tracker import Tracker

if TYPE_CHECKING:
    from ..history import ScopeChange, Transition

_A_CLOCK = timedelta(days=1)  # how far a clock may be ahead
_MOST_NAMED = 3
MOST_PER_DAY = 1
MOST_PER_COMMIT = 3
MOST_IDLE_DAYS = 1


_Change = TypeVar('_Change', 'Transition', 'ScopeChange')


def _oldest_first(found: 'Sequence[_Change]') -> 'Iterator[_Change]':
    """What is newest first, the other way round; what one commit did stays in order."""
    commits = [list(changes) for _, changes in groupby(found, key=lambda change: change.commit)]
    return chain.from_iterable(reversed(commits))


class History(NamedTuple):
    """What happened to a tracker until *now*, newest first.

    *transitions* and *scope* (tasks that appeared or are gone) are all that is known. *asked* are
    the commits that are to be judged, '' for what is not committed yet; None for all that is
    committed. It is *whole* where it is all that was ever done. *reasons* is what the messages of
    commits say beyond their first line and trailers, where that is known. *claims* are what RM406
    found. *incomplete* tells why more may have happened.
    """

    now: datetime
    transitions: 'Sequence[Transition]'
    scope: 'Sequence[ScopeChange]' = ()
    asked: Collection[str] | None = None
    whole: bool = False
    reasons: Mapping[str, str] = {}
    claims: Sequence[Problem] = ()
    incomplete: tuple[str, ...] = ()

    def judged(self, found: 'Sequence[_Change]') -> 'Iterator[_Change]':
        """Those of *found* that are to be judged, oldest first."""
        for change in _oldest_first(found):
            if change.commit in self.asked if self.asked is not None else change.commit:
                yield change

    @property
    def completions(self) -> 'Sequence[Transition]':
        return [t for t in self.transitions if t.after is Status.COMPLETED]


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
    if not counts_days(tracker, no_rushing, max_per_day):
        return
    most = MOST_PER_DAY if max_per_day is None else max_per_day
    judged = set(history.judged(history.transitions))
    for (_, day), completed in _days(tracker, history).items():
        for number, transition in enumerate(completed[most:], most + 1):
            if transition in judged:
                said = f'the {_ordinal(number)} of {len(completed)} tasks completed on {day}'
                said += f'{_commit(transition)}, at most {most} a day'
                yield _problem(tracker, transition, said)
                break


@rule('RM402', 'reopened-without-reason', Severity.WARNING)
def reopened_without_reason(tracker: Tracker, *, history: History) -> Iterator[Problem]:
    """A completed task goes back only with a reason.

    What was learnt by it is the best part of the journal, and nobody remembers it a month later.
    The reason is whatever the message of the commit says below its first line, trailers aside:
    `reset -m "…"` writes it there. A revert says what it reverts, and that is enough. A task that
    becomes cancelled does not go back.

    Here · is not started:

    ```diff
     2026-01-05  ✓ Lists
    -2026-01-09  · Lists
    +2026-01-09  · Lists  “could not write one from memory”
    ```
    """
    for transition in history.judged(history.transitions):
        _, _, before, after, commit, *_ = transition
        went_back = before is Status.COMPLETED and after is not Status.CANCELLED
        if went_back and not history.reasons.get(commit, '-'):
            said = f'reopened{_when(transition)} without a reason'
            yield _problem(tracker, transition, said)


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


@rule('RM404', 'lost-progress', Severity.ERROR)
def lost_progress(tracker: Tracker, *, history: History) -> Iterator[Problem]:
    """A task that was completed is not deleted.

    The tracker is the record of what was done; a deleted line takes back a tick, and every count
    with it. A task may be retitled, renumbered and moved, within the file, with it, or in the same
    commit to another Markdown file, such as an archive, where it is completed too. A plan that is
    replaced by another one, of which no task is the same, is not lost. It is settled as soon as
    the task is back.

    ```diff
     2026-01-05  ✓ Lists
    -2026-01-09  deleted Lists
    +2026-01-09  deleted Tuples
    ```
    """
    back: set[tuple[str, str]] = set()
    missing: dict[str, list[ScopeChange]] = {}
    for change in history.scope:  # newest first: what comes back does so before it is gone
        name = change.title, change.key.rpartition('/')[2]
        completed = change.current >= 0 and tracker.state[change.current] is Status.COMPLETED
        if change.before is None:
            back.update([name] if completed else ())
        elif change.before is Status.COMPLETED and not completed and name not in back:
            missing.setdefault(change.commit, []).append(change)
    for changes in reversed(missing.values()):
        if any(history.judged(changes)):
            yield _lost(tracker, changes)


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
        if not _is_parent(tracker, transition):
            commits.setdefault(transition.commit, []).append(transition)
    for completed in commits.values():
        if len(completed) > most:
            first = next((t for t in completed if t.current >= 0), completed[0])
            said = f'the first of {len(completed)} tasks completed at once{_when(first)}'
            yield _problem(tracker, first, f'{said}, at most {most}')


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
            said = f'completed{_when(transition)}, which is yet to come'
            yield _problem(tracker, transition, said)


@rule('RM408', 'skipped-in-progress', Severity.WARNING, off=True)
def skipped_in_progress(tracker: Tracker, *, history: History) -> Iterator[Problem]:
    """A task is in progress before it is completed.

    Who starts each task (`roadmap-md start next`) gets to know how long one takes. Off, until it
    is selected by its own code or name: `extend-select = ["RM408"]`. A task that has tasks beneath
    it is not asked.

    Here ▸ is in progress:

    ```diff
    -2026-01-05  ✓ Lists
    +2026-01-05  ▸ Lists
    +2026-01-05  ✓ Lists
    ```
    """
    for transition in history.judged(history.completions):
        if transition.before is Status.NOT_STARTED and not _is_parent(tracker, transition):
            said = f'completed{_when(transition)} without having been in progress'
            yield _problem(tracker, transition, said)


def counts_days(tracker: Tracker, no_rushing: bool | None, max_per_day: int | None) -> bool:
    """Is it of interest how many tasks are completed on one day?"""
    if no_rushing is not None:
        return no_rushing
    return max_per_day is not None or tracker.skeleton.declared.no_rushing is not None


def _days(tracker: Tracker, history: History) -> 'dict[tuple[str, date], list[Transition]]':
    """What each author completed on each day, and left so on that day; oldest first."""
    days: dict[tuple[str, date], dict[tuple[str, str] | int, Transition]] = {}
    for transition in _oldest_first(history.transitions):
        if not transition.date or _is_parent(tracker, transition):
            continue
        day = days.setdefault((transition.email.casefold(), transition.date.date()), {})
        task = transition.current if transition.current >= 0 else (transition.key, transition.title)
        day.pop(task, None)
        if transition.after is Status.COMPLETED:
            day[task] = transition
    return {name: list(day.values()) for name, day in days.items()}


def _is_parent(tracker: Tracker, transition: 'Transition') -> bool:
    return transition.current in tracker.parents


def _ordinal(number: int) -> str:
    ending = {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10) if number % 100 // 10 != 1 else None
    return f'{number}{ending or "th"}'


def _lost(tracker: Tracker, changes: 'Sequence[ScopeChange]') -> Problem:
    """Of all that one commit deleted; at the first of them that came back, but not completed."""
    names = [change.title or change.key for change in changes]
    were = 'was' if len(names) == 1 else 'were'
    here = [change.current for change in changes if change.current >= 0]
    return Problem(
        tracker.marks[here[0]].span if here else Span(0, 0),
        f'{_listed(names)} {were} completed, and deleted{_when(changes[0])}',
        tuple(
            tracker.tasks[change.current].key if change.current >= 0 else change.key
            for change in changes
        ),
        commit=changes[0].commit,
    )


def _problem(tracker: Tracker, transition: 'Transition', said: str) -> Problem:
    """At the task as it is now; one that is gone is named, at the top."""
    at = transition.current
    if at < 0:
        name = transition.title or transition.key
        found = Problem(Span(0, 0), f"'{name}': {said}", (transition.key,))
    else:
        found = Problem(tracker.marks[at].span, said, (tracker.tasks[at].key,))
    return found._replace(commit=transition.commit)


def _when(transition: 'Transition | ScopeChange') -> str:
    """`` on 2026-01-05 in 1a2b3c4``; nothing where it is not committed yet."""
    if not transition.commit or not transition.date:
        return ''
    return f' on {transition.date.date()}{_commit(transition)}'


def _commit(transition: 'Transition | ScopeChange') -> str:
    return f' in {transition.commit[:7]}' if transition.commit else ''


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    shown = [f"'{name}'" for name in (names[: _MOST_NAMED - 1] if more > 0 else names)]
    if more > 0:
        return f'{", ".join(shown)} and {more + 1} more'
    return ' and '.join((', '.join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
