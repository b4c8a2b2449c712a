"""``sync`` that is killed, or refused there: nothing is lost, and the next one completes it."""

import fcntl
import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from terminal import wait
from worktree import done, sh

from roadmap_md import git, journal
from roadmap_md.__main__ import main

# What a sync imports only when it needs it: that is not what is to be killed.
from roadmap_md.commands import exchange, sync  # noqa: F401  isort: skip
from roadmap_md import cli, driver, merging, move, upstream  # noqa: F401  isort: skip

HITS, LONG_HITS = 10, 200
PLAN = '# Plan\n\nsome text\n\n' + ''.join(
    f'- [ ] thing {at}, to do\n' for at in range(4_000) if at % 10 < 2
)
START = """
git init -q -b main --bare there
printf '#!/bin/sh\\ntest ! -e refusing\\n' >there/hooks/pre-receive; chmod +x there/hooks/pre-receive
git clone -q there ours 2>words; cd ours; git config maintenance.auto false
for name in other third; do seq 2000 >$name.md; done; cp ../plan ROADMAP.md; git add .
git commit -qm 'docs: plan'; git push -q origin main; cd ..; git clone -q there theirs
cd ours; echo edited >>other.md; echo staged >>third.md; git add third.md
sed -i 's/some text/some more text/' ROADMAP.md
"""
# What others do: a tick, and two files that are nowhere edited. Of a run that was killed a `git push`
# may live on, and be first: then they do it again, with what is there.
THEIRS = """
for turn in 1 2 3 4 5; do
    git fetch -q; git reset -q --hard origin/main
    sed -i 's/\\[ \\] thing {0},/[x] thing {0},/' ROADMAP.md
    seq {0} 9000 >new{0}.txt; seq {0} 9000 >same.txt
    git add .; git commit -qm 'docs(roadmap): {0}'; git push -q && exit
done
exit 1
"""


def forked(tree: Path, *arguments: str) -> int:
    """The process of a ``roadmap-md sync`` in *tree*, in a session of its own."""
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        os.chdir(tree)
        for descriptor in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
        os._exit(main(['sync', *arguments]))
    finally:
        os._exit(99)


# When a run is killed: so many seconds at most after it was started, or has begun something.
MOMENTS = (('', 0.6), ('lock', 0.3), ('talking', 0.05), ('rebase', 0.3), ('move', 0.04))


def killed(pid: int, chance: random.Random, begun: Path) -> bool:
    """Kill the process at a moment of chance; whether it was alive then. *begun* is what it does."""
    name, seconds = chance.choice(MOMENTS)
    end = time.monotonic() + 3
    while name and not (begun / name).exists() and time.monotonic() < end:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
        time.sleep(0.0005)  # the processor is for what is to be killed
    time.sleep(chance.uniform(0, seconds))
    with suppress(ProcessLookupError):
        chance.choice((os.killpg, os.kill))(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / 'plan').write_text(PLAN)
    done(tmp_path, START)
    return tmp_path


def kept(tree: Path) -> list[str]:
    """What was edited here, and no sync may touch."""
    return [
        (tree / 'other.md').read_text(),
        done(tree, 'git diff --cached -- third.md'),
        done(tree, 'git diff --name-only'),
    ]


def ticks(text: str) -> set[int]:
    return {int(row.split()[3].rstrip(',')) for row in text.splitlines() if row.startswith('- [x]')}


def locks(tree: Path) -> list[str]:
    """The lock files of git; what outlived its killed parent may have one for a while."""
    walked = os.walk(tree / '.git')
    return [name for _, _, names in walked for name in names if name.endswith('.lock')]


def test_killed(place: Path, long: bool) -> None:
    wanted = LONG_HITS if long else HITS
    ours, theirs, there = place / 'ours', place / 'theirs', place / 'there'
    chance = random.Random(7)
    seen: Counter[str] = Counter()
    edits, expected, number = kept(ours), set[int](), 1
    while seen['hits'] < wanted:
        for _ in range(2):
            number += 9
            done(theirs, THEIRS.format(number))
            expected.add(number)
            number += 1
            done(ours, f"sed -i 's/\\[ \\] thing {number},/[x] thing {number},/' ROADMAP.md")
            expected.add(number)
            if chance.random() < 0.2:
                (there / 'refusing').touch()
            pid = forked(ours, *chance.choice([(), ('--merge',)]))
            hit = killed(pid, chance, ours / '.git/roadmap-md')
            seen['hits' if hit else 'misses'] += 1
            is_refused = (there / 'refusing').exists()
            seen['refused there'] += is_refused
            assert (ours / 'other.md').read_text() == edits[0]
            # The file has what it had, whatever else came.
            now = ticks((ours / 'ROADMAP.md').read_text())
            assert {at for at in expected if at % 10 == number % 10} <= now | ticks(PLAN), number
            if is_refused and chance.random() < 0.5:
                said = sh(ours, 'roadmap-md sync')
                assert said.returncode in (0, 2), said.stdout
            (there / 'refusing').unlink(missing_ok=True)
        said = done(ours, 'roadmap-md sync')
        for row in said.splitlines():
            if 'interrupted run' in row:
                seen[row.partition('interrupted run ')[2][:34]] += 1
        assert kept(ours) == edits, said
        text = (ours / 'ROADMAP.md').read_text()
        assert ticks(text) == expected, said
        assert 'some more text' in text
        assert ticks(done(there, 'git show main:ROADMAP.md')) == expected
        assert done(ours, 'git rev-parse HEAD') == done(there, 'git rev-parse main')
        wait(lambda: not locks(ours), lambda said=said: said)
        assert not (ours / '.git/roadmap-md/rebase').exists()
        assert not (ours / '.git/worktrees').exists()
        repo = git.find(str(ours / 'ROADMAP.md'))
        assert repo
        assert not journal.unfinished(repo.directory)
    print(dict(seen))
    assert 'error' not in done(ours, 'git fsck --strict 2>&1 | grep -v dangling || true')


