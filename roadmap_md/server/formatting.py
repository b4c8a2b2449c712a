"""Formatting: the safe fixes, and nothing else."""

from datetime import date

from ..fix import fix
from ..text import Edit
from .checking import Checked
from .edits import differing


def fixed(checked: Checked) -> list[Edit]:
    """The edits that make all safe fixes. Raises UserError where these come to no end."""
    data = checked.document.data
    after = fix(data, checked.name, checked.project.config, date.today(), unsafe=False)
    return list(differing(data, after.data))
