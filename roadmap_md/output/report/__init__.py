"""A report as one page, which on paper is a sheet to tick."""

from typing import NamedTuple

from ...report import Past, Report
from ..chronicle import facts, nothing, streaks
from ..views import Table, by_week
from . import burnup
from .document import css, page
from .journal import Note, journal
from .plan import shown
from .year import Year, year


class Told(NamedTuple):
    """What the page shows of the past: the *facts* in words, drawings, each with a table."""

    facts: list[tuple[str, list[str]]]
    nothing: str
    year: Year | None
    weeks: Table | None
    burn_up: burnup.Drawing | None
    points: Table | None
    notes: list[Note]


def html(report: Report, sheet: bool = False, paper: str | None = None) -> str:
    """The page, or of it the *sheet* alone; *paper* is a size as CSS has it: ``a4``."""
    plans = [shown(plan) for plan in report.plans]
    return page(
        'sheet.html.j2' if sheet else 'page.html.j2',
        _style(sheet, paper),
        title=plans[0].title if len(plans) == 1 else f'{len(plans)} plans',
        counts=report.counts,
        today=report.today,
        plans=plans,
        several=len(plans) > 1,
        past=_told(report.past, [plan.path for plan in plans]) if report.past else None,
        problems=report.problems,
    )


def _style(sheet: bool, paper: str | None) -> str:
    size = f'@page {{ size: {paper} }}\n' if paper else ''
    if sheet:
        return f'\n{css("sheet")}{size}'
    return f'\n@media screen {{\n{css("screen")}}}\n@media print {{\n{css("sheet")}}}\n{size}'


def _told(past: Past, paths: list[str]) -> Told:
    told, incomplete = past.told, list(past.incomplete)
    notes = journal(past.notes, several=len(paths) > 1)
    if not told.kinds:
        return Told([], nothing(told, incomplete), None, None, None, None, notes)
    is_whole = not incomplete
    return Told(
        [*streaks(told, incomplete), *facts(told, incomplete, paths)],
        '',
        year(told, is_whole),
        by_week(told),
        burnup.burn_up(told) if is_whole and told.burn_up else None,
        burnup.table(told) if is_whole else None,
        notes,
    )
