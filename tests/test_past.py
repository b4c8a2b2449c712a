"""What was found in history is kept; kept, killed, corrupted or deleted, the answer is the same."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_history import build
from test_history_laws import Work
from worktree import sh

from roadmap_md import git
from roadmap_md.history import ScopeChange
from roadmap_md.past import read_past
from roadmap_md.vocabulary import Preference

RUN = [sys.executable, '-m', 'roadmap_md', 'log', '--json']


def answer(path: Path) -> tuple[list[ScopeChange], list[ScopeChange], tuple[str, ...]]:
    """All that can be asked of the past."""
    repo = git.find(str(path))
    assert repo
    past = read_past(repo, str(path), Preference())
    assert [task.key for task in past.newest.tasks] == list(past.keys)
    return [*past.transitions], [*past.scope], past.incomplete


def kept(top: Path) -> Iterator[Path]:
    return (top / '.git/roadmap-md').glob('history-*')


def basis(top: Path) -> Iterator[Path]:
    return (top / '.git/roadmap-md').glob('basis-*')


def forget(top: Path) -> None:
    for file in (*kept(top), *basis(top)):
        file.unlink()


def asked_anew(path: Path, top: Path) -> object:
    forget(top)
    return answer(path)


@pytest.mark.parametrize('part', range(10))
def test_what_is_kept_changes_no_answer(part: int, tmp_path: Path, long: bool) -> None:
    for seed in range(part, 1_000 if long else 20, 10):
        work = Work(tmp_path / str(seed), 10_000 + seed)
        for _ in range(work.choose.randint(5, 30)):
            work.step()
            if work.choose.random() < 0.5:
                answer(work.file)
        if work.choose.random() < 0.5:
            work.edit('tick', 'retitle')
        assert answer(work.file) == asked_anew(work.file, work.top), seed


STEPS = {
    'nothing': '',
    'a tick': 'ticked Tuples',
    'not committed': 'tick Tuples',
    'retitled and ticked': "edit 's/Tuples/Pairs/'; ticked Pairs",
    'a task more': r"edit 's/(.*Tuples.*)/\1\n✅ Day 9 – Sets  /'; commit a",
    'a merge': 'branch b; ticked Tuples; switch main; ticked Read; merge b',
    'a merge of an older branch': 'switch old; ticked Write; switch main; merge old',
    'a branch from before': 'switch old',
    'rebased': 'switch old; ticked Write; clock; git rebase -q main',
    'amended': 'tick Tuples; git add -A; clock; git commit -q --amend -m a',
    'taken back': 'git reset -q --hard HEAD^',
    'renamed': 'git mv ROADMAP.md plan.md; F=plan.md; ticked Tuples',
    'deleted': 'git rm -q ROADMAP.md; git commit -qm gone',
    'conflicted': 'branch b; ticked Tuples; switch main; begin Tuples; commit a; conflict b',
    'another legend': "edit 's/✅ Completed/☑ Completed/; s/^✅/☑/'; commit a",
    'in the same second': 'T=$((T - 60)); ticked Tuples',
    'another name for a person': 'echo "A <a@b> <author@example.com>" > .mailmap',
    'a commit replaced': 'ticked Tuples; git replace --graft HEAD HEAD^^',
    'pruned': 'branch b; git checkout -q --orphan c; commit a; git branch -q -D main b old;'
              ' git reflog expire --expire=now --all; git gc -q --prune=now',
}  # fmt: skip


@pytest.mark.parametrize('script', STEPS.values(), ids=STEPS)
def test_what_came_since(script: str, tmp_path: Path) -> None:
    asked = f'(PYTHONPATH={os.pathsep.join(sys.path)} {" ".join(RUN)} > /dev/null)'
    path, _ = build(tmp_path, f'git branch old; ticked Lists; {asked}; {script}')
    assert list(kept(tmp_path / 'top'))
    assert answer(path) == asked_anew(path, tmp_path / 'top')


# What was done before history was asked for, and what since.
LATER = {
    'two commits of one second, in the order of git': (
        'branch b; ticked Lists; switch main; T=$((T - 60)); branch c; ticked Read; switch main;'
        ' merge --no-ff b; merge c', 'switch b; merge --no-ff main'),
    'two commits of one second, on another branch': (
        'branch b; ticked Lists; switch main; T=$((T - 60)); branch c; ticked Read; switch b;'
        ' git checkout -q -B main; merge c', 'switch c; merge --no-ff main'),
    'replaced commits are not used': (
        'ticked Lists; ticked Read; git replace --graft HEAD HEAD^^', 'git config core.useReplaceRefs false'),
    'the newest version is lost': (
        'ticked Lists; ticked Read', 'B=$(git rev-parse HEAD:ROADMAP.md);'
        ' rm -f ".git/objects/$(echo "$B" | cut -c1-2)/$(echo "$B" | cut -c3-)"'),
    'replaced commits are used again': (
        'git config core.useReplaceRefs false; ticked Lists; ticked Read; git replace --graft HEAD HEAD^^',
        'git config core.useReplaceRefs true'),
    'untracked, and brought back by a merge': (
        'ticked Lists; branch b; other o; switch main; git mv ROADMAP.md plan.md; F=plan.md; ticked Read;'
        ' git show b:ROADMAP.md > ROADMAP.md; echo ROADMAP.md > .git/info/exclude',
        'git checkout -qf b; F=ROADMAP.md; ticked Write; git checkout -qf main; clock;'
        ' git merge -q -s ours --no-commit b; git rm -qf plan.md; git checkout -q b -- ROADMAP.md; git commit -qm m'),
}  # fmt: skip


@pytest.mark.parametrize(('script', 'later'), LATER.values(), ids=LATER)
def test_what_was_kept_of_another_order(script: str, later: str, tmp_path: Path) -> None:
    asked = f'(PYTHONPATH={os.pathsep.join(sys.path)} {" ".join(RUN)} ROADMAP.md > /dev/null)'
    path, _ = build(tmp_path, f'{script}; {asked}; {later}; F=ROADMAP.md')
    assert list(kept(tmp_path / 'top'))
    assert answer(path) == asked_anew(path, tmp_path / 'top')


@pytest.fixture
def work(tmp_path: Path) -> Work:
    made = Work(tmp_path / 'work', 7)
    for _ in range(30):
        made.edit(made.kind(), 'tick')
        made.commit()
    return made


def test_nothing_new_is_not_read(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(work.file)
    monkeypatch.setattr(git, 'revisions', None)
    assert answer(work.file)[0]


@pytest.mark.parametrize(
    'edits, times',
    [
        pytest.param(['tick'], 1, id='followed'),
        pytest.param(['tick', 'retitle'], 2, id='parsed, since it cannot be followed'),
    ],
)
def test_only_what_is_new_is_read(
    work: Work, monkeypatch: pytest.MonkeyPatch, edits: list[str], times: int
) -> None:
    answer(work.file)
    work.edit(*edits)
    work.commit()
    asked: list[tuple[str, ...]] = []
    revisions = git.revisions

    def recorded(*arguments):
        asked.append(tuple(arguments[2]))
        return revisions(*arguments)

    monkeypatch.setattr(git, 'revisions', recorded)
    found = answer(work.file)
    assert [len(tips) for tips in asked] == [2] * times
    assert found == asked_anew(work.file, work.top)


def test_corrupted(work: Work, long: bool) -> None:
    expected = answer(work.file)
    (file,) = kept(work.top)
    whole = file.read_bytes()
    for data in corrupted(whole, 400 if long else 40):
        file.write_bytes(data)
        assert answer(work.file) == expected
        assert file.read_bytes() == whole


def test_corrupted_basis(work: Work, long: bool) -> None:
    answer(work.file)
    (file,), (other,) = kept(work.top), basis(work.top)
    before, whole = file.read_bytes(), other.read_bytes()
    work.edit('tick')
    work.commit()
    expected = answer(work.file)
    assert expected == asked_anew(work.file, work.top)
    for data in (b'', *corrupted(whole, 400 if long else 40)):
        file.write_bytes(before)
        other.write_bytes(data)
        assert answer(work.file) == expected


def corrupted(whole: bytes, times: int) -> Iterator[bytes]:
    choose = random.Random(1)
    for _ in range(times):
        data = bytearray(whole)
        match choose.randrange(4):
            case 0:
                data[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
            case 1:
                del data[choose.randrange(len(data)) :]
            case 2:
                at = choose.randrange(len(data))
                data[at : at + 64] = bytes(64)
            case 3:
                data += data[: choose.randrange(1, len(data))]
        yield bytes(data)


def test_of_another_program(work: Work) -> None:
    """A sound checksum around something else."""
    from roadmap_md import cache

    answer(work.file)
    work.edit('tick')
    work.commit()
    expected = answer(work.file)
    for file in (*kept(work.top), *basis(work.top)):
        stamp = file.read_bytes().split(b'\n')[1]
        for rest in (b'', b'\0' * 64, b'\xff' * 64, b'a\0b\0', os.urandom(1000)):
            cache.save(str(file), stamp, rest)
            assert answer(work.file) == expected


def test_killed(work: Work, long: bool) -> None:
    expected = asked_anew(work.file, work.top)
    killed = 0
    for at in range(400 if long else 40):
        work.edit('tick')
        work.commit()
        process = subprocess.Popen(RUN, cwd=work.top, stdout=subprocess.DEVNULL)
        time.sleep(0.02 + at % 20 * 0.008)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    assert killed > 10
    found = answer(work.file)
    assert found == asked_anew(work.file, work.top)
    assert found != expected


def test_it_cannot_be_written(work: Work) -> None:
    expected = asked_anew(work.file, work.top)
    forget(work.top)
    directory = work.top / '.git/roadmap-md'
    for file in directory.iterdir():
        file.unlink()
    directory.rmdir()
    directory.write_text('in the way')
    assert answer(work.file) == expected


def test_what_nobody_needs_any_more_goes(work: Work) -> None:
    directory = work.top / '.git/roadmap-md'
    answer(work.file)
    for name in (
        'history-0',
        'history-1',
        'history-2.0a1b',
        'structures.0a1b',
        'structures',
        'lock',
    ):
        (directory / name).write_text('')
        if name != 'history-1':
            os.utime(directory / name, (time.time() - 91 * 86_400,) * 2)
    work.edit('tick')
    work.commit()
    answer(work.file)
    assert (directory / 'history-0').exists()
    work.git('mv', work.file.name, 'renamed.md')
    work.commit()
    answer(work.file)
    left = {file.name for file in directory.iterdir() if not file.stat().st_size}
    assert left == {'history-1', 'lock'} | {'structures'} & left
    assert len([*kept(work.top)]) == 3


def test_shared_by_work_trees_and_runs(work: Work) -> None:
    other = work.top.parent / 'other'
    assert sh(work.top, f'git worktree add -q -b other {other}').returncode == 0
    runs = []
    for top in (work.top, other) * 4:
        runs.append(subprocess.Popen(RUN, cwd=top, stdout=subprocess.PIPE))
        if len(runs) == 4:
            sh(other, "sed -i 's/^🟨/✅/; s/^- 🟨/- ✅/' *.md; git commit -qam a")
    for run in runs:
        assert run.communicate()[0].startswith(b'{')
        assert run.returncode == 0
    for top in (work.top, other):
        (path,) = top.glob('*.md')
        assert answer(path) == asked_anew(path, work.top)
