"""``export``: the tasks and their days, for calendars, spreadsheets and scripts."""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from .. import git
from ..agenda import Agenda, agenda
from ..chronicle import Told
from ..config import Config
from ..output import agenda as output
from ..output import csv, json
from ..output.terminal import counted
from ..project import find_project
from ..rhythm import rhythm_of
from ..rules.pace import most_a_day, rushed
from ..tracker import Tracker
from .extra import extra
from .pasts import read_pasts, told, without_past
from .reading import open_trackers, today
from .writing import write


class Options(NamedTuple):
    """What to write and where; *day* is taken for today."""

    output_format: str
    as_todos: bool
    to: str | None
    day: date | None


class Read(NamedTuple):
    """The agenda of each tracker, as seen *today*; *incomplete* is why that is not all."""

    agendas: list[Agenda]
    today: date
    incomplete: list[str]


def export(paths: tuple[str, ...], options: Options) -> int:
    """Print the tasks with the days on which they were completed, or are planned."""
    form = _form(options)  # before history is read
    read = _read(paths, options.day or today())
    write(form(read), options.to, [one.path for one in read.agendas])
    return 0


def _form(options: Options) -> Callable[[Read], str]:
    """What writes it. Raises UserError where that takes what is not installed."""
    if options.output_format == 'json':
        return _json
    if options.output_format == 'csv':
        return _csv
    with extra('export'):
        from ..output.calendar import calendar
    if options.as_todos:
        return lambda read: calendar(read.agendas, as_todos=True)

    def events(read: Read) -> str:
        if left := sum(len(one.without_day) for one in read.agendas):
            said = 'completed in no commit that is known, so the calendar has no day for'
            print(f'roadmap-md: {said} {counted(left, "task")}', file=sys.stderr)
        return calendar(read.agendas, as_todos=False)

    return events


def _json(read: Read) -> str:
    said = {'complete': not read.incomplete, 'incomplete': read.incomplete}
    tasks = list(output.objects(read.agendas))
    return json.document(**said, today=str(read.today), tasks=tasks) + '\n'


def _csv(read: Read) -> str:
    table = output.table(read.agendas)
    return ''.join(csv.table(table.names, table.rows))


def _read(paths: tuple[str, ...], day: date) -> Read:
    """The agendas of the trackers at *paths*, or of those that are configured. Raises UserError."""
    project = find_project(paths)
    if without_past(project.trackers(paths)):
        opened = open_trackers(paths, 'never').trackers
        return Read(list(_without_past(opened, project.config, day)), day, ['no-repository'])
    pasts = read_pasts(paths)
    is_whole = not pasts.incomplete
    agendas = []
    for one in pasts.each:
        most = _most(one.past.newest, pasts.config)
        made = agenda(one.path, told(one), pasts.rhythm, day, is_whole, most)
        commits = {of.completed.commit for of in made.reached.values() if of.completed}
        agendas.append(made._replace(notes=git.notes(one.repo, commits)))
    return Read(agendas, day, pasts.incomplete)


def _without_past(
    trackers: Sequence[tuple[str, Tracker]], config: Config, day: date
) -> Iterator[Agenda]:
    rhythm = rhythm_of(config.rest_days, config.pauses, [each.skeleton for _, each in trackers])
    for path, tracker in trackers:
        nothing = Told(tracker, [], [])
        yield agenda(path, nothing, rhythm, day, False, _most(tracker, config))


def _most(tracker: Tracker, config: Config) -> int | None:
    return most_a_day(tracker, **config.rule_options[rushed.code])
