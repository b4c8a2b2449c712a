"""Markdown, for step summaries and wikis; every text from a file is escaped."""

from collections.abc import Iterator, Sequence

from ..escape import markdown_cell
from ..stats import Counts, by_section, count
from ..tracker import Tracker
from .terminal import bar
from .text import PLAN_WITHOUT_STATUSES, section_name, tally

_BAR = 10


def stats(trackers: Sequence[tuple[str, Tracker]]) -> Iterator[str]:
    """A heading, a line and a table for each tracker."""
    for at, (path, tracker) in enumerate(trackers):
        if at:
            yield ''
        title = tracker.sections[0].text if tracker.sections else path
        yield f'### {markdown_cell(title)}'
        yield ''
        if not tracker.tasks:
            yield PLAN_WITHOUT_STATUSES
            continue
        counts = count(tracker.state)
        yield f'**{_percent(counts)}** · {tally(counts)}'
        yield ''
        yield '| Section | Progress | Completed | |'
        yield '|:--|:--|--:|--:|'
        for section, _, of in by_section(tracker):
            filled, empty = bar(of.completed, of.total - of.cancelled, _BAR)
            name = markdown_cell(section_name(tracker.sections[section]))
            done = f'{of.completed}/{of.total - of.cancelled}'
            yield f'| {name} | {filled}{empty} | {done} | {_percent(of)} |'


def _percent(counts: Counts) -> str:
    return '–' if counts.percent is None else f'{counts.percent}%'
