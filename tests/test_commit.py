"""A commit holds the marker it names, and leaves everything else where it was."""

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from ticker import day, tick
from worktree import LIST, Work, work_tree

from roadmap_md import commit, git, journal
from roadmap_md.errors import UserError

DAY_3 = ['-- [ ] Day 3 – something', '+- [x] Day 3 – something']


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return work_tree(tmp_path / 'work')


# What is edited or staged when day 3 is ticked, and what `git status` still shows of it then.
OTHER_EDITS = [
    pytest.param('', '', id='nothing'),
    pytest.param('echo x >>other.md', ' M other.md', id='another file edited'),
    pytest.param('echo x >>other.md; git add .', 'M  other.md', id='another file staged'),
    pytest.param('echo x >new.md; git add .', 'A  new.md', id='another file added'),
    pytest.param('echo x >new.md; git add -N .', ' A new.md', id='another file to be added'),
    pytest.param('echo x >new.md', '?? new.md', id='another file untracked'),
    pytest.param('git rm -q other.md', 'D  other.md', id='another file removed'),
    pytest.param('rm other.md', ' D other.md', id='another file missing'),
    pytest.param('git mv other.md o.md', 'R  other.md -> o.md', id='another file moved'),
    pytest.param('sed -i s/2.–/2:/ ROADMAP.md', ' M ROADMAP.md', id='the line above edited'),
    pytest.param('sed -i s/4.–/4:/ ROADMAP.md; git add .', 'M  ROADMAP.md', id='staged below'),
    pytest.param(
        'sed -i s/2.–/2:/ ROADMAP.md; git add .; sed -i s/4.–/4:/ ROADMAP.md',
        'MM ROADMAP.md',
        id='staged above and edited below',
    ),
    pytest.param(
        'sed -i "/Day 2/d" ROADMAP.md; git add .; printf "more\n" >>ROADMAP.md; echo x >>other.md;'
        'git add other.md; echo y >>third.md',
        'MM ROADMAP.md\nM  other.md\n M third.md',
        id='all of it',
    ),
    pytest.param('chmod +x ROADMAP.md; git add .', 'M  ROADMAP.md', id='mode staged'),
    pytest.param('chmod +x ROADMAP.md', ' M ROADMAP.md', id='mode changed'),
    pytest.param('git add -N .; git checkout -q --detach', '', id='detached'),
    pytest.param('git update-index --split-index; echo x >>other.md', ' M other.md', id='split'),
    pytest.param('git update-index --index-version 4 --force-untracked-cache', '', id='version 4'),
    pytest.param(
        'printf "" >ROADMAP.md.orig; chmod 600 ROADMAP.md', '?? ROADMAP.md.orig', id='600'
    ),
    pytest.param('git update-index --assume-unchanged ROADMAP.md', '', id='assume-unchanged'),
    pytest.param('git update-index --skip-worktree ROADMAP.md', '', id='skip-worktree'),
    pytest.param(
        'git sparse-checkout set --no-cone /ROADMAP.md; echo x >>ROADMAP.md',
        ' M ROADMAP.md',
        id='sparse',
    ),
    pytest.param('git pack-refs --all; git gc -q', '', id='packed'),
    pytest.param('git config commit.gpgsign false; git config core.fsync all', '', id='fsync'),
    pytest.param(
        'git config commit.cleanup strip; git config commit.verbose true', '', id='verbose'
    ),
]


@pytest.mark.parametrize(('script', 'status'), OTHER_EDITS)
def test_other_edits_stay(work: Work, script: str, status: str) -> None:
    work.sh(script)
    before = work.snapshot()
    staged, edited = work.edits('--cached'), work.edits()
    flags = work.git('ls-files', '-v')
    mode = work.file.stat().st_mode
    (made,) = tick(str(work.file), 3)
    assert work.git('rev-parse', 'HEAD', 'HEAD^').split() == [made, before.head]
    assert work.edits('HEAD^', 'HEAD') == DAY_3
    assert work.git('diff', '--stat', '--summary', 'HEAD^', 'HEAD').count('\n') == 1
    assert (work.edits('--cached'), work.edits()) == (staged, edited)
    assert work.git('diff-files', '--name-only') == '\n'.join(
        line[3:] for line in status.splitlines() if line[1] != ' ' and '?' not in line
    )
    assert work.bytes('status', '--porcelain').decode().rstrip('\n') == status
    assert work.file.read_bytes() == day(3)(before.file or b'')
    assert work.file.stat().st_mode == mode
    assert work.git('ls-files', '-v') == flags
    assert not list(work.top.glob('.ROADMAP*'))
    assert sorted(p.name for p in (work.directory() / 'roadmap-md').iterdir()) == [
        'lock', 'message', 'words',
    ]  # fmt: skip


