"""Hand edits of every kind: commits are transitions, and nothing else of the three versions moves."""

import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hand_edited import HandEdited, hand_edited
from worktree import Work, work_tree

from roadmap_md.align import align
from roadmap_md.commands.record import record
from roadmap_md.config import Config
from roadmap_md.hand_edits import HandEdits, Step, hand_edits
from roadmap_md.lint import new_errors
from roadmap_md.text import splice
from roadmap_md.tracker import Tracker, read_tracker

NORMAL, LONG = 100, 10_000


def changed_lines(before: Tracker, after: Tracker) -> set[int]:
    pairs = zip(before.page.lines, after.page.lines, strict=True)
    return {number for number, (old, new) in enumerate(pairs) if old != new}


def expected(case: HandEdited, edits: HandEdits) -> bytes | None:
    """What is to be committed; None where the text edits leave it open which task is which."""
    of_file = {task.line: at for at, task in enumerate(edits.file.tasks)}
    found = align(edits.head.skeleton, edits.file.skeleton)
    surviving = {at: edit for at, edit in case.moved.items() if at in case.kept}
    for at in case.moved:
        new = of_file.get(case.kept.get(at, -1), -1)
        if at in case.kept and (new < 0 or found[new] != at):
            return None
        if at not in case.kept and at in found:
            return None  # what was deleted is taken for what came
    if {step.move.old for step in edits.steps} != surviving.keys():
        return None  # the text edits have changed a status
    if case.has_counts and case.marked != case.file:
        return None  # of other tasks, maybe
    wanted = case.marked
    if case.marked != case.file:
        wanted = splice(case.head, [edit for of_task in surviving.values() for edit in of_task])
    # Emoji before headings are statuses where there are several: together the edits may be more.
    return wanted if read_tracker(wanted).skeleton == edits.head.skeleton else None


def broken(seed: int, seen: Counter[str]) -> list[str]:
    """The laws that do not hold for the hand edit of this *seed*."""
    case = hand_edited(seed)
    head, file = read_tracker(case.head), read_tracker(case.file)
    edits = hand_edits(head, file, lambda old, new: True)
    found = []
    pairs = [(old, new) for new, old in enumerate(align(head.skeleton, file.skeleton)) if old >= 0]
    moves = {(old, new) for old, new in pairs if head.state[old] is not file.state[new]}
    left = {task for task, _ in edits.left}
    if {step.move for step in edits.steps} != {move for move in moves if move[1] not in left}:
        found.append('commits are transitions')
    if case.file == case.marked and left:
        found.append('a marker is left')
    now = head
    for step in edits.steps:
        if step.before is not now:
            found.append('one after the other')
        now = step.after
        old, new = step.move
        changed = [at for at, was in enumerate(step.before.state) if was is not now.state[at]]
        if changed != [old] or now.state[old] is not file.state[new]:
            found.append('one task a commit')
        if now.skeleton != head.skeleton:
            found.append('the text stays')
        lines = changed_lines(step.before, now) - {m.mark.line for m in now.statused[old].marks}
        if any(not may_count(now, at) for at in lines):
            found.append('markers and counts alone')
    if any(made_up(case, step, edits) for step in edits.steps):
        found.append('nothing is made up')
    if any(edits.committed.state[old] is not file.state[new]
           for old, new in pairs if new not in left):  # fmt: skip
        found.append('all is told')
    wanted = expected(case, edits)
    seen['exact' if wanted is not None else 'open'] += 1
    seen['steps'] += len(edits.steps)
    if wanted is not None and edits.committed.data != wanted:
        found.append('the bytes of the hand edit')
    return found


def made_up(case: HandEdited, step: Step, edits: HandEdits) -> bool:
    """Is it another task that has the status, one of another line and of another name?

    Where the line is gone, and a like one is in its place, that is a task with another title.
    """
    old, new = edits.head.tasks[step.move.old], edits.file.tasks[step.move.new]
    is_named_so = old.path == new.path or old.title == new.title
    return not is_named_so and case.kept.get(step.move.old, new.line) != new.line


def may_count(tracker: Tracker, line: int) -> bool:
    return any(char.isdigit() for char in tracker.page.lines[line].decode())


@pytest.mark.parametrize('part', range(4))
def test_plans(part: int, long: bool) -> None:
    count = (LONG if long else NORMAL) // 4
    seen: Counter[str] = Counter()
    for seed in range(part * count, (part + 1) * count):
        assert broken(seed, seen) == [], seed
    assert seen['exact'] > seen['open'], seen


# The order, under rules that not every order keeps.


