"""Hooks written beside those that are there already, used, and taken away without a trace."""

import os
import stat
from pathlib import Path

import npm
import pytest
from worktree import done, sh

from roadmap_md.hooks import BEFORE, PRE_COMMIT

PLAN = '## Week 1\n\n- [ ] Day 1: Lists\n- [ ] Day 2: Tuples\n'
CLAIM = 'docs: day 2\n\nRoadmap-Task: week-1/day-2\nRoadmap-Status: completed\n'
# A hook that writes down how it was called, and whose answer is in a file.
THEIRS = """#!/bin/sh
echo "${0##*/} $# $(cat)" >> "$LOG"
exit "$(cat "$LOG.code" 2> /dev/null || echo 0)"
"""
HUSKY = 'node "$HUSKY_BIN"'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tree = tmp_path / 'tree'
    tree.mkdir()
    (tree / 'ROADMAP.md').write_text(PLAN)
    (tmp_path / 'theirs').write_text(THEIRS)
    monkeypatch.setenv('LOG', str(tmp_path / 'log'))
    monkeypatch.setenv('THEIRS', str(tmp_path / 'theirs'))
    done(tree, 'git init -q -b main; git add .; git commit -qm "docs: plan"; rm .git/hooks/*')
    return tree


def everything(top: Path) -> dict[str, tuple[str, bytes | str]]:
    """Modes and contents: of the work tree, and of the hooks and configuration that git has."""
    found: dict[str, tuple[str, bytes | str]] = {}
    for path in sorted(top.rglob('*')):
        name = path.relative_to(top).as_posix()
        if path.is_dir() or ('.git/' in name and '/hooks/' not in name and path.name != 'config'):
            continue
        what = os.readlink(path) if path.is_symlink() else path.read_bytes()
        found[name] = stat.filemode(path.lstat().st_mode), what
    return found


PLACES = {
    # name: what is there before, and in which directory the rest happens
    'nothing': ('', '.'),
    'no directory': ('rmdir .git/hooks', '.'),
    'a hook': ('install -m 755 $THEIRS .git/hooks/pre-commit', '.'),
    'both hooks': (
        'install -m 755 $THEIRS .git/hooks/pre-commit; install -m 700 $THEIRS .git/hooks/commit-msg', '.',
    ),
    'a hook that is switched off': ('install -m 644 $THEIRS .git/hooks/pre-commit', '.'),
    'a hook that is a link': ('install -m 755 $THEIRS hook; ln -s ../../hook .git/hooks/pre-commit', '.'),
    'hooks of a team': (
        'mkdir .githooks; install -m 755 $THEIRS .githooks/pre-commit; git config core.hooksPath .githooks', '.',
    ),
    'hooks of a team, from beneath': (
        'mkdir .githooks sub; install -m 755 $THEIRS .githooks/pre-commit; git config core.hooksPath .githooks', 'sub',
    ),
    'hooks of a team, none yet': ('git config core.hooksPath .githooks', '.'),
    'hooks of all repositories': (
        'mkdir ../all; install -m 755 $THEIRS ../all/pre-commit; git config core.hooksPath "$(cd ../all; pwd)"', '.',
    ),
    'husky': (f'{HUSKY}\ncp $THEIRS .husky/pre-commit', '.'),
    'husky, without hooks': (HUSKY, '.'),
    'a linked work tree': (
        'install -m 755 $THEIRS .git/hooks/pre-commit; git worktree add -q ../linked', '../linked',
    ),
    'a submodule': (
        'git clone -q . ../other; git -c protocol.file.allow=always submodule --quiet add "$(cd ../other; pwd)" sub\n'
        'install -m 755 $THEIRS "$(git -C sub rev-parse --absolute-git-dir)/hooks/pre-commit"', 'sub',
    ),
}  # fmt: skip


