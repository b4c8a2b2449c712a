"""``init``: a new tracker, or a legend and rules for one that is there."""

import csv
import os
import sys
from contextlib import suppress

from .. import files, git
from ..commit import first_commit
from ..errors import UserError
from ..escape import visible
from ..plan import Form, Week, new_tracker, weeks_of, with_preface
from ..project import find_project
from ..vocabulary import Preference
from .reading import parse, read_file

_HINT = 'name columns week and title, or give one title a line'


def init(
    path: str | None,
    title: str,
    weeks: int | None,
    days: int,
    titles: str | None,
    source: str | None,
    form: Form,
    legend: bool | None,
    rules: bool,
    dry_run: bool,
) -> int:
    """Write a tracker to *path*, by default where the project's is; it must not be there yet.

    With a *source*, that one with a legend and rules, which then replaces it unless *path* is
    another.
    """
    if source is not None:
        if legend is False and not rules:
            raise UserError('there is nothing to add', 'say --rules, or leave --no-legend out')
        data = files.read(source)
        parse(data, source, Preference())  # or says why it is no tracker
        new = with_preface(data, form, legend is not False, rules)
        return _written(path or source, data if path in (None, source) else None, new, dry_run)
    has_legend = form is not Form.BOX if legend is None else legend
    plan = _weeks(titles, weeks, days)
    new = new_tracker(title, plan, form, has_legend, rules)
    path = path or find_project().trackers((), must_exist=False)[0]
    return _written(path, None, new, dry_run)


def _written(path: str, expected: bytes | None, data: bytes, dry_run: bool) -> int:
    if dry_run:
        sys.stdout.buffer.write(data)
        return 0
    if expected is None and os.path.lexists(path):
        raise UserError(f'{path} is there already', 'name another file, or move it away')
    if expected is None:
        files.write(path, data)
    else:
        files.replace(path, expected, data)
    print(f'written: {visible(path)}')
    with suppress(UserError):  # what git has against its repository the first tick says
        if expected is None and git.find(path):
            print(f'  then {visible(first_commit(path))}')
    return 0


def _weeks(titles: str | None, weeks: int | None, days: int) -> list[Week]:
    if titles is None:
        return weeks_of([], weeks, days)
    data = read_file(titles)
    named = 'standard input' if titles == '-' else titles
    try:
        lines = data.decode('utf-8-sig').splitlines()
    except UnicodeDecodeError as error:
        raise UserError(f'{named} is not UTF-8 at byte {error.start}', 'save it as UTF-8') from None
    try:
        rows = [row for row in csv.reader(lines) if any(map(str.strip, row))]
    except csv.Error as error:
        raise UserError(f'{named} is no CSV ({error})', _HINT) from None
    head = [name.strip().casefold() for name in rows[0]] if rows else []
    if 'title' not in head:
        return weeks_of([line.strip() for line in lines if line.strip()], weeks, days)
    return _of_table(head, rows[1:], weeks, days)


def _of_table(head: list[str], rows: list[list[str]], weeks: int | None, days: int) -> list[Week]:
    """The weeks of a table with the columns *title* and perhaps *week*."""
    cells = [dict(zip(head, row, strict=False)) for row in rows]
    if 'week' not in head:
        return weeks_of([row.get('title', '') for row in cells], weeks, days)
    found: dict[int, list[str]] = {}
    for number, row in enumerate(cells, 2):
        try:
            week = int(row['week'])
        except ValueError:
            raise UserError(
                f"row {number}: '{row['week']}' is no number of a week", _HINT
            ) from None
        found.setdefault(week, []).append(row.get('title', ''))
    return [Week(number, tuple(texts)) for number, texts in sorted(found.items())]
