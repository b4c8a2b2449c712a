"""A tick that is killed, or that the system fails, leaves the old file or the new one, whole.

After the next run nothing is half done, and nothing that was acknowledged is lost.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import AbstractContextManager, ExitStack
from itertools import count
from pathlib import Path

import pytest
from ticker import day, tick
from worktree import Work, ready, work_tree

from roadmap_md import commit, git, journal
from roadmap_md.errors import UserError

TICKER = [sys.executable, str(Path(__file__).parent / 'ticker.py')]
UNDONE = 'an interrupted run was undone'
# What else may go on in the repository while a tick is killed.
EDITS = ['', 'sed -i "s/Day 1 –/Day 1:/" ROADMAP.md; git add .; sed -i s/Days/All/ ROADMAP.md']


def days(number: int) -> str:
    return '# Days\n' + ''.join(f'- [ ] Day {i} – something\n' for i in range(1, number + 1))


def ticking(work: Work, *numbers: int) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A process that is about to tick, and does at a SIGUSR1."""
    return ready(*TICKER, str(work.file), *map(str, numbers))


def kill(process: subprocess.Popen[bytes], after: float, whole_group: bool) -> bool:
    """Start *process* and kill it *after* so many seconds; whether that hit it alive."""
    process.send_signal(signal.SIGUSR1)
    time.sleep(after)
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def recover(repo: git.Repository) -> str | None:
    """What recovery says, once the gits that outlived their killed parent have ended."""
    said = commit.recover(repo)
    while not said and journal.unfinished(repo.directory):
        time.sleep(0.001)
        said = commit.recover(repo)
    return said


