"""Names of tasks: ``next``, ``w1d3``, ``week-1/day-3``, ``1.3``, ``ROADMAP.md:27``, titles."""

import re
from collections.abc import Iterable, Sequence

from .errors import UserError
from .keys import slug
from .numbering import kinds_beginning, read_numbering
from .order import next_task
from .section import section_slugs
from .task import Task
from .tracker import Tracker

_MOST_CANDIDATES = 8
_SHORT = r'(?i)(?:[^\W\d_]+\d{1,9})+[a-z]?'
_PIECE = r'(?i)([^\W\d_]+)(\d{1,9})([a-z]$)?'


def select(tracker: Tracker, names: Sequence[str], path: str) -> list[int]:
    """The indices of the tasks with these names, each once, in document order.

    Raises UserError, listing the candidates, where a name is not the name of one task.
    """
    chosen: set[int] = set()
    for name in names:
        chosen.update(_range(tracker, name, path))
    return sorted(chosen)


def _range(tracker: Tracker, name: str, path: str) -> Iterable[int]:
    first, dots, last = name.partition('..')
    if not dots or not (first or last) or _by_line(tracker, name, path):
        return [resolve(tracker, name, path)]
    start = resolve(tracker, first, path) if first else 0
    stop = resolve(tracker, last, path) if last else len(tracker.tasks) - 1
    if stop < start:
        raise UserError(
            f"'{name}' is empty: {tracker.tasks[stop].key} stands before"
            f' {tracker.tasks[start].key}',
            f"write '{last}..{first}'",
        )
    return range(start, stop + 1)


def resolve(tracker: Tracker, name: str, path: str) -> int:
    """The index of the one task that *name* names. Raises UserError unless there is one."""
    if not tracker.tasks:
        raise UserError(f'{path} has no tasks', 'mark them with [ ], as in "- [ ] Day 1"')
    if name == 'next':
        index = next_task(tracker)
        if index is None:
            raise UserError(f'nothing is next in {path}', 'every task is settled or blocked')
        return index
    found = named(tracker, name, path)
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(
            f"'{name}' names {len(found)} tasks",
            'say which: ' + _listed_tasks([tracker.tasks[index] for index in found]),
        )
    raise UserError(f"no task in {path} is named '{name}'", _nearest(tracker, name))


def named(tracker: Tracker, name: str, path: str) -> list[int]:
    """The tasks that *name* names, by the first reading that names any."""
    name = name.strip()
    if not name:
        return []
    for reading in (_by_key, _by_line, _by_letters, _by_numbers, _by_path, _by_title):
        if found := reading(tracker, name, path):
            return found
    return []


def _by_key(tracker: Tracker, name: str, path: str) -> list[int]:
    return [index for index, task in enumerate(tracker.tasks) if task.key == name]


def _by_line(tracker: Tracker, name: str, path: str) -> list[int]:
    """``ROADMAP.md:27`` or ``:27``."""
    file, colon, line = name.rpartition(':')
    if not colon or (file and not ('/' + path).endswith('/' + file)):
        return []
    lines = (
        {str(task.line + 1), str(mark.line + 1)}
        for task, mark in zip(tracker.tasks, tracker.marks, strict=True)
    )
    return [index for index, named in enumerate(lines) if line in named]


def _by_letters(tracker: Tracker, name: str, path: str) -> list[int]:
    """``w1d3``, ``week1day3``, ``semana1``, ``d3b``: the beginnings of kinds, and numbers."""
    if not re.fullmatch(_SHORT, name):
        return []
    return _ending_in(tracker, [
        [f'{kind}-{int(digits)}{letter.lower()}' for kind in kinds_beginning(word)]
        for word, digits, letter in re.findall(_PIECE, name)
    ])  # fmt: skip


def _by_numbers(tracker: Tracker, name: str, path: str) -> list[int]:
    """``1.3``: the last two numbers of the path."""
    if not re.fullmatch(r'\d{1,9}(?:\.\d{1,9})+', name):
        return []
    wanted = [int(number) for number in name.split('.')]
    return [i for i in range(len(tracker.tasks)) if _numbers(tracker, i)[-len(wanted) :] == wanted]