LINE_ENDS = [
    pytest.param('core.autocrlf true', '', False, id='autocrlf'),
    pytest.param('core.autocrlf input', '', False, id='autocrlf input'),
    pytest.param('', '*.md text eol=crlf', False, id='eol=crlf'),
    pytest.param('', '*.md text=auto', False, id='text=auto'),
    pytest.param('', '*.md text eol=lf', True, id='CRLF in git although eol=lf'),
    pytest.param('', '*.md text=auto', True, id='CRLF in git although text=auto'),
    pytest.param('', '*.md -text', True, id='-text'),
    pytest.param('', '*.md ident', False, id='ident'),
]


@pytest.mark.parametrize('edit', ['', 'edited'], ids=['clean', 'with an edit'])
@pytest.mark.parametrize(('setting', 'attributes', 'in_git'), LINE_ENDS)
def test_line_ends_stay(
    tmp_path: Path, setting: str, attributes: str, in_git: bool, edit: str
) -> None:
    crlf = LIST.replace('\n', '\r\n')
    work = work_tree(tmp_path / 'work', crlf if in_git else LIST)
    if setting:
        work.git('config', *setting.split())
    (work.top / '.gitattributes').write_text(attributes + '\n')
    work.sh('git add .gitattributes; git commit -qm attributes')
    work.file.write_bytes(crlf.encode() + edit.encode())
    before = work.git('diff', '--numstat')
    tick(str(work.file), 3)
    assert [line.rstrip('\r') for line in work.edits('HEAD^', 'HEAD')] == DAY_3
    assert work.bytes('show', 'HEAD:ROADMAP.md').count(b'\r') == (11 if in_git else 0)
    assert work.file.read_bytes() == day(3)(crlf.encode() + edit.encode())
    assert work.git('diff', '--numstat') == before
    assert work.edits('--cached') == []


@pytest.mark.parametrize(
    'text',
    [
        pytest.param('\ufeff' + LIST, id='byte order mark'),
        pytest.param(LIST.rstrip('\n'), id='no final newline'),
        pytest.param(LIST.replace('\n', '\r\n', 3), id='mixed line ends'),
        pytest.param(LIST + '\x0c\u2028\x85\x00\r', id='form feed, U+2028, NEL, NUL'),
    ],
)
def test_bytes_stay(tmp_path: Path, text: str) -> None:
    work = work_tree(tmp_path / 'work', text)
    tick(str(work.file), 3)
    assert work.file.read_bytes() == day(3)(text.encode()) == work.bytes('show', 'HEAD:ROADMAP.md')
    assert work.git('status', '--porcelain') == ''


PLACES = [
    pytest.param('git worktree add -q ../place', 'place/ROADMAP.md', id='worktree'),
    pytest.param(
        'git init -q ../super; git -C ../super -c protocol.file.allow=always submodule --quiet add '
        '"$PWD" place; git -C ../super commit -qm place',
        'super/place/ROADMAP.md',
        id='submodule',
    ),
    pytest.param(
        'git clone -q --separate-git-dir=../elsewhere . ../place', 'place/ROADMAP.md', id='separate'
    ),
    pytest.param('git clone -q --depth=1 "file://$PWD" ../place', 'place/ROADMAP.md', id='shallow'),
    pytest.param('ln -s work ../place', 'place/ROADMAP.md', id='directory is a link'),
    pytest.param('ln -s ROADMAP.md link.md', 'work/link.md', id='file is a link'),
    pytest.param('ln ROADMAP.md hard', 'work/ROADMAP.md', id='hard link'),
    pytest.param(
        'mkdir -p "./-d/ö *"; git mv ROADMAP.md "./-d/ö */-[x].md"; git commit -qm moved',
        'work/-d/ö */-[x].md',
        id='odd name',
    ),
]


@pytest.mark.parametrize(('script', 'path'), PLACES)
def test_works_in(work: Work, script: str, path: str) -> None:
    work.sh(script)
    there = work.top.parent / path
    place = Work(there.resolve().parent)
    before = place.git('status', '--porcelain')
    tick(str(there), 3)
    assert place.edits('HEAD^', 'HEAD') == DAY_3
    assert place.git('status', '--porcelain') == before
    assert there.is_symlink() == (path == 'work/link.md')


