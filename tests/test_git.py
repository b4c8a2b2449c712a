"""Each question to git has a plain answer, and an answer that was lost is not taken for one."""

import os
import re
import sys
from pathlib import Path

import pytest
from worktree import Work, work_tree

from roadmap_md import git
from roadmap_md.errors import UserError


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return work_tree(tmp_path / 'work')


def repository(work: Work) -> git.Repository:
    repo = git.find(str(work.file))
    assert repo
    return repo


def test_finds_the_work_tree_from_below(work: Work) -> None:
    (work.top / 'a' / 'b').mkdir(parents=True)
    directory = str(work.top / '.git')
    assert git.find(str(work.top / 'a' / 'b' / 'new.md')) == git.Repository(
        str(work.top), directory, directory
    )


def test_finds_a_linked_work_tree(work: Work) -> None:
    work.sh('git worktree add -q ../linked')
    repo = git.find(str(work.top.parent / 'linked' / 'ROADMAP.md'))
    assert repo == git.Repository(
        str(work.top.parent / 'linked'), str(work.top / '.git/worktrees/linked'),
        str(work.top / '.git'),
    )  # fmt: skip


def test_finds_a_work_tree_with_a_line_break_in_its_name(tmp_path: Path) -> None:
    work = work_tree(tmp_path / 'two\nlines\n')
    repo = repository(work)
    assert repo.top == str(work.top)
    assert repo.directory == repo.common == str(work.top / '.git')


NO_WORK_TREE = [
    pytest.param('mkdir ../none', 'none', id='no repository'),
    pytest.param('git clone -q --bare . ../bare', 'bare', id='bare'),
    pytest.param('true', 'work/.git', id='inside .git'),
]


@pytest.mark.parametrize(('script', 'place'), NO_WORK_TREE)
def test_finds_none_in(work: Work, script: str, place: str) -> None:
    work.sh(script)
    assert git.find(str(work.top.parent / place / 'ROADMAP.md')) is None
    assert git.installed()


