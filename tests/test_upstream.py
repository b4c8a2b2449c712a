"""``sync`` with others: what comes, what goes, and what stays as it was, in real clones."""

from pathlib import Path

import pytest
from worktree import done

PLAN = '# Plan\n\n' + ''.join(
    f'- [ ] {title}\n' for title in ('Lists', 'Tuples', 'Sets', 'Dicts', 'Maps')
)
# `there` is a bare repository; `ours` and `theirs` are clones of it.
START = """
git init -q -b main --bare there
git clone -q there ours 2>clone.txt
cd ours; cat > ROADMAP.md; printf 'one\\ntwo\\nthree\\n' | tee other.md > third.md
git add .; git commit -qm 'docs: plan'; git push -q -u origin main
cd ..; git clone -q there theirs
"""
# Ticks a task, as a commit of git's own; and what the others do, which is sent at once.
FUNCTIONS = """
tick() { sed -i "s/\\[ \\] $1/[x] $1/" ROADMAP.md; git commit -q --no-verify -m "docs(roadmap): complete $1" -- ROADMAP.md; }
theirs() { (export GIT_AUTHOR_NAME=Bob; cd ../theirs; git pull -q --rebase; eval "$1"; git push -q); }
"""


def ticked(*titles: str, text: str = PLAN) -> str:
    for title in titles:
        text = text.replace(f'[ ] {title}', f'[x] {title}')
    return text


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    (tmp_path / 'plan').write_text(PLAN)
    done(tmp_path, f'{{ {START} }} < plan')
    return tmp_path / 'ours'


def run(ours: Path, script: str) -> str:
    return done(ours, FUNCTIONS + script)


def at(repository: Path, what: str = 'main:ROADMAP.md') -> str:
    return done(repository, f'git show {what}')


def state(tree: Path) -> list[str]:
    """All that a refused sync must leave as it was."""
    asked = (
        'git rev-parse HEAD',
        'git status --porcelain --branch',
        'git diff',
        'git diff --cached',
    )
    index = (tree / '.git/index').read_bytes().hex() if (tree / '.git').is_dir() else ''
    return [*(done(tree, one).split('[')[0] for one in asked), index]


