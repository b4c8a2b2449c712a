"""Random hand edits of odd trackers, with what is to come of them."""

import random
from pathlib import Path
from typing import NamedTuple

from roadmap_md.errors import UserError
from roadmap_md.rewrite import edit_status
from roadmap_md.status import Status
from roadmap_md.tally import count_edits
from roadmap_md.text import Edit, is_readable, is_text, splice
from roadmap_md.tracker import Skeleton, Tracker, read_tracker

DOCUMENTS = sorted((Path(__file__).parent / 'data' / 'trackers').glob('*.md'))
# What a hand may write instead; it is taken where it is read as the same status.
OTHERS = {
    b'[x]': (b'[X]', b'\xe2\x9c\x85'), b'[X]': (b'[x]',), b'[/]': (b'[~]',), b'[~]': (b'[/]',),
    b'[ ]': (b'\xe2\xac\x9c',), b'\xe2\x9c\x85': (b'[x]', b'[X]', b'\xe2\x9c\x94'),
    b'\xf0\x9f\x9f\xa8': (b'[/]', b'\xf0\x9f\x9f\xa1'), b'\xe2\xac\x9c': (b'[ ]',),
}  # fmt: skip
TITLES = ('Lists', 'Tuples', 'Sets 🎉', '日本語', 'Review', 'a < b & c', 'Día de repaso', 'Files')


class HandEdited(NamedTuple):
    """The last commit's bytes, those with other *markers*, and the *file*, with other text too.

    *moved* are the tasks of *head* that have other markers, each with the edits that made them.
    *kept* tells for each task of *head* that the text edits left, on which line it is.
    """

    head: bytes
    marked: bytes
    file: bytes
    moved: dict[int, list[Edit]]
    kept: dict[int, int]
    has_counts: bool


def plan(chance: random.Random) -> bytes:
    """A tracker as people write them, with counts, rules and line ends of some kind."""
    before = chance.choice(('- [ ] ', '* [ ] ', '1. [ ] ', '- ⬜ ', '[ ] '))
    lines = ['# Plan', '', *chance.choice(([], ['Rules: No skipping.', '']))]
    for week in range(1, chance.randrange(2, 4)):
        days = chance.randrange(2, 6)
        lines += [f'## Week {week}' + chance.choice(('', f' [0/{days}]', ' 0%')), '']
        numbered = chance.random() < 0.7
        for day in range(1, days + 1):
            title = chance.choice(TITLES) if numbered else f'{chance.choice(TITLES)} {week}.{day}'
            lines.append(before + (f'Day {day}: {title}' if numbered else title) + '  ')
            if chance.random() < 0.2:
                lines.append('  - what was learnt')
        lines.append('')
    return chance.choice(('\n', '\n', '\r\n')).join(lines).encode()


def marker_edits(chance: random.Random, tracker: Tracker, at: int) -> list[Edit]:
    """The edits that give task *at* another status, in some spelling; none where that cannot be."""
    others = [status for status in list(Status)[:3] if status is not tracker.state[at]]
    try:
        edits = edit_status(tracker, at, chance.choice(others))
    except UserError:
        return []
    if not edits or (wanted := reads_as(tracker, edits))[0] != tracker.skeleton:
        return []  # which no write proof lets through
    if chance.random() < 0.5:
        span, new = edits[0]
        other = [Edit(span, chance.choice(OTHERS.get(new, (new,)))), *edits[1:]]
        if reads_as(tracker, other) == wanted:
            return other
    return edits


def reads_as(tracker: Tracker, edits: list[Edit]) -> tuple[Skeleton, tuple[Status, ...]]:
    after = read_tracker(splice(tracker.data, edits))
    return after.skeleton, after.state


def text_edits(chance: random.Random, data: bytes) -> tuple[bytes, list[int]]:
    """*data* with lines put in, taken out, moved and changed; for each line which one it was."""
    lines = list(enumerate(data.split(b'\n')))
    end = b'\r' if data.count(b'\r\n') else b''
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(lines))
        number, line = lines[at]
        match chance.randrange(7):
            case 0:
                lines.insert(at, (-1, b'Something new, no. %d' % chance.randrange(9) + end))
            case 1:
                lines.insert(at, (-1, line.replace(b'Day', b'Extra day') + b' again' + end))
            case 2:
                lines[at] = number, line.rstrip() + b' and more' + end
            case 3 if len(lines) > 3:
                del lines[at]
            case 4:
                # A retitled task beside a new one, which is what the old one was called, nearly.
                lines[at] = number, line.rstrip() + b' and all that belongs to it' + end
                lines.insert(at + 1, (-1, line.rstrip()[:-1] + b'er' + end))
            case 5:
                lines.insert(chance.randrange(len(lines)), lines.pop(at))
            case _:
                lines[at] = number, line.replace(b'e', b'a', 1)
    edited = b'\n'.join(line for _, line in lines)
    if chance.random() < 0.1:
        edited = edited.replace(b'\r\n', b'\n').replace(b'\n', chance.choice((b'\n', b'\r\n')))
    return edited, [number for number, _ in lines]


def hand_edited(seed: int) -> HandEdited:
    """The same for the same *seed*; about every third case has edits of markers alone."""
    chance = random.Random(seed)
    head = plan(chance) if chance.random() < 0.4 else chance.choice(DOCUMENTS).read_bytes()
    tracker = read_tracker(head)
    for _ in range(chance.randrange(3)):
        tracker = read_tracker(splice(head, marker_edits(chance, tracker, _any(chance, tracker))))
        head = tracker.data
    first, moved = _any(chance, tracker), {}
    for _ in range(chance.randrange(1, 5)):
        at = min(first + chance.choice((0, 1, 1, 2, 5)), len(tracker.tasks) - 1)
        if edits := marker_edits(chance, tracker, at):
            moved[at] = edits
    every = [edit for edits in moved.values() for edit in edits]
    wanted = {at: _status(tracker, at, edits) for at, edits in moved.items()}
    counts = count_edits(tracker, wanted) if moved and chance.random() < 0.7 else []
    marked = splice(head, [*every, *counts])
    file, origin = marked, list(range(len(marked.split(b'\n'))))
    if chance.random() < 0.65:
        file, origin = text_edits(chance, marked)
        if not (is_text(file) and is_readable(file)):
            file, origin = marked, list(range(len(marked.split(b'\n'))))
    kept = {
        at: origin.index(task.line) for at, task in enumerate(tracker.tasks) if task.line in origin
    }
    return HandEdited(head, marked, file, moved, kept, bool(counts))


def _any(chance: random.Random, tracker: Tracker) -> int:
    return chance.randrange(len(tracker.tasks))


def _status(tracker: Tracker, at: int, edits: list[Edit]) -> Status:
    return read_tracker(splice(tracker.data, edits)).state[at]