LOCK = 'refs/remotes/origin/main.lock'  # which git makes while it moves what it last saw there
# How far a run came before it died, and what the next one says.
DIED = {
    'roadmap_md.git.picks.make': '',
    'roadmap_md.git.aside.Aside.run': 'had moved nothing yet: removed its work tree',
    'roadmap_md.git.aside.Aside.head': 'had moved nothing yet: removed its work tree',
    'roadmap_md.move._go': 'had begun to take in commits',
    'roadmap_md.files.replace': 'had begun to take in commits',
    'roadmap_md.git.move_ref': 'had begun to take in commits',
    'os.replace of the index': 'had begun to take in commits',
    'roadmap_md.git.remote.push': '',
}


def dying_at(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next sync die there, as if killed: without any of its cleaning up."""

    def die(*_: object, **__: object) -> None:
        os._exit(0)

    if where.startswith('os.replace'):
        replace = os.replace

        def replaced(old: str, new: str) -> None:
            if old.endswith('roadmap-md/next') and Path(old).with_name('move').exists():
                die()
            replace(old, new)

        monkeypatch.setattr(os, 'replace', replaced)
    else:
        monkeypatch.setattr(where, die)


@pytest.mark.parametrize(
    ('where', 'edited'),
    [
        *((where, False) for where in DIED),
        ('roadmap_md.move._go', True),
        ('os.replace of the index', True),
    ],
)
def test_died(place: Path, where: str, edited: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs, there = place / 'ours', place / 'theirs', place / 'there'
    edits = kept(ours)
    done(theirs, THEIRS.format(20))
    done(ours, "roadmap-md tick 'thing 21,'")
    if 'aside' in where:  # a hook of a rebase takes one in a work tree
        done(
            ours, "printf '#!/bin/sh\\n' >.git/hooks/post-rewrite; chmod +x .git/hooks/post-rewrite"
        )
    dying_at(where, monkeypatch)
    pid = forked(ours)
    assert os.waitpid(pid, 0)[1] == 0
    monkeypatch.undo()
    if edited:
        done(ours, 'echo later >>ROADMAP.md')
    said = done(ours, 'roadmap-md sync')
    assert DIED[where] in said
    assert kept(ours) == edits
    text = (ours / 'ROADMAP.md').read_text()
    assert ticks(text) == {20, 21} == ticks(done(there, 'git show main:ROADMAP.md'))
    assert ('some more text' in text, text.endswith('later\n')) == (True, edited)
    assert done(ours, 'git rev-parse HEAD') == done(there, 'git rev-parse main')
    assert not locks(ours)


@pytest.mark.parametrize('is_alive', [False, True])
def test_the_lock_of_another_run(place: Path, is_alive: bool) -> None:
    """It is deleted only where the run that made it was killed."""
    mark, lock = (place / 'ours/.git' / name for name in ('roadmap-md/talking', LOCK))
    mark.parent.mkdir()
    with mark.open('wb') as file:
        file.write(b'begun\n')
        file.flush()
        if is_alive:
            fcntl.flock(file, fcntl.LOCK_EX)
        lock.touch()
        done(place / 'theirs', THEIRS.format(20))
        said = sh(place / 'ours', 'roadmap-md sync')
    assert (said.returncode, lock.exists()) == ((2, True) if is_alive else (0, False)), said.stdout
    assert not is_alive or 'main.lock' in said.stdout


def test_a_work_tree_that_git_had_only_begun(place: Path) -> None:
    ours = place / 'ours'
    done(ours, 'mkdir -p .git/roadmap-md/rebase .git/worktrees/roadmap-md .git/worktrees/mine')
    done(
        ours, 'echo initializing | tee .git/worktrees/roadmap-md/locked >.git/worktrees/mine/locked'
    )
    assert 'had moved nothing yet: removed its work tree' in done(ours, 'roadmap-md sync')
    assert os.listdir(ours / '.git/worktrees') == ['mine']
    assert not (ours / '.git/roadmap-md/rebase').exists()
