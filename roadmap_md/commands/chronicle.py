"""``stats --history``: what the past says about how it goes on."""

import sys
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..chronicle import Chronicle
from ..output import pager
from ..output.terminal import painter
from ..output.views import Table
from ..tracker import Tracker
from .pasts import read_pasts
from .reading import today


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
    """The *trackers* by path, and what their past tells; *incomplete* is why that is not all."""

    trackers: list[tuple[str, Tracker]]
    told: Chronicle
    incomplete: list[str]

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.trackers]


def history(paths: tuple[str, ...], options: Options) -> int:
    """Tell the story of the trackers: streaks, squares, pace, forecast."""
    found = _read(paths, options.day)
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


def _read(paths: tuple[str, ...], day: date | None) -> Read:
    """The past of the trackers at *paths*, as seen on that *day*, or today. Raises UserError."""
    found = read_pasts(paths)
    return Read(found.trackers, found.chronicle(day or today()), found.incomplete)


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
