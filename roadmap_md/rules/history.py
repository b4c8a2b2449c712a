"""RM4: what happened to a tracker, commit by commit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..order import next_task
from ..rule import Problem, Severity, rule
from ..status import Status
from ..text import Span
from ..tracker import Tracker

if TYPE_CHECKING:
    from ..history import Transition

_A_CLOCK = timedelta(days=1)  # how far a clock may be ahead
_MOST_NAMED = 3
MOST_PER_DAY = 1
MOST_PER_COMMIT = 3
MOST_IDLE_DAYS = 1


class History(NamedTuple):
    """What happened to a tracker until *now*, newest first.

    *transitions* and *removed* (tasks that are gone; they have no status after) are all that is
    known. *asked* are the commits that are to be judged, '' for what is not committed yet; None
    for all that is committed. *reasons* is what the messages of commits say beyond their first
    line and trailers, where that is known. *claims* are false ones, each with its commit.
    """

    now: datetime
    transitions: 'Sequence[Transition]'
    removed: 'Sequence[Transition]' = ()
    asked: Collection[str] | None = None
    reasons: Mapping[str, str] = {}
    claims: Sequence[tuple[str, Problem]] = ()

    def judged(self, found: 'Sequence[Transition]') -> 'Iterator[Transition]':
        """Those of *found* that are to be judged, oldest first."""
        for transition in reversed(found):
            commit = transition.commit
            if commit in self.asked if self.asked is not None else commit:
                yield transition

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

    In a tracker that says *No rushing*:

    ```diff
     2026-01-05  ✓ Lists
    -2026-01-05  ✓ Tuples
    +2026-01-06  ✓ Tuples
    ```
    """
    if no_rushing is None:
        no_rushing = max_per_day is not None or tracker.skeleton.declared.no_rushing is not None
    most = MOST_PER_DAY if max_per_day is None else max_per_day
    if not no_rushing:
        return
    judged = set(history.judged(history.transitions))
    for (_, day), completed in _days(tracker, history).items():
        for number, transition in enumerate(completed, 1):
            if number > most and transition in judged:
                said = f'number {number} to be completed on {day}{_commit(transition)}'
                yield _problem(tracker, transition, f'{said}, at most {most} a day')


@rule('RM402', 'reopened-without-reason', Severity.WARNING)
def reopened_without_reason(tracker: Tracker, *, history: History) -> Iterator[Problem]:
    """A completed task goes back only with a reason.

    What was learnt by it is the best part of the journal, and nobody remembers it a month later.
    The reason is whatever the message of the commit says below its first line, trailers aside:
    `reset -m "…"` writes it there. A revert says what it reverts, and that is enough. A task that
    becomes cancelled does not go back.

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
            said = f'went back from completed to {after.words}{_when(transition)}'
            yield _problem(tracker, transition, f'{said}, which does not say why')


@rule('RM403', 'stalled', Severity.WARNING)
def stalled(
    tracker: Tracker,
    *,
    history: History,
    consistency: bool | None = None,
    max_idle_days: int | None = None,
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
    completed = [t.date.date() for t in history.completions if t.date]
    if not consistency or history.asked is not None or following is None or not completed:
        return
    last = max(day for day in completed)
    missed = _missed(last, history.now.date())
    if missed > most:
        yield Problem(
            tracker.marks[following].span,
            f'next, but nothing was completed since {last}: {missed} working days, at most {most}',
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
    done = {
        name
        for task, status in zip(tracker.tasks, tracker.state, strict=True)
        if status is Status.COMPLETED
        for name in ((task.path, ''), (task.path[-1:], task.title))
    }
    lost: dict[str, list[Transition]] = {}
    for transition in history.judged(history.removed):
        key = tuple(transition.key.split('/'))
        back = (key, '') in done or (transition.title and (key[-1:], transition.title) in done)
        if transition.before is Status.COMPLETED and not back:
            lost.setdefault(transition.commit, []).append(transition)
    for transitions in lost.values():
        names = [t.title or t.key for t in transitions]
        were = 'was' if len(names) == 1 else 'were'
        yield Problem(
            Span(0, 0),
            f'{_listed(names)} {were} completed, and deleted{_when(transitions[0])}',
            tuple(t.key for t in transitions),
        )


@rule('RM405', 'many-ticks-in-one-commit', Severity.WARNING)
def many_ticks_in_one_commit(
    tracker: Tracker, *, history: History, max_per_commit: int | None = None
) -> Iterator[Problem]:
    """A commit completes a few tasks, best one.

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
            first = min(completed, key=lambda t: t.current if t.current >= 0 else len(tracker.tasks))
            said = f'one of {len(completed)} to be completed at once{_when(first)}'
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
    for transition in history.judged(history.completions):
        if transition.date and transition.date > history.now + _A_CLOCK:
            said = f'completed{_when(transition)}, which is yet to come'
            yield _problem(tracker, transition, said)


@rule('RM408', 'skipped-in-progress', Severity.WARNING, off=True)
def skipped_in_progress(tracker: Tracker, *, history: History) -> Iterator[Problem]:
    """A task is in progress before it is completed.

    Who starts each task (`roadmap-md start next`) gets to know how long one takes. Off, until it
    is selected by its own code or name: `extend-select = ["RM408"]`. A task that has tasks beneath
    it is not asked.

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


def _days(
    tracker: Tracker, history: History
) -> 'dict[tuple[str, date], list[Transition]]':
    """What each author completed on each day, and left so on that day; oldest first."""
    days: dict[tuple[str, date], dict[tuple[str, str] | int, Transition]] = {}
    for transition in reversed(history.transitions):
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


def _missed(last: date, today: date) -> int:
    """How many working days lie between the two, neither included."""
    return max((today - last).days - 1, 0)


def _problem(tracker: Tracker, transition: 'Transition', said: str) -> Problem:
    """At the task as it is now; one that is gone is named, at the top."""
    at = transition.current
    if at < 0:
        return Problem(Span(0, 0), f"'{transition.title or transition.key}' {said}", (transition.key,))
    return Problem(tracker.marks[at].span, said, (tracker.tasks[at].key,))


def _when(transition: 'Transition') -> str:
    """`` on 2026-01-05 in 1a2b3c4``; nothing where it is not committed yet."""
    if not transition.commit or not transition.date:
        return ''
    return f' on {transition.date.date()}{_commit(transition)}'


def _commit(transition: 'Transition') -> str:
    return f' in {transition.commit[:7]}' if transition.commit else ''


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    shown = [f"'{name}'" for name in (names[: _MOST_NAMED - 1] if more > 0 else names)]
    if more > 0:
        return f'{", ".join(shown)} and {more + 1} more'
    return ' and '.join((', '.join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
