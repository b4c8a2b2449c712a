"""A report as one page of HTML that needs nothing from elsewhere, and on paper is a sheet to tick.

No text of it acts: all is escaped and made visible, no script may run, and the only styles that a
browser takes are those whose hash the page names.
"""

from base64 import b64encode
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ...escape import visible
from ...report import Past, Report
from ..chronicle import date_of, facts, nothing, short, streaks
from ..text import PLAN_WITHOUT_STATUSES, tally
from ..views import Table, by_week
from . import burnup
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
    style = Markup(_style(sheet, paper))
    digest = b64encode(sha256(style.encode()).digest()).decode()
    plans = [shown(plan) for plan in report.plans]
    page = _environment().get_template('sheet.html.j2' if sheet else 'page.html.j2')
    return str(page.render(
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'",
        title=plans[0].title if len(plans) == 1 else f'{len(plans)} plans',
        counts=report.counts,
        today=report.today,
        plans=plans,
        several=len(plans) > 1,
        past=_told(report.past, [plan.path for plan in plans]) if report.past else None,
        problems=report.problems,
    ))  # fmt: skip


def _style(sheet: bool, paper: str | None) -> str:
    size = f'@page {{ size: {paper} }}\n' if paper else ''
    of = {name: files(__package__).joinpath(f'{name}.css').read_text('utf-8') for name in _STYLES}
    if sheet:
        return f'\n{of["sheet"]}{size}'
    return f'\n@media screen {{\n{of["screen"]}}}\n@media print {{\n{of["sheet"]}}}\n{size}'


_STYLES = ('screen', 'sheet')


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(__package__, ''), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_finalized,
    )  # fmt: skip
    made.filters |= {'long': date_of, 'brief': _brief, 'tally': tally}
    made.globals['without_statuses'] = PLAN_WITHOUT_STATUSES
    return made


def _brief(day: date, today: date) -> str:
    """*day* without its year, where that is the one of *today*."""
    return short(day).removesuffix(f' {today.year}')


def _finalized(value: object) -> object:
    """Whatever is printed; of text nothing is hidden, and nothing turns the rest around."""
    return visible(value) if type(value) is str else value


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