def test_works_in_a_sha256_repository(tmp_path: Path) -> None:
    work = work_tree(tmp_path / 'work', LIST, '--object-format=sha256')
    work.sh('echo x >>other.md; git add .')
    (made,) = tick(str(work.file), 3)
    assert made and len(made) == 64
    assert work.edits('HEAD^', 'HEAD') == DAY_3


def test_a_series_is_a_commit_each_under_one_lock(work: Work) -> None:
    repo = git.find(str(work.file))
    assert repo
    with commit.series(repo, str(work.file)) as series:
        for number in (1, 2, 3):
            series.commit(day(number), f'day {number}\n')
            assert series.read() == work.bytes('show', 'HEAD:ROADMAP.md')
        with pytest.raises(UserError, match='Day 99'):
            series.commit(day(99), 'day 99\n')
    assert work.git('log', '--format=%s') == 'day 3\nday 2\nday 1\nfirst'


def test_the_message_is_committed_as_it_is(work: Work) -> None:
    message = 'docs: [x] – “Ä”\n\n# not a comment\n\n  indented  \n\n\nKey: value\n'
    work.sh('git config i18n.commitEncoding latin1; git config core.commentChar auto')
    repo = git.find(str(work.file))
    assert repo
    with commit.series(repo, str(work.file)) as series:
        series.commit(day(1), message)
    assert work.bytes('cat-file', 'commit', 'HEAD').decode().partition('\n\n')[2] == message


def test_a_tick_made_by_hand_is_committed(work: Work) -> None:
    work.file.write_bytes(day(3)(work.file.read_bytes()))
    tick(str(work.file), 3)
    assert work.edits('HEAD^', 'HEAD') == DAY_3
    assert work.git('status', '--porcelain') == ''


def test_a_tick_that_is_committed_already_only_sets_the_file(work: Work) -> None:
    tick(str(work.file), 3)
    work.file.write_text(LIST)
    assert tick(str(work.file), 3) == [None]
    assert work.file.read_bytes() == work.bytes('show', 'HEAD:ROADMAP.md')
    assert work.git('rev-list', '--count', 'HEAD') == '2'


def test_a_filter_is_seen_through(work: Work) -> None:
    work.sh("""
        git config filter.rot.clean 'tr A-Za-z N-ZA-Mn-za-m'
        git config filter.rot.smudge 'tr A-Za-z N-ZA-Mn-za-m'
        echo 'R*.md filter=rot' >.gitattributes; git add .; git add --renormalize .
        git commit -qm hidden
    """)
    tick(str(work.file), 3)
    assert work.edits('HEAD^', 'HEAD') == ['-- [ ] Qnl 3 – fbzrguvat', '+- [k] Qnl 3 – fbzrguvat']
    assert work.git('status', '--porcelain') == ''


