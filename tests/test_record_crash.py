"""A `sync` that is killed leaves the hand edit, and the next one commits what is left of it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from worktree import Work, done, ready, work_tree

RECORDER = [sys.executable, str(Path(__file__).parent / 'recorder.py')]
PER_ROUND = 3


def days(number: int) -> str:
    return '# Days\n\nPrint this.\n\n' + ''.join(
        f'- [ ] Day {i} – something\n' for i in range(1, number + 1)
    )


def syncing(work: Work) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A process that is about to sync, and does at a SIGUSR1."""
    return ready(*RECORDER, str(work.top))


def edit(work: Work, first: int) -> None:
    """Tick days by hand, one of them with other text, over an edit that is staged."""
    for number in range(first, first + PER_ROUND):
        work.sh(f'sed -i "s/ ] Day {number} /x] Day {number} /" ROADMAP.md')
    work.sh(f'sed -i "s/Day {first} – some/Day {first} – any/" ROADMAP.md')


def check(work: Work, head: str, edited: bytes, first: int) -> None:
    """After the next sync: *edited* is the file, and each of its ticks is a commit."""
    assert work.file.read_bytes() == edited
    made = work.git('log', '--reverse', '--format=%H %s', f'{head}..').splitlines()
    assert [line.split(' ', 1)[1] for line in made] == [
        f'docs(roadmap): complete day {number} – something'
        for number in range(first, first + PER_ROUND)
    ]
    for number, line in enumerate(made, first):
        commit = line.partition(' ')[0]
        assert work.edits(f'{commit}^', commit) == [
            f'-- [ ] Day {number} – something', f'+- [x] Day {number} – something',
        ]  # fmt: skip
    assert work.edits('--cached') == ['-Print this.', '+Print that.']
    assert len(work.edits('--', 'ROADMAP.md')) == 2 * (
        first // PER_ROUND + 1
    )  # the titles, of all rounds
    left = [path.name for path in (work.directory() / 'roadmap-md').iterdir()]
    assert not {'journal', 'held', 'index', 'next'} & set(left)
    assert not list(work.directory().rglob('*.lock'))


def test_killed(tmp_path: Path, long: bool) -> None:
    wanted = 100 if long else 10
    work = work_tree(tmp_path / 'work', days(wanted * 3 * PER_ROUND))
    work.sh('sed -i s/this/that/ ROADMAP.md; git add .; echo x >>other.md')
    chance = random.Random('sync')
    seen: Counter[str] = Counter()
    first = 1
    span = None  # what a run takes, for it to be killed at any point of
    while seen['hits'] < wanted:
        head = work.git('rev-parse', 'HEAD')
        edit(work, first)
        edited = work.file.read_bytes()
        with syncing(work) as process:
            begun = time.monotonic()
            process.send_signal(signal.SIGUSR1)
            kill = os.killpg if chance.random() < 0.5 else os.kill
            try:
                process.wait(span and chance.uniform(0, span))
                span = time.monotonic() - begun
            except subprocess.TimeoutExpired:
                kill(process.pid, signal.SIGKILL)
            hit = process.wait() == -signal.SIGKILL
        seen['hits' if hit else 'misses'] += 1
        assert work.file.read_bytes() == edited
        seen[f'{len(work.git("rev-list", f"{head}..").split())} commits'] += hit
        done(work.top, 'roadmap-md sync --no-push')
        check(work, head, edited, first)
        first += PER_ROUND
    print(dict(seen))
    assert 'error' not in work.git('fsck', '--strict')


@pytest.mark.parametrize('hook', ['pre-commit', 'commit-msg', 'post-commit'])
@pytest.mark.parametrize('nth', [1, 2, 3])
def test_killed_in_a_hook(tmp_path: Path, hook: str, nth: int) -> None:
    work = work_tree(tmp_path / 'work', days(9))
    work.sh('sed -i s/this/that/ ROADMAP.md; git add .')
    work.hook(hook, f'echo >>calls; test $(wc -l <calls) != {nth} || kill -9 $(cat pid)\n')
    head = work.git('rev-parse', 'HEAD')
    edit(work, 1)
    edited = work.file.read_bytes()
    with syncing(work) as process:
        (work.top / 'pid').write_text(str(process.pid))
        process.send_signal(signal.SIGUSR1)
        assert process.wait() == -signal.SIGKILL
    done(work.top, 'roadmap-md sync --no-push')
    work.sh('rm pid calls')
    check(work, head, edited, 1)


def test_edited_while_it_runs(tmp_path: Path) -> None:
    """What is typed between two commits is not lost, and not committed."""
    work = work_tree(tmp_path / 'work', days(9))
    work.hook('post-commit', 'echo typed >>ROADMAP.md\n')
    head = work.git('rev-parse', 'HEAD')
    edit(work, 1)
    edited = work.file.read_bytes()
    done(work.top, 'roadmap-md sync --no-push')
    assert work.file.read_bytes() == edited + b'typed\n' * PER_ROUND
    assert len(work.git('rev-list', f'{head}..').split()) == PER_ROUND
    assert b'typed' not in work.bytes('show', 'HEAD:ROADMAP.md', ':ROADMAP.md')
