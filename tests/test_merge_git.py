"""The merge driver in real repositories: there and back, its conflicts, and git without it."""

import os
import shutil
from pathlib import Path
from shlex import quote

import pytest
from test_install import everything
from worktree import done, sh

PLAN = (
    '## Week 1\n\n- [ ] Day 1: Lists\n- [ ] Day 2: Tuples\n- [ ] Day 3: Sets\n- [ ] Day 4: Dicts\n'
)
BOTH = PLAN.replace('[ ] Day 1', '[x] Day 1').replace('[ ] Day 2', '[x] Day 2')
# `main` has ticked day 1, `other` day 2.
START = """
git init -q -b main; git config maintenance.auto false; rm -f .git/hooks/*
git add .; git commit -qm plan; git branch other
tick() { sed -i "s/\\[ \\] Day $1/[x] Day $1/" ROADMAP.md; git commit --no-verify -qam "day $1"; }
git switch -q other; tick 2; git switch -q main; tick 1
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    tree = tmp_path / 'tree'
    tree.mkdir()
    (tree / 'ROADMAP.md').write_text(PLAN)
    done(tree, START)
    return tree


@pytest.mark.parametrize('style', ['merge', 'diff3', 'zdiff3'])
def test_a_disagreement_is_a_conflict_on_that_line(tree: Path, style: str) -> None:
    done(tree, 'roadmap-md install; git branch -f other; git switch -q other')
    for name, old, new in (('other', 'x', '-'), ('main', 'x', ' ')):
        done(tree, f'git switch -q {name}; sed -i "s/\\[{old}\\] Day 1/[{new}] Day 1/" ROADMAP.md')
        done(tree, 'git commit --no-verify -qam change')
    ended = sh(tree, f'git -c merge.conflictStyle={style} merge other')
    assert ended.returncode == 1
    base = '||||||| base\n- [x] Day 1: Lists\n' if style != 'merge' else ''
    assert (tree / 'ROADMAP.md').read_text() == PLAN.replace(
        '- [ ] Day 1: Lists\n',
        f'<<<<<<< ours\n- [ ] Day 1: Lists\n{base}=======\n- [-] Day 1: Lists\n>>>>>>> theirs\n',
    )
    assert done(tree, 'git ls-files -u | wc -l').strip() == '3'


@pytest.mark.parametrize('path', ['-x.md', "it's.md", 'a "b".md', 'sub dir/$(touch x)`id`.md'])
def test_any_path(tree: Path, path: str) -> None:
    for branch in ('other', 'main'):
        done(
            tree,
            f'git switch -q {branch}; mkdir -p "sub dir"; git mv ROADMAP.md {quote("./" + path)}',
        )
        (tree / 'roadmap-md.toml').write_text(f"files = ['''{path}''']\n")
        done(tree, 'git add .; git commit -qm moved')
    done(tree, 'roadmap-md install; git merge -q --no-edit other')
    assert (tree / path).read_text() == BOTH
    assert not (tree / 'x').exists()


GONE = {
    'no command': '',
    'a command that knows no merge-file': 'echo "no such command" >&2; exit 2',
    'a command that does not run': 'echo Traceback >&2; exit 1',
    'a command that is killed': 'kill -9 $$',
}


@pytest.mark.parametrize('script', GONE.values(), ids=GONE)
def test_without_the_command_git_merges(tree: Path, tmp_path: Path, script: str) -> None:
    done(tree, 'roadmap-md install; rm -f .git/hooks/*')
    commands = tmp_path / 'commands'
    commands.mkdir()
    for name in ('git', 'sh', 'grep', 'sed'):
        (commands / name).symlink_to(shutil.which(name) or name)
    if script:
        (commands / 'roadmap-md').write_text(f'#!/bin/sh\n{script}\n')
        (commands / 'roadmap-md').chmod(0o755)
    ended = sh(tree, f'PATH={commands}; export PATH; git merge other')
    assert ended.returncode == 1, ended.stdout
    merged = (tree / 'ROADMAP.md').read_text()
    assert merged.count('<<<<<<< ours') == merged.count('>>>>>>> theirs') == 1
    # What does not conflict is merged then, too.
    done(tree, 'git merge --abort; git switch -q other; git reset -q --hard HEAD~')
    done(
        tree, 'sed -i "s/\\[ \\] Day 4/[x] Day 4/" ROADMAP.md; git commit --no-verify -qam "day 4"'
    )
    done(tree, f'PATH={commands}; export PATH; git merge -q --no-edit main')
    ticked = PLAN.replace('[ ] Day 1', '[x] Day 1').replace('[ ] Day 4', '[x] Day 4')
    assert (tree / 'ROADMAP.md').read_text() == ticked


FILES = {
    # base, ours, theirs: exit code, what ours holds then
    'clean': (b'- [ ] a\n- [ ] b\n', b'- [x] a\n- [ ] b\n', b'- [ ] a\n- [x] b\n', 0, b'- [x] a\n- [x] b\n'),
    'conflict': (
        b'- [/] a\n', b'- [x] a\n', b'- [ ] a\n', 1,
        b'<<<<<<< HEAD\n- [x] a\n=======\n- [ ] a\n>>>>>>> theirs\n',
    ),
    'no text': (b'- [ ] a\n\0', b'- [x] a\n\0', b'- [/] a\n\0', 1, b'- [x] a\n\0'),
    'not UTF-8': (b'- [ ] a\n\n\xff\n', b'- [x] a\n\n\xff\n', b'- [ ] a\n\n\xfe\n', 0, b'- [x] a\n\n\xfe\n'),
    'nothing': (b'', b'- [x] a\n', b'- [x] a\n', 0, b'- [x] a\n'),
    'many conflicts': (
        *(b''.join(b'%d%s\nk\nk\nk\nk\n' % (at, name) for at in range(300)) for name in (b'a', b'b', b'c')), 1,
        b''.join(
            b'<<<<<<< HEAD\n%db\n=======\n%dc\n>>>>>>> theirs\nk\nk\nk\nk\n' % (at, at) for at in range(300)
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize('row', FILES.values(), ids=FILES)
@pytest.mark.parametrize('config', ['', '[rules', '[markers]\nstyle = "box"\n'])
def test_merge_file(
    tmp_path: Path, row: tuple[bytes, bytes, bytes, int, bytes], config: str
) -> None:
    (tmp_path / '.git').mkdir()
    if config:
        (tmp_path / 'roadmap-md.toml').write_text(config)
    for name, data in zip(('O', 'A', 'B'), row[:3], strict=True):
        (tmp_path / name).write_bytes(data)
    ended = sh(tmp_path, 'roadmap-md merge-file O A B ROADMAP.md 7 %S HEAD %Y')
    is_tracker = not config.startswith('[rules') and row == FILES['conflict']
    is_sound = not config.startswith('[rules') or row[0] != FILES['clean'][0]
    if is_sound:
        assert (ended.returncode, (tmp_path / 'A').read_bytes()) == row[3:]
    else:  # a fault of ours or of the configuration: git's own merge
        assert ended.returncode == 1
        assert (tmp_path / 'A').read_bytes().startswith(b'<<<<<<< HEAD\n- [x] a\n- [ ] b\n===')
    said = (
        'roadmap-md: ROADMAP.md: a: completed in HEAD, not started in theirs; it was in progress\n'
    )
    assert ended.stdout == (said if is_tracker else '')


@pytest.mark.parametrize('is_known', [True, False])
def test_a_full_disk_takes_nothing(tmp_path: Path, is_known: bool) -> None:
    (tmp_path / '.git').mkdir()
    base, ours, theirs = FILES['clean'][:3]
    for name, data in {'O': base, 'A': ours, 'B': theirs, 'known': ours}.items():
        (tmp_path / name).write_bytes(data)
    if is_known:  # and merged without asking git
        done(tmp_path, 'roadmap-md merge-file O known B ROADMAP.md')
    files = {path.name for path in tmp_path.iterdir()}
    ended = sh(tmp_path, 'trap "" XFSZ; ulimit -f 0; roadmap-md merge-file O A B ROADMAP.md')
    assert ended.returncode == (2 if is_known else 1)
    assert 'Traceback' not in ended.stdout
    assert (tmp_path / 'A').read_bytes() == ours
    assert {path.name for path in tmp_path.iterdir()} == files


def test_the_size_of_markers(tmp_path: Path) -> None:
    for name, marker in (('O', '/'), ('A', 'x'), ('B', ' ')):
        (tmp_path / name).write_text(f'- [{marker}] a\n')
    ended = sh(tmp_path, 'roadmap-md merge-file O A B ROADMAP.md 11 "" mine yours')
    assert ended.returncode == 1
    assert (tmp_path / 'A').read_text().startswith('<<<<<<<<<<< mine\n')


ATTRIBUTES = {
    'none': '',
    'some': 'printf "*.md text\\n" > .git/info/attributes',
    'without an end': 'printf "*.md text" > .git/info/attributes',
    'an empty file': ': > .git/info/attributes',
    'several trackers': 'printf \'files = ["ROADMAP.md", "a b/[c]*é.md"]\' > roadmap-md.toml',
    'settings of their own': 'git config merge.union.driver true',
}


@pytest.mark.parametrize('before', ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_there_and_back(tree: Path, before: str) -> None:
    done(tree, f'mkdir -p .git/info; {before}')

    def attributes() -> bytes | None:
        file = tree / '.git/info/attributes'
        return file.read_bytes() if file.exists() else None

    files, was = everything(tree), attributes()
    done(tree, 'roadmap-md install --dry-run')
    assert (everything(tree), attributes()) == (files, was)
    done(tree, 'roadmap-md install')
    installed = everything(tree), attributes()
    asked = 'git check-attr merge ROADMAP.md "a b/[c]*é.md" "a b/cx.md" sub/ROADMAP.md'
    said = [row.rpartition(' ')[2] for row in done(tree, asked).splitlines()]
    several = 'files' in before
    assert said == ['roadmap-md', 'roadmap-md' if several else 'unspecified', *['unspecified'] * 2]
    assert 'there already: the merge driver' in done(tree, 'roadmap-md install')
    assert (everything(tree), attributes()) == installed
    done(tree, 'roadmap-md uninstall')
    assert (everything(tree), attributes()) == (files, was)


def test_a_driver_of_that_name_by_another_hand_is_left_alone(tree: Path) -> None:
    done(tree, 'git config merge.roadmap-md.driver true')
    ended = sh(tree, 'roadmap-md install')
    assert (ended.returncode, 'left as it is' in ended.stdout) == (2, True)
    sh(tree, 'roadmap-md uninstall')
    assert done(tree, 'git config merge.roadmap-md.driver') == 'true\n'
    assert not os.path.exists(tree / '.git/info/attributes')