# What git or we refuse: the state, and what is said. Everything must stay as it was.
REFUSED = [
    pytest.param('echo echo not today >$H/pre-commit; echo exit 1 >>$H/pre-commit', 'not today',
                 id='pre-commit'),
    pytest.param('echo echo bad message >$H/commit-msg; echo exit 1 >>$H/commit-msg', 'bad message',
                 id='commit-msg'),
    pytest.param('echo exit 3 >$H/prepare-commit-msg', 'git said: nothing', id='prepare-message'),
    pytest.param('git config commit.gpgsign true; git config gpg.program false', 'gpg failed',
                 id='signing'),
    pytest.param('git config user.useConfigOnly true', 'tell me who you are', id='no identity'),
    pytest.param('touch .git/HEAD.lock', 'HEAD.lock', id='HEAD.lock'),
    pytest.param('touch .git/index.lock', r'index\.lock exists since \d+ s', id='index.lock'),
    pytest.param('git switch -qc side HEAD; echo 1 >>other.md; git commit -qam side;'
                 'git switch -q main; echo 2 >>other.md; git commit -qam main; ! git merge side',
                 'a merge is under way', id='merge'),
    pytest.param('git switch -qc side HEAD; echo 1 >>third.md; git commit -qam side;'
                 'git switch -q main; git merge -q --squash side', 'a squash merge', id='squash'),
    pytest.param('git switch -qc side HEAD; echo 1 >>other.md; git commit -qam side;'
                 'git switch -q main; echo 2 >>other.md; git commit -qam main; ! git rebase side',
                 'a rebase is under way', id='rebase'),
    pytest.param('git switch -qc side HEAD; echo 1 >>other.md; git commit -qam side;'
                 'git switch -q main; echo 2 >>other.md; git commit -qam main;'
                 '! git cherry-pick side', 'a cherry-pick is under way', id='cherry-pick'),
    pytest.param('echo 1 >>other.md; git commit -qam 1; echo 2 >>other.md; git commit -qam 2;'
                 '! git revert --no-edit HEAD^', 'a revert is under way', id='revert'),
    pytest.param('git bisect start -q', 'a bisection is under way', id='bisect'),
    pytest.param('echo 1 >>other.md; git stash -q; echo 2 >>other.md; git commit -qam 2;'
                 '! git stash pop', 'there are conflicts in the index', id='conflict elsewhere'),
    pytest.param('echo 1 >>ROADMAP.md; git stash -q; echo 2 >>ROADMAP.md; git commit -qam 2;'
                 '! git stash pop', 'ROADMAP.md has conflicts', id='conflict'),
    pytest.param('git rm -q --cached ROADMAP.md; git commit -qm 2', 'not tracked by git: git add',
                 id='untracked'),
    pytest.param('git rm -q --cached ROADMAP.md', 'not tracked by git: git add', id='removed'),
    pytest.param('git rm -q --cached ROADMAP.md; echo "*.md" >.gitignore; git commit -qam 2',
                 'not tracked by git: git add', id='ignored'),
    pytest.param('git rm -q --cached ROADMAP.md; git commit -qm 2; git add ROADMAP.md',
                 'in no commit yet: git add', id='added'),
    pytest.param('git switch -q --orphan new; git checkout -q main -- .',
                 'in no commit yet: git add', id='unborn'),
    pytest.param('for i in $(seq 0 255); do d=.git/objects/$(printf %02x $i);'
                 '[ -d $d ] || touch $d; done', '^git hash-object failed: .*Not a directory',
                 id='git cannot write'),
    pytest.param('rm ROADMAP.md', 'no such file', id='missing'),
    pytest.param('git sparse-checkout set --no-cone /other.md',
                 'not checked out here', id='sparse'),
    pytest.param('chmod a-w ROADMAP.md', 'is read-only', id='read-only'),
    pytest.param('rm ROADMAP.md; mkfifo ROADMAP.md', 'not a regular file', id='FIFO'),
    pytest.param('mv ROADMAP.md ..; ln -s ../ROADMAP.md .', 'outside of', id='link out of it'),
    pytest.param('sed -i "s/Day 3/Day 33/" ROADMAP.md', 'there is no Day 3', id='not in the file'),
    pytest.param('sed -i "s/Day 3/Day 33/" ROADMAP.md; git commit -qam 2; git revert -n HEAD;'
                 'git reset -q; rm -f .git/REVERT_HEAD .git/MERGE_MSG',
                 'the last commit has another ROADMAP.md: there is no Day 3', id='not in HEAD'),
    pytest.param('sed -i "s/Day 3/Day 33/" ROADMAP.md; git add .; git show HEAD:ROADMAP.md '
                 '>ROADMAP.md', 'the index has another ROADMAP.md', id='not in the index'),
]  # fmt: skip


@pytest.mark.parametrize(('script', 'words'), REFUSED)
def test_refused_and_all_as_it_was(
    work: Work, script: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, 'OTHER_GIT', 0.05)
    work.sh('H=.git/hooks; mkdir -p $H;' + script + '; chmod +x $H/* 2>/dev/null || :')
    if 'useConfigOnly' in script:
        for name in ('GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME',
                     'GIT_COMMITTER_EMAIL'):  # fmt: skip
            monkeypatch.delenv(name)
    if 'mkfifo' in script:
        monkeypatch.setattr(Work, 'file', work.top / 'other.md')
    before = work.snapshot()
    with pytest.raises(UserError, match=re.escape(words) if '(' in words else words):
        tick(str(work.top / 'ROADMAP.md'), 3)
    assert work.snapshot() == before
    left = {'index.lock'} if 'touch .git/index.lock' in script else set()
    assert {path.name for path in work.directory().glob('index*')} - {'index'} == left
    assert {path.name for path in (work.directory() / 'roadmap-md').glob('*')} <= {
        'lock', 'message', 'words',
    }  # fmt: skip


