"""Five clones tick through one bare repository, in any order and at the same time: none is lost."""

import json
import random
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pytest
from serving import SERVERS
from worktree import done, sh

CLONES = 5


def plan(tasks: int) -> str:
    return '# Plan\n' + ''.join(
        ('' if at % 10 else f'\n## Part {at // 10 + 1} [0/{min(10, tasks - at)}]\n\n')
        + f'- [ ] thing {at}, to do\n'
        for at in range(tasks)
    )


def completed(plan: str) -> str:
    return re.sub(r'\[0/(\d+)\]', r'[\1/\1]', plan.replace('[ ]', '[x]'))


def tick(clone: Path, at: int, by_hand: bool) -> None:
    if by_hand:
        done(clone, f"sed -i 's/\\[ \\] thing {at},/[x] thing {at},/' ROADMAP.md")
    else:
        done(clone, f"roadmap-md tick 'thing {at},'")


def work(clone: Path, numbers: list[int], seed: int) -> list[str]:
    """Tick all *numbers* in *clone*, and sync now and then; the words of what went wrong."""
    chance = random.Random(seed)
    wrong = []
    for at in numbers:
        tick(clone, at, by_hand=chance.random() < 0.5)
        if chance.random() < 0.7:
            ended = sh(clone, 'roadmap-md sync' + chance.choice(['', '', ' --merge']))
            if ended.returncode:
                wrong.append(ended.stdout)
    return wrong


@pytest.mark.parametrize('at_once', [False, True], ids=['in turn', 'at once'])
@pytest.mark.parametrize('server', SERVERS)
def test_five_clones(tmp_path: Path, server: str, at_once: bool, long: bool) -> None:
    each = 100 if long else 2
    if not long and (server, at_once) not in (('git daemon', True), ('http-backend', False)):
        pytest.skip('the long run tries them all')
    tasks = CLONES * each
    chance = random.Random(f'{server}{at_once}')
    (tmp_path / 'plan').write_text(plan(tasks))
    done(
        tmp_path,
        'git init -q -b main --bare there.git; git -C there.git config http.receivepack true\n'
        'git clone -q there.git first 2>words; cp plan first/ROADMAP.md; cd first; git add .\n'
        'git commit -qm "docs: plan"; git push -q origin main',
    )
    numbers = list(range(tasks))
    chance.shuffle(numbers)
    with SERVERS[server](tmp_path) as url:
        clones = [tmp_path / f'clone {number}' for number in range(CLONES)]
        for number, clone in enumerate(clones):
            done(tmp_path, f'git clone -q {url}/there.git "{clone.name}"')
            done(clone, f'git config user.name {number}; git config user.email {number}@x.org')
            if number >= 2:
                done(clone, 'roadmap-md install')
        if at_once:
            with ThreadPoolExecutor(CLONES) as pool:
                shares = [numbers[first::CLONES] for first in range(CLONES)]
                ended = [*pool.map(work, clones, shares, range(CLONES))]
        else:
            turns = [(chance.randrange(CLONES), at) for at in numbers]
            ended = [work(clones[turn], [at], at) for turn, at in turns]
        for clone in clones * 2:
            done(clone, 'roadmap-md sync')
    wrong = list(chain(*ended))
    # Ten times somebody else may be first, and then that is said; nothing else goes wrong.
    assert [words for words in wrong if 'somebody else was first' not in words] == []
    every = completed(plan(tasks))
    assert {(clone / 'ROADMAP.md').read_text() for clone in clones} == {every}
    assert len({done(clone, 'git rev-parse HEAD') for clone in clones}) == 1
    log = json.loads(done(clones[0], 'roadmap-md log --json'))['transitions']
    told = sorted(int(row['title'].split()[1][:-1]) for row in log if row['to'] == 'completed')
    assert told == list(range(tasks)), 'ticks that were lost, or made up'
    assert len(log) == tasks
    merges = int(done(clones[0], 'git rev-list --count --merges HEAD'))
    print(server, at_once, f'{tasks} ticks, {merges} merges, {len(wrong)} syncs gave up')


def test_a_crowd(tmp_path: Path, long: bool) -> None:
    """All push to one server at the same time; whoever gives up tries again."""
    crowd = 200 if long else 6
    (tmp_path / 'plan').write_text(plan(crowd))
    done(
        tmp_path,
        'git init -q -b main --bare there.git; git -C there.git config http.receivepack true\n'
        'git clone -q there.git first 2>words; cp plan first/ROADMAP.md; cd first; git add .\n'
        'git commit -qm "docs: plan"; git push -q origin main',
    )
    with SERVERS['http-backend'](tmp_path) as url:
        done(tmp_path, f'git clone -q {url}/there.git one')
        done(tmp_path, f'for at in $(seq {crowd}); do cp -r one clone-$at; done')
        with ThreadPoolExecutor(crowd) as pool:
            ended = [
                *pool.map(lambda at: one_of_many(tmp_path / f'clone-{at + 1}', at), range(crowd))
            ]
    every = completed(plan(crowd))
    assert done(tmp_path / 'there.git', 'git show main:ROADMAP.md') == every
    assert int(done(tmp_path / 'there.git', 'git rev-list --count main')) == crowd + 1
    retries, gave_up = (sum(numbers) for numbers in zip(*ended, strict=True))
    print(f'{crowd} clones at once, {retries} retries, {gave_up} syncs gave up and were run again')


def one_of_many(clone: Path, at: int) -> tuple[int, int]:
    """Tick one task by hand and sync until it is sent; how often somebody else was first, and so
    often that sync gave up."""
    tick(clone, at, by_hand=True)
    gave_up = 0
    while True:
        ended = sh(clone, 'roadmap-md sync --json 2>words')
        if not ended.returncode:
            told = json.loads(ended.stdout)
            assert told['sent'] == 1
            return told['retries'], gave_up
        assert 'somebody else was first' in (clone / 'words').read_text()
        gave_up += 1
