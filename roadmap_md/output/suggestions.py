"""Proposed ticks with their evidence: for people, and in JSON."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..escape import visible
from ..evidence import Evidence, Found, Suggestion, free
from ..text import Span
from ..tracker import Tracker
from . import json
from .terminal import Painter, columns, fit, pad, width
from .text import name

_MOST_SHOWN = 4  # pieces of evidence for one task
_DAY, _COMMIT, _WHO = 10, 7, 16  # cells
_INDENT = ' ' * 4


class _Page(NamedTuple):
    """What is written on; with authors where there are *several*."""

    paint: Painter
    wide: int
    several: bool


def rows(
    tracker: Tracker, found: Found, since: str, skips: Mapping[int, str], paint: Painter
) -> Iterator[str]:
    """What seems to be done, by how sure that is, and why."""
    everything = [one.evidence for one in found.suggestions]
    everything += [several.evidence for several in found.ambiguous]
    if not everything:
        yield f'no commit speaks of an open task ({visible(since)})'
        return
    authors = {one.author for evidence in everything for one in evidence}
    page = _Page(paint, columns(), len(authors) > 1)
    yield f'{paint("What seems to be done", "bold")}  {paint(visible(since), "dim")}'
    for title, is_certain in (('Certain', True), ('Likely', False)):
        group = [one for one in found.suggestions if one.is_certain is is_certain]
        yield from ('', paint(title, 'bold')) if group else ()
        for one in group:
            yield from _suggestion(tracker, one, skips, page)
    yield from ('', paint('Which one?', 'bold')) if found.ambiguous else ()
    for several in found.ambiguous:
        keys = [tracker.tasks[task].key for task in several.tasks]
        yield f'  {paint("?", "yellow")} {_listed(keys, page.wide - 4)}'
        yield from _evidence(several.evidence, several.more, page)
    yield ''
    yield from _next(tracker, found, skips, paint)


def _suggestion(
    tracker: Tracker, one: Suggestion, skips: Mapping[int, str], page: _Page
) -> Iterator[str]:
    paint, wide, _ = page
    sign, style = ('✓', 'green') if one.is_certain else ('?', 'yellow')
    yield f'  {paint(sign, style)} {fit(name(tracker, one.task), wide - 4)}'
    yield from _evidence(one.evidence, one.more, page)
    if one.task in skips:
        yield _INDENT + paint(fit(f'would skip {skips[one.task]}', wide - len(_INDENT)), 'red')


def _listed(keys: Sequence[str], room: int) -> str:
    """As many of *keys* as there is *room* for, and how many more there are."""
    said = ''
    for shown in range(len(keys), 0, -1):
        more = f' or {len(keys) - shown} more' if shown < len(keys) else ''
        said = visible(', '.join(keys[:shown])) + more
        if width(said) <= room:
            break
    return fit(said, room)


def _evidence(evidence: Sequence[Evidence], more: int, page: _Page) -> Iterator[str]:
    """A line each: day, commit, text with what names the task, and what it may be otherwise."""
    paint, wide, several = page
    for one in evidence[:_MOST_SHOWN]:
        room = wide - len(_INDENT) - _DAY - 2 - _COMMIT - 2
        who = fit(one.author, _WHO) if several and room - len(one.doubt) > 2 * _WHO else ''
        said = ', '.join(filter(None, [who, one.doubt]))
        behind = f'  ({said})' if said else ''
        shown = _marked(one, max(room - width(behind), 8), paint)
        day = paint(f'{one.when:%Y-%m-%d}', 'dim')
        yield f'{_INDENT}{day}  {paint(one.commit[:_COMMIT], "dim")}  {shown}{paint(behind, "dim")}'
    left = len(evidence) - _MOST_SHOWN + more
    if left > 0:
        yield _INDENT + paint(f'and {left} more', 'dim')


def _marked(one: Evidence, room: int, paint: Painter) -> str:
    """The text in at most *room* cells, with the places that name the task painted.

    Of a long one the beginning is left out where these places would be.
    """
    text, spans = one.text, one.spans
    if width(visible(text[: spans[-1].stop])) > room - 1:
        start = spans[-1].start
        while start and width(visible(text[start - 1 : spans[-1].stop])) < room // 2:
            start -= 1
        text = '…' + text[start:]
        moved = (Span(span.start - start + 1, span.stop - start + 1) for span in spans)
        spans = tuple(span for span in moved if span.start > 0)
    shown, at = '', 0
    for piece, is_named in _pieces(text, spans):
        part = fit(piece, room - at)
        shown += paint(part, 'cyan', 'bold') if is_named else part
        at += width(part)
        if part != visible(piece) or at >= room:
            break
    return shown


def _pieces(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, stop in spans:
        yield text[at:start], False
        yield text[max(start, at) : stop], True
        at = max(at, stop)
    yield text[at:], False


def _next(
    tracker: Tracker, found: Found, skips: Mapping[int, str], paint: Painter
) -> Iterator[str]:
    """What to say to have it ticked."""
    command = 'roadmap-md suggest --apply'
    certain = [one.task for one in found.suggestions if one.is_certain]
    likely = [one.task for one in found.suggestions if not one.is_certain]
    others = [task for task in likely if task not in skips]
    others += [several.tasks[0] for several in found.ambiguous]
    lines = []
    if certain and not any(task in skips for task in certain):
        lines.append((command, 'ticks what is certain'))
    elif named := free(tracker, found.suggestions, skips):
        lines.append((f'{command} {visible(named)}', 'skips nothing'))
    if others:
        lines.append((f'{command} {visible(tracker.tasks[others[0]].key)}', 'ticks what you name'))
    wide = max((width(line) for line, _ in lines), default=0)
    for line, what in lines:
        yield f'{paint(pad(line, wide), "bold")}  {paint(what, "dim")}'


def as_data(tracker: Tracker, path: str, found: Found, skips: Mapping[int, str]) -> dict[str, Any]:
    """The same in JSON: the task as ``list`` has it, and the evidence, newest first."""
    suggestions = [
        {
            **json.task(tracker, one.task, path),
            'certain': one.is_certain,
            'skips': skips.get(one.task),
            'evidence': [_data(evidence) for evidence in one.evidence],
            'more_evidence': one.more,
        }
        for one in found.suggestions
    ]
    ambiguous = [
        {
            'candidates': [tracker.tasks[task].key for task in several.tasks],
            'evidence': [_data(evidence) for evidence in several.evidence],
            'more_evidence': several.more,
        }
        for several in found.ambiguous
    ]
    return {'suggestions': suggestions, 'ambiguous': ambiguous}


def _data(one: Evidence) -> dict[str, Any]:
    return {
        'commit': one.commit,
        'author': one.author,
        'email': one.email,
        'date': one.when.isoformat(),
        'source': one.source.value,
        'text': one.text,
        'matched': [one.text[slice(*span)] for span in one.spans],
        'doubt': one.doubt or None,
    }
