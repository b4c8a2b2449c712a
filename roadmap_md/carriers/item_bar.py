"""The bar of a list item: how far it is, on a line of its own beneath its text.

``- [SQL](…)`` over ``Progress: ██████████ 100%``: all is completed, nothing is not started. It is
only read: how far something is, a status does not tell.
"""

from collections.abc import Iterator

from ..mark import About, Mark, Taken
from ..page import Page, Text
from ..status import Status
from ..vocabulary import Vocabulary
from .line_start import title


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The items with a bar and a percentage in the same paragraph, none of which has a marker."""
    head: Text | None = None
    for text in page.texts:
        if text.item >= 0:
            head = None if text.line in taken else text
        elif head and head.block == text.block and (status := _status(page, text)):
            said = title(page, *head.span)
            label = page.data[slice(*said)].decode()
            yield Mark(text.span, status, head.line, said, head.item, head.block, None,
                       About.ROW, label)  # fmt: skip
            head = None


def _status(page: Page, text: Text) -> Status | None:
    from ..aggregate import Form, progress_line  # few trackers keep counts

    found = progress_line(page.data[slice(*text.span)].decode())
    percents = [each for each in found if each.form is Form.PERCENT]
    if len(percents) != 1 or not any(each.form is Form.BAR for each in found):
        return None
    if not percents[0].completed:
        return Status.NOT_STARTED
    is_all = percents[0].completed == percents[0].total
    return Status.COMPLETED if is_all else Status.IN_PROGRESS
