"""What was found in each file, shown in the format that was asked for."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from ..errors import UserError
from ..fix import Fixed
from ..lint import Diagnostic
from ..output import LINT_FORMATS, concise, full
from ..output.log import acting
from ..output.terminal import Painter
from ..rule import Severity


class Checked(NamedTuple):
    """A file that was checked: its path as shown, its bytes, what is left, what was fixed."""

    path: str
    data: bytes
    diagnostics: list[Diagnostic]
    fixed: Fixed | None


class Totals:
    """What is said of all files: how many there were, and what was found in them."""

    def __init__(self) -> None:
        self.files = 0
        self.missed = 0  # files that could not be checked
        self.applied = 0  # fixes
        self.found: concise.Kinds = Counter()

    def add(self, checked: Checked) -> None:
        self.files += 1
        self.applied += len(checked.fixed.applied) if checked.fixed else 0
        self.found.update((d.rule, d.severity, d.safe) for d in checked.diagnostics)

    def fails(self, strict: bool) -> bool:
        """Is an error among what was found, or, where that is *strict*, anything?"""
        return any(strict or severity is Severity.ERROR for _, severity, _ in self.found)


def chosen_format(asked: str | None) -> str:
    """What was asked for, else what the environment says."""
    variable = os.environ.get('ROADMAP_MD_OUTPUT_FORMAT')
    if not asked and variable and variable not in LINT_FORMATS:
        raise UserError(
            f"ROADMAP_MD_OUTPUT_FORMAT is '{variable}', which is no format",
            f'there are {", ".join(LINT_FORMATS)}',
        )
    in_actions = os.environ.get('GITHUB_ACTIONS') == 'true'
    return asked or variable or ('github' if in_actions else 'full')


def is_for_people(output_format: str) -> bool:
    return output_format in ('full', 'concise', 'github')


def show(
    checked: Iterator[Checked],
    totals: Totals,
    output_format: str,
    stream: TextIO,
    paint: Painter,
    root: str,
) -> None:
    """Print what was found in each file as soon as it was checked.

    Paths are seen from here where people and JSON are told, by services from *root*. A format
    that is one document is printed at the end.
    """
    rows: Iterator[str]
    if output_format == 'full':
        rows = (
            row for one in checked for row in full.diagnostics(one.data, one.diagnostics, paint)
        )
    elif output_format == 'concise':
        rows = (row for one in checked for row in concise.diagnostics(one.diagnostics, paint))
    else:
        rows = _for_machines(checked, totals, output_format, root)
        stream = acting(stream)
    for row in rows:
        print(row, file=stream)


def show_statistics(
    checked: Iterator[Checked], totals: Totals, stream: TextIO, paint: Painter
) -> None:
    """Print how often each rule found something in all files."""
    for _ in checked:
        pass
    for row in concise.statistics(totals.found, paint):
        print(row, file=stream)


def show_summary(totals: Totals, stream: TextIO) -> None:
    """Say on standard error what there was, after all that was said on *stream*."""
    stream.flush()  # so that the two stay in order where they end up in one place
    print(concise.summary(totals.found, totals.files, totals.applied), file=sys.stderr)


def _for_machines(
    checked: Iterator[Checked], totals: Totals, output_format: str, root: str
) -> Iterator[str]:
    """The lines of a format that programs read.

    Each format imports what a plain run has no need of.
    """
    found = (diagnostic for one in checked for diagnostic in one.diagnostics)
    if output_format == 'json':
        from ..output import json

        yield json.document(diagnostics=json.diagnostics(found))
    elif output_format == 'json-lines':
        from ..output import json

        yield from json.lines(found)
    elif output_format == 'github':
        from ..output import github

        yield from github.diagnostics(_seen_from(root, d) for d in found)
    elif output_format == 'gitlab':
        from ..output import gitlab

        yield gitlab.document(_files(checked, root))
    else:
        from ..output import sarif

        files = _files(checked, root)
        yield sarif.document(files, complete=not totals.missed)


def _files(checked: Iterator[Checked], root: str) -> list[tuple[bytes, list[Diagnostic]]]:
    return [(one.data, [_seen_from(root, d) for d in one.diagnostics]) for one in checked]


def _seen_from(root: str, diagnostic: Diagnostic) -> Diagnostic:
    """*diagnostic* with the path that services know its file by."""
    directory, name = os.path.split(diagnostic.path)
    if diagnostic.path == '<stdin>':
        return diagnostic
    return diagnostic._replace(
        path=os.path.relpath(os.path.join(os.path.realpath(directory), name), root)
    )


def show_diffs(checked: Iterator[Checked]) -> bool:
    """Print what fixes would change; is that something?"""
    from ..output.diff import unified

    changed = False
    for one in checked:
        if one.fixed and one.fixed.data != one.data:
            changed = True
            for row in unified(one.path, one.data, one.fixed.data):
                print(row)
    return changed