def test_finds_none_without_git(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('PATH', str(work.top))
    assert not git.installed()
    assert git.find(str(work.file)) is None


@pytest.mark.parametrize(
    ('script', 'words'),
    [
        pytest.param(
            'echo gitdir: /gone >../broken/.git', 'not a git repository: /gone', id='moved'
        ),
        pytest.param(
            'cp -r .git ../broken; echo "[" >../broken/.git/config', 'bad config', id='bad'
        ),
    ],
)
def test_what_git_refuses_is_said_in_its_words(work: Work, script: str, words: str) -> None:
    (work.top.parent / 'broken').mkdir()
    work.sh(script)
    with pytest.raises(UserError, match=f'git cannot work here: fatal: {words}'):
        git.find(str(work.top.parent / 'broken' / 'ROADMAP.md'))


@pytest.mark.skipif(os.geteuid() != 0, reason='only root can give a directory away')
def test_a_work_tree_of_somebody_else_is_refused_in_gits_words(work: Work) -> None:
    for path in (work.top, work.top / '.git'):
        os.chown(path, 12345, 12345)
    with pytest.raises(
        UserError, match=r'(?s)dubious ownership.*git config --global --add safe'
    ) as e:
        git.find(str(work.file))
    assert 'safe.directory' in str(e.value)


LOST = [
    pytest.param(lambda repo: git.find(repo.top + '/x'), id='find'),
    pytest.param(lambda repo: git.state(repo, 'ROADMAP.md'), id='state'),
    pytest.param(lambda repo: git.tip(repo, 'ROADMAP.md'), id='tip'),
    pytest.param(lambda repo: git.contents(repo, 'a' * 40), id='contents'),
    pytest.param(lambda repo: git.store(repo, b''), id='store'),
    pytest.param(lambda repo: git.staged_blob(repo, 'ROADMAP.md'), id='staged blob'),
]


@pytest.mark.parametrize('out', ['', 'half an answer', '/half\n/x\n/'], ids=['none', 'half', 'odd'])
@pytest.mark.parametrize('question', LOST)
def test_an_answer_that_was_lost_is_none(
    work: Work, question: object, out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """git may end with 0 although what it wrote did not arrive."""
    repo = repository(work)
    liar = work.top / 'bin' / 'git'
    liar.parent.mkdir()
    liar.write_text(f'#!{sys.executable}\nprint({out!r}, end="")\n')
    liar.chmod(0o755)
    monkeypatch.setenv('PATH', str(liar.parent))
    assert callable(question)
    with pytest.raises(UserError, match='gave no usable answer: try again'):
        question(repo)


STATES = [
    pytest.param('true', 'H', True, True, id='clean'),
    pytest.param('echo x >>ROADMAP.md; git add .', 'H', True, False, id='staged'),
    pytest.param('echo x >>ROADMAP.md', 'H', True, True, id='edited'),
    pytest.param('git update-index --skip-worktree ROADMAP.md', 'S', True, True, id='skipped'),
    pytest.param('git update-index --assume-unchanged ROADMAP.md', 'h', True, True, id='assumed'),
    pytest.param('git rm -q --cached ROADMAP.md', None, False, False, id='removed'),
    pytest.param('git rm -q --cached ROADMAP.md; git commit -qm x; git add -N ROADMAP.md', 'H',
                 False, False, id='to be added'),
]  # fmt: skip


@pytest.mark.parametrize(('script', 'flag', 'in_head', 'same'), STATES)
def test_state(work: Work, script: str, flag: str | None, in_head: bool, same: bool) -> None:
    work.sh(script)
    state = git.state(repository(work), 'ROADMAP.md')
    assert state.head == work.git('rev-parse', 'HEAD')
    assert (state.staged.flag if state.staged else None) == flag
    if flag:
        assert (state.committed is not None) == in_head
    if in_head and state.committed and state.staged:
        assert state.committed.blob == work.git('rev-parse', 'HEAD:ROADMAP.md')
        assert (state.committed.blob == state.staged.blob) == same


def test_state_before_the_first_commit(work: Work) -> None:
    work.sh('git switch -q --orphan new; git checkout -q main -- .')
    state = git.state(repository(work), 'ROADMAP.md')
    assert (state.head, state.committed, state.staged is not None) == ('', None, True)


def test_the_staged_blob_is_that_of_the_index(work: Work) -> None:
    repo = repository(work)
    work.sh('echo staged >ROADMAP.md; git add .; echo edited >ROADMAP.md; echo new >" ö*"')
    assert git.staged_blob(repo, 'ROADMAP.md') == b'staged\n'
    assert git.staged_blob(repo, 'missing.md') is None
    assert git.staged_paths(repo) == ['ROADMAP.md']
    work.sh('git rm -qf other.md; git mv third.md "3 ö*"; git add .')
    assert git.staged_paths(repo) == [' ö*', '3 ö*', 'ROADMAP.md']


def test_staged_before_the_first_commit(work: Work) -> None:
    work.sh('git switch -q --orphan new; echo x >ROADMAP.md; git add .')
    assert git.staged_paths(repository(work)) == ['ROADMAP.md']


HOOK = """
from roadmap_md import git
repo = git.find('ROADMAP.md')
print(git.staged_blob(repo, 'ROADMAP.md'), git.staged_paths(repo), file=open('seen', 'w'))
"""
COMMITS = [
    pytest.param('git commit -m x', "b'staged\\n' ['ROADMAP.md', 'other.md']", id='commit'),
    pytest.param('git commit -am x', "b'edited\\n' ['ROADMAP.md', 'other.md']", id='all'),
    pytest.param('git commit -m x -- ROADMAP.md', "b'edited\\n' ['ROADMAP.md']", id='only'),
    pytest.param('git commit -m x -- other.md', 'ROADMAP [] days', id='only another'),
]


@pytest.mark.parametrize('linked', [False, True], ids=['main', 'linked work tree'])
@pytest.mark.parametrize(('command', 'seen'), COMMITS)
def test_a_hook_sees_what_is_being_committed(
    work: Work, command: str, seen: str, linked: bool
) -> None:
    package = Path(git.__file__).parents[2]
    (work.top.parent / 'hook.py').write_text(HOOK)
    work.hook('pre-commit', f'PYTHONPATH={package} {sys.executable} ../hook.py\n')
    if linked:
        work.sh('git worktree add -q ../linked')
        work = Work(work.top.parent / 'linked')
    work.sh('echo staged >ROADMAP.md; echo x >other.md; git add .; echo edited >ROADMAP.md')
    work.sh(command)
    if seen.startswith('b'):
        assert (work.top / 'seen').read_text().strip() == seen
    else:
        assert "['other.md']" in (work.top / 'seen').read_text()


def test_another_repositorys_hook_is_not_for_us(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = work_tree(tmp_path / 'other', 'other\n')
    monkeypatch.setenv('GIT_DIR', str(other.top / '.git'))
    monkeypatch.setenv('GIT_INDEX_FILE', str(other.top / '.git' / 'index'))
    staged = git.staged_blob(repository(work), 'ROADMAP.md')
    assert staged == work.file.read_bytes()


def test_the_first_commit_since(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    head = work.git('rev-parse', 'HEAD')
    repo = repository(work)
    assert git.first_since(repo, head, 'ROADMAP.md') == ''
    work.sh('echo 1 >>other.md; git commit -qam other')
    work.sh('echo 1 >>ROADMAP.md; git commit -qam first; echo 2 >>ROADMAP.md; git commit -qam next')
    monkeypatch.setenv('GIT_DIR', '/nowhere')  # GitPython hands on all of our environment
    monkeypatch.setenv('GIT_INDEX_FILE', '/nowhere')
    first = git.first_since(repo, head, 'ROADMAP.md')
    monkeypatch.undo()
    assert first == work.git('rev-parse', 'HEAD^')
    with pytest.raises(UserError):
        git.first_since(repo, 'f' * 40, 'ROADMAP.md')


def test_only_this_package_runs_git() -> None:
    runs = re.compile(r'^\s*(import subprocess|from subprocess|import git$|from git[ .])', re.M)
    own = Path(git.__file__).parent
    others = (path for path in own.parent.rglob('*.py') if path.parent != own)
    found = {path.name for path in others if runs.search(path.read_text())}
    assert found == {'pager.py'}  # that runs what the user pages with