class Aftermath:
    """Counts what runs that were cut off left; asserts what they must never leave."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.seen: Counter[str] = Counter()
        self.edited = work.edits()
        self.staged = work.edits('--cached')

    def check(self, number: int, acknowledged: bool, what: str) -> bool:
        """Whether day *number* is committed, after a run that was to tick it alone."""
        work, name = self.work, f'day {number} after {what}'
        old, head = self.old, self.head
        new = day(number)(old)
        assert work.file.read_bytes() in (old, new), f'torn: {name}'
        repo = git.find(str(work.file))
        assert repo
        said = recover(repo)
        self.seen[(said or 'nothing to recover').split(':')[0][:34]] += 1
        made = work.git('rev-parse', 'HEAD') != head
        assert made or not acknowledged, f'lost: {name}'
        if made:
            assert work.git('rev-parse', 'HEAD^') == head, name
            assert len(work.edits('HEAD^', 'HEAD')) == 2, f'too much in the commit: {name}'
        assert work.file.read_bytes() == (new if made else old), f'half done: {name}'
        assert (work.edits(), work.edits('--cached')) == (self.edited, self.staged), name
        assert not list(work.top.glob('.*roadmap-md*')), f'left over: {name}'
        assert not list(work.directory().rglob('*.lock')), f'left over: {name}'
        assert not journal.unfinished(repo.directory), f'left over: {name}'
        return made

    def note(self) -> None:
        """Remember how things stand before the next run."""
        self.old = self.work.file.read_bytes()
        self.head = self.work.git('rev-parse', 'HEAD')


@pytest.mark.parametrize('edits', EDITS, ids=['clean', 'with edits'])
@pytest.mark.parametrize('in_place', [False, True], ids=['renamed', 'in place'])
def test_killed(tmp_path: Path, edits: str, in_place: bool, long: bool) -> None:
    hits_wanted = 250 if long else 13
    work = work_tree(tmp_path / 'work', days(hits_wanted * 8))
    if in_place:
        os.link(work.file, tmp_path / 'hard link')
    work.sh(edits)
    aftermath = Aftermath(work)
    chance = random.Random(f'{edits}{in_place}')
    hits = 0
    number = 2
    while hits < hits_wanted or not aftermath.seen[UNDONE]:
        aftermath.note()
        with ticking(work, number) as process:
            whole_group = chance.random() < 0.5
            # Later and later, where the machine is so slow that too few came far.
            latest = 0.05 * (1 + hits // hits_wanted)
            hit = kill(process, chance.uniform(0, latest), whole_group)
            assert process.stdout
            acknowledged = len(process.stdout.read()) > 39
        hits += hit
        aftermath.seen['hits' if hit else 'misses'] += 1
        number += aftermath.check(number, acknowledged, f'hit {hits}')
    print(dict(aftermath.seen))
    assert 'error' not in work.git('fsck', '--strict')


# The system calls that fail, and how. Each process's K-th call is hit, for K = 1, 2, …
FAULTS = [
    ('ENOSPC', ['write', 'openat', 'fsync', 'rename', 'mkdir', 'link', 'fallocate']),
    ('EIO', ['write', 'read', 'fsync', 'close', 'rename', 'openat', 'unlink']),
    ('EACCES', ['openat', 'rename', 'unlink', 'link']),
    ('EINTR', ['write', 'read', 'openat', 'fsync', 'flock', 'close']),
    ('SIGKILL', ['write', 'fsync', 'rename', 'openat', 'unlink', 'close', 'link', 'execve']),
]
CASES = [(fault, call) for fault, calls in FAULTS for call in calls]


# .ci/run installs strace, or says why not: there it is not missed in silence.
WANTED = 'CI' in os.environ and 'NO_STRACE' not in os.environ


@pytest.mark.skipif(
    not shutil.which('strace') and not WANTED,
    reason=os.environ.get('NO_STRACE', 'faults are injected with strace'),
)
@pytest.mark.parametrize(('fault', 'call'), CASES, ids=[f'{f}-{c}' for f, c in CASES])
def test_faults(tmp_path: Path, fault: str, call: str, long: bool) -> None:
    chance = random.Random(f'{fault}{call}')
    if not long and chance.random() > 0.4:
        pytest.skip('the long run tries them all')
    work = work_tree(tmp_path / 'work', days(400))
    work.sh(EDITS[1])
    aftermath = Aftermath(work)
    number = 2
    misses = 0
    for nth in count(1) if long else (chance.randint(1, 6),):
        aftermath.note()
        hit, code = faulty_tick(work, number, tmp_path / 'trace', fault, call, nth)
        aftermath.seen['hits' if hit else 'misses'] += 1
        aftermath.seen[f'exit {code}'] += 1
        made = aftermath.check(number, code == 0, f'{fault} at {call} {nth}')
        assert not made or code in (0, 1, 2, -9, 137), (fault, call, nth, code)
        number += made
        misses = 0 if hit else misses + 1
        if misses == 2:
            break
    print(fault, call, dict(aftermath.seen))


def faulty_tick(
    work: Work, number: int, trace: Path, fault: str, call: str, nth: int
) -> tuple[bool, int]:
    """Tick while strace lets the *nth* *call* of each process fail; whether any did, exit code."""
    how = 'signal=KILL' if fault == 'SIGKILL' else f'error={fault}'
    with ticking(work, number) as process:
        tracer = subprocess.Popen(
            ['strace', '-f', '-p', str(process.pid), '-o', trace, '-e', f'trace={call}',
             '-e', f'inject={call}:{how}:when={nth}'],
            stderr=subprocess.PIPE,
        )  # fmt: skip
        assert tracer.stderr
        assert b'attached' in tracer.stderr.readline()
        process.send_signal(signal.SIGUSR1)
        try:
            code = process.wait(90)
        finally:
            with_group = os.getpgid(process.pid) if process.returncode is None else 0
            if with_group:
                os.killpg(with_group, signal.SIGKILL)
        tracer.stderr.close()
        tracer.wait()
        assert process.stderr
        if code == 1:
            print(fault, call, nth, process.stderr.read().decode().splitlines()[-6:])
    log = trace.read_text(errors='replace')
    return 'INJECTED' in log or 'killed by SIGKILL' in log, code


def test_twenty_at_once(tmp_path: Path, long: bool) -> None:
    each = 25 if long else 5
    work = work_tree(tmp_path / 'work', days(20 * each))
    with ExitStack() as stack:
        started = [
            stack.enter_context(ticking(work, *range(first, 20 * each + 1, 20)))
            for first in range(1, 21)
        ]
        for process in started:
            process.send_signal(signal.SIGUSR1)
        ended = [(*process.communicate(), process.returncode) for process in started]
    assert [(words, code) for _, words, code in ended] == [(b'', 0)] * 20
    acknowledged = b''.join(out for out, _, _ in ended).decode().split()
    history = work.git('rev-list', 'HEAD').split()[:-1]
    assert len(history) == 20 * each
    assert set(acknowledged) == set(history)
    assert work.file.read_bytes() == days(20 * each).replace('[ ]', '[x]').encode()
    assert work.file.read_bytes() == work.bytes('show', 'HEAD:ROADMAP.md')
    assert work.git('status', '--porcelain') == ''
    numbers = work.git('log', '-p', '-U0', '--format=').split('\n')
    assert sum(line.startswith('+- [x]') for line in numbers) == 20 * each


def test_other_commits_at_the_same_time(tmp_path: Path) -> None:
    work = work_tree(tmp_path / 'work')
    patient = 'for i in 1 2 3 4 5 6 7 8; do echo $i >>other.md; {}; done'
    until = 'until git commit -qm other -- other.md 2>/dev/null; do sleep 0.01; done'
    with subprocess.Popen(['sh', '-ec', patient.format(until)], cwd=work.top) as other:
        for number in range(1, 9):
            tick(str(work.file), number)
    assert other.returncode == 0
    changed = work.git('log', '--format=%s', '--shortstat', '-16')
    assert changed.count('1 file changed') == 16
    assert changed.count('1 file changed, 1 insertion(+), 1 deletion(-)') == 8
    assert work.git('status', '--porcelain') == ''


# How far a run came before it died, and what the next one says and leaves.
DIED = [
    pytest.param('held', 'had left its lock, and nothing else: removed it', False, id='lock only'),
    pytest.param('journal', 'had not changed ROADMAP.md yet', False, id='journal written'),
    pytest.param('written', 'was undone: ROADMAP.md is as it was', False, id='file written'),
    pytest.param('edited', 'which was edited since: left as it is', None, id='edited since'),
    pytest.param('committed', 'had made its commit', True, id='committed'),
]


@pytest.mark.parametrize(('came_to', 'words', 'made'), DIED)
def test_died(
    tmp_path: Path, came_to: str, words: str, made: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = work_tree(tmp_path / 'work')
    old = work.file.read_bytes()
    new = day(3)(old)
    dies_at(came_to, work, monkeypatch)
    pid = os.fork()
    if not pid:
        tick(str(work.file), 3)
        os._exit(1)
    assert os.waitpid(pid, 0)[1] == 0
    monkeypatch.undo()
    repo = git.find(str(work.file))
    assert repo
    said = commit.recover(repo)
    assert said and words in said
    assert commit.recover(repo) is None
    if made is None:
        assert work.file.read_bytes() == new + b'edited\n'
        return
    assert work.file.read_bytes() == (new if made else old)
    assert work.file.read_bytes() == work.bytes('show', 'HEAD:ROADMAP.md')
    assert work.git('status', '--porcelain') == ''


def dies_at(place: str, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next tick die there, as if killed: without any of its cleaning up."""

    def die(*_: object, **__: object) -> None:
        if place == 'edited':
            work.file.write_bytes(work.file.read_bytes() + b'edited\n')
        os._exit(0)

    where = {
        'held': 'roadmap_md.git.state', 'journal': 'roadmap_md.files.replace',
        'written': 'roadmap_md.git.commit', 'edited': 'roadmap_md.git.commit',
        'committed': 'roadmap_md.commit._stage',
    }  # fmt: skip
    monkeypatch.setattr(where[place], die)


