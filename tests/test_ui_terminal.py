"""The terminal interface in a real terminal: a week by keys, an edit under it, and its end."""

import os
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import HAS_TMUX, Terminal, terminal, wait
from worktree import Work, work_tree

pytestmark = HAS_TMUX

PLAN = '# Plan\n\nNo skipping.\n\n' + ''.join(
    f'## Week {week}\n' + ''.join(f'- [ ] Day {day}\n' for day in range(1, 6)) + '\n'
    for week in (1, 2)
)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return work_tree(tmp_path / 'work', PLAN)


@pytest.fixture
def shell(work: Work, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(work.top, tmp_path / 'tmux', GIT_AUTHOR_DATE='', GIT_COMMITTER_DATE='') as shell:
        shell.type(f'stty -a > {tmp_path}/before; clear', 'Enter')
        yield shell


def run(shell: Terminal) -> int:
    """Start it; its process, once it is drawn."""
    shell.type('roadmap-md ui; echo "code: $?"', 'Enter')
    shell.wait_for('q Quit')
    bash = shell.tmux('display', '-p', '#{pane_pid}').strip()
    found = subprocess.run(['ps', '-o', 'pid=', '--ppid', bash], capture_output=True, text=True)
    return int(found.stdout)


def is_as_before(shell: Terminal, tmp_path: Path) -> None:
    """The modes of the terminal and the line are those of before."""
    assert shell.modes() == '001'
    shell.type(f'clear; stty -a > {tmp_path}/after; echo do""ne', 'Enter')
    shell.wait_for('done')
    assert (tmp_path / 'after').read_text() == (tmp_path / 'before').read_text()


def subjects(work: Work) -> list[str]:
    return work.git('log', '--reverse', '--format=%s').splitlines()


def test_a_week_and_an_edit_under_it(work: Work, shell: Terminal, tmp_path: Path) -> None:
    run(shell)
    shell.type(*'tntntntnt')
    shell.wait_for('week 1 day 5 completed')
    days = [f'docs(roadmap): complete week 1 day {day}' for day in range(1, 6)]
    assert subjects(work) == ['first', *days]
    assert work.git('status', '--porcelain') == ''

    work.sh("sed -i 's/Day 2$/Day 2 – edited/; /^## Week 2/a Some advice.' ROADMAP.md")
    shell.wait_for('was edited elsewhere')
    edited = work.file.read_text()
    shell.type('n')
    shell.wait_for('Some advice.')
    shell.type('t')
    shell.wait_for('week 2 day 1 completed')
    ticked = edited.replace('Some advice.\n- [ ] Day 1', 'Some advice.\n- [x] Day 1')
    assert work.file.read_text() == ticked != edited
    assert work.edits('HEAD~', 'HEAD') == ['-- [ ] Day 1', '+- [x] Day 1']

    shell.type('u')
    shell.wait_for('completed → not started')
    assert work.file.read_text() == edited
    shell.type('q')
    shell.wait_for('code: 0')
    is_as_before(shell, tmp_path)


@pytest.mark.parametrize('number', [signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_killed_in_the_middle_of_a_commit(
    work: Work, shell: Terminal, tmp_path: Path, number: signal.Signals
) -> None:
    """The hook waits until the signal was sent; the commit is finished, the terminal as it was."""
    fifo = tmp_path / 'fifo'
    os.mkfifo(fifo)
    work.hook('pre-commit', f'touch {tmp_path}/begun; read line < {fifo}')
    process = run(shell)
    shell.type('t')
    wait((tmp_path / 'begun').exists)
    os.kill(process, number)
    wait(lambda: shell.modes() == '001')
    fifo.write_text('go on\n')
    shell.wait_for(f'code: {128 + number}')
    assert subjects(work) == ['first', 'docs(roadmap): complete week 1 day 1']
    assert work.git('status', '--porcelain') == ''
    is_as_before(shell, tmp_path)


def test_git_that_is_slow_is_not_waited_for(work: Work, shell: Terminal, tmp_path: Path) -> None:
    """Not by who leaves; the plan is there before its history."""
    waits, git = tmp_path / 'waits', tmp_path / 'bin/git'
    git.parent.mkdir()
    git.write_text(
        f'#!/bin/sh\ncase "$*" in *" log "*) while test -e {waits}; do sleep 0.1; done; esac\n'
        f'exec {shutil.which("git")} "$@"\n'
    )
    git.chmod(0o755)
    waits.touch()
    try:
        shell.type(f'PATH={git.parent}:$PATH', 'Enter')
        run(shell)
        shell.wait_for('Day 5')
        shell.type('q')
        shell.wait_for('code: 0')
    finally:
        waits.unlink()
    is_as_before(shell, tmp_path)


def test_killed_at_once(work: Work, shell: Terminal, tmp_path: Path) -> None:
    """Nothing can be done then, but the next run mends it."""
    process = run(shell)
    os.kill(process, signal.SIGKILL)
    wait(lambda: not Path(f'/proc/{process}').exists())
    assert shell.modes() == '110'
    run(shell)
    shell.type('q')
    wait(lambda: shell.modes() == '001')
    is_as_before(shell, tmp_path)


def test_the_terminal_is_closed(work: Work, shell: Terminal) -> None:
    process = run(shell)
    shell.tmux('kill-server')
    stat = Path(f'/proc/{process}/stat')
    wait(lambda: not stat.exists() or stat.read_text().split()[2] == 'Z')


@pytest.mark.parametrize('drawn', ['\x1b[?1049h', 'Plan', 'Quit'])
def test_the_terminal_is_closed_while_it_is_drawn_on(work: Work, drawn: str) -> None:
    process, screen = pty.fork()
    if not process:
        os.chdir(work.top)
        os.environ['TERM'] = 'xterm-256color'
        os.execv(sys.executable, [sys.executable, '-m', 'roadmap_md', 'ui'])
    said = b''
    while drawn.encode() not in said:
        said += os.read(screen, 1024)
    os.close(screen)
    wait(lambda: os.waitpid(process, os.WNOHANG)[0] == process)


WITHOUT = "sys.modules['textual'] = None; sys.argv[1:] = ['ui']; from roadmap_md.__main__ import main; main()"

# What is run; what is said.
ELSEWHERE = {
    'a pipe': ('roadmap-md ui | cat', 'this needs a terminal'),
    'a dumb terminal': ('TERM=dumb roadmap-md ui', 'this terminal cannot draw'),
    'closed input': ('roadmap-md ui <&-', 'this needs a terminal'),
    'no extra': (f'python -c "import sys; {WITHOUT}"', "pip install 'roadmap-md[ui]'"),
    'no tracker': ('roadmap-md ui no.md', 'no.md'),
    'another tracker': ('roadmap-md ui other.md', 'a plan without statuses'),
}


@pytest.mark.parametrize(('line', 'said'), ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_it_needs(shell: Terminal, line: str, said: str) -> None:
    shell.type(line, 'Enter')
    shell.wait_for(said)


def test_without_colour_nothing_is_coloured(work: Work, shell: Terminal) -> None:
    shell.type('export NO_COLOR=1', 'Enter')
    run(shell)
    shell.type('t')
    shell.wait_for('completed')
    codes = [code.partition('m')[0] for code in shell.screen('-e').split('\x1b[')[1:]]
    said = {number for code in codes for number in code.split(';')}
    assert said <= {'', '0', '1', '2', '3', '4', '7', '39', '49'}, said
