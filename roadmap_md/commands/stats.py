"""``stats``: totals, percentages and bars."""

import os
import sys
from collections.abc import Callable, Iterable

from ..output import json, markdown, text
from ..stats import count
from .reading import open_trackers


def stats(paths: tuple[str, ...], output_format: str, color: str, fail_under: float | None) -> int:
    """Show the counts; exit 1 where less than *fail_under* percent is completed."""
    opened = open_trackers(paths, color)
    if output_format == 'json':
        print(json.document(**json.stats(opened.trackers)))
    elif output_format == 'markdown':
        print('\n'.join(markdown.stats(opened.trackers)))
    elif output_format == 'github':
        summarize(lambda room: markdown.stats(opened.trackers, room))
    else:
        print('\n'.join(text.stats(opened.trackers, opened.paint)))
    counts = count(status for _, tracker in opened.trackers for status in tracker.state)
    if fail_under is None or (counts.exact_percent or 0) >= fail_under:
        return 0
    print(f'{counts.percent or 0}% is completed, less than {fail_under:.10g}%', file=sys.stderr)
    return 1


def summarize(rows_within: Callable[[int], Iterable[str]]) -> None:
    """Add rows to the summary of the step in GitHub Actions; elsewhere, print them.

    *rows_within* gives as many as go into so many bytes.
    """
    path = os.environ.get('GITHUB_STEP_SUMMARY')
    if not path:
        print('\n'.join(rows_within(markdown.MOST_BYTES)))
        return
    with open(path, 'a', encoding='utf-8') as file:
        begun = file.tell()
        rows = rows_within(markdown.MOST_BYTES - begun)
        file.write('\n' * bool(begun) + '\n'.join(rows) + '\n')
