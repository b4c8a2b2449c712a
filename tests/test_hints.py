"""At the ends of lines: how far a section is, and when a task was done."""

from datetime import UTC, datetime

import pytest

from roadmap_md.hints import Hint, dates, progress
from roadmap_md.history import Transition
from roadmap_md.milestones import Milestones
from roadmap_md.status import Status
from roadmap_md.text import Edit, Span, splice
from roadmap_md.tracker import read_tracker


def shown(text: str, hints: list[Hint]) -> str:
    """*text* with its hints where they are shown."""
    edits = [Edit(Span(at, at), f'‹{said}›'.encode()) for at, said, _ in hints]
    return splice(text.encode(), edits).decode()


@pytest.mark.parametrize(
    'text',
    [
        '# Plan‹1/3›\n## Week 1‹1/2› \n[x] Day 1\n[ ] Day 2\n## Week 2‹0/1›\n[ ] Day 1\n',
        '# Plan‹1/1›\n- [x] one\n- [-] left out\n## Prose\n',
        '# Plan\n- [-] left out\n',
        '# Plan [1/2]\n- [x] one\n- [ ] two\n',
        '計画‹1/1›\r\n===\r\n- [x] 一\r\n',
    ],
    ids=['sections', 'cancelled', 'nothing to count', 'counted by hand', 'underlined, CRLF'],
)
def test_progress(text: str) -> None:
    plain = ''.join(part.rpartition('›')[2] for part in text.split('‹'))
    assert shown(plain, list(progress(read_tracker(plain.encode())))) == text


def completed(day: int | None) -> Milestones:
    date = datetime(2026, 1, day, 9, 5, tzinfo=UTC) if day else None
    before, after = Status.NOT_STARTED, Status.COMPLETED
    done = Transition('', '', before, after, '', 'Ada', '', date, '', (), -1)
    return Milestones(completed=done)


@pytest.mark.parametrize(
    'text, reached',
    [
        ('- [x] one‹5 Jan 2026›\n- [x] two\n', {0: 5}),
        ('- [ ] one\n- [x] two‹6 Jan 2026›\n', {0: 5, 1: 6}),  # reset in the buffer
        ('- [x] one\n', {0: None}),  # not committed
        ('✅ Tag 1 – 日本‹5 Jan 2026›  \r\n', {0: 5}),
        (
            '| day | Ann | Bob |\n|---|---|---|\n| Day 1 | ✅‹5 Jan 2026› | ✅‹6 Jan 2026› |\n'
            '| Day 2 | ✅ | ⬜ |\n',
            {0: 5, 1: 6},
        ),
    ],
    ids=['a task', 'one that is open', 'not committed', 'CJK, blanks, CRLF', 'a row for several'],
)
def test_dates(text: str, reached: dict[int, int | None]) -> None:
    plain = ''.join(part.rpartition('›')[2] for part in text.split('‹'))
    found = {task: completed(day) for task, day in reached.items()}
    assert shown(plain, list(dates(read_tracker(plain.encode()), found))) == text


def test_a_hint_says_all_when_it_is_asked() -> None:
    tracker = read_tracker(b'# Plan\n- [x] one\n- [ ] two\n')
    assert [hint.about for hint in progress(tracker)] == ['1 of 2 completed, 50%']
    found = {0: completed(5)}
    assert [h.about for h in dates(tracker, found)] == ['completed on Monday at 09:05 by Ada']
