"""``report``: a page to look at, a sheet for the wall, a summary for a wiki."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from ..config import Config
from ..errors import UserError
from ..lint import Diagnostic, lint
from ..milestones import milestones
from ..output import markdown, report_markdown
from ..project import find_project
from ..report import Past, Plan, Report, noted
from ..tracker import Tracker
from . import log
from .extra import extra
from .pasts import read_pasts, without_past
from .reading import open_trackers, today
from .stats import summarize
from .writing import write


class Options(NamedTuple):
    """What to write, where *to*; *day* is taken for today."""

    to: str | None = None
    output_format: str = 'html'
    sheet: bool = False
    pdf: bool = False
    paper: str | None = None
    day: date | None = None


def report(paths: tuple[str, ...], options: Options) -> int:
    """Write the report on the trackers at *paths*, or print it."""
    _check(options)
    # Before history is read.
    made = _page(options) if options.output_format == 'html' else _markdown
    found = _read(paths, options.day)
    if options.output_format == 'github':
        rows = list(report_markdown.report(found))
        summarize(lambda room: markdown.within(rows, room))
        return 0
    write(made(found), options.to, [plan.path for plan in found.plans])
    return 0


def _check(options: Options) -> None:
    """Raises UserError where options exclude each other."""
    is_page = options.output_format == 'html'
    if not is_page and (options.pdf or options.sheet or options.paper):
        raise UserError(
            '--sheet, --pdf and --paper are about the page', 'leave them or --output-format out'
        )
    if options.output_format == 'github' and options.to:
        raise UserError('the summary of the step has its own file', 'leave --output out')
    if options.pdf and options.to is None and sys.stdout.isatty():
        raise UserError('a PDF is not for a terminal', 'name a file with -o')


def _page(options: Options) -> Callable[[Report], bytes]:
    """What makes the page, or the PDF. Raises UserError where that takes what is not installed."""
    with extra('report'):
        from ..output.report import html
    if not options.pdf:
        return lambda found: html(found, options.sheet, options.paper).encode()
    with extra('pdf'):
        from ..output.report.pdf import pdf
    return lambda found: pdf(html(found, sheet=True, paper=options.paper or 'a4'))


def _markdown(found: Report) -> bytes:
    return ''.join(f'{row}\n' for row in report_markdown.report(found)).encode()


def _read(paths: tuple[str, ...], day: date | None) -> Report:
    """The report, with the past where all trackers are in a repository. Raises UserError."""
    on = day or today()
    if without_past(find_project(paths).trackers(paths)):
        opened = open_trackers(paths, 'never')
        config = opened.project.config
        plans = [
            Plan(path, tracker, {}, _problems(tracker, path, config, on))
            for path, tracker in opened.trackers
        ]
        return Report(on, plans, None)
    found = read_pasts(paths)
    notes = noted(log.chosen(found.each, log.Options(notes=True)))
    return Report(
        on,
        [_plan(one, found.config, on) for one in found.each],
        Past(found.chronicle(on), notes, found.incomplete),
    )


def _plan(read: log.Read, config: Config, on: date) -> Plan:
    tracker, path = read.past.newest, read.path
    reached = milestones(read.past.transitions)
    return Plan(path, tracker, reached, _problems(tracker, path, config, on))


def _problems(tracker: Tracker, path: str, config: Config, on: date) -> Sequence[Diagnostic]:
    """What ``lint`` finds in it."""
    return lint(tracker.data, path, config, on, lambda data, preference: tracker).diagnostics
