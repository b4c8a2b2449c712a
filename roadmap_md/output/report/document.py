"""A page of HTML that needs nothing from elsewhere.

No text of it acts: all is escaped and made visible, no script may run, and the only styles that a
browser takes are those whose hash the page names.
"""

from base64 import b64encode
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ...escape import visible
from ..chronicle import date_of, short
from ..text import PLAN_WITHOUT_STATUSES, tally


def page(template: str, style: str, **parts: Any) -> str:
    """The *template* with that *style*, filled with *parts*."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return str(_environment().get_template(template).render(
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'",
        **parts,
    ))  # fmt: skip


def css(name: str) -> str:
    """The style sheet of that *name*."""
    return files(__package__).joinpath(f'{name}.css').read_text('utf-8')


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
