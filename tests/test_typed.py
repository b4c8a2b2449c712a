"""What is typed into one line is read as all would be, or not at all."""

import random
from pathlib import Path

import pytest

from roadmap_md.errors import UserError
from roadmap_md.tracker import Tracker, read_tracker
from roadmap_md.typed import read_typed

TRACKERS = sorted((Path(__file__).parent / 'data/trackers').glob('*.md'))
PLAN = """\
# Plan

No skipping.

- [x] Day 1: Lists
- [/] Day 2: Sets 🎯
- [ ] Learn to read
"""

# What is typed, and whether one line tells what it makes of the tracker.
TYPED = [
    pytest.param('Lists', 'Lists and tuples', True, id='a title'),
    pytest.param('Sets 🎯', 'Sets', True, id='an emoji'),
    pytest.param('Day 2:', 'Day 3:', True, id='a number'),
    pytest.param('to read', 'to read and write', True, id='a title that is the key'),
    pytest.param('to read', '', True, id='most of it'),
    pytest.param('Learn to read', '', False, id='all of it'),
    pytest.param('[ ]', '[x]', True, id='a box'),
    pytest.param('[ ]', '[]', False, id='half a box'),
    pytest.param('[ ]', '[✅]', False, id='an emoji in the box'),
    pytest.param('Lists', 'Lists (done)', False, id='a second status'),
    pytest.param('Lists', '`Lists', False, id='the beginning of code'),
    pytest.param('Lists', 'Lists {#one}', False, id='an identifier'),
    pytest.param('to read', 'to read 3/5', False, id='a count'),
    pytest.param('Day 1: Lists', 'Completed', False, id='what may be a legend'),
    pytest.param('# Plan', '# Plans', False, id='a heading'),
    pytest.param('Sets 🎯\n', 'Sets 🎯\n\n', False, id='a line'),
    pytest.param('- [/]', '-- [/]', False, id='before the box'),
]


@pytest.mark.parametrize('old, new, is_read', TYPED)
def test_typed(old, new, is_read):
    data = PLAN.replace(old, new).encode()
    found = read_typed(read_tracker(PLAN.encode()), data)
    assert bool(found) is is_read
    if found:
        assert told(found) == told(read_tracker(data))


def told(tracker: Tracker):
    """All that is read."""
    again = [(one.line, one.marks) for one in (*tracker.elsewhere, *tracker.statused_sections)]
    carriers = [carrier.name for carrier in tracker.carriers]
    return (
        tracker.data,
        tracker.skeleton,
        tracker.marks,
        carriers,
        again,
        tracker.unread,
        tracker.page.texts,
    )


PIECES = [
    'x',
    ' ',
    '1',
    '.',
    ':',
    '🎯',
    '日',
    '✅',
    '(',
    'done',
    '\\',
    '  ',
    '—',
    '/',
    '-',
    'No skipping',
    'é',
    '#',
]


@pytest.mark.parametrize('path', TRACKERS, ids=lambda path: path.stem)
def test_typing_anywhere_is_read_as_all_would_be(path, long):
    dice = random.Random(path.stem)
    try:
        tracker = read_tracker(path.read_bytes())
    except (UserError, UnicodeDecodeError):
        pytest.skip('no tracker')
    lines = [mark.line for mark in tracker.marks]
    for _ in range(400 if long else 6):
        text = tracker.data.decode().split('\n')
        at = dice.choice(lines) if lines and dice.random() < 0.9 else dice.randrange(len(text))
        start = dice.randint(0, len(text[at]))
        stop = min(len(text[at]), start + dice.choice((0, 0, 0, 1, 2)))
        text[at] = text[at][:start] + dice.choice((*PIECES, '')) + text[at][stop:]
        data = '\n'.join(text).encode()
        whole = read_tracker(data)
        typed = read_typed(tracker, data)
        assert typed is None or told(typed) == told(whole), text[at]
        tracker = typed or whole
        lines = [mark.line for mark in tracker.marks]
