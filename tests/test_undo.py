"""``undo``: what is taken back, of which task, in which order, and nothing else."""

import json
import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from test_message import check
from worktree import Work, done, sh, work_tree

from roadmap_md.commands.change import Options, change
from roadmap_md.commands.undo import undo
from roadmap_md.errors import UserError
from roadmap_md.status import Status

NAMES = ('Lists', 'Tuples', 'Sets')
# Without numbers there is no order that a rule could ask for.
PLAN = '# Plan [0/3]\n\n' + ''.join(f'- [ ] {name}\n' for name in NAMES)
MARKERS = {' ': Status.NOT_STARTED, '/': Status.IN_PROGRESS, 'x': Status.COMPLETED}
VERBS = {'tick': Status.COMPLETED, 'start': Status.IN_PROGRESS, 'reset': Status.NOT_STARTED}


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    monkeypatch.chdir(tmp_path)
    return work_tree(tmp_path, PLAN)


def states(data: bytes) -> str:
    """The markers, one after the other."""
    return ''.join(re.findall(r'(?m)^- \[(.)\]', data.decode()))


def state(work: Work) -> str:
    committed = work.bytes('show', 'HEAD:ROADMAP.md')
    assert committed == work.file.read_bytes() and work.git('status', '--porcelain') == ''
    assert f'[{states(committed).count("x")}/3]'.encode() in committed
    return states(committed)


# What is done; the markers then; the commits that the last undo took back, counted from the first.
CASES = {
    'the last': ('tick Lists; tick Tuples; undo', 'x  ', '2'),
    'again: the one before': ('tick Lists; tick Tuples; undo; undo', '   ', '1'),
    'several': ('tick Lists; tick Tuples; tick Sets; undo -n 2', 'x  ', '3 2'),
    'more than there are': ('tick Lists; tick Tuples; undo -n 9', '   ', '2 1'),
    'of a task, at any depth': ('tick Lists; tick Tuples; tick Sets; undo Lists', ' xx', '1'),
    'to what was before': ('start Lists; tick Lists; tick Sets; undo Lists', '/ x', '2'),
    'of a task, again': ('start Lists; tick Lists; undo Lists; undo Lists', '   ', '1'),
    'several of a task': ('start Lists; tick Lists; tick Sets; undo -n 2 Lists', '  x', '2 1'),
    'a reset': ('tick Lists; reset Lists; undo', 'x  ', '2'),
    'a reset, then the tick': ('tick Lists; reset Lists; undo; undo', '   ', '1'),
    'of a commit': ('tick Lists; tick Sets; undo HEAD~', '  x', '1'),
    'an undo': ('tick Lists; undo; undo HEAD', 'x  ', '2'),
    'an undo, then the tick again': ('tick Lists; undo; undo HEAD; undo', '   ', '3'),
    'an undo of an undo of an undo': ('tick Lists; undo; undo HEAD; undo HEAD; undo HEAD', 'x  ', '4'),
    'what was done after it': ('tick Lists; undo; tick Sets; undo; undo HEAD~2', 'x  ', '2'),
    'two undos, one after the other': (
        'start Lists; tick Lists; undo; undo; undo HEAD; undo HEAD~2', 'x  ', '3',
    ),
    'a range of tasks': ('tick Sets; tick Lists; tick Tuples; undo Lists..Tuples', '  x', '3 2'),
    'all of a commit': (
        'sed -i "s/ ] [LS]/x] &/; s/x]  ] /x] /" ROADMAP.md; sed -i "s/0.3/2\\/3/" ROADMAP.md; git commit -qam both;'
        ' undo HEAD', '   ', '1 1',
    ),
    'an undo, with another before it': (
        'start Lists; undo; tick Lists; undo; undo HEAD', 'x  ', '4',
    ),
    'a revert by git is a change like any other': (
        'tick Lists; git revert --no-edit HEAD >/dev/null; undo', 'x  ', '2',
    ),
    'after a rebase': (
        'tick Lists; start Tuples; tick Tuples; undo; GIT_COMMITTER_DATE=2026-02-02T00:00:00'
        ' git rebase -q --no-ff --root; undo', 'x  ', '2',
    ),
    'after a rebase, an undo': (
        'tick Lists; start Tuples; tick Tuples; undo; undo; GIT_COMMITTER_DATE=2026-02-02T00:00:00'
        ' git rebase -q --no-ff --root; undo HEAD', 'x/ ', '5',
    ),
    'in the order of history, not of dates': (
        'tick Lists; export GIT_AUTHOR_DATE=2020-02-02T00:00:00; tick Sets; undo', 'x  ', '2',
    ),
    'of another branch': (
        'git switch -qc side; tick Lists; git switch -q main; tick Sets; git merge -q --no-edit side;'
        ' undo Lists', '  x', None,
    ),
    'after the task was moved': (
        'tick Lists; sed -i "/Lists/d; s/- . . Sets/&\\n- [x] Lists/" ROADMAP.md;'
        ' git commit -qam move; undo', '   ', '1',
    ),
    'after the file was renamed': (
        'tick Lists; git mv ROADMAP.md p.md; git commit -qm move; git mv p.md ROADMAP.md;'
        ' git commit -qm back; undo', '   ', '1',
    ),
}  # fmt: skip


