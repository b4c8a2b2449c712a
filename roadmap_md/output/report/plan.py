"""A plan as the page shows it: words beside what they are about, in the order of the file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ...guidance import Advice, advice, golden_rule, guidance, rules
from ...inline import Piece, inline, plain
from ...order import next_task
from ...overview import Part, overview
from ...report import Plan
from ...section import heading
from ...stats import Counts, count
from ...status import Status
from ...tracker import Tracker
from ..text import name, number_and_title

_BULLETS = ('- ', '* ', '+ ')


class Block(NamedTuple):
    """*lines* of text that belong together; are they a list?"""

    is_list: bool
    lines: list[list[Piece]]


class Said(NamedTuple):
    """What the plan says: a *heading*, which may be empty, and *blocks* of text."""

    heading: str
    blocks: list[Block]


class Task(NamedTuple):
    """A task *depth* levels beneath another; *completed* is the day on which it was, if known."""

    pieces: list[Piece]
    status: Status
    depth: int
    completed: date | None
    is_next: bool


class Card(NamedTuple):
    """A part of the plan: its *number* and *title*, its own *tasks*, and the *cards* in it.

    *name* is the title in plain words.
    """

    number: str
    title: list[Piece]
    name: str
    counts: Counts
    tasks: list[Task]
    said: list[Said]
    cards: list['Card']


class Next(NamedTuple):
    """What is to be done next, or is being done *now*; *around* are its sections."""

    name: list[Piece]
    around: list[str]
    place: str
    now: bool
    said: list[Said]


class Shown(NamedTuple):
    """A plan, all of it."""

    title: str
    path: str
    counts: Counts
    next: Next | None
    cards: list[Card]
    rules: list[Said]
    golden: Said | None


def shown(plan: Plan) -> Shown:
    tracker, golden = plan.tracker, golden_rule(plan.tracker)
    here = next_task(tracker)
    own = advice(tracker)
    return Shown(
        plain(heading(tracker.sections)) or plan.path, plan.path, count(tracker.state),
        None if here is None else _next(plan, here),
        [_card(plan, part, own, here) for part in _outermost(tracker)],
        [_said(one) for one in rules(tracker)],
        _said(golden) if golden else None,
    )  # fmt: skip


def _next(plan: Plan, index: int) -> Next:
    tracker, task = plan.tracker, plan.tracker.tasks[index]
    return Next(
        inline(name(tracker, index)),
        [plain(tracker.sections[at].text) for at in tracker.enclosing(task.section)][::-1],
        f'{plan.path}:{task.line + 1}',
        tracker.state[index] is Status.IN_PROGRESS,
        [_said(one) for one in guidance(tracker, index)],
    )


def _outermost(tracker: Tracker) -> list[Part]:
    """The outermost sections; before them, as one more, the tasks that stand in none of them."""
    found = overview(tracker)
    loose = tuple(part for part in found if part.task >= 0)
    sections = [part for part in found if part.task < 0]
    if not loose:
        return sections
    return [Part((), tracker.tasks[loose[0].task].section, -1, None, loose), *sections]


def _card(plan: Plan, part: Part, own: Mapping[int, Sequence[Advice]], here: int | None) -> Card:
    sections = plan.tracker.sections
    number, title = number_and_title(sections[part.section]) if part.section >= 0 else ('', '')
    tasks = [index for inner in part.beneath if inner.task >= 0 for index in inner.tasks]
    return Card(
        number,
        inline(title),
        plain(title),
        count(plan.tracker.state[index] for index in part.tasks),
        [_task(plan, index, here) for index in tasks],
        [_said(one) for one in own.get(part.section, ())],
        [_card(plan, inner, own, here) for inner in part.beneath if inner.task < 0],
    )


def _task(plan: Plan, index: int, here: int | None) -> Task:
    tracker, task = plan.tracker, plan.tracker.tasks[index]
    done = plan.reached[index].completed if index in plan.reached else None
    text = task.text or name(tracker, index)
    return Task(
        inline(f'{task.owner}: {text}' if task.owner else text),
        tracker.state[index],
        len(list(_above(tracker, index))),
        done.date.date() if done and done.date else None,
        index == here,
    )


def _above(tracker: Tracker, index: int) -> Iterator[int]:
    while (index := tracker.tasks[index].parent) >= 0:
        yield index


def _said(one: Advice) -> Said:
    groups = groupby((line.strip() for line in one.lines), lambda line: line.startswith(_BULLETS))
    return Said(
        plain(one.heading),
        [
            Block(is_list, [inline(line[2:].strip() if is_list else line) for line in lines])
            for is_list, lines in groups
        ],
    )
