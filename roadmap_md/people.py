"""Who completed what: counts, days and streaks of each person."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from .activity import Counts, Event, What, count
from .rhythm import Rhythm, days
from .streak import Streak, streak


class Person(NamedTuple):
    """Whoever made commits under one address; *name* is the latest that went with it.

    *days* are those on which they completed something, and what the *streak* is made of.
    """

    name: str
    email: str
    counts: Counts
    days: int
    streak: Streak


def people(events: Iterable[Event], rhythm: Rhythm, today: date) -> list[Person]:
    """Who did it; those who completed most come first. An address is the same in any case."""
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.of.email.casefold() or event.of.author, []).append(event)
    rows = [_person(theirs, rhythm, today) for theirs in found.values()]
    return sorted(rows, key=lambda person: (-person.counts.done, person.name, person.email))


def _person(theirs: Sequence[Event], rhythm: Rhythm, today: date) -> Person:
    latest = min(theirs, key=lambda event: event.of.age).of
    done = {event.day for event in theirs if event.what is not What.REOPENED}
    kinds = days(rhythm, done, today)
    return Person(latest.author, latest.email, count(theirs), len(done), streak(kinds))