def run(work: Work, script: str) -> str:
    """What the last command of *script* prints, where ours stand without their name."""
    # the last count stays right by hand where two commits meet
    for verb in ('tick', 'start', 'reset', 'undo'):
        script = re.sub(rf'(^|; ?){verb}\b', rf'\1roadmap-md {verb}', script)
    *before, last = script.split(';')
    done(work.top, 'roadmap-md install >/dev/null; rm -f .git/hooks/*; ' + ';'.join(before) + ';:')
    return done(work.top, last)


@pytest.mark.parametrize('case', CASES.values(), ids=CASES)
def test_what_is_taken_back(work: Work, case: tuple[str, str, str | None]) -> None:
    script, wanted, taken = case
    printed = run(work, script + ' --json')
    assert state(work) == wanted
    if taken:
        order = work.git('rev-list', '--reverse', 'HEAD').split()
        undone = [order.index(one['undoes']) for one in json.loads(printed)['changes']]
        assert ' '.join(map(str, undone)) == taken
    for commit in work.git('rev-list', '--grep=^Roadmap-Undoes', 'HEAD').split():
        check(work.git('show', '-s', '--format=%B', commit) + '\n')
    lint = 'roadmap-md lint --select RM402,RM406 --strict --commits $(git rev-list --max-parents=0 HEAD)..'
    if 'reset' not in script:
        done(work.top, lint)


REFUSED = {
    'nothing yet': ('undo', 2, 'nothing is left to undo'),
    'nothing of it': ('tick Lists; undo Sets', 2, 'nothing is left to undo of plan/sets'),
    'taken back': ('tick Lists; undo; undo Lists', 2, 'brings back what that took back'),
    'taken back, by commit': ('tick Lists; undo; undo HEAD~', 2, 'was taken back already on 2026-01-05'),
    'changed since': ('start Lists; tick Lists; undo HEAD~', 2, 'has changed since'),
    'nothing but the first of two undos': ('start Lists; tick Lists; undo; undo; undo HEAD~', 2, 'has changed since'),
    'no change': ('echo >> ROADMAP.md; git commit -qam text; undo HEAD', 2, 'changed no status'),
    'a merge': (
        'git switch -qc side; tick Lists; git switch -q main; git merge -q --no-ff --no-edit side; undo HEAD',
        2, 'a merge has not done what it brought in',
    ),
    'another branch': (
        'git switch -qc side; tick Lists; git switch -q main; undo side', 2, 'changed no status',
    ),
    'neither task nor commit': ('undo Dictionaries', 2, "no task in ROADMAP.md is named 'Dictionaries'"),
    'an option as a name': ('undo -- --all', 2, "no task in ROADMAP.md is named '--all'"),
    'gone': ('tick Lists; sed -i /Lists/d ROADMAP.md; git commit -qam gone; undo HEAD~', 2, 'is not in ROADMAP.md any more'),
    'edited by hand': ('tick Lists; sed -i s/x/-/ ROADMAP.md; undo', 2, 'was edited by hand'),
    '-n of a commit': ('tick Lists; undo -n 2 HEAD', 2, 'leave -n out'),
    'a rule': (
        'sed -i "s/0.3/0\\/2/; s/Lists/Day 1/; s/Tuples/Day 2/; /Sets/d" ROADMAP.md; git commit -qam days;'
        ' tick "Day 1" "Day 2"; undo "Day 1"', 1, 'allow RM301',
    ),
    'a merge under way': (
        'git switch -qc side; tick Lists; git switch -q main; tick Sets;'
        ' git merge -q --no-commit --no-ff side; undo', 2, 'a merge is under way',
    ),
    'conflict markers': ('printf "<<<<<<< a\\n=======\\n>>>>>>> b\\n" >> ROADMAP.md; undo', 2, 'has conflict markers'),
}  # fmt: skip


@pytest.mark.parametrize('case', REFUSED.values(), ids=REFUSED)
def test_what_is_refused(work: Work, case: tuple[str, int, str]) -> None:
    script, code, said = case
    before, _, last = script.rpartition('; ')
    run(work, before + '; true') if before else None
    was = work.snapshot()
    refused = sh(work.top, 'roadmap-md ' + last)
    assert (refused.returncode, work.snapshot()) == (code, was), refused.stdout
    assert said in refused.stdout


