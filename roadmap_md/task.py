"""Tasks: what has a status of its own, and what it is called."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from .keys import Place, keys_of, slug
from .mark import Mark
from .marking import Statused
from .numbering import Numbering, read_numbering
from .page import Page
from .section import Section, section_slugs


class Task(NamedTuple):
    """Anything with a status of its own, on *line* (from 0).

    *text* is what follows the marker, *title* what follows its number too. *section* and
    *parent* are the indices of the innermost section around it and of the task it hangs under, or
    -1. *path* names it from the outermost section down; *key* is as much of that as is needed.
    *owner* is whose it is, in a table with a column for each person.
    """

    key: str
    text: str
    title: str
    numbering: Numbering | None
    line: int
    section: int
    parent: int
    path: tuple[str, ...]
    owner: str


_IDENTIFIER = re.compile(r'(?:^|\s)(?:\{#([\w:.-]+)\}|\^([A-Za-z0-9-]+))\s*$')


def _identified(text: str) -> tuple[str, str]:
    """*text* without the identifier at its end, and that."""
    named = _IDENTIFIER.search(text) if '^' in text or '{#' in text else None
    return (text[: named.start()].rstrip(), named[1] or named[2]) if named else (text, '')


_WEEK_AND_DAY = re.compile(r'^[Ww](\d{1,3})[Dd](\d{1,3})\b')
_COARSER_THAN_DAY = ('week', 'month', 'phase', 'module', 'sprint', 'unit')


def _own_numbering(text: str) -> tuple[tuple[str, ...], Numbering | None, str]:
    """The numbering and title of a task, and the names before it: ``Week 1, Day 3: Sets``."""
    numbering, title = read_numbering(_WEEK_AND_DAY.sub(r'Week \1 Day \2', text))
    if numbering and numbering.kind in _COARSER_THAN_DAY:
        inner, rest = read_numbering(title)
        if inner and inner.kind == 'day':
            return (numbering.slug,), inner, rest
    return (), numbering, title


def retitled(task: Task, text: str) -> Task | None:
    """*task* with another *text*; None where it may have another key, or other tasks may.

    Neither the old text nor the new one names an identifier.
    """
    outer, numbering, title = _own_numbering(text)
    if numbering is None or (outer, numbering) != _own_numbering(task.text)[:2]:
        return None
    return task._replace(text=text, title=title)


def read_tasks(
    page: Page, sections: Sequence[Section], statused: Sequence[Statused]
) -> tuple[Task, ...]:
    """The tasks that *statused* are."""
    parents = _parents(page, [task.marks[0].mark for task in statused])
    rows: list[tuple[str, str, Numbering | None, int, int, int, tuple[str, ...], str]] = []
    places: list[Place] = []
    identifiers: list[str] = []
    above, around = -1, section_slugs(sections, -1)
    for index, (line, section, marks) in enumerate(statused):
        mark = marks[0].mark
        if above + 1 < len(sections) and sections[above + 1].line < line:
            while above + 1 < len(sections) and sections[above + 1].line < line:
                above += 1
            around = section_slugs(sections, above)
        inside, named = (above, around) if section < 0 else _of_section(sections, section)
        text, identifier = _identified(_text(page, sections, section, mark))
        outer, numbering, title = _own_numbering(text)
        name = numbering.slug if numbering else slug(title) or f'task-{index + 1}'
        above_it = places[parents[index]].tail if parents[index] >= 0 else ()
        owner = (slug(mark.owner),) if mark.owner else ()
        place = Place(named, (*above_it, *owner, *outer, name))
        rows.append((text, title, numbering, line, inside, parents[index], place.path, mark.owner))
        places.append(place)
        identifiers.append(identifier)
    # Days that are numbered through, in no numbered section, need no section in their names.
    numbered = [is_numbered for place in places for _, is_numbered in place.sections]
    alone = all(row[2] for row in rows) and not any(numbered)
    keys = keys_of(places, identifiers, least=0 if alone else 1)
    return tuple(Task(key, *row) for key, row in zip(keys, rows, strict=True))


def _of_section(
    sections: Sequence[Section], section: int
) -> tuple[int, tuple[tuple[str, bool], ...]]:
    """Where a section that is a task stands: the section around it, and the names of that."""
    parent = sections[section].parent
    return parent, section_slugs(sections, parent)


def _text(page: Page, sections: Sequence[Section], section: int, mark: Mark) -> str:
    if section >= 0:
        return sections[section].text
    return page.data[slice(*mark.title)].decode() if mark.label is None else mark.label


def _parents(page: Page, marks: Sequence[Mark]) -> list[int]:
    """For each mark the index of the one at the head of the list item around it, or -1."""
    heads = {mark.item: index for index, mark in enumerate(marks) if mark.item >= 0}
    parents: list[int] = []
    for index, mark in enumerate(marks):
        if mark.item >= 0:
            block = page.blocks[mark.item].parent
        else:
            block = page.blocks[mark.block].parent
            if block >= 0 and page.blocks[mark.block].first == page.blocks[block].first:
                block = page.blocks[block].parent  # a lazy line of the item's own paragraph
        while block >= 0 and heads.get(block, index) >= index:
            block = page.blocks[block].parent
        parents.append(heads[block] if block >= 0 else -1)
    return parents