TORN = [
    pytest.param('- [ ] a', '- ✅ a', '- ✅ a', True, id='written'),
    pytest.param('- [ ] a', '- ✅ a', '- ✅ a\0\0', False, id='not from these'),
    pytest.param('- ⬜ a', '- [x] a', '- ⬜ a', True, id='not begun'),
    pytest.param('- ⬜️ a', '- [x] a', '- [x] a a', False, id='too many'),
    pytest.param('- ⬜ abc', '- [x] long abc', '- ⬜ abc\0\0\0\0\0', True, id='room made'),
    pytest.param('- ⬜ abc', '- [x] long abc', '- [x] abc\0\0\0\0\0', True, id='begun'),
    pytest.param('- [x] long abc', '- ⬜ abc', '- ⬜ abcg abc', True, id='not cut yet'),
    pytest.param('- [ ] a', '- [x] a', '- [x] b', False, id='edited'),
    pytest.param('- [ ] a', '- [x] a', '', False, id='emptied'),
]


@pytest.mark.parametrize(('old', 'new', 'now', 'torn'), TORN)
def test_what_a_kill_leaves_of_a_file_written_in_place(
    old: str, new: str, now: str, torn: bool
) -> None:
    assert commit._torn(now.encode(), old.encode(), new.encode()) is torn


