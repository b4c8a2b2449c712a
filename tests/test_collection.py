"""Every task of every tracker that there is, set to every status and back.

With ``--seeds FOLDER`` the trackers in it are taken too.
"""

from collections import Counter
from pathlib import Path

import pytest
from test_laws import may_change

from roadmap_md.errors import UserError
from roadmap_md.rewrite import edit_status, set_statuses
from roadmap_md.status import Status
from roadmap_md.table import place_of, read_table, width
from roadmap_md.tally import count_edits, stale
from roadmap_md.text import Edit, Span, splice
from roadmap_md.tracker import Tracker, read_tracker

OWN = Path(__file__).parent / 'data' / 'trackers'
# For the others a legend may have no marker, and no box stands for blocked.
ALWAYS = (Status.COMPLETED, Status.IN_PROGRESS, Status.NOT_STARTED)

Counts = Counter[tuple[str, str]]  # what happened, by carrier


def set_and_back(tracker: Tracker, index: int, status: Status) -> str:
    """Law 1 to 3 for one task and status; says whether the file came back by the first status."""
    first = tracker.state[index]
    edits = edit_status(tracker, index, status)
    spans = [edit.span for edit in edits]
    assert all(
        any(may_change(tracker, mark, span) for mark in tracker.statused[index].marks)
        for span in spans
    )
    every = sorted([*edits, *(count_edits(tracker, {index: status}) if edits else ())])
    after = set_statuses(tracker, {index: status})
    assert after.data == splice(tracker.data, every)
    assert splice(after.data, inverse(tracker.data, every)) == tracker.data
    assert after.skeleton == tracker.skeleton
    assert after.state == (*tracker.state[:index], status, *tracker.state[index + 1 :])
    check_widths(tracker, after, index)
    back = set_statuses(after, {index: first})
    assert back.state == tracker.state
    if back.data == tracker.data:
        return 'back'
    # Not spelt as the tool spells it, which set it now; or a count that includes it was not right.
    assert stale_counts(tracker, index) or spelling(back, index) != spelling(tracker, index)
    return 'spelt anew'


def inverse(data: bytes, edits: list[Edit]) -> list[Edit]:
    """The edits that take *edits*, which are in order, back."""
    found, moved = [], 0
    for (start, stop), new in edits:
        found.append(Edit(Span(start + moved, start + moved + len(new)), data[start:stop]))
        moved += len(new) - (stop - start)
    return found


def spelling(tracker: Tracker, index: int) -> list[bytes]:
    return [tracker.data[slice(*marked.mark.span)] for marked in tracker.statused[index].marks]


def stale_counts(tracker: Tracker, index: int) -> bool:
    """Is a count wrong that includes the task?"""
    other = Status.COMPLETED if tracker.state[index] is not Status.COMPLETED else Status.BLOCKED
    changed = {edit.span for edit in count_edits(tracker, {index: other})}
    return bool(changed) and any(True for _ in stale(tracker))


def check_widths(before: Tracker, after: Tracker, index: int) -> None:
    """The cell of a table is as wide as it was where it was as wide as the rest of its column."""
    for marked in before.statused[index].marks:
        if marked.carrier.kin != 'cell':
            continue
        table = read_table(before.page, marked.mark.block)
        row, column = place_of(table, marked.mark.span)
        wide = {
            width(before.data[slice(*other.cells[column].span)].decode())
            for other in (table.head, table.rule, *table.rows)
            if column < len(other.cells)
        }
        if len(wide) == 1:
            again = read_table(after.page, marked.mark.block)
            at = table.rows.index(row)
            cell = after.data[slice(*again.rows[at].cells[column].span)].decode()
            assert width(cell) == max(*wide, width(f' {cell.strip()} '))


def campaign(path: Path) -> Counts:
    """All tasks of a tracker, each in every status."""
    counts: Counts = Counter()
    tracker = read_tracker(path.read_bytes())
    for index, task in enumerate(tracker.statused):
        name = task.marks[0].carrier.name
        for status in Status:
            try:
                edit_status(tracker, index, status)
            except UserError:
                read_only = any(marked.carrier.write is None for marked in task.marks)
                assert read_only or status not in ALWAYS, (tracker.tasks[index].key, status)
                counts['read only' if read_only else 'refused', name] += 1
                continue
            counts[set_and_back(tracker, index, status), name] += 1
            for marked in task.marks[1:]:
                counts['back', marked.carrier.name] += 1
    check_all_at_once(tracker)
    for section in tracker.statused_sections:
        counts['of a section', section.marks[0].carrier.name] += 1
    return counts


def check_all_at_once(tracker: Tracker) -> None:
    """Law 2: all tasks that can be written are completed together, and given back together."""
    first = {
        index: tracker.state[index]
        for index, task in enumerate(tracker.statused)
        if all(marked.carrier.write for marked in task.marks)
    }
    every = set_statuses(tracker, dict.fromkeys(first, Status.COMPLETED))
    assert set_statuses(every, first).state == tracker.state


def trackers(folder: Path) -> list[Path]:
    """The trackers in *folder* that are UTF-8; RM001 reports the others."""
    found = []
    for path in sorted(folder.rglob('*.md')):
        try:
            path.read_bytes().decode()
        except UnicodeDecodeError:
            continue
        found.append(path)
    return found


WRITABLE = (
    'list item box', 'list item emoji', 'bare line', 'strikethrough', 'table cell', 'heading',
    'status line', 'second status',
)  # fmt: skip
READ_ONLY = ('HTML table', 'section name', 'log heading')


def test_every_task_of_our_own_trackers():
    counts = sum((campaign(path) for path in trackers(OWN)), Counts())
    for name in WRITABLE:
        assert counts['back', name] > 0, name
    for name in READ_ONLY:
        assert counts['read only', name] > 0, name


def test_every_task_of_the_collection(request: pytest.FixtureRequest):
    folder = request.config.getoption('--seeds')
    if folder is None:
        pytest.skip('no --seeds')
    counts = sum((campaign(path) for path in trackers(Path(folder))), Counts())
    tested = Counter(name for (what, name) in counts.elements() if what in ('back', 'spelt anew'))
    assert tested['list item box'] > 0
    if Path(folder, 'INDEX.tsv').exists():
        assert tested['table cell'] > 0 and tested['list item emoji'] > 0