@pytest.mark.parametrize(('before', 'directory'), PLACES.values(), ids=PLACES)
def test_there_and_back(
    tree: Path,
    tmp_path: Path,
    before: str,
    directory: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if HUSKY in before:
        husky = npm.installed(request, 'husky', 'husky@9') / 'node_modules/husky/bin.js'
        monkeypatch.setenv('HUSKY_BIN', str(husky))
    done(tree, before)
    here, log = tree / directory, tmp_path / 'log'
    has_hook = 'install -m 7' in before or 'cp $THEIRS' in before
    files = everything(tmp_path)
    done(here, 'roadmap-md install --dry-run')
    assert everything(tmp_path) == files
    done(here, 'roadmap-md install')
    installed = everything(tmp_path)
    assert 'there already' in done(here, 'roadmap-md install')
    assert everything(tmp_path) == installed

    top = Path(done(here, 'git rev-parse --show-toplevel').strip())
    plan = top / 'ROADMAP.md'
    plan.write_text(PLAN.replace('[ ] Day 2', '[x] Day 2'))
    skip = sh(top, 'git add ROADMAP.md; git commit -m "docs: day 2"')
    assert (skip.returncode, 'RM301' in skip.stdout) == (1, True), skip.stdout
    plan.write_text(PLAN.replace('[ ] Day 1', '[x] Day 1'))
    claim = sh(top, 'git add ROADMAP.md; git commit -m "$claim"', claim=CLAIM)
    assert (claim.returncode, 'RM406' in claim.stdout) == (1, True), claim.stdout
    if has_hook:
        (tmp_path / 'log.code').write_text('3')
        assert sh(top, 'git commit -m "docs: day 1"').returncode == 1
        (tmp_path / 'log.code').unlink()
    assert log.exists() is has_hook
    done(top, 'git commit -m "docs: day 1"; git reset -q --hard HEAD~')
    log.unlink(missing_ok=True)

    done(here, 'roadmap-md uninstall')
    assert everything(tmp_path) == files
    assert done(here, 'roadmap-md uninstall') == 'there are no hooks of roadmap-md here\n'


def test_the_hook_that_was_there_is_called_as_before(tree: Path, tmp_path: Path) -> None:
    done(tree, 'install -m 755 $THEIRS .git/hooks/commit-msg; roadmap-md install')
    (tmp_path / 'log.code').write_text('3')
    ended = sh(tree, 'echo input | .git/hooks/commit-msg message')
    assert ended.returncode == 3
    assert (tmp_path / 'log').read_text() == f'commit-msg.{BEFORE} 1 input\n'


REFUSED = {
    # name: what is there before, what is said; nothing is changed, and the exit code is 2
    'not a work tree': ('cd ..; rm -rf tree/.git', 'not in a git work tree'),
    'no hooks at all': ('git config core.hooksPath /dev/null', '/dev/null, which is no directory'),
    'hooks that are switched off': ('git config core.hooksPath ""', 'core.hooksPath is empty, so git runs no hooks'),
    'a directory for a hook': ('mkdir .git/hooks/commit-msg', 'commit-msg is a directory'),
    'a script in another language': (
        'mkdir hooks; printf "#!/usr/bin/env python3\\n" > hooks/pre-commit; chmod +x hooks/*; git config core.hooksPath hooks',
        "hooks/pre-commit is no shell script\n  run this in it: GIT_LITERAL_PATHSPECS=0 git diff",
    ),
    'hooks of a team that are switched off': (
        'mkdir hooks; echo "#!/bin/sh" > hooks/pre-commit; git config core.hooksPath hooks',
        'hooks/pre-commit is not executable\n  chmod +x hooks/pre-commit',
    ),
    'another hook of that name': (
        f'touch .git/hooks/pre-commit .git/hooks/pre-commit.{BEFORE}', f'pre-commit.{BEFORE} is in the way',
    ),
}  # fmt: skip


@pytest.mark.parametrize(('before', 'said'), REFUSED.values(), ids=REFUSED)
def test_refused(tree: Path, tmp_path: Path, before: str, said: str) -> None:
    done(tree, before)
    files = everything(tmp_path)
    ended = sh(tree, 'roadmap-md install')
    assert (ended.returncode, said in ended.stdout) == (2, True), ended.stdout
    assert everything(tmp_path) == files


def test_other_files_beside_are_left_alone(tree: Path) -> None:
    done(tree, 'echo draft > .git/hooks/pre-commit.new; ln -s /bin/true .git/hooks/roadmap-md')
    done(tree, 'roadmap-md install')
    hooks = tree / '.git/hooks'
    assert os.access(hooks / 'pre-commit', os.X_OK)
    done(tree, 'roadmap-md uninstall')
    assert {path.name for path in hooks.iterdir()} == {'pre-commit.new', 'roadmap-md'}
    assert (hooks / 'pre-commit.new').read_text() == 'draft\n'
    assert os.readlink(hooks / 'roadmap-md') == '/bin/true'


def test_a_hook_that_was_edited_is_left_alone(tree: Path) -> None:
    done(tree, 'roadmap-md install; echo "echo more" >> .git/hooks/pre-commit')
    edited = (tree / '.git/hooks/pre-commit').read_bytes()
    for command in ('install', 'uninstall'):
        ended = sh(tree, f'roadmap-md {command}')
        assert ended.returncode == 2
        assert (
            '.git/hooks/pre-commit was edited since roadmap-md wrote it: left as it is'
            in ended.stdout
        )
    assert (tree / '.git/hooks/pre-commit').read_bytes() == edited
    assert not (tree / '.git/hooks/commit-msg').exists()


def test_a_line_that_was_edited_is_left_alone(tree: Path) -> None:
    done(
        tree,
        'mkdir hooks; install -m 755 $THEIRS hooks/pre-commit; git config core.hooksPath hooks',
    )
    done(tree, 'roadmap-md install; sed -i "s/--quiet ||/--quiet --strict ||/" hooks/pre-commit')
    edited = (tree / 'hooks/pre-commit').read_bytes()
    assert sh(tree, 'roadmap-md uninstall').returncode == 2
    assert (tree / 'hooks/pre-commit').read_bytes() == edited


def test_the_line_comes_before_what_ends_the_script(tree: Path) -> None:
    done(
        tree,
        'mkdir hooks; install -m 755 $THEIRS hooks/pre-commit; git config core.hooksPath hooks',
    )
    done(tree, 'roadmap-md install')
    first, *rest = THEIRS.encode().split(b'\n')
    assert (tree / 'hooks/pre-commit').read_bytes() == b'\n'.join((first, PRE_COMMIT.line, *rest))


def test_without_the_path(tree: Path) -> None:
    """Hooks find the roadmap-md that has written them."""
    done(tree, 'roadmap-md install')
    command = (tree / '.git/hooks/roadmap-md').resolve()
    assert sh(tree, f'PATH=/usr/bin:/bin; {command} tick w1d1').returncode == 0
    (tree / '.git/hooks/roadmap-md').unlink()
    ended = sh(tree, f'PATH=/usr/bin:/bin; {command} tick w1d2')
    assert (ended.returncode, 'no roadmap-md on PATH: install it' in ended.stdout) == (2, True)


def test_what_a_kill_left_is_completed(tree: Path) -> None:
    """Between two renames there is no hook; the one that was there is not lost."""
    (tree / f'.git/hooks/pre-commit.{BEFORE}').write_text(THEIRS)
    done(tree, 'roadmap-md install')
    assert (tree / '.git/hooks/pre-commit').read_bytes() == PRE_COMMIT.text
    done(tree, 'roadmap-md uninstall')
    assert (tree / '.git/hooks/pre-commit').read_text() == THEIRS


@pytest.mark.parametrize('tool', ['pre-commit', 'prek'])
def test_beside_other_tools(tree: Path, tmp_path: Path, tool: str) -> None:
    """Each calls the hook that it found, whichever came first."""
    hook = (
        '{id: theirs, name: theirs, language: system, entry: echo, verbose: true, always_run: true}'
    )
    (tree / '.pre-commit-config.yaml').write_text(f'repos: [{{repo: local, hooks: [{hook}]}}]\n')
    done(tree, f'git add .; git commit -qm "docs: more"; {tool} install')
    theirs = (tree / '.git/hooks/pre-commit').read_bytes()
    (tree / 'ROADMAP.md').write_text(PLAN.replace('[ ] Day 2', '[x] Day 2'))
    done(tree, 'roadmap-md install')
    for script in (f'{tool} install', 'roadmap-md install', 'true'):
        ended = sh(tree, 'git commit -am "docs: day 2"')
        assert (ended.returncode, ended.stdout.count(': RM301 ')) == (1, 1), ended.stdout
        assert ended.stdout.count('theirs..') == 1
        done(tree, script)
    assert 'first uninstall what has written it' in sh(tree, 'roadmap-md uninstall').stdout
    done(tree, f'{tool} uninstall; roadmap-md uninstall')
    assert (tree / '.git/hooks/pre-commit').read_bytes() == theirs
    done(tree, f'{tool} uninstall')
    assert not any((tree / '.git/hooks').iterdir())