def test_a_tick_that_is_refused_in_a_series_leaves_those_before_it(work: Work) -> None:
    work.hook('commit-msg', '! grep -q "day 3" "$1"\n')
    with pytest.raises(UserError, match=r'did not commit, and ROADMAP\.md is as it was'):
        tick(str(work.file), 1, 2, 3, 4)
    assert work.git('log', '--format=%s', '-2') == (
        'docs(roadmap): complete day 2\ndocs(roadmap): complete day 1'
    )
    assert work.git('status', '--porcelain') == ''


def test_a_file_that_cannot_be_put_back_is_said(work: Work) -> None:
    work.hook('pre-commit', 'chmod a-w ROADMAP.md; exit 1\n')
    head = work.git('rev-parse', 'HEAD')
    with pytest.raises(UserError) as error:
        tick(str(work.file), 3)
    assert error.value.message == (
        'ROADMAP.md was changed, not committed, and not put back: '
        f'{work.top}/ROADMAP.md is read-only'
    )
    assert error.value.hint == 'mend that; the next roadmap-md puts it back'
    assert work.file.read_bytes() == day(3)(LIST.encode())
    work.file.chmod(0o644)
    repo = git.find(str(work.file))
    assert repo
    assert commit.recover(repo) == (
        'an interrupted run was undone: ROADMAP.md is as it was before it'
    )
    assert work.file.read_bytes() == LIST.encode()
    assert work.git('rev-parse', 'HEAD') == head


def test_a_file_that_a_refusing_hook_edits_is_left_alone(work: Work) -> None:
    work.hook('pre-commit', 'echo formatted >>ROADMAP.md; exit 1\n')
    with pytest.raises(UserError, match='was changed meanwhile and left as it is'):
        tick(str(work.file), 3)
    assert work.file.read_bytes() == day(3)(LIST.encode()) + b'formatted\n'
    assert work.edits('--cached') == []


HOOKS = [
    pytest.param('pre-commit', 'test "$(git diff --cached --name-only -- "*.md")" = ROADMAP.md',
                 id='a glob shows what is committed'),
    pytest.param('pre-commit', 'git diff --cached | grep -q "^+- .x. Day 3"',
                 id='the index is that of the commit'),
    pytest.param('pre-commit', 'grep -q "^- .x. Day 3" ROADMAP.md', id='the file has the tick'),
    pytest.param('pre-commit', 'sleep 30 &', id='a job left running'),
    pytest.param('post-commit', 'git status >status', id='post-commit'),
    pytest.param('post-commit', 'unset GIT_INDEX_FILE; git diff >/dev/null', id='other index'),
    pytest.param('commit-msg', 'echo "Change-Id: 1" >>"$1"', id='message amended'),
]  # fmt: skip


@pytest.mark.parametrize(('name', 'script'), HOOKS)
def test_hooks_run_as_for_any_commit(work: Work, name: str, script: str) -> None:
    work.sh('echo x >>other.md; git add .')
    work.hook(name, script + '\n')
    tick(str(work.file), 3)
    assert work.edits('HEAD^', 'HEAD') == DAY_3
    assert work.git('diff', '--cached', '--name-only') == 'other.md'
    assert ('Change-Id: 1' in work.git('log', '-1', '--format=%B')) == ('Change-Id' in script)


def test_a_formatter_in_a_hook_leaves_no_trace_in_the_index(work: Work) -> None:
    work.hook('pre-commit', 'sed -i "s/^# Days/# The days/" ROADMAP.md; git add ROADMAP.md\n')
    tick(str(work.file), 3)
    assert work.git('status', '--porcelain') == ''
    assert work.bytes('show', 'HEAD:ROADMAP.md') == work.file.read_bytes()
    assert work.edits('HEAD^', 'HEAD') == ['-# Days', '+# The days', *DAY_3]


def test_a_hook_that_commits_on_top_is_no_failure(work: Work) -> None:
    work.hook(
        'post-commit',
        'test -e done || { touch done; echo 1 >version; unset GIT_INDEX_FILE; '
        'git update-ref HEAD $(git commit-tree -p HEAD -m bump "HEAD^{tree}"); }\n',
    )
    (made,) = tick(str(work.file), 3)
    assert work.git('rev-parse', 'HEAD^') == made
    assert work.git('status', '--porcelain', '-uno') == ''


