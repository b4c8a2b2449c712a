"""What may be written at the cursor (¦), and what becomes of the text then."""

from pathlib import Path

import pytest

from roadmap_md.candidates import candidates
from roadmap_md.text import Edit, splice
from roadmap_md.tracker import read_tracker

TRACKERS = sorted((Path(__file__).parent / 'data/trackers').glob('*.md'))
LEGEND = 'Legend\n\n⬜ Not started  \n🟨 In progress  \n✅ Completed\n\n'
DAYS = '- [ ] Day 1: Lists\n- [x] Day 2: 辞書\n\n'


def choices(text: str) -> list[tuple[str, str]]:
    """What may be chosen, and the line with the cursor after that."""
    before, _, after = text.partition('¦')
    data, offset = (before + after).encode(), len(before.encode())
    tracker = read_tracker(data)
    line = tracker.page.locate_line(offset)
    return [
        (one.text, splice(data, [Edit(one.span, one.text.encode()), *one.also])
         .decode().split('\n')[line])
        for one in candidates(tracker, offset)
    ]  # fmt: skip


@pytest.mark.parametrize(
    'text, expected',
    [
        ('- [¦', ['- [ ] ', '- [/] ', '- [x] ']),
        ('- [¦]', ['- [ ] ', '- [/] ', '- [x] ']),
        ('- ¦', ['- [ ] ', '- [/] ', '- [x] ']),
        ('2. [x¦', ['2. [ ] ', '2. [/] ', '2. [x] ']),
        ('> - [¦', ['> - [ ] ', '> - [/] ', '> - [x] ']),
        (DAYS + '  * [¦', ['  * [ ] ', '  * [/] ', '  * [x] ']),
        (LEGEND + '⬜ Day 1  \n¦', ['⬜ ', '🟨 ', '✅ ']),
        (LEGEND + '⬜ Day 1  \n[¦', ['⬜ ', '🟨 ', '✅ ']),
        (LEGEND + '¦⬜ Day 1', ['🟨 Day 1', '✅ Day 1']),
        (LEGEND + '⬜¦ 一日目', ['🟨 一日目', '✅ 一日目']),
        ('- [¦x] Day 1', ['- [ ] Day 1', '- [/] Day 1']),
        ('| Day | Status |\n|---|---|\n| 1 | ¦✅ |\n| 2 | ⬜ |', ['| 1 | ⬜ |', '| 1 | 🟨 |']),
        (
            '## Lists\n**Status**: ¦🔄 In Progress\n',
            ['**Status**: ⬜ Not Started', '**Status**: ✅ Completed'],
        ),
        ('- [ ] ¦Day 1', []),
        ('- text [¦', []),
        ('- [¦ link](x)', []),
        ('```\n- [¦\n```', []),
    ],
)
def test_markers(text: str, expected: list[str]) -> None:
    assert [line for _, line in choices(text)] == expected


def test_counts_that_the_author_keeps_go_with_a_marker() -> None:
    text = '# Week 1 [0/2]\n- [ ] one\n- [ ] two\n'
    tracker = read_tracker(text.encode())
    (done,) = [one for one in candidates(tracker, 18) if one.text == '[x]']
    after = splice(tracker.data, [Edit(done.span, done.text.encode()), *done.also])
    assert after.decode() == '# Week 1 [1/2]\n- [x] one\n- [ ] two\n'


@pytest.mark.parametrize(
    'waiver, chosen, expected',
    [
        ('allow ¦', 'RM301', 'allow RM301'),
        ('allow RM3¦', 'RM301', 'allow RM301'),
        ('allow rm¦99: why', 'RM306', 'allow RM306: why'),
        ('allow RM301, ¦', 'RM401', 'allow RM301, RM401'),
        ('allow RM301,RM4¦ day-1: why', 'RM401', 'allow RM301,RM401 day-1: why'),
        ('allow RM301 ¦', 'day-2', 'allow RM301 day-2'),
        ('allow RM301 da¦y-1: why', 'day-2', 'allow RM301 day-2: why'),
        ('allow RM301, RM302 d¦', 'day-1', 'allow RM301, RM302 day-1'),
    ],
)
def test_waivers(waiver: str, chosen: str, expected: str) -> None:
    found = dict(choices(f'{DAYS}<!-- roadmap-md: {waiver} -->\n'))
    assert found[chosen] == f'<!-- roadmap-md: {expected} -->'


@pytest.mark.parametrize(
    'text, offered, not_offered',
    [
        ('<!-- roadmap-md: allow ¦', {'RM001', 'RM301', 'RM408'}, {'RM901', 'day-1'}),
        ('<!-- roadmap-md: allow RM301 ¦', {'day-1', 'day-2'}, {'RM301'}),
        ('<!-- roadmap-md: allow RM301 day-1: ¦ -->', set(), {'RM301', 'day-1'}),
        ('<!-- roadmap-md: allow RM301 day-1: x --> ¦', set(), {'RM301', 'day-1'}),
        ('<!-- roadmap-md: al¦', set(), {'RM301'}),
        ('<!-- another: allow ¦', set(), {'RM301'}),
    ],
)
def test_what_is_offered_in_waivers(
    text: str, offered: set[str], not_offered: set[str]
) -> None:  # fmt: skip
    found = {name for name, _ in choices(DAYS + text)}
    assert offered <= found
    assert not found & not_offered


@pytest.mark.parametrize('path', TRACKERS, ids=lambda path: path.stem)
def test_a_chosen_marker_gives_that_status_to_that_task_alone(path: Path) -> None:
    tracker = read_tracker(path.read_bytes())
    for at, mark in enumerate(tracker.marks):
        for one in candidates(tracker, mark.span.start):
            after = splice(tracker.data, [Edit(one.span, one.text.encode()), *one.also])
            read = read_tracker(after)
            assert read.skeleton == tracker.skeleton
            changed = [i for i, now in enumerate(read.state) if now is not tracker.state[i]]
            assert (changed, read.state[at].words) == ([at], one.about)
