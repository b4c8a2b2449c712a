"""``stats --history``: what the past says about how it goes on."""

import os
import sys
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .. import files
from ..chronicle import Chronicle, Told, chronicle
from ..output import pager
from ..output.progress import Progress
from ..output.terminal import painter
from ..output.views import Table
from ..project import Project, find_project
from ..rhythm import rhythm_of
from ..tracker import Tracker
from ..vocabulary import Preference
from . import log
from .reading import check_state, today
from .settle import settle


class Options(NamedTuple):
    """What to show, and how: by *day*, *week* or *person*, or *why* each day is what it is.

    *day* is taken for today.
    """

    by: str | None
    why: bool
    day: date | None
    output_format: str
    color: str


class Read(NamedTuple):
    """The *pasts* of some trackers, and what they tell; *incomplete* is why that is not all."""

    pasts: list[log.Read]
    told: Chronicle
    incomplete: list[str]

    @property
    def trackers(self) -> list[tuple[str, Tracker]]:
        return [(one.path, one.past.newest) for one in self.pasts]

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.pasts]


def history(paths: tuple[str, ...], options: Options) -> int:
    """Tell the story of the trackers: streaks, squares, pace, forecast."""
    found = read(find_project(paths), paths, options.day)
    if options.output_format == 'json':
        from ..output import chronicle_json, json

        told = chronicle_json.history(found.told, found.paths, found.incomplete)
        print(json.document(**json.stats(found.trackers), **told))
    elif options.output_format == 'csv':
        from ..output import csv

        table = _table(found, options) or _by('day', found)
        for record in csv.table(table.names, table.rows):
            print(record, end='')
    elif options.output_format == 'markdown':
        print('\n'.join(_markdown(found, options)))
    elif options.output_format == 'github':
        from ..output.markdown import within
        from .stats import summarize

        summarize(lambda room: within([*_markdown(found, options)], room))
    else:
        pager.show(_text(found, options))
    return 0


def read(project: Project, paths: tuple[str, ...], day: date | None) -> Read:
    """The past of the trackers at *paths*, as seen on that *day*, or today. Raises UserError."""
    settle(project)
    config = project.config
    with Progress('reading the history, version by version') as progress:
        found = [
            _read_one(path, config.preference, progress)
            for path in _each_once(project.trackers(paths))
        ]
    incomplete = list(dict.fromkeys(why for one in found for why in one.past.incomplete))
    for why in incomplete:
        print(f'roadmap-md: {log.SAID[why]}', file=sys.stderr)
    plans = [one.past.newest.skeleton for one in found]
    told = chronicle(
        [Told(one.past.newest, [*one.past.transitions], [*one.past.scope]) for one in found],
        rhythm_of(config.rest_days, config.pauses, plans),
        day or today(),
    )
    return Read(found, told, incomplete)


def _read_one(path: str, preference: Preference, progress: Progress) -> log.Read:
    """The past of one tracker. Raises UserError where it cannot be said what its state is now."""
    check_state(files.read(path), path)
    return log.read(path, preference, progress)


def _each_once(paths: tuple[str, ...]) -> list[str]:
    """*paths* without those that lead to a file that is there already."""
    return list({os.path.realpath(path): path for path in paths[::-1]}.values())[::-1]


def _table(found: Read, options: Options) -> Table | None:
    """What was asked for as a table; without such a wish there is none."""
    if options.why:
        from ..output.views import reasons

        return reasons(found.told, found.paths, not found.incomplete)
    return _by(options.by, found) if options.by else None


def _by(what: str, found: Read) -> Table:
    from ..output import views

    if what == 'day':
        return views.by_day(found.told, not found.incomplete)
    return (
        views.by_week(found.told)
        if what == 'week'
        else views.by_person(found.told, not found.incomplete)
    )


def _markdown(found: Read, options: Options) -> Iterable[str]:
    if table := _table(found, options):
        from ..output import markdown

        return markdown.table(table.names, table.rows)
    from ..output.chronicle_markdown import story

    return story(found.told, found.trackers, found.incomplete)


def _text(found: Read, options: Options) -> Iterable[str]:
    paint = painter(sys.stdout, options.color)
    from ..output import chronicle, views

    if options.why:
        return views.why_rows(found.told, found.paths, found.incomplete, paint)
    if options.by:
        return views.text(_by(options.by, found), paint)
    return chronicle.screen(found.told, found.trackers, found.incomplete, paint)