def test_a_hook_cannot_tick_in_turn(work: Work) -> None:
    paths = f'{Path(commit.__file__).parents[1]}:{Path(__file__).parent}'
    again = 'import ticker; ticker.tick("ROADMAP.md", 4)'
    work.hook('pre-commit', f"PYTHONPATH={paths} {sys.executable} -c '{again}'\n")
    with pytest.raises(UserError, match='a hook of a commit that roadmap-md is making'):
        tick(str(work.file), 3)
    assert work.git('status', '--porcelain') == ''


def test_commits_are_signed(work: Work, tmp_path: Path) -> None:
    subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', tmp_path / 'key'])
    work.sh(f'git config gpg.format ssh; git config user.signingKey {tmp_path}/key.pub;'
            'git config commit.gpgsign true')  # fmt: skip
    tick(str(work.file), 3)
    assert 'gpgsig -----BEGIN SSH SIGNATURE' in work.git('cat-file', 'commit', 'HEAD')


def test_what_another_git_exports_is_not_for_us(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = work_tree(tmp_path / 'other')
    monkeypatch.setenv('GIT_DIR', str(other.top / '.git'))
    monkeypatch.setenv('GIT_INDEX_FILE', str(other.top / '.git' / 'index'))
    monkeypatch.setenv('GIT_WORK_TREE', str(other.top))
    tick(str(work.file), 3)
    monkeypatch.undo()
    assert work.edits('HEAD^', 'HEAD') == DAY_3
    assert other.git('log', '--format=%s') == 'first'


def test_head_that_moves_meanwhile_is_said(work: Work) -> None:
    # Only plumbing can do this while the index is held, and only before git commit has begun.
    moving = threading.Event()
    repo = git.find(str(work.file))
    assert repo

    def splice(data: bytes) -> bytes:
        if not moving.is_set():
            moving.set()
            work.sh('git update-ref HEAD $(git commit-tree -p HEAD -m moved "HEAD^{tree}")')
        return day(3)(data)

    with (
        pytest.raises(UserError, match='was made, but HEAD had moved'),
        commit.series(repo, str(work.file)) as series,
    ):
        series.commit(splice, 'day 3\n')
    assert work.git('log', '--format=%s') == 'day 3\nmoved\nfirst'
    assert work.git('status', '--porcelain') == ''


def test_an_editor_that_saves_meanwhile_wins(work: Work) -> None:
    saved = LIST.encode() + b'saved\n'

    def splice(data: bytes) -> bytes:
        work.file.write_bytes(saved)
        return day(3)(data)

    repo = git.find(str(work.file))
    assert repo
    with (
        pytest.raises(UserError, match='changed meanwhile'),
        commit.series(repo, str(work.file)) as series,
    ):
        series.commit(splice, 'day 3\n')
    assert work.file.read_bytes() == saved
    assert work.edits('--cached') == []


PRE_COMMIT = """
repos:
- repo: local
  hooks:
  - {id: names, name: names, language: system, entry: sh -c 'echo "$@" >>../names' --}
  - {id: refuse, name: refuse, language: system, entry: sh -c 'test ! -e ../refuse' --}
"""


@pytest.mark.parametrize('refuse', [False, True], ids=['passes', 'refuses'])
def test_pre_commit_checks_the_tick_alone(work: Work, tmp_path: Path, refuse: bool) -> None:
    """It puts all unstaged edits aside while its hooks run, by the index that it is given."""
    pytest.importorskip('pre_commit')
    (work.top / '.pre-commit-config.yaml').write_text(PRE_COMMIT)
    work.sh(f'git add .; git commit -qm config; {sys.executable} -m pre_commit install')
    work.sh(
        'sed -i s/2.–/2:/ ROADMAP.md; git add .; sed -i s/4.–/4:/ ROADMAP.md; echo x >>other.md'
    )
    before, staged, edited = work.snapshot(), work.edits('--cached'), work.edits()
    if refuse:
        (tmp_path / 'refuse').touch()
        with pytest.raises(UserError, match=r'refuse.*Failed'):
            tick(str(work.file), 3)
        assert work.file.read_bytes() == before.file
        assert work.snapshot()[2:] == before[2:]
    else:
        tick(str(work.file), 3)
        assert work.edits('HEAD^', 'HEAD') == DAY_3
    assert (work.edits('--cached'), work.edits()) == (staged, edited)
    assert (tmp_path / 'names').read_text() == 'ROADMAP.md\n'
