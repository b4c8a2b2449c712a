"""What is known of one version of a document: its project, its tracker, what the linter finds."""

import os
from datetime import date
from typing import NamedTuple

from ..errors import UserError
from ..lint import Diagnostic, Recall, lint
from ..project import Project, find_project
from ..tracker import Tracker, read_tracker
from ..typed import read_typed
from ..vocabulary import Preference
from .documents import Document

TRACKER = 'ROADMAP.md'


class Checked(NamedTuple):
    """A version of a tracker in the *project*, where it is called *name*.

    There is no *tracker* where the document is no text.
    """

    document: Document
    project: Project
    name: str
    tracker: Tracker | None
    diagnostics: list[Diagnostic]

    @property
    def read(self) -> Tracker:
        """The tracker. Raises UserError where the document is no text."""
        if self.tracker is None:
            raise UserError(f'{self.name} cannot be read', 'mend what RM001 reports')
        return self.tracker


def check(
    document: Document, before: Tracker | None = None, recall: Recall | None = None
) -> Checked | None:
    """What is known of *document*; None where it is no tracker of its project.

    What was *before* may spare reading it whole; the rules over history ask *recall*. Raises
    UserError where the configuration of the project is unsound.
    """
    place = _place(document)
    if place is None:
        return None
    project, name = place
    found: list[Tracker] = []

    def read(data: bytes, preference: Preference) -> Tracker:
        known = None
        if before and before.preference == preference:
            known = before if before.data == data else read_typed(before, data)
        found.append(known or read_tracker(data, preference))
        return found[0]

    report = lint(document.data, name, project.config, date.today(), read, recall)
    return Checked(document, project, name, found[0] if found else None, report.diagnostics)


def _place(document: Document) -> tuple[Project, str] | None:
    """The project around *document* and its name there, if it is one of its trackers.

    Those are what is configured, else each ROADMAP.md.
    """
    if document.path is None:
        return None
    try:
        project = find_project([document.path])
    except UserError:
        if os.path.basename(document.path) == TRACKER:
            raise
        return None  # of other documents nothing is said at all
    path, root = os.path.realpath(document.path), os.path.realpath(project.root)
    configured = [os.path.realpath(os.path.join(root, name)) for name in project.config.files]
    is_usual = not project.config.source and os.path.basename(path) == TRACKER
    if path not in configured and not is_usual:
        return None
    name = os.path.relpath(path, root)
    # In no work tree it has no other name, and the server may run anywhere.
    return project, os.path.basename(path) if name.startswith(os.pardir) else name
