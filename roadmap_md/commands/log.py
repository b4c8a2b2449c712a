"""``log``: the journal read back, from git."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from .. import git
from ..errors import UserError
from ..history import Entry, Transition
from ..output.progress import Progress
from ..output.terminal import painter
from ..past import Past, read_past
from ..project import find_project
from ..status import Status, read_statuses
from .settle import settle

if TYPE_CHECKING:
    from ..tracker import Tracker
    from ..vocabulary import Preference

# Why a history may not be all that happened, for people.
SAID = {
    'shallow': 'this clone is shallow: what was done before its oldest commit is not known;'
    " 'git fetch --unshallow' gets the rest",
    'missing': 'git lacks some versions of the tracker: what was done in them is seen a version'
    ' late, or not at all',
    'grafted': 'commits are grafted here (.git/info/grafts): this may not be what happened',
    'replaced': "commits are replaced here ('git replace'): this may not be what happened",
}


class Options(NamedTuple):
    """What to show, and how. *since* and *until* are days, both included."""

    task: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    number: int | None = None
    notes: bool = False
    output_format: str = 'text'
    color: str = 'auto'

    @property
    def filtered(self) -> bool:
        """Is something to be left out?"""
        names = (self.task, self.section, self.status, self.author)
        return any(names) or (self.since, self.until, self.number) != (None, None, None)


class Read(NamedTuple):
    """The past of the tracker at *path*."""

    path: str
    past: Past
    repo: git.Repository


def log(paths: tuple[str, ...], options: Options) -> int:
    """Show which task went from which status to which, when, and by whom; newest first."""
    project = find_project(paths)
    settle(project)
    with Progress('reading the history, version by version') as progress:
        found = [
            read(path, project.config.preference, progress)
            for path in dict.fromkeys(project.trackers(paths, must_exist=False))
        ]
    entries = chosen(found, options)
    incomplete = list(dict.fromkeys(why for read in found for why in read.past.incomplete))
    for why in incomplete:
        print(f'roadmap-md: {SAID[why]}', file=sys.stderr)
    _print(entries, incomplete, len(found) > 1, options)
    return 0


def read(path: str, preference: 'Preference', progress: Progress) -> Read:
    repo = git.repository(path, "history is what git keeps; 'git init' begins one")
    return Read(path, read_past(repo, path, preference, progress), repo)


def chosen(found: Sequence[Read], options: Options) -> Iterator[Entry]:
    """What the options ask for, of all trackers together, newest first."""
    entries = _chosen(found, options)
    return _with_notes(list(entries), found) if options.notes else entries


def _chosen(found: Sequence[Read], options: Options) -> Iterator[Entry]:
    names = [name for given in options.status for name in read_statuses(given)]
    wanted = set(map(Status, names)) or set(Status)
    authors = [author.casefold() for author in options.author]

    def of_one(read: Read, belongs: _Filter) -> Iterator[Entry]:
        paths: dict[str, str] = {}
        for t in read.past.transitions:
            if not (belongs(t) and t.after in wanted and _is_within(t, options)):
                continue
            if authors and not any(author in t.who.casefold() for author in authors if t.commit):
                continue
            if t.path not in paths:
                paths[t.path] = _seen_from_here(read.repo, t.path)
            current = read.past.keys[t.current] if t.current >= 0 else ''
            yield Entry(t, paths[t.path], current)

    each = [of_one(*pair) for pair in zip(found, _filters(found, options), strict=True)]
    return islice(merge(*each, key=lambda entry: entry.of.age), options.number)


def _is_within(transition: Transition, options: Options) -> bool:
    """Is it of those days? What is not committed yet is later than all."""
    if transition.date is None:
        return options.until is None
    day = transition.date.date()
    return not ((options.since and day < options.since) or (options.until and day > options.until))


def _seen_from_here(repo: git.Repository, path: str) -> str:
    return os.path.relpath(os.path.join(os.path.realpath(repo.top), path), os.path.realpath('.'))


_Filter = Callable[[Transition], bool]


def _filters(found: Sequence[Read], options: Options) -> list[_Filter]:
    """For each tracker what says whether a transition is about a task that was asked for.

    Raises UserError for a name that names nothing in any of them.
    """
    tasks = [_named(found, name, _tasks_named, _was_task) for name in options.task]
    sections = [_named(found, name, _in_section, _was_in) for name in options.section]
    return [
        _both([row[at] for row in tasks], [row[at] for row in sections]) for at in range(len(found))
    ]


def _both(tasks: Sequence[_Filter], sections: Sequence[_Filter]) -> _Filter:
    def belongs(transition: Transition) -> bool:
        return all(
            not group or any(one(transition) for one in group) for group in (tasks, sections)
        )

    return belongs


def _named(
    found: Sequence[Read],
    name: str,
    now: Callable[['Tracker', str, str], set[int]],
    then: Callable[[Transition, str], bool],
) -> list[_Filter]:
    """For each tracker what *name* names: the tasks it has *now*, and those that are gone."""
    filters: list[_Filter] = []
    errors: list[UserError] = []
    for path, past, _ in found:
        try:
            chosen = now(past.newest, name, path)
        except UserError as error:
            chosen = set()
            if not any(t.current < 0 and then(t, name) for t in past.transitions):
                errors.append(error)
        filters.append(_one_of(chosen, name, then))
    if len(errors) == len(found):
        raise errors[0]
    return filters


def _one_of(tasks: set[int], name: str, then: Callable[[Transition, str], bool]) -> _Filter:
    return lambda t: t.current in tasks if t.current >= 0 else then(t, name)


def _tasks_named(tracker: 'Tracker', name: str, path: str) -> set[int]:
    from ..select import select

    return set(select(tracker, [name], path))


def _was_task(transition: Transition, name: str) -> bool:
    return name == transition.key or name.casefold() in transition.title.casefold()


def _in_section(tracker: 'Tracker', name: str, path: str) -> set[int]:
    from ..select import sections_named

    sections = sections_named(tracker, [name])
    return {
        at
        for at, task in enumerate(tracker.tasks)
        if not sections.isdisjoint(tracker.enclosing(task.section))
    }


def _was_in(transition: Transition, name: str) -> bool:
    from ..section import name_of

    return name_of(name) in map(name_of, transition.sections)


def _with_notes(entries: Sequence[Entry], found: Sequence[Read]) -> Iterator[Entry]:
    commits = {entry.of.commit for entry in entries}
    notes: dict[str, str] = {}
    for repo in dict.fromkeys(read.repo for read in found):
        notes |= git.notes(repo, commits)
    for entry in entries:
        yield entry._replace(note=notes.get(entry.of.commit, ''))


def _print(
    entries: Iterator[Entry], incomplete: Sequence[str], several: bool, options: Options
) -> None:
    if options.output_format == 'json':
        from ..output import json

        for piece in json.journal(entries, incomplete, options.notes):
            print(piece, end='')
    elif options.output_format == 'json-lines':
        from ..output import json

        for entry in entries:
            row = {'complete': not incomplete, **json.transition(entry, options.notes)}
            print(json.dumped({'schema_version': json.SCHEMA_VERSION, **row}))
    elif options.output_format == 'csv':
        from ..output import csv

        for record in csv.transitions(entries, options.notes):
            print(record, end='')
    elif options.output_format == 'markdown':
        from ..output import markdown

        for line in markdown.transitions(entries, options.notes):
            print(line)
    else:
        from ..output import journal, pager

        shown = list(entries)
        if not shown:
            print('no task has changed its status' + ' like that' * options.filtered)
        pager.show(journal.rows(shown, several, painter(sys.stdout, options.color)))
