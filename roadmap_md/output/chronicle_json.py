"""The past in JSON; names never change within version 1. docs/stats.md says what they mean."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ..activity import Counts, Event
from ..chronicle import Chronicle
from ..pace import RECENT, Progress
from ..rhythm import WEEKDAYS, Kind
from ..why import why


def history(told: Chronicle, paths: Sequence[str], incomplete: list[str]) -> dict[str, Any]:
    """All that is told of the trackers at *paths*; what might be wrong is null."""
    whole = not incomplete
    return {
        'complete': whole,
        'incomplete': incomplete,
        'today': str(told.today),
        'rest': _rest(told),
        'streak': _streak(told, whole),
        'pace': _pace(told) if whole else None,
        'forecast': _forecast(told) if whole else None,
        'time_in_progress': _times(told) if whole else None,
        'days': list(_days(told, whole)),
        'weeks': [
            {'week': f'{week:%G-W%V}', 'first': str(week), **counts._asdict()}
            for week, counts in told.weeks.items()
        ],
        'people': [
            {
                'name': who.name, 'email': who.email, **who.counts._asdict(), 'days': who.days,
                'streak': (now.days if now else 0) if whole else None,
                'longest': (longest.days if longest else 0) if whole else None,
            }
            for who in told.people
            for now, longest in [who.streak]
        ],
        'reopened': [_event(event, paths) for event in told.reopened],
        'burn_up': [
            {'date': str(point.day), **{k: v for k, v in point._asdict().items() if k != 'day'}}
            for point in told.burn_up
        ] if whole else None,
        'events': [_event(event, paths) for event in told.events],
        'uncommitted': told.uncommitted,
        'future': [_event(event, paths) for event in told.future],
    }  # fmt: skip


def _rest(told: Chronicle) -> dict[str, Any]:
    weekdays, free, pauses = told.rhythm
    return {
        'weekdays': [WEEKDAYS[at] for at in sorted(weekdays)],
        'free_days_a_week': free,
        'pauses': [{'first': str(first), 'last': str(last)} for first, last in pauses],
    }


def _streak(told: Chronicle, whole: bool) -> dict[str, Any]:
    now, longest = told.streak
    return {
        'current': (now.days if now else 0) if whole else None,
        'current_first': _day(now and now.first) if whole else None,
        'current_last': _day(now and now.last) if whole else None,
        'longest': (longest.days if longest else 0) if whole else None,
        'longest_first': _day(longest and longest.first) if whole else None,
        'longest_last': _day(longest and longest.last) if whole else None,
        'today': told.kinds[-1][1].value if whole and told.kinds else None,
    }


def _day(day: date | None) -> str | None:
    return str(day) if day else None


def _pace(told: Chronicle) -> dict[str, Any] | None:
    if not told.pace:
        return None
    recent, days, overall, overall_days = told.pace
    return {
        'per_week': round(recent, 2),
        'days': days,
        'most_days': RECENT,
        'per_week_overall': round(overall, 2),
        'days_overall': overall_days,
    }


def _forecast(told: Chronicle) -> dict[str, Any]:
    """*known* is false where too little is known; a date is null after more than ten years."""
    left, days, active, percents, dates = told.forecast
    return {
        'left': left,
        'known': bool(dates),
        'days': days,
        'active_days': active,
        'dates': [
            {'percent': percent, 'date': _day(day)}
            for percent, day in zip(percents, dates, strict=False)
        ],
    }


def _times(told: Chronicle) -> dict[str, Any]:
    return {
        'median_days': told.times.median,
        'completed': [_progress(one) for one in told.times.completed],
        'now': [_progress(one) for one in told.times.now],
    }


def _progress(one: Progress) -> dict[str, Any]:
    return {
        'key': one.of.key,
        'title': one.of.title,
        'since': str(one.since),
        'days': one.days,
    }


def _days(told: Chronicle, whole: bool) -> Iterator[dict[str, Any]]:
    for day, kind, length, says, _ in why(told.kinds, told.events, told.rhythm):
        yield {
            'date': str(day),
            'kind': kind.value if whole or kind is Kind.DONE else None,
            'streak': length if whole else None,
            'why': says if whole else None,
            **told.days.get(day, Counts())._asdict(),
        }


def _event(event: Event, paths: Sequence[str]) -> dict[str, Any]:
    of = event.of
    return {
        'date': str(event.day),
        'what': event.what.value,
        'key': of.key,
        'title': of.title,
        'author': of.author,
        'email': of.email,
        'commit': of.commit,
        'path': paths[event.tracker],
    }
