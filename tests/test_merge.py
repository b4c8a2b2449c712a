"""Merges: the cases that one can read, and the laws over thousands that nobody would."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from roadmap_md.align import align
from roadmap_md.alike import read_plainly
from roadmap_md.basis import basis_of
from roadmap_md.errors import UserError
from roadmap_md.git import Labels, merged_text
from roadmap_md.merge import Merged, merge
from roadmap_md.merge_markers import merge_markers
from roadmap_md.rewrite import WriteProofError, set_statuses
from roadmap_md.status import Status, merged_status
from roadmap_md.text import is_readable, may_hold_counts
from roadmap_md.tracker import Tracker, read_tracker
from roadmap_md.vocabulary import Preference
from roadmap_md.words import STATUS_WORDS, fold, words_of

DATA = Path(__file__).parent / 'data'
_FENCE = re.compile(r'^```(base|ours|theirs|merged|conflict)\n(.*?)^```$', re.M | re.S)


def text_merge(base: bytes, ours: bytes, theirs: bytes) -> Merged:
    return Merged(*merged_text(base, ours, theirs, Labels()))


class Case(NamedTuple):
    base: bytes
    ours: bytes
    theirs: bytes
    expected: Merged


def cases() -> dict[str, Case]:
    """The fences of tests/data/merge, four to a case; ``␍`` stands for a carriage return."""
    found = {}
    for path in sorted((DATA / 'merge').glob('*.md')):
        text = path.read_text(encoding='utf-8')
        fences = list(_FENCE.finditer(text))
        for at in range(0, len(fences), 4):
            name = re.findall(r'^## (.*)$', text[: fences[at].start()], re.M)[-1]
            base, ours, theirs, merged = (
                fence[2].replace('␍', '\r').encode() for fence in fences[at : at + 4]
            )
            is_clean = fences[at + 3][1] == 'merged'
            found[name] = Case(base, ours, theirs, Merged(merged, is_clean))
    return found


CASES = cases()


@pytest.mark.parametrize('case', CASES.values(), ids=CASES)
def test_case(case: Case) -> None:
    assert merge(case.base, case.ours, case.theirs, text_merge) == case.expected
    if case.expected.clean:
        assert merge(case.base, case.theirs, case.ours, text_merge) == case.expected


STATUSES = {
    # base, ours, theirs: merged
    'nobody': ('not-started', 'not-started', 'not-started', 'not-started'),
    'ours': ('not-started', 'completed', 'not-started', 'completed'),
    'theirs': ('completed', 'completed', 'not-started', 'not-started'),
    'both alike': ('completed', 'in-progress', 'in-progress', 'in-progress'),
    'both forward': ('not-started', 'in-progress', 'completed', 'completed'),
    'forward and back': ('in-progress', 'completed', 'not-started', None),
    'both back': ('completed', 'in-progress', 'not-started', None),
    'blocked and completed': ('not-started', 'blocked', 'completed', None),
    'cancelled and started': ('not-started', 'cancelled', 'in-progress', None),
}  # fmt: skip


@pytest.mark.parametrize('row', STATUSES.values(), ids=STATUSES)
def test_statuses(row: tuple[str, str, str, str | None]) -> None:
    base, ours, theirs = map(Status, row[:3])
    wanted = None if row[3] is None else Status(row[3])
    assert merged_status(base, ours, theirs) is merged_status(base, theirs, ours) is wanted


MARKED = b'- [ ] a\n<<<<<<< x\n- [ ] b\n=======\n- [x] b\n>>>>>>> y\n- [ ] c\n'
PLAIN = {
    # what cannot be read as trackers
    'conflict markers': (MARKED, MARKED.replace(b'[ ] a', b'[x] a'), MARKED.replace(b'[ ] c', b'[x] c')),
    'not UTF-8': (b'- [ ] a\n- [ ] \xff\n\n.\n', b'- [x] a\n- [ ] \xff\n\n.\n', b'- [ ] a\n- [ ] \xff\n\n:\n'),
    'no tasks': (b'a\n', b'b\n', b'c\n'),
    'no tasks on one side': (b'- [ ] a\n- [ ] b\n', b'- [x] a\n- [ ] b\n', b'nothing\n'),
}  # fmt: skip


@pytest.mark.parametrize('three', PLAIN.values(), ids=PLAIN)
def test_what_is_no_tracker_is_merged_as_text(three: tuple[bytes, bytes, bytes]) -> None:
    assert merge(*three, text_merge) == text_merge(*three)


NOT_UTF8 = [b'S\xe9me text', b'\xe9', b'\xc3(', b'Some text\xff']


@pytest.mark.parametrize('line', NOT_UTF8)
def test_what_is_not_utf8_is_never_followed(line: bytes) -> None:
    base = b'# Plan\n\n- [ ] a\n- [ ] b\n\nSome text\n'
    ticked, other = base.replace(b'[ ] a', b'[x] a'), base.replace(b'Some text', line)
    assert merge_markers(basis_of(read_tracker(base)), (base, ticked, other)) is None


# The laws: documents of all carriers, each changed twice at random.

DOCUMENTS = [*sorted((DATA / 'trackers').glob('*.md')), *[DATA.parent.parent / 'ROADMAP.md'] * 4]
NORMAL, LONG = 100, 2_048


def ticked(chance: random.Random, data: bytes) -> bytes:
    """*data* with a few statuses changed, most of them forward, and some neighbours."""
    tracker = read_tracker(data)
    count = len(tracker.tasks)
    first = chance.randrange(count)
    wanted = {
        min(first + chance.choice((0, 1, 1, 2, 5)) * step, count - 1): chance.choice(
            (Status.IN_PROGRESS, Status.COMPLETED, Status.COMPLETED, Status.NOT_STARTED)
        )
        for step in range(chance.randrange(1, 4))
    }
    for at, status in wanted.items():
        try:
            tracker = set_statuses(tracker, {at: status})
        except (UserError, WriteProofError):
            continue  # that one can only be read
    return tracker.data


def edited(chance: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """*data* with a line of text changed, put in, taken out or moved."""
    lines = data.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            lines.insert(at, b'Something new, no. %d\n' % chance.randrange(4))
        case 1:
            lines[at] = lines[at].rstrip(b'\r\n') + b' and more\n'
        case 2:
            del lines[at]
        case 3:
            lines.insert(chance.randrange(len(lines)), lines.pop(at))
        case _:
            lines.insert(at, chance.choice(others))
    return b''.join(lines) or data


def generated(seed: int, documents: Sequence[Path] = DOCUMENTS) -> tuple[bytes, bytes, bytes, bool]:
    """Base, ours, theirs, and whether they differ in statuses alone."""
    chance = random.Random(seed)
    base = chance.choice(documents).read_bytes()
    others = [line for line in base.splitlines(keepends=True) if b'[' in line or b'-' in line]
    base = ticked(chance, base)
    only_statuses = chance.random() < 0.4
    sides = []
    for _ in range(2):
        data = ticked(chance, base)
        for _ in range(0 if only_statuses else chance.randrange(3)):
            data = edited(chance, data, others)
            if chance.random() < 0.3 and is_readable(data) and read_tracker(data).tasks:
                data = ticked(chance, data)
        sides.append(data)
    return base, sides[0], sides[1], only_statuses


_CONFLICT = re.compile(
    rb'^<<<<<<< ours\r?\n(.*?)^=======\r?\n(.*?)^>>>>>>> theirs(?:\r?\n|\Z)', re.M | re.S
)


def resolved(data: bytes, side: int) -> bytes:
    return _CONFLICT.sub(lambda found: found[side], data)


def pairs(old: Tracker, new: Tracker) -> dict[int, int]:
    found = enumerate(align(old.skeleton, new.skeleton))
    return {before: after for after, before in found if before >= 0}


def lost(base: Tracker, side: Tracker, other: Tracker, result: Tracker) -> set[str]:
    """The tasks whose status *side* has changed, and of which *result* tells something else."""
    of_base = {new: old for old, new in pairs(base, side).items()}
    in_other, in_result = pairs(base, other), pairs(side, result)
    found = set()
    for at, status in enumerate(side.state):
        was = of_base.get(at, -1)
        if was < 0 or base.state[was] is status:
            continue
        wanted: Status | None = status
        if was in in_other:
            wanted = merged_status(base.state[was], status, other.state[in_other[was]]) or status
        if at in in_result and result.state[in_result[at]] is wanted:
            continue
        found.add(side.tasks[at].key)
    return found


# Markers, words of statuses, counts and bars: what a merge may write anew.
_WORDS = sorted(
    {word for said in STATUS_WORDS.values() for word in words_of(', '.join(said.values()))},
    key=len, reverse=True,
)  # fmt: skip
_SAID = re.compile('|'.join(map(re.escape, _WORDS)) + '|[^a-z]+')


def bare(data: bytes) -> Counter[str]:
    """The lines without what a merge may write anew."""
    text = data.decode(errors='replace').replace('âœ…', '').replace('ğŸŸ¨', '')
    lines = (re.sub(r'\[.{0,4}\]|:[a-z_]+:', '', line) for line in text.split('\n'))
    return Counter(_SAID.sub('', fold(line)) for line in lines)


def by_markers(base: bytes, *sides: bytes) -> Iterator[Merged]:
    """What comes of it where nothing is parsed, from the basis that each version would be."""
    for known in (base, *sides):
        tracker, plain = read_plainly(known, Preference()) if is_readable(known) else (None, False)
        if tracker and plain:
            data = merge_markers(basis_of(tracker), (base, *sides))
            if data is not None:
                yield Merged(data, True)


def broken(seed: int, documents: Sequence[Path] = DOCUMENTS) -> list[str]:
    """The laws that do not hold for the merge of this *seed*."""
    base, ours, theirs, only_statuses = generated(seed, documents)
    result = merge(base, ours, theirs, text_merge)
    back = merge(base, theirs, ours, text_merge)
    found = []
    if result.clean != back.clean or (result.clean and result.data != back.data):
        found.append('commutative')
    if any(resolved(result.data, side) != resolved(back.data, 3 - side) for side in (1, 2)):
        found.append('commutative, the conflicts')
    for side in (base, ours, theirs):
        alike = merge(side, side, theirs, text_merge), merge(base, theirs, theirs, text_merge)
        if alike != (Merged(theirs, True),) * 2:
            found.append('idempotent')
    if result.clean:
        again = [merge(base, result.data, side, text_merge) for side in (ours, theirs)]
        if only_statuses and again != [result, result]:
            found.append('idempotent, taken in again')
        if merge(theirs, result.data, theirs, text_merge) != result:
            found.append('idempotent, after the merge')
    trackers = [read_tracker(data) for data in (base, ours, theirs)]
    is_plain = result == text_merge(base, ours, theirs)
    if any(quick != result for quick in by_markers(base, ours, theirs)):
        found.append('otherwise by markers alone')
    if only_statuses:
        disagree = any(
            merged_status(*three) is None
            for three in zip(*(t.state for t in trackers), strict=True)
        )
        if not disagree and not result.clean:
            found.append('a needless conflict')
    if is_plain:
        return found
    halves = [read_tracker(resolved(result.data, side)) for side in (1, 2)]
    has = bare(result.data)
    for side in (1, 2):
        # What one side has moved, the other half of a conflict may not have at all.
        gone = [lost(trackers[0], trackers[side], trackers[3 - side], half) for half in halves]
        stands = result.data.split(b'\n')
        for at, task in enumerate(trackers[side].tasks):
            line = trackers[side].page.lines[task.line]
            if task.key in gone[0] & gone[1] and (result.clean or line not in stands):
                found.append(f'a change is lost: {task.key}, {trackers[side].state[at].value}')
        was, mine, other = (bare(trackers[at].data) for at in (0, side, 3 - side))
        for text, count in mine.items():
            # What this side has, and the other has not removed.
            if has[text] < min(count, count + other[text] - was[text]):
                found.append(f'a line is lost: {text}')
    return found


@pytest.mark.parametrize('part', range(4))
def test_laws(part: int, long: bool) -> None:
    count = (LONG if long else NORMAL) // 4
    for seed in range(part * count, (part + 1) * count):
        assert broken(seed) == [], seed


def seeds(request: pytest.FixtureRequest) -> list[Path]:
    """The trackers in the folder ``--seeds`` that can be merged."""
    folder = request.config.getoption('--seeds')
    found = [path for path in sorted(Path(folder or '.').glob('*.md')) if folder]
    if not found:
        pytest.skip('no --seeds')
    return [
        path
        for path in found
        if is_readable(path.read_bytes()) and len(read_tracker(path.read_bytes()).tasks) > 1
    ]


@pytest.mark.parametrize('part', range(4))
def test_laws_of_seeds(part: int, long: bool, request: pytest.FixtureRequest) -> None:
    documents = seeds(request)
    count = (LONG if long else NORMAL) // 4
    for seed in range(part * count, (part + 1) * count):
        assert broken(seed, documents) == [], seed


WRITTEN_ANEW = {
    # base, ours, theirs
    'boxes and others': ('- [/] d\n', '- 🟨 d\n', '- ⬜ d\n'),
    'bare lines': ('[x] d\n', '[/] d\n', '✅ d\n'),
    'boxes': ('- [x] d\n', '- [~] d\n', '- [X] d\n'),
}  # fmt: skip


@pytest.mark.parametrize('three', WRITTEN_ANEW.values(), ids=WRITTEN_ANEW)
def test_what_is_written_anew_is_not_merged_by_markers_alone(three: tuple[str, str, str]) -> None:
    assert not list(by_markers(*(f'{one}\n[/] e\n'.encode() for one in three)))


def test_counts_are_not_merged_by_markers_alone() -> None:
    older = b'# Plan\n\nSoon\n\n- [ ] a\n- [ ] b\n'
    base = older.replace(b'Soon', b'Progress: 0/2')
    three = base, base.replace(b'[ ] a', b'[x] a'), base.replace(b'[ ] b', b'[x] b')
    assert merge_markers(basis_of(read_tracker(older)), three) is None


PLAIN_DOCUMENTS = {
    path.name: path for path in DOCUMENTS if read_plainly(path.read_bytes(), Preference())[1]
}


@pytest.mark.parametrize('name', PLAIN_DOCUMENTS)
def test_markers_alone(name: str, long: bool) -> None:
    document = PLAIN_DOCUMENTS[name].read_bytes()
    quick = 0
    for seed in range(200 if long else 5):
        chance = random.Random(seed)
        base = ticked(chance, document)
        three = base, ticked(chance, base), ticked(chance, base)
        found = list(by_markers(*three))
        assert found == [merge(*three, text_merge)] * len(found)
        quick += len(found)
    assert quick or may_hold_counts(document)
