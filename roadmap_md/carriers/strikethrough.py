"""Struck through: ``- ~~Sets~~`` among tasks is cancelled."""

from collections.abc import Iterator

from ..mark import Mark, Taken
from ..page import Page
from ..status import Status
from ..text import Edit, Span
from ..vocabulary import Family, Target, Vocabulary
from .line_start import title

_LINE = b'~~'


def read(page: Page, vocabulary: Vocabulary, taken: Taken) -> Iterator[Mark]:
    """The list items that are struck through as a whole, in lists that have tasks."""
    lists = {page.lists[mark.item] for mark in taken.values() if mark and mark.item >= 0}
    for text in page.texts:
        if text.item < 0 or text.line in taken or page.lists[text.item] not in lists:
            continue
        said = title(page, *text.span)
        struck = page.data[slice(*said)]
        inner = struck.removeprefix(_LINE).removesuffix(_LINE)
        if inner != inner.strip() or _LINE in inner:
            continue  # to Markdown this is no strikethrough
        if len(struck) - len(inner) == 2 * len(_LINE) and inner:
            span = Span(said.start, said.start + len(_LINE))
            titled = title(page, span.stop, said.stop - len(_LINE))
            yield Mark(span, Status.CANCELLED, text.line, titled, text.item, text.block)


def write(page: Page, mark: Mark, target: Target) -> list[Edit]:
    """The edits that put a marker before the text, and strike it through no longer."""
    end = page.data.index(_LINE, mark.title.stop)
    marker = target.marker(Family.BOX) + b' '
    return [Edit(mark.span, marker), Edit(Span(end, end + len(_LINE)), b'')]