# What is done before, what `sync` prints (in this order), and what the tracker there has then.
EXCHANGES = {
    'nothing': ('', 'nothing to commit, up to date with origin/main', ()),
    'ours only': ('tick Lists', '↑ 1 commit to origin/main', ('Lists',)),
    'a hand edit': ('sed -i "s/ ] Lists/x&/; s/x ]/x]/" ROADMAP.md', '↑ 1 commit', ('Lists',)),
    'theirs only': ('theirs "tick Lists"', '↓ 1 commit from origin/main', ('Lists',)),
    'both': (
        'tick Lists; theirs "tick Tuples"', '↓ 1 commit from origin/main, and yours on top',
        ('Lists', 'Tuples'),
    ),
    'both did the same': ('tick Lists; theirs "tick Lists"', '↓ 1 commit', ('Lists',)),
    'many': (
        'tick Lists; tick Sets; theirs "tick Tuples; tick Dicts"', '↓ 2 commits', ('Lists', 'Sets', 'Tuples', 'Dicts'),
    ),
    'a driver of that name that fails': (
        'git config merge.roadmap-md.driver false; tick Lists; theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'installed': (
        'roadmap-md install >/dev/null; rm .git/hooks/*; tick Lists; theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'merge=union by attribute': (
        'echo "*.md merge=union" >.gitattributes; git add .; git commit -qm "chore: union"; tick Lists;'
        'theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'attributes of the user': (
        'echo "*.md text" >../own; git config core.attributesFile "$PWD/../own"; tick Lists; theirs "tick Tuples"',
        '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'a merge among ours': (
        'git switch -qc side; tick Lists; git switch -q main; tick Dicts; git -c merge.default=union merge -q --no-edit -X ours side;'
        'theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples', 'Dicts'),
    ),
    'pull.rebase and merge.ff': (
        'git config pull.rebase false; git config merge.ff only; tick Lists; theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'rebase.autoStash and updateRefs': (
        'git config rebase.autoStash true; git config rebase.updateRefs true; git config rebase.backend apply;'
        'tick Lists; git branch old; tick Sets; theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Sets', 'Tuples'),
    ),
    'a branch with an odd name': (
        "git switch -qc 'ö-$(x)\";&🎯'; git push -q -u origin HEAD; tick Lists; git push -q origin HEAD:main", '↑ 1 commit', ('Lists',),
    ),
    'url.insteadOf': (
        'git config url.$PWD/../.insteadOf base:; git remote set-url origin base:there; tick Lists; theirs "tick Tuples"',
        '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'pushurl': (
        'git remote set-url origin ../nowhere/../there; git remote set-url --push origin $PWD/../there; mkdir ../nowhere;'
        'tick Lists', '↑ 1 commit', ('Lists',),
    ),
    'a shallow clone': (
        'cd ..; theirs() { (cd theirs; git pull -q; eval "$1"; git push -q); }; theirs "tick Dicts"; rm -rf ours;'
        'git clone -q --depth 1 file://$PWD/there ours; cd ours; tick Lists; cd ..; theirs "tick Tuples"; cd ours',
        '↓ 1 commit', ('Lists', 'Tuples', 'Dicts'),
    ),
    'a partial clone': (
        'git -C ../there config uploadpack.allowFilter true; cd ..; rm -rf ours;'
        'git clone -q --filter=blob:none file://$PWD/there ours; cd ours; tick Lists; theirs "tick Tuples; tick Sets"',
        '↓ 2 commits', ('Lists', 'Tuples', 'Sets'),
    ),
    'a sparse checkout': (
        'git sparse-checkout set --no-cone /ROADMAP.md 2>/dev/null; tick Lists; theirs "tick Tuples; echo 4 >>third.md; git commit -qam four"',
        '↓ 2 commits', ('Lists', 'Tuples'),
    ),
    'a submodule': (
        'git -c protocol.file.allow=always submodule --quiet add ../there sub; git commit -qm sub; tick Lists; theirs "tick Tuples"',
        '↓ 1 commit', ('Lists', 'Tuples'),
    ),
    'two branches there': (
        'git push -q origin main:side; tick Lists', '↑ 1 commit', ('Lists',),
    ),
    'from beneath': ('tick Lists; theirs "tick Tuples"; mkdir sub; cd sub', '↓ 1 commit', ('Lists', 'Tuples')),
    'push.default nothing': ('git config push.default nothing; tick Lists', '↑ 1 commit', ('Lists',)),
    'push.default matching': ('git config push.default matching; tick Lists', '↑ 1 commit', ('Lists',)),
    'push.default upstream': (
        'git config push.default upstream; git switch -q -c mine -t origin/main; tick Lists', '↑ 1 commit to origin/main', ('Lists',),
    ),
    'a branch that is not there yet': (
        'git update-ref -d refs/remotes/origin/main; git -C ../there update-ref -d refs/heads/main; tick Lists', '↑', ('Lists',),
    ),
    'hooks and their path': (
        'mkdir hooks; printf "#!/bin/sh\\npwd >>\\"$PWD/.git/ran\\"\\n" | tee hooks/pre-rebase >hooks/pre-push; chmod +x hooks/*;'
        'git config core.hooksPath hooks; git add .; git commit -qm hooks; tick Lists; theirs "tick Tuples"', '↓ 1 commit', ('Lists', 'Tuples'),
    ),
}  # fmt: skip


@pytest.mark.parametrize('merge', ['', ' --merge'], ids=['rebase', 'merge'])
@pytest.mark.parametrize(('script', 'said', 'titles'), EXCHANGES.values(), ids=EXCHANGES)
def test_exchanges(ours: Path, script: str, said: str, titles: tuple[str, ...], merge: str) -> None:
    edited = 'echo more >>other.md; echo staged >>third.md; git add third.md'
    if 'sparse' in script:
        edited = ':'
    printed = run(
        ours, f'{script}\n(cd "$(git rev-parse --show-toplevel)"; {edited})\nroadmap-md sync{merge}'
    )
    expected = said.replace(', and yours on top', ', merged') if merge else said
    assert expected in printed
    assert at(ours.parent / 'there') == ticked(*titles) == (ours / 'ROADMAP.md').read_text()
    lines = (ours / 'other.md').read_text() if edited != ':' else 'three\nmore\n'
    assert lines.endswith('three\nmore\n')
    assert run(ours, 'git diff --cached --name-only') == ('third.md\n' if edited != ':' else '')
    assert 'up to date' in run(ours, 'roadmap-md sync')
    assert not (ours / '.git/roadmap-md/rebase').exists()
    assert not list((ours / '.git').rglob('*.lock'))
    ahead = run(ours, 'git rev-list --count HEAD --not --remotes')
    assert ahead == '0\n'