def allowed_state(chance: random.Random, count: int) -> list[str]:
    """Boxes that *No skipping* allows: some settled or blocked, one in progress, the rest open."""
    first = chance.randrange(count + 1)
    boxes = [chance.choice('xxxx-') for _ in range(first)]
    boxes += chance.choice(([], ['/'])) + [' '] * count
    return boxes[:count]


@pytest.mark.parametrize('count', [2, 3, 5, 12])
def test_each_step_is_allowed(count: int, long: bool) -> None:
    for seed in range(2_500 if long else 25):
        chance = random.Random(f'{count} {seed}')
        versions = [
            'Rules: No skipping.\n\n'
            + ''.join(f'- [{box}] Day {day}\n' for day, box in enumerate(boxes, 1))
            for boxes in (allowed_state(chance, count), allowed_state(chance, count))
        ]
        head, file = (read_tracker(version.encode()) for version in versions)
        edits = hand_edits(head, file, is_allowed)
        for step in edits.steps:
            assert is_allowed(head, step.after), versions
        assert edits.committed.data == file.data


def is_allowed(before: Tracker, after: Tracker) -> bool:
    return not new_errors(before, after, Config(), 'ROADMAP.md', date(2026, 1, 5))


# The same with git: what is committed, what is staged, and the file.

STAGED = ('nothing', 'the markers', 'all', 'another edit')
IN_GIT, IN_GIT_LONG = 48, 1_000
EVERY_RULE_IGNORED = Config(ignore=('RM',))


def staged(case: HandEdited, head: bytes, what: str) -> bytes:
    """What is in the index, where *head* stands for the last commit's."""
    match what:
        case 'the markers':
            return case.marked
        case 'all':
            return case.file
        case 'another edit':
            return b'An edit that was staged.\n\n' + head
    return head


def put(work: Work, data: bytes) -> None:
    work.file.write_bytes(data)
    work.sh('git add ROADMAP.md')


def broken_in_git(seed: int, work: Work, seen: Counter[str]) -> list[str]:
    """As `broken`, of the commits that `sync` makes."""
    case, what = hand_edited(seed), STAGED[seed % 4]
    edits = hand_edits(read_tracker(case.head), read_tracker(case.file), lambda old, new: True)
    wanted = expected(case, edits)
    begun = staged(case, case.head, what)
    if what == 'another edit' and read_tracker(begun).tasks != edits.head.tasks:
        begun, what = case.head, 'nothing'  # at the top it would mean something
    put(work, case.head)
    work.sh('git commit -q --allow-empty --only -m head -- ROADMAP.md')
    put(work, begun)
    work.file.write_bytes(case.file)
    recorded = record(str(work.top), [str(work.file)], EVERY_RULE_IGNORED, False, False)
    found = []
    assert recorded
    if work.file.read_bytes() != case.file:
        found.append('the file')
    made = [one.commit for one in recorded[0].made]
    log = work.git('log', '--format=%H', '--reverse', f'-{len(edits.steps) + 1}').split()
    if log[1:] != made or len(made) != len(edits.steps):
        found.append('commits are transitions')
    for commit, step in zip(made, edits.steps, strict=True):
        if work.bytes('show', f'{commit}:ROADMAP.md') != step.after.data:
            found.append('the commit')
    if made and work.git('diff', '--name-only', log[0], made[-1]) != 'ROADMAP.md':
        found.append('the file alone')
    now = work.bytes('show', ':ROADMAP.md')
    if wanted is not None and now != staged(case, wanted, what):
        found.append(f'the index, with {what} staged')
    if read_tracker(now).skeleton != read_tracker(begun).skeleton:
        found.append(f'the text in the index, with {what} staged')
    if work.git('ls-files', '--stage', '--', 'other.md') != seen_other(work):
        found.append('another file that is staged')
    seen['exact' if wanted is not None else 'open'] += 1
    seen['commits'] += len(made)
    return found


def seen_other(work: Work) -> str:
    return f'100644 {work.git("hash-object", "other.md")} 0\tother.md'


@pytest.mark.parametrize('part', range(2))
def test_commits(part: int, long: bool, tmp_path: Path) -> None:
    work = work_tree(tmp_path / 'work')
    work.sh('echo staged >>other.md; git add other.md')
    count = (IN_GIT_LONG if long else IN_GIT) // 2
    seen: Counter[str] = Counter()
    for seed in range(part * count, (part + 1) * count):
        assert broken_in_git(seed, work, seen) == [], seed
    assert seen['exact'] > seen['open'], seen
