"""What is shown beside the text: hover, hints, symbols, and what may be written at the cursor."""

from lsprotocol import types

from .. import hints
from ..candidates import Candidate, Sort, candidates
from ..escape import visible
from ..milestones import Milestones
from ..outline import Branch, outline
from ..output import hover
from ..output.text import section_name
from ..stats import Counts, by_section
from ..text import Span
from ..tracker import Tracker
from .actions import tasks_on
from .checking import Checked
from .edits import text_edits
from .recollection import Recollection


def hovered(
    checked: Checked, offset: int, memory: Recollection | None, as_markdown: bool
) -> types.Hover | None:
    """What is known of the task on the line of *offset*."""
    found = tasks_on(checked, Span(offset, offset))
    if not found:
        return None
    tracker = checked.read
    # of those in one row of a table that which the cursor is in
    index = next((at for at in found[::-1] if tracker.marks[at].span.start <= offset), found[0])
    reached = memory.of(tracker).get(index, Milestones()) if memory else Milestones()
    story = hover.Story(reached, memory.note(reached) if memory else '', memory is not None)
    rows = hover.rows(tracker, index, story)
    kind = types.MarkupKind.Markdown if as_markdown else types.MarkupKind.PlainText
    said = hover.markdown(rows) if as_markdown else hover.plain(rows)
    line = tracker.page.line(tracker.page.locate_line(offset))
    return types.Hover(types.MarkupContent(kind, said), checked.document.places.range(line))


def hinted(checked: Checked, span: Span, memory: Recollection | None) -> list[types.InlayHint]:
    """How far sections are and when tasks were done, within *span*."""
    tracker = checked.tracker
    if not tracker:
        return []
    found = [*hints.progress(tracker)]
    found += hints.dates(tracker, memory.of(tracker)) if memory else ()
    return [
        types.InlayHint(
            position=checked.document.places.position(hint.offset),
            label=hint.text,
            tooltip=visible(hint.about),
            padding_left=True,
        )
        for hint in sorted(found)
        if span.start <= hint.offset <= span.stop
    ]


def offered(checked: Checked, offset: int, is_blank: bool) -> list[types.CompletionItem]:
    """What may be written at *offset*; after a blank that was just typed, in waivers alone."""
    tracker = checked.tracker
    if not tracker:
        return []
    found = [one for one in candidates(tracker, offset) if not is_blank or one.sort in _IN_WAIVERS]
    return [_item(checked, offset, at, one) for at, one in enumerate(found)]


_IN_WAIVERS = (Sort.RULE, Sort.TASK)
_KINDS = {
    Sort.MARKER: types.CompletionItemKind.EnumMember,
    Sort.RULE: types.CompletionItemKind.Constant,
    Sort.TASK: types.CompletionItemKind.Reference,
}


def _item(checked: Checked, offset: int, at: int, one: Candidate) -> types.CompletionItem:
    before = checked.document.data[one.span.start : offset].decode(errors='replace')
    return types.CompletionItem(
        label=visible(one.text.strip()),
        kind=_KINDS[one.sort],
        detail=visible(one.about),
        sort_text=f'{at:06}',
        # a marker is none of the letters that it replaces
        filter_text=before or None if one.sort is Sort.MARKER else None,
        text_edit=types.TextEdit(checked.document.places.range(one.span), one.text),
        additional_text_edits=text_edits(checked.document, one.also) if one.also else None,
    )


def symbols(checked: Checked) -> list[types.DocumentSymbol]:
    """Sections with their progress and tasks with their status, nested."""
    tracker = checked.tracker
    if not tracker:
        return []
    counts = {section: counts for section, _, counts in by_section(tracker)}
    return [_symbol(checked, tracker, branch, counts) for branch in outline(tracker)]


def _symbol(
    checked: Checked, tracker: Tracker, branch: Branch, counts: dict[int, Counts]
) -> types.DocumentSymbol:
    line, last = tracker.page.line(branch.line), tracker.page.line(branch.stop - 1)
    return types.DocumentSymbol(
        name=visible(_name(tracker, branch)) or '-',
        detail=_detail(tracker, branch, counts),
        kind=types.SymbolKind.String if branch.section >= 0 else types.SymbolKind.Boolean,
        range=checked.document.places.range(Span(line.start, last.stop)),
        selection_range=checked.document.places.range(line),
        children=[_symbol(checked, tracker, inner, counts) for inner in branch.beneath],
    )


def _name(tracker: Tracker, branch: Branch) -> str:
    if branch.section >= 0:
        return section_name(tracker.sections[branch.section], ' – ')
    task = tracker.tasks[branch.task]
    return f'{task.owner}: {task.text}' if task.owner else task.text


def _detail(tracker: Tracker, branch: Branch, counts: dict[int, Counts]) -> str | None:
    if branch.task >= 0:
        return tracker.state[branch.task].words
    of = counts.get(branch.section)
    return f'{of.completed}/{of.scope}' if of else None
