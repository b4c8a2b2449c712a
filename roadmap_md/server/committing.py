"""Committing: what was ticked by hand, and saved, becomes commits, as ``sync`` makes them."""

import sys
from contextlib import redirect_stderr
from io import StringIO

from .. import files
from ..commands.record import record
from ..commands.settle import settle
from ..commands.sync import told
from ..errors import UserError
from ..output.terminal import painter
from ..text import BOM
from .checking import Checked


def committed(checked: Checked) -> str:
    """Commit the changes of status in the file of *checked*; what was done, or why it was not.

    Raises UserError where git refuses, and where the buffer is not saved.
    """
    path = checked.document.path
    assert path  # a tracker is a file
    if _plain(files.read(path)) != _plain(checked.document.data):
        raise UserError(f'{checked.name} is not saved', 'save it, then commit')
    said = StringIO()
    with redirect_stderr(said):  # nothing else writes there
        settle(checked.project)
        recorded = record(checked.project.root, [path], checked.project.config, False, False)
    rows = list(told(recorded or (), painter(sys.stderr, 'never'), dry_run=False))
    rows = [*said.getvalue().splitlines(), *rows]
    return '\n'.join(rows) or 'nothing to commit: no status was changed'


def _plain(data: bytes) -> bytes:
    """*data* as an editor has it, which keeps the ends of lines elsewhere."""
    return data.removeprefix(BOM).replace(b'\r\n', b'\n')