def test_without_a_commit_in_the_repository(tmp_path: Path) -> None:
    (tmp_path / 'ROADMAP.md').write_text(PLAN)
    refused = sh(tmp_path, 'git init -q; roadmap-md undo')
    assert (refused.returncode, 'nothing is left to undo' in refused.stdout) == (2, True)


def test_without_a_repository(tmp_path: Path) -> None:
    (tmp_path / 'ROADMAP.md').write_text(PLAN)
    refused = sh(tmp_path, 'roadmap-md undo')
    assert (refused.returncode, 'only what git has' in refused.stdout) == (2, True)


# Two versions, the second one written by hand, and what an undo of that makes of a third.
SPELLINGS = {
    'a tick in capitals': ('- [x] A', '- [ ] A', '- [ ] A', '- [x] A'),
    'another spelling': ('- [X] A\n- [x] B', '- [ ] A\n- [x] B', '- [ ] A\n- [x] B', '- [X] A\n- [x] B'),
    'with its date': (
        '## Auth (COMPLETED 2026-03-29)\n\ntext', '## Auth (TODO)\n\ntext', '## Auth (TODO)\n\nmore',
        '## Auth (COMPLETED 2026-03-29)\n\nmore',
    ),
    'with what a tick put beside it': (
        '- [ ] A\n- [ ] B', '- [x] A ✅ 2026-03-29\n- [ ] B', '- [x] A ✅ 2026-03-29\n- [x] B', '- [ ] A\n- [x] B',
    ),
    'with what a reset took from beside it': (
        '- [x] A (done 2026-03-29)\n- [ ] B', '- [ ] A\n- [ ] B', '- [ ] A\n- [x] B',
        '- [x] A (done 2026-03-29)\n- [x] B',
    ),
    'written anew since': ('- [ ] A\n- [ ] B', '- [x] A\n- [ ] B', '- ✅ A\n- ⬜ B', '- ⬜ A\n- ⬜ B'),
    'with blanks of a table': (
        '| Day | Status |\n|---|---|\n| 1 | todo        |\n| 2 | done |', '| Day | Status |\n|---|---|\n| 1 | in progress |\n| 2 | done |',
        '| Day | Status |\n|---|---|\n| 1 | in progress |\n| 2 | done |\n\nmore', '| Day | Status |\n|---|---|\n| 1 | todo        |\n| 2 | done |\n\nmore',
    ),
    'counts as they are now': (
        '# P [0/3]\n- [ ] A\n- [ ] B\n- [ ] C', '# P [1/3]\n- [x] A\n- [ ] B\n- [ ] C', '# P [3/3]\n- [x] A\n- [x] B\n- [x] C',
        '# P [2/3]\n- [ ] A\n- [x] B\n- [x] C',
    ),
}  # fmt: skip