def _numbers(tracker: Tracker, index: int) -> list[int]:
    """The numbers of task *index* and of what it sits in, outermost first."""
    numbers: list[int] = []
    at = index
    while at >= 0:
        if (own := tracker.tasks[at].numbering) is None:
            return []
        numbers.append(own.first)
        at = tracker.tasks[at].parent
    for section in tracker.enclosing(tracker.tasks[index].section):
        if around := tracker.sections[section].numbering:
            numbers.append(around.first)
    return numbers[::-1]


def _by_path(tracker: Tracker, name: str, path: str) -> list[int]:
    """``phase-1/week-1/day-3`` or any part of it that ends in the task."""
    wanted = []
    for piece in re.split(r'[/>]', name):
        numbering, title = read_numbering(piece.replace('-', ' '))
        names = [piece.strip().casefold(), slug(piece)]
        wanted.append([*names, numbering.slug] if numbering and not title else names)
    return _ending_in(tracker, wanted)


def _ending_in(tracker: Tracker, wanted: list[list[str]]) -> list[int]:
    """The tasks whose paths hold these pieces in this order, the last one as their own name."""
    found = []
    for index, task in enumerate(tracker.tasks):
        rest = iter(task.path[:-1])
        if task.path[-1] in wanted[-1] and all(
            any(piece in alternatives for piece in rest) for alternatives in wanted[:-1]
        ):
            found.append(index)
    return found


def _by_title(tracker: Tracker, name: str, path: str) -> list[int]:
    """The one task with that title, else those whose text holds it."""
    wanted = name.casefold()
    texts = [(task.title.casefold(), task.text.casefold()) for task in tracker.tasks]
    exact = [index for index, both in enumerate(texts) if wanted in both]
    return exact or [index for index, (_, text) in enumerate(texts) if wanted in text]


def _listed(names: Sequence[str]) -> str:
    more = f' and {len(names) - _MOST_CANDIDATES} more' if len(names) > _MOST_CANDIDATES else ''
    return ', '.join(names[:_MOST_CANDIDATES]) + more


def _listed_tasks(tasks: Sequence[Task]) -> str:
    return _listed([f'{task.key} ({task.title})' if task.title else task.key for task in tasks])


def sections_named(tracker: Tracker, names: Sequence[str]) -> frozenset[int]:
    """The indices of the sections with these names. Raises UserError for one that names none."""
    slugs = [section_slugs(tracker.sections, at)[-1][0] for at in range(len(tracker.sections))]
    found: set[int] = set()
    for name in names:
        named = _section_slugs(name)
        titles = [{slug(section.text), slug(section.title)} for section in tracker.sections]
        here = {at for at, own in enumerate(slugs) if own in named or slug(name) in titles[at]}
        if not here:
            raise UserError(f"no section is named '{name}'", f'there are {_listed(slugs)}')
        found |= here
    return frozenset(found)


def _section_slugs(name: str) -> set[str]:
    """What a section that *name* names may be called in keys: ``w1``, ``week-1``, ``Week 1``."""
    numbering, rest = read_numbering(name.replace('-', ' '))
    named = {numbering.slug} if numbering and not rest else {slug(name)}
    if piece := re.fullmatch(_PIECE, name):
        named |= {f'{kind}-{int(piece[2])}' for kind in kinds_beginning(piece[1])}
    return named


def _beneath(tracker: Tracker, name: str) -> list[Task]:
    """The tasks of the section that *name* names."""
    named = _section_slugs(name)
    return [task for task in tracker.tasks if named & set(task.path[:-1])]


def _nearest(tracker: Tracker, name: str) -> str:
    if inside := _beneath(tracker, name):
        return f"name its tasks: '{inside[0].key}..{inside[-1].key}'"
    from difflib import get_close_matches  # only on the way out

    names = {n: task.key for task in tracker.tasks for n in (task.key, task.title.casefold()) if n}
    near = get_close_matches(name.casefold(), names, n=3, cutoff=0.6)
    if near:
        return 'did you mean ' + ' or '.join(dict.fromkeys(names[n] for n in near)) + '?'
    return "'roadmap-md list' shows all names"
