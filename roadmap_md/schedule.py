"""For which day each open task is planned: in the plan's order, at the learner's own pace.

A plan without dates has none to be late for; these are where it leads if it goes on as it does.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from .chronicle import Chronicle
from .forecast import HORIZON
from .order import leaves
from .pace import Pace
from .rhythm import WEEKDAYS, Kind
from .status import Status
from .tracker import Tracker

_OPEN = (Status.IN_PROGRESS, Status.NOT_STARTED)


def schedule(
    tracker: Tracker, told: Chronicle, is_whole: bool, most_a_day: int | None
) -> Mapping[int, date]:
    """The day of each open task, by its index; of none that is blocked, or ten years away.

    *told* is the past of this tracker alone; where it is not *whole*, or too little is known for a
    forecast, a task a working day is planned. In a table for several people each has days of their
    own. A task is planned for the day of the last one beneath it.
    """
    week = _working_week(told)
    days = list(_working_days(told, week))
    turns = _turns(tracker)
    paced = told.pace if is_whole and told.forecast.dates else None
    a_day = _a_day(paced, len(week), most_a_day, len(turns))
    planned = {
        task: days[int(turn / a_day)]
        for tasks in turns.values()
        for turn, task in enumerate(tasks)
        if turn / a_day < len(days)
    }
    return planned | _of_parents(tracker, planned, days)


def _working_week(told: Chronicle) -> frozenset[int]:
    """The weekdays on which something is to be done.

    Where any days of a week are free, those are taken on which least was completed so far, and the
    later ones of the week where that is the same.
    """
    done = [0] * len(WEEKDAYS)
    for day, counts in told.days.items():
        done[day.weekday()] += counts.done
    may_work = [day for day in range(len(WEEKDAYS)) if day not in told.rhythm.weekdays]
    may_work.sort(key=lambda weekday: (-done[weekday], weekday))
    return frozenset(may_work[: max(len(may_work) - told.rhythm.free, 0)])


def _working_days(told: Chronicle, week: frozenset[int]) -> Iterator[date]:
    """The days to come; today is one of them until something is completed on it."""
    is_done = bool(told.kinds) and told.kinds[-1][1] is Kind.DONE
    for ahead in range(is_done, min(HORIZON, (date.max - told.today).days + 1)):
        day = told.today + timedelta(days=ahead)
        if day.weekday() in week and not told.rhythm.is_pause(day):
            yield day


def _a_day(paced: Pace | None, working_days: int, most_a_day: int | None, people: int) -> float:
    """How many tasks each of so many *people* completes on a working day."""
    if not paced or not working_days:
        return 1
    a_week = paced.recent or paced.overall
    a_day = a_week / working_days / max(people, 1)
    return a_day if most_a_day is None else min(a_day, most_a_day)


def _turns(tracker: Tracker) -> dict[str, list[int]]:
    """The open tasks without tasks beneath them, by whose they are, in the order of `next_task`."""
    turns: dict[str, list[int]] = {}
    for status in _OPEN:
        for index in leaves(tracker):
            if tracker.state[index] is status:
                turns.setdefault(tracker.tasks[index].owner, []).append(index)
    return turns


def _of_parents(tracker: Tracker, planned: Mapping[int, date], days: list[date]) -> dict[int, date]:
    """The days of open tasks with tasks beneath them, where each of those that is open has one."""
    found: dict[int, date] = {}
    beneath: dict[int, list[int]] = {}
    for index, task in reversed(list(enumerate(tracker.tasks))):
        if index in tracker.parents and tracker.state[index] in _OPEN:
            waited = [planned.get(at) or found.get(at) for at in beneath.get(index, [])]
            known = [day for day in waited if day]
            if len(known) == len(waited) and (last := max(known, default=next(iter(days), None))):
                found[index] = last
        if not tracker.state[index].settled:
            beneath.setdefault(task.parent, []).append(index)
    return found