@pytest.mark.parametrize('versions', SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize('end', ['\n', '\r\n'])
def test_the_bytes_of_before_come_back(
    tmp_path: Path, versions: tuple[str, str, str, str], end: str
) -> None:
    first, second, third, wanted = (text.replace('\n', end).encode() for text in versions)
    work = work_tree(tmp_path, first.decode())
    for name, data in (('second', second), ('third', third)):
        work.file.write_bytes(data)
        work.sh(f'git commit -q --allow-empty -am {name}; git tag {name}')
    done(work.top, 'roadmap-md undo second')
    assert work.file.read_bytes() == wanted


def test_other_edits_stay(work: Work) -> None:
    run(work, 'tick Lists; tick Sets')
    work.sh(
        'sed -i "s/Tuples/Arrays/; s/# Plan/# The plan/" ROADMAP.md; git add .; echo >> ROADMAP.md'
    )
    staged, edited = work.edits('--cached'), work.edits()
    done(work.top, 'roadmap-md undo Lists -m "not yet"')
    assert (work.edits('--cached'), work.edits()) == (
        [row.replace('2/3', '1/3') for row in staged], edited,
    )  # fmt: skip
    assert work.edits('HEAD~', 'HEAD') == [
        '-# Plan [2/3]', '+# Plan [1/3]', '-- [x] Lists', '+- [ ] Lists',
    ]  # fmt: skip
    assert 'not yet\n\nThis takes back' in work.git('show', '-s', '--format=%B')


@pytest.mark.parametrize('option', ['--dry-run', '--diff', '--dry-run --json'])
def test_trying_changes_nothing(work: Work, option: str) -> None:
    run(work, 'tick Lists; tick Sets')
    before = work.snapshot()
    printed = done(work.top, f'roadmap-md undo -n 2 {option}')
    assert printed and work.snapshot() == before


def test_without_a_commit(work: Work) -> None:
    run(work, 'tick Lists; tick Sets')
    done(work.top, 'roadmap-md undo --no-commit')
    assert states(work.file.read_bytes()) == 'x  '
    assert states(work.bytes('show', 'HEAD:ROADMAP.md')) == 'x x'


class Oracle:
    """What was done, oldest first, without a word of ours: which commit, what it made, what stands."""

    def __init__(self) -> None:
        # the first commit, the task, the status before and after
        self.made: list[tuple[str, int, Status, Status]] = []
        self.names: dict[str, list[str]] = {}  # by the first: that, its undo, the undo of that, …

    def first(self, commit: str) -> str:
        return next(first for first, names in self.names.items() if commit in names)

    def stands(self, first: str) -> bool:
        return len(self.names[first]) % 2 == 1

    @property
    def state(self) -> list[Status]:
        found = [Status.NOT_STARTED] * len(NAMES)
        for first, task, _, status in self.made:
            if self.stands(first):
                found[task] = status
        return found

    def latest(self, order: list[str], tasks: set[int]) -> str | None:
        """The newest commit of what stands of *tasks*; *order* has them oldest first."""
        last = [
            self.names[first][-1]
            for first, task, _, _ in self.made
            if self.stands(first) and task in tasks
        ]
        return max(last, key=order.index, default=None)

    def may_undo(self, commit: str) -> bool:
        first = self.first(commit)
        task, was = next((task, was) for name, task, was, _ in self.made if name == first)
        own = [name for name, other, _, _ in self.made if other == task]
        after = own[own.index(first) + 1 :]
        if self.names[first][-1] != commit or any(map(self.stands, after)):
            return False
        return self.stands(first) or self.state[task] is was


def campaign(work: Work, chance: random.Random, capsys: pytest.CaptureFixture[str]) -> int:
    """A random sequence of changes and undos; how many undos were made."""
    oracle, order, undone = Oracle(), [], 0
    for _ in range(chance.randint(4, 16)):
        os.environ['GIT_AUTHOR_DATE'] = f'2026-01-{chance.randint(1, 28):02}T09:00:00+0100'
        before = work.git('rev-parse', 'HEAD'), work.file.read_bytes()
        if not order or chance.random() < 0.5:
            task, verb = chance.randrange(3), chance.choice(sorted(VERBS))
            was = oracle.state[task]
            assert change((NAMES[task],), VERBS[verb], Options()) == 0
            if was is not VERBS[verb]:
                commit = work.git('rev-parse', 'HEAD')
                order.append(commit)
                oracle.made.append((commit, task, was, VERBS[verb]))
                oracle.names[commit] = [commit]
        else:
            undone += taken_back(work, chance, oracle, order, before, capsys)
        capsys.readouterr()
        assert [MARKERS[marker] for marker in state(work)] == oracle.state
    for commit in order:
        check(work.git('show', '-s', '--format=%B', commit) + '\n')
    return undone


def taken_back(
    work: Work, chance: random.Random, oracle: Oracle, order: list[str],
    before: tuple[str, bytes], capsys: pytest.CaptureFixture[str],
) -> int:  # fmt: skip
    """Undo something at random, and see that it was the right thing; how much was undone."""
    kind = chance.choice(['last', 'several', 'task', 'commit', 'commit'])
    commit, task, number = chance.choice(order), chance.randrange(3), chance.randint(1, 4)
    tasks = {task} if kind == 'task' else set(range(3))
    allowed = oracle.latest(order, tasks) is not None
    name, wanted = None, number if kind == 'several' else None
    if kind == 'commit':
        name, allowed = commit[: chance.choice([7, 12, 40])], oracle.may_undo(commit)
    elif kind == 'task':
        name = NAMES[task]
    capsys.readouterr()
    try:
        assert undo(name, wanted, Options(output_format='json')) == 0
    except UserError:
        assert not allowed
        assert (work.git('rev-parse', 'HEAD'), work.file.read_bytes()) == before
        return 0
    assert allowed
    changes: list[dict[str, Any]] = json.loads(capsys.readouterr().out)['changes']
    assert len(changes) <= (wanted or 1)
    for made in changes:
        expected = commit if kind == 'commit' else oracle.latest(order, tasks)
        assert made['undoes'] == expected
        oracle.names[oracle.first(made['undoes'])].append(made['commit'])
        order.append(made['commit'])
    left = oracle.latest(order, tasks)
    assert kind != 'several' or len(changes) == number or left is None
    return len(changes)


def test_the_state_is_that_of_what_was_not_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], long: bool
) -> None:
    undone = 0
    for seed in range(600 if long else 8):
        work = work_tree(tmp_path / str(seed), PLAN)
        monkeypatch.chdir(work.top)
        monkeypatch.setenv('GIT_AUTHOR_DATE', '2026-01-05T09:00:00+0100')
        undone += campaign(work, random.Random(seed), capsys)
    assert undone > (1000 if long else 10)
    with capsys.disabled():
        print(f' {undone} undos', end='')