def test_a_run_at_work_is_left_to_it(tmp_path: Path) -> None:
    work = work_tree(tmp_path / 'work')
    work.hook('pre-commit', 'touch begun; until test -e go; do sleep 0.01; done\n')
    repo = git.find(str(work.file))
    assert repo
    with ticking(work, 3) as process:
        process.send_signal(signal.SIGUSR1)
        while not (work.top / 'begun').exists():
            time.sleep(0.01)
        assert journal.unfinished(repo.directory)
        assert commit.recover(repo) is None
        # Killed, but its git lives on, and ends what it was about: so we still wait for that.
        process.kill()
        process.wait()
        assert commit.recover(repo) is None
        (work.top / 'go').touch()
        while not (said := commit.recover(repo)):
            time.sleep(0.01)
    assert 'had made its commit' in said
    assert work.edits('HEAD^', 'HEAD')[1].startswith('+- [x] Day 3')
    assert work.git('status', '--porcelain', '-uno') == ''


def test_interrupted_at_the_keyboard(tmp_path: Path) -> None:
    work = work_tree(tmp_path / 'work')
    work.hook('pre-commit', 'touch begun; sleep 60\n')
    before = work.snapshot()
    with ticking(work, 3) as process:
        process.send_signal(signal.SIGUSR1)
        while not (work.top / 'begun').exists():
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait() == -signal.SIGINT
    (work.top / 'begun').unlink()
    assert work.snapshot() == before
    repo = git.find(str(work.file))
    assert repo
    assert not journal.unfinished(repo.directory)


def test_commits_that_came_after_are_seen_past(tmp_path: Path) -> None:
    """The lock was deleted by hand and work went on, before the next run could recover."""
    work = work_tree(tmp_path / 'work')
    work.hook('post-commit', 'kill -9 $(cat pid); sleep 0.1\n')
    with ticking(work, 3) as process:
        (work.top / 'pid').write_text(str(process.pid))
        process.send_signal(signal.SIGUSR1)
        assert process.wait() == -signal.SIGKILL
    (work.directory() / 'hooks' / 'post-commit').unlink()
    made = work.git('rev-parse', 'HEAD')
    work.sh('rm -f .git/index.lock; git reset -q; echo x >>ROADMAP.md; git commit -qam later')
    head = work.snapshot()
    repo = git.find(str(work.file))
    assert repo
    assert recover(repo) == f'an interrupted run had made its commit {made[:10]}: finished it'
    assert work.snapshot() == head


ENTRY = git.Entry('100644', 'a' * 40)
DAMAGED = {
    # what is replaced in a journal, by what
    'another version': (b'journal 1', b'journal 9'),
    'not a journal': (b'roadmap-md journal 1\n', b''),
    'an entry of a word': (b'49:100644 ' + b'a' * 40 + b' H,', b'6:100644,'),
    'an entry of many words': (b'49:100644 ', b'53:100644 x x '),
    'an entry that is no text': (b'100644', b'10064\xff'),
    'too few fields': (b'10:ROADMAP.md,', b''),
    'a size that is none': (b'10:ROADMAP.md,', b'x:ROADMAP.md,'),
    'a size that is too small': (b'10:ROADMAP.md,', b'3:ROADMAP.md,'),
    'a size that is too large': (b'3:new,', b'999:new,'),
    'a path with a NUL byte': (b'ROADMAP', b'R\0ADMAP'),
}


@pytest.mark.parametrize(('sound', 'damaged'), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_journal_is_said(tmp_path: Path, sound: bytes, damaged: bytes) -> None:
    work = work_tree(tmp_path / 'work')
    tick(str(work.file), 1)
    repo = git.find(str(work.file))
    assert repo
    head = work.git('rev-parse', 'HEAD')
    begun = journal.Journal('ROADMAP.md', head, b'old', b'new', ENTRY, ENTRY, ENTRY, ENTRY)
    journal.write(repo, begun)
    file = work.directory() / 'roadmap-md' / 'journal'
    assert sound in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(sound, damaged))
    with pytest.raises(UserError, match='not a journal that this version can read'):
        tick(str(work.file), 2)
