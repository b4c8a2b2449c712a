"""``stats``: totals, percentages and bars."""

import os
import sys
from collections.abc import Sequence

from ..output import json, markdown, text
from ..stats import count
from ..tracker import Tracker
from .reading import open_trackers


def stats(paths: tuple[str, ...], output_format: str, color: str, fail_under: float | None) -> int:
    """Show the counts; exit 1 where less than *fail_under* percent is completed."""
    opened = open_trackers(paths, color)
    if output_format == 'json':
        print(json.document(**json.stats(opened.trackers)))
    elif output_format == 'markdown':
        print('\n'.join(markdown.stats(opened.trackers)))
    elif output_format == 'github':
        _summarize(opened.trackers)
    else:
        print('\n'.join(text.stats(opened.trackers, opened.paint)))
    counts = count(status for _, tracker in opened.trackers for status in tracker.state)
    if fail_under is None or (counts.exact_percent or 0) >= fail_under:
        return 0
    print(f'{counts.percent or 0}% is completed, less than {fail_under:.10g}%', file=sys.stderr)
    return 1


def _summarize(trackers: Sequence[tuple[str, Tracker]]) -> None:
    """Add to the summary of the step in GitHub Actions; elsewhere, print what would be added."""
    path = os.environ.get('GITHUB_STEP_SUMMARY')
    if not path:
        print('\n'.join(markdown.stats(trackers)))
        return
    with open(path, 'a', encoding='utf-8') as file:
        begun = file.tell()
        rows = markdown.stats(trackers, markdown.MOST_BYTES - begun)
        file.write('\n' * bool(begun) + '\n'.join(rows) + '\n')
