"""What ``cohort`` shows, in each of its formats."""

import sys
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from ..cohort import Learner
from ..escape import visible
from ..output import cohort as output
from ..output.cohort import Shown
from ..output.terminal import painter
from .extra import extra
from .writing import write


class Form(NamedTuple):
    """An output format, and where *to*; on the screen are up to *limit* learners, 0 is all.

    They are in the order that *sort* names.
    """

    name: str
    to: str | None
    limit: int
    sort: str
    color: str


Maker = Callable[[Shown], str]


def maker(form: Form, today: date) -> Maker:
    """What writes in that *form*. Raises UserError where that takes what is not installed."""
    if form.name == 'html':
        with extra('report'):
            from ..output.report.cohort import html
        return lambda shown: html(shown, form.sort, today)
    if form.name == 'text':
        return lambda shown: _screen(shown, form)
    return {'json': _json, 'json-lines': _json_lines, 'csv': _csv, 'markdown': _markdown}[form.name]


def _screen(shown: Shown, form: Form) -> str:
    paint = painter(sys.stdout, form.color if form.to is None else 'never')
    return _lines(output.screen(shown, form.limit, paint))


def _json(shown: Shown) -> str:
    from ..output import json

    return json.document(**output.parts(shown)) + '\n'


def _json_lines(shown: Shown) -> str:
    from ..output import json

    return _lines(map(json.dumped, output.every(shown)))


def _csv(shown: Shown) -> str:
    from ..output import csv

    return ''.join(csv.table(*output.rows(shown.learners)))


def _markdown(shown: Shown) -> str:
    from ..output import markdown

    return _lines(markdown.table(*output.rows(shown.learners)))


def _lines(rows: Iterable[str]) -> str:
    return ''.join(f'{row}\n' for row in rows)


def show(made: str, form: Form, trackers: Iterable[str]) -> None:
    """Write what was *made* to the file that was named, else print it."""
    if form.name == 'text' and form.to is None:
        print(made, end='')  # in the terminal's own encoding
    else:
        write(made, form.to, trackers)


def tell(lost: Iterable[Learner], form: Form) -> None:
    """Say who could not be read, where the format has no place for that."""
    for one in lost if form.name in ('csv', 'markdown') else ():
        print(f'roadmap-md: {visible(one.name)}: {visible(one.trouble)}', file=sys.stderr)
