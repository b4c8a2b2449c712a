"""Hooks, run for real: plain git, pre-commit and prek, with what people have staged.

Each way of committing, in each of the three, is tried with a skip, which is refused, and with a
tick, which passes; the files in the work tree have the same bytes afterwards.
"""

import fcntl
import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from console import ROOT
from worktree import contents, done, sh

from roadmap_md.hooks import HOOKS

PLAN = """\
## Week 1

- [x] Day 1: Lists
- [ ] Day 2: Tuples
- [ ] Day 3: Sets

## Notes

one
two
three
"""
TICKED = PLAN.replace('[ ] Day 2', '[x] Day 2')
SKIPPED = PLAN.replace('[ ] Day 3', '[x] Day 3')
WHERE = "ROADMAP.md:5:3: RM301 completed, but 'Tuples' on line 4 is not"
KINDS = ('plain', 'pre-commit', 'prek')
CONFIG = """\
repos:
  - repo: {source}
    rev: {revision}
    hooks: [{{id: roadmap-md-fix}}, {{id: roadmap-md-lint}}, {{id: roadmap-md-commit-msg}}]
"""


@pytest.fixture(scope='session')
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A directory that all workers of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    directory = (base if worker_id == 'master' else base.parent) / 'hooks'
    directory.mkdir(exist_ok=True)
    os.environ.update(PRE_COMMIT_HOME=str(directory / 'pch'), PREK_HOME=str(directory / 'prk'))
    return directory


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    with open(directory / 'lock', 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope='session')
def templates(shared: Path) -> Path:
    """A directory with a work tree for each of KINDS, with PLAN committed and hooks installed."""
    with alone(shared):
        if not (shared / 'ready').exists():
            revision = publish(shared / 'source')
            for kind in KINDS:
                tree = shared / kind
                tree.mkdir()
                (tree / 'ROADMAP.md').write_text(PLAN)
                (tree / 'notes.md').write_text('one\n')
                if kind != 'plain':
                    config = CONFIG.format(source=shared / 'source', revision=revision)
                    (tree / '.pre-commit-config.yaml').write_text(config)
                done(tree, 'git init -q -b main; git add .; git commit -qm "docs: plan"')
                command = 'roadmap-md' if kind == 'plain' else kind
                types = '' if kind == 'plain' else '-t pre-commit -t commit-msg --install-hooks'
                done(tree, f'{command} install {types}')
            (shared / 'ready').touch()
    return shared


def publish(source: Path) -> str:
    """Make *source* the repository of our hooks, with what is not committed yet; its revision."""
    done(ROOT, f'git clone -q . {source}')
    for name in done(ROOT, 'git ls-files -com --exclude-standard').split():
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    done(source, 'git add -A; git diff --cached --quiet || git commit -qm "chore: as it is"')
    return done(source, 'git rev-parse HEAD').strip()


@pytest.fixture(params=KINDS)
def tree(request: pytest.FixtureRequest, templates: Path, tmp_path: Path) -> Path:
    return shutil.copytree(templates / request.param, tmp_path / 'tree', symlinks=True)


@pytest.fixture
def plain(templates: Path, tmp_path: Path) -> Path:
    return shutil.copytree(templates / 'plain', tmp_path / 'tree', symlinks=True)


# What stands before the commit, and the commit. $new is the plan that is committed: with a tick
# or with a skip. notes.md is edited, and not staged.
STYLES = {
    'commit': ('cp $new ROADMAP.md; git add ROADMAP.md', 'git commit -m "docs: tick"'),
    '-a': ('cp $new ROADMAP.md', 'git commit -am "docs: tick"'),
    '-p': (
        'sed s/three/four/ $new > ROADMAP.md',
        r'printf "y\nn\nn\n" | git commit -p -m "docs: tick"',
    ),
    '--only': (
        'cp $new ROADMAP.md; echo text > other.md; git add other.md',
        'git commit -m "docs: tick" --only ROADMAP.md',
    ),
    '--amend': ('cp $new ROADMAP.md; git add ROADMAP.md', 'git commit --amend --no-edit'),
    'worktree': (
        'git worktree add -q linked; cp $new linked/ROADMAP.md; git -C linked add ROADMAP.md',
        'cd linked; git commit -m "docs: tick"',
    ),
    'rebase': (
        'git commit -q --no-verify --allow-empty -m "docs: empty"\n'
        'GIT_SEQUENCE_EDITOR="sed -i s/^pick/edit/" git rebase -q -i --autostash HEAD~\n'
        'echo edited >> notes.md; cp $new ROADMAP.md; git add ROADMAP.md',
        'git commit --amend -m "docs: tick"',
    ),
    'merge': (
        'git branch other; git commit -q --no-verify --allow-empty -m "docs: ours"\n'
        'git stash -q; git checkout -q other; sed -i s/one/uno/ ROADMAP.md\n'
        'git commit -qam "docs: theirs" --no-verify; git checkout -q main; git stash pop -q\n'
        'git merge -q --no-commit other; sed s/one/uno/ $new > ROADMAP.md; git add ROADMAP.md',
        'git commit --no-edit',
    ),
    'intent to add': (
        'cp $new ROADMAP.md; git add ROADMAP.md; echo later > later.md; git add -N later.md',
        'git commit -m "docs: tick"',
    ),
    'partly staged': (
        'cp $new ROADMAP.md; git add ROADMAP.md; sed -i "s/three/four/; s/. . Day 3/[?] Day 3/"'
        ' ROADMAP.md',
        'git commit -m "docs: tick"',
    ),
}  # fmt: skip


