"""Hooks, run for real: plain git and pre-commit, with what people have staged."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from console import ROOT

PLAN = """\
## Week 1

- [x] Day 1: Lists
- [ ] Day 2: Tuples
- [ ] Day 3: Sets
"""
SKIPPED = PLAN.replace('[ ] Day 3', '[x] Day 3')
WHERE = "ROADMAP.md:5:3: RM301 completed, but 'Tuples' on line 4 is not"


def git(directory: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH']))
    return subprocess.run(
        ['git', *arguments], cwd=directory, env={**os.environ, 'PATH': path, **environment},
        text=True, encoding='utf-8', capture_output=True,
    )  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A work tree with one commit of PLAN and our hook."""
    git(tmp_path, 'init', '-q', '-b', 'main')
    (tmp_path / 'ROADMAP.md').write_text(PLAN)
    git(tmp_path, 'add', '.')
    git(tmp_path, 'commit', '-qm', 'docs: plan')
    shutil.copy(ROOT / 'hooks/pre-commit', tmp_path / '.git/hooks/pre-commit')
    return tmp_path


def stage(tree: Path, staged: str, after: str) -> None:
    (tree / 'ROADMAP.md').write_text(staged)
    git(tree, 'add', 'ROADMAP.md')
    (tree / 'ROADMAP.md').write_text(after)


@pytest.mark.parametrize(
    ('staged', 'file', 'code'),
    [
        pytest.param(SKIPPED, SKIPPED, 1, id='a skip'),
        pytest.param(SKIPPED, PLAN, 1, id='a skip that is staged only'),
        pytest.param(PLAN + 'text\n', SKIPPED, 0, id='a skip that is not staged'),
        pytest.param(PLAN.replace('[ ] Day 2', '[x] Day 2'), PLAN, 0, id='a tick'),
    ],
)
def test_plain_hook(tree: Path, staged: str, file: str, code: int) -> None:
    stage(tree, staged, file)
    done = git(tree, 'commit', '-m', 'docs: tick')
    assert done.returncode == code, done.stderr
    assert (WHERE in done.stdout + done.stderr) is bool(code)
    assert (tree / 'ROADMAP.md').read_text() == file
    assert git(tree, 'show', ':ROADMAP.md').stdout == staged


def test_plain_hook_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, 'init', '-q')
    shutil.copy(ROOT / 'hooks/pre-commit', tmp_path / '.git/hooks/pre-commit')
    stage(tmp_path, SKIPPED, SKIPPED)
    assert git(tmp_path, 'commit', '-m', 'docs: plan').returncode == 1


def test_plain_hook_without_roadmap_md(tree: Path) -> None:
    stage(tree, PLAN + 'text\n', PLAN)
    refused = git(tree, 'commit', '-m', 'docs: text', PATH='/usr/bin:/bin')
    said = 'no roadmap-md on PATH: install it, or git commit --no-verify\n'
    assert (refused.returncode, refused.stderr) == (1, said)
    passed_by = git(tree, 'commit', '-m', 'docs: text', '--no-verify', PATH='/usr/bin:/bin')
    assert passed_by.returncode == 0


def test_plain_hook_lets_a_tracker_be_deleted(tree: Path) -> None:
    git(tree, 'rm', '-q', 'ROADMAP.md')
    assert git(tree, 'commit', '-m', 'docs: no plan').returncode == 0


def test_plain_hook_of_a_commit_from_another_index(tree: Path) -> None:
    """``git commit -a`` and ``--only`` run hooks with an index of their own."""
    (tree / 'ROADMAP.md').write_text(SKIPPED)
    for how in ('-a', '--only'):
        paths = ('ROADMAP.md',) if how == '--only' else ()
        done = git(tree, 'commit', '-m', 'docs: tick', how, '--', *paths)
        assert (done.returncode, WHERE in done.stdout + done.stderr) == (1, True), how


def test_plain_hook_in_a_linked_work_tree(tree: Path) -> None:
    git(tree, 'worktree', 'add', '-q', 'other')
    stage(tree / 'other', SKIPPED, SKIPPED)
    assert git(tree / 'other', 'commit', '-m', 'docs: tick').returncode == 1


def test_pre_commit(tree: Path) -> None:
    """The hook as pre-commit installs it, from a git repository."""
    source = tree.parent / 'source'
    subprocess.run(['git', 'clone', '-q', ROOT, source], check=True)
    for name in subprocess.run(
        ['git', 'ls-files', '-com', '--exclude-standard'], cwd=ROOT, text=True, capture_output=True
    ).stdout.split():  # what is not committed yet is tested too
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    git(source, 'add', '-A')
    git(source, 'commit', '-qm', 'chore: as it is')
    revision = git(source, 'rev-parse', 'HEAD').stdout.strip()
    (tree / '.pre-commit-config.yaml').write_text(
        f'repos: [{{repo: "{source}", rev: {revision}, hooks: [{{id: roadmap-md-lint}}]}}]\n'
    )
    git(tree, 'add', '.pre-commit-config.yaml')
    (tree / '.git/hooks/pre-commit').unlink()
    installed = subprocess.run(
        [sys.executable, '-m', 'pre_commit', 'install'], cwd=tree, capture_output=True
    )
    assert installed.returncode == 0, installed.stdout
    stage(tree, SKIPPED, SKIPPED)
    refused = git(tree, 'commit', '-m', 'docs: tick')
    assert (refused.returncode, WHERE in refused.stdout + refused.stderr) == (1, True), refused
    stage(tree, PLAN.replace('[ ] Day 2', '[x] Day 2'), SKIPPED)
    allowed = git(tree, 'commit', '-m', 'docs: tick')
    assert allowed.returncode == 0, allowed.stderr
    assert (tree / 'ROADMAP.md').read_text() == SKIPPED
