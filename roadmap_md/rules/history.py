"""What the rules over history (RM4) are told, and how they say where, and in which commit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..rule import Problem
from ..status import Status
from ..text import Span
from ..tracker import Tracker

if TYPE_CHECKING:
    from ..history import ScopeChange, Transition

_Change = TypeVar('_Change', 'Transition', 'ScopeChange')


def oldest_first(found: 'Sequence[_Change]') -> 'Iterator[_Change]':
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
        for change in oldest_first(found):
            if change.commit in self.asked if self.asked is not None else change.commit:
                yield change

    @property
    def completions(self) -> 'Sequence[Transition]':
        return [t for t in self.transitions if t.after is Status.COMPLETED]


def is_parent(tracker: Tracker, transition: 'Transition') -> bool:
    return transition.current in tracker.parents


def problem_at(tracker: Tracker, transition: 'Transition', said: str) -> Problem:
    """At the task as it is now; one that is gone is named, at the top."""
    at = transition.current
    if at < 0:
        found = Problem(Span(0, 0), f'{named(transition)}: {said}', (transition.key,))
    else:
        found = Problem(tracker.marks[at].span, said, (tracker.tasks[at].key,))
    return found._replace(commit=transition.commit)


def named(change: 'Transition | ScopeChange') -> str:
    """What a task is called that is gone, and by which key a waiver may name it."""
    return f"'{change.title}' ({change.key})" if change.title else f"'{change.key}'"


def when(transition: 'Transition | ScopeChange') -> str:
    """`` on 2026-01-05 in 1a2b3c4``; nothing where it is not committed yet."""
    if not transition.commit or not transition.date:
        return ''
    return f' on {transition.date.date()}{in_commit(transition)}'


def in_commit(transition: 'Transition | ScopeChange') -> str:
    return f' in {transition.commit[:7]}' if transition.commit else ''