@pytest.mark.parametrize('style', STYLES)
@pytest.mark.parametrize(('plan', 'code'), [(SKIPPED, 1), (TICKED, 0)], ids=['skip', 'tick'])
def test_ways_to_commit(
    tree: Path, tmp_path: Path, style: str, plan: str, code: int, long: bool,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    """Under pre-commit either with a skip or with a tick, unless it is the long run."""
    is_pre_commit = request.node.callspec.params['tree'] == 'pre-commit'
    if not long and is_pre_commit and ([*STYLES].index(style) + code) % 2:
        pytest.skip('the long run tries them all')
    before, commit = STYLES[style]
    (tmp_path / 'new').write_text(plan)
    done(tree, f'echo edited >> notes.md\n{before}', new=str(tmp_path / 'new'))
    files, status = contents(tree), done(tree, 'git status --short')
    ended = sh(tree, commit)
    assert (ended.returncode, WHERE in ended.stdout) == (code, bool(code)), ended.stdout
    assert contents(tree) == files
    if code == 0:
        where = tree / 'linked' if style == 'worktree' else tree
        assert '[x] Day 2' in done(where, 'git show HEAD:ROADMAP.md')
    elif style != '-p':  # where what was chosen stays in the index
        assert done(tree, 'git status --short') == status


@pytest.mark.parametrize('tree', KINDS[1:], indirect=True)
def test_fix(tree: Path) -> None:
    """What can be mended is mended in the file; added again, it is committed."""
    mixed = TICKED.replace('- [ ] Day 3', '- [X] Day 3')
    (tree / 'ROADMAP.md').write_text(mixed)
    assert sh(tree, 'git commit -am "docs: tick"').returncode == 1
    assert (tree / 'ROADMAP.md').read_text() == mixed.replace('[X]', '[x]')
    done(tree, 'git commit -am "docs: tick"')


FALSE = """docs(roadmap): complete week 1 day 3

Roadmap-Task: week-1/day-3
Roadmap-Status: completed
"""


def test_message(tree: Path) -> None:
    (tree / 'ROADMAP.md').write_text(TICKED)
    ended = sh(tree, 'git commit -am "$message"', message=FALSE)
    said = ".git/COMMIT_EDITMSG:3:15: RM406 is claimed to be completed, but 'Sets' on line 5"
    assert (ended.returncode, said in ended.stdout) == (1, True), ended.stdout
    done(tree, 'git commit -am "$message"', message=FALSE.replace('day-3', 'day-2'))


def test_our_own_ticks(tree: Path) -> None:
    (tree / 'notes.md').write_text('edited\n')
    done(tree, 'git add notes.md; roadmap-md start w1d2; roadmap-md reset w1d2')
    done(tree, 'roadmap-md tick w1d2 w1d3; git commit --amend --no-edit -- ROADMAP.md')
    assert done(tree, 'git status --short') == 'M  notes.md\n'
    assert done(tree, 'git rev-list --count HEAD') == '5\n'


STAGED = {
    # name: what is staged, what stands in the file, the exit code
    'a skip that is staged only': (SKIPPED, PLAN, 1),
    'a skip that is not staged': (PLAN + 'text\n', SKIPPED, 0),
    'a tick that is staged only': (TICKED, PLAN, 0),
}


@pytest.mark.parametrize(('staged', 'file', 'code'), STAGED.values(), ids=STAGED)
def test_what_is_staged_is_checked(plain: Path, staged: str, file: str, code: int) -> None:
    (plain / 'ROADMAP.md').write_text(staged)
    done(plain, 'git add ROADMAP.md')
    (plain / 'ROADMAP.md').write_text(file)
    ended = sh(plain, 'git commit -m "docs: tick"')
    assert (ended.returncode, WHERE in ended.stdout) == (code, bool(code)), ended.stdout
    assert (plain / 'ROADMAP.md').read_text() == file
    assert done(plain, 'git show :ROADMAP.md') == staged


@pytest.mark.parametrize('team', [False, True], ids=['hook', 'line'])
def test_where_pathspecs_are_literal(plain: Path, team: bool) -> None:
    """As Magit calls git, which then exports it."""
    if team:
        done(plain, 'mkdir hooks; echo "#!/bin/sh" > hooks/pre-commit; chmod +x hooks/pre-commit')
        done(plain, 'git config core.hooksPath hooks; roadmap-md install')
    (plain / 'ROADMAP.md').write_text(SKIPPED)
    ended = sh(plain, 'git --literal-pathspecs commit -am "docs: day 3"')
    assert (ended.returncode, WHERE in ended.stdout) == (1, True), ended.stdout


def test_a_work_tree_apart_from_its_repository(plain: Path, tmp_path: Path) -> None:
    """As people keep their dotfiles: there is no .git that would lead to the repository."""
    (tmp_path / 'home').mkdir()
    hooks = f'git config core.hooksPath {plain}/.git/hooks'
    done(tmp_path, f'git init -q --bare apart; cp tree/ROADMAP.md home; cd apart; {hooks}')
    away = 'cd home; git --git-dir=../apart --work-tree=.'
    done(
        tmp_path,
        f'{away} add ROADMAP.md; git --git-dir=../apart --work-tree=. commit -m "docs: plan"',
    )
    (tmp_path / 'home/ROADMAP.md').write_text(SKIPPED)
    skip = sh(tmp_path, f'{away} commit -am "docs: day 3"')
    assert (skip.returncode, WHERE in skip.stdout) == (1, True), skip.stdout
    (tmp_path / 'home/ROADMAP.md').write_text(TICKED)
    claim = sh(tmp_path, f'{away} commit -am "$message"', message=FALSE)
    assert (claim.returncode, 'RM406' in claim.stdout) == (1, True), claim.stdout
    true = FALSE.replace('day-3', 'day-2')
    done(tmp_path, f'{away} commit -am "$message"', message=true)
    done(
        tmp_path, f'{away} commit --amend -m "$message"', message=true + 'Signed-off-by: A <a@b.c>'
    )


def test_nothing_of_the_configuration_is_run(plain: Path) -> None:
    done(plain, 'git config core.fsmonitor "touch ran; false"; echo text >> ROADMAP.md')
    done(plain, 'git add ROADMAP.md; rm -f ran')
    done(plain, 'roadmap-md lint --staged; roadmap-md lint --changed-since HEAD')
    assert not (plain / 'ran').exists()


def test_before_the_first_commit(tmp_path: Path) -> None:
    (tmp_path / 'ROADMAP.md').write_text(SKIPPED)
    done(tmp_path, 'git init -q; roadmap-md install; git add .')
    assert sh(tmp_path, 'git commit -m "docs: plan"').returncode == 1


def test_without_roadmap_md(plain: Path) -> None:
    (plain / '.git/hooks/roadmap-md').unlink()
    (plain / 'ROADMAP.md').write_text(TICKED)
    refused = sh(plain, 'PATH=/usr/bin:/bin; git commit -qam "docs: tick"')
    said = 'no roadmap-md on PATH: install it, or git commit --no-verify\n'
    assert (refused.returncode, refused.stdout) == (1, said)
    done(plain, 'PATH=/usr/bin:/bin; git commit -qam "docs: tick" --no-verify')


def test_a_tracker_may_be_deleted(plain: Path) -> None:
    done(plain, 'git rm -q ROADMAP.md; git commit -m "docs: no plan"')


def test_the_shims_are_what_install_writes() -> None:
    for hook in HOOKS:
        path = ROOT / 'hooks' / hook.name
        assert (path.read_bytes(), os.access(path, os.X_OK)) == (hook.text, True)


@pytest.mark.parametrize('hook', ['pre-commit', 'commit-msg'])
def test_hooks_leave_at_once_where_no_tracker_is_touched(plain: Path, hook: str) -> None:
    """They do so without Python: had they gone on, they would not have found roadmap-md."""
    (plain / '.git/hooks/roadmap-md').unlink()
    (plain / 'other.txt').write_text('text\n')
    (plain / 'message').write_text('feat: other\n')
    done(plain, 'git add .')
    times = []
    for _ in range(10):
        started = spent()
        done(plain, f'PATH=/usr/bin:/bin .git/hooks/{hook} message')
        times.append(spent() - started)
    assert min(times) < 0.05


def spent() -> float:
    """Seconds of processor time of all that was started and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
