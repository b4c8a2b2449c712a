"""Completion, in real shells: the right names are offered, and no title can do anything."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roadmap_md.tracker import read_tracker

PLAN = """\
## Week 1

- [x] Day 1: Lists
- [/] Day 2: Tuples, and why
- [ ] Day 3: Sets

## Week 2

- [ ] Day 1: Files
- [-] Day 2: Tapes
- [ ] Day 3: $(touch pwned) `touch pwned` ; touch pwned | touch pwned
- [ ] Day 4: "quoted" 'too' a:b \\n %F{red} \\e[31m * ~ ! # {a,b}
- [ ] Day 5: \x1b]0;title\x07 \x1b[31m
- [ ] Rest {#rest:day.1}
- [ ] Option {#-rf}
"""
HOSTILE = ['week-2/day-3', 'week-2/day-4', 'week-2/day-5', 'rest:day.1']
OPEN = ['week-1/day-2', 'week-1/day-3', 'week-2/day-1', *HOSTILE]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work tree with PLAN, a home of its own, and roadmap-md on the path."""
    work = tmp_path / 'work'
    (work / '.git').mkdir(parents=True)
    (work / 'ROADMAP.md').write_text(PLAN, encoding='utf-8')
    (tmp_path / 'home').mkdir()
    monkeypatch.setenv('HOME', str(tmp_path / 'home'))
    monkeypatch.setenv('PATH', os.path.dirname(sys.executable) + os.pathsep + os.environ['PATH'])
    monkeypatch.chdir(work)
    return work


def needs(shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f'{shell} is not installed')


def output(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True,
        encoding='utf-8', stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.stderr == ''
    return done.stdout


def fish(line: str) -> dict[str, str]:
    """What fish offers after *line*, and what it says of each."""
    source = 'roadmap-md completion fish | source; complete -C $argv[1]'
    rows = output('fish', '--no-config', '-c', source, line).splitlines()
    return dict((row + '\t').split('\t')[:2] for row in rows)


def bash(*words: str) -> list[str]:
    """What bash offers for the last of *words*."""
    source = """
        eval "$(roadmap-md completion bash)"
        compopt() { :; }  # there is no line that is being completed
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        function=$(complete -p roadmap-md); function=${function##*-F }
        "${function%% *}" roadmap-md
        [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
    """
    return output('bash', '--norc', '-c', source, 'bash', *words).splitlines()


class Zsh:
    """A zsh on a terminal, as a person has it."""

    def __init__(self, setup: str) -> None:
        self.process, self.terminal = pty.fork()
        if not self.process:
            os.environ.update(TERM='xterm', COLUMNS='120', LINES='50')
            os.execvp('zsh', ['zsh', '-f', '-i'])
        self.shown = ''
        self.type(f'PS1=READY; stty cols 120 rows 50; autoload compinit; {setup}; echo SET""UP\n')
        self.wait('SETUP\n.*READY')

    def type(self, text: str) -> None:
        self.shown = ''
        os.write(self.terminal, text.encode())

    def wait(self, pattern: str) -> str:
        """What is shown, without escape sequences, once it matches *pattern*."""
        deadline = time.monotonic() + 60
        while not re.search(pattern, self.shown, re.S) and time.monotonic() < deadline:
            if select.select([self.terminal], [], [], 0.1)[0]:
                got = os.read(self.terminal, 65536).decode(errors='replace')
                self.shown += re.sub(r'\x1b[\[(?][0-9;?]*[A-Za-z]?|\x1b[=>]|\r', '', got)
        assert re.search(pattern, self.shown, re.S), self.shown
        return self.shown

    def close(self) -> None:
        os.close(self.terminal)
        os.waitpid(self.process, 0)


def test_bash(tree: Path) -> None:
    needs('bash')
    assert bash('roadmap-md', 'tick', '') == ['next', *OPEN]
    assert bash('roadmap-md', 'tick', 'w1') == OPEN[:2]
    assert bash('roadmap-md', 'li') == ['list', 'lint']
    assert bash('roadmap-md', 'stats', '--output-format', '=', 'm') == ['markdown']
    assert not Path('pwned').exists()


def test_fish(tree: Path) -> None:
    needs('fish')
    offered = fish('roadmap-md tick w1')
    assert offered == {'week-1/day-2': 'Tuples, and why', 'week-1/day-3': 'Sets'}
    offered = fish('roadmap-md tick ')
    assert set(offered) == {'next', *OPEN}
    assert offered['week-2/day-3'] == '$(touch pwned) `touch pwned` ; touch pwned | touch pwned'
    assert offered['week-2/day-5'] == '\\u{1b}]0;title\\u{7} \\u{1b}[31m'
    assert fish('roadmap-md rule skip') == {'skipped-task': 'RM301', 'skipped-in-progress': 'RM408'}
    assert not Path('pwned').exists()


def test_zsh(tree: Path) -> None:
    needs('zsh')
    shell = Zsh('compinit -D -u; eval "$(roadmap-md completion zsh)"')
    try:
        shell.type('roadmap-md tick w1\t')
        shell.wait('1/day-')  # what all have in common
        shell.type('\t')
        shown = shell.wait('Sets')
        assert re.search('week-1/day-2 +-- Tuples, and why', shown)
        assert 'Lists' not in shown
        shell.type('\x15roadmap-md tick w2\t')
        shell.wait('2/day-')
        shell.type('\t')
        shown = shell.wait('day-5 .*title')
        assert '$(touch pwned) `touch pwned` ; touch pwned | touch pwned' in shown
        assert '\\u{1b}]0;title' in shown
        shell.type('\x15roadmap-md tick week-2/day-4\t ; echo ME""ANT\n')
        shell.wait('MEANT')
    finally:
        shell.close()
    assert not Path('pwned').exists()
    assert '[x] Day 4' not in Path('ROADMAP.md').read_text(encoding='utf-8')


def asked(shell: str, *words: str) -> str:
    """The answer to a shell, which is what its script reads."""
    return output(
        'roadmap-md', COMP_WORDS=' '.join(words), COMP_CWORD=str(len(words) - 1),
        _ROADMAP_MD_COMPLETE=f'{shell}_complete',
    )  # fmt: skip


@pytest.mark.parametrize(
    ('line', 'offered'),
    [
        ('tick w1d', 'week-1/day-2 week-1/day-3'),
        ('tick W1D3', 'week-1/day-3'),
        ('tick week-1/', 'week-1/day-2 week-1/day-3'),
        ('tick tup', 'week-1/day-2'),
        ('tick uples', ''),
        ('tick n', 'next'),
        ('tick week-1/day-2 week-1', 'week-1/day-3'),
        ('tick w1d2..w2d1', 'w1d2..week-2/day-1'),
        ('start w1', 'week-1/day-3'),
        ('suggest --apply w1', 'week-1/day-2 week-1/day-3'),
        ('log --task w1', 'week-1/day-1 week-1/day-2 week-1/day-3'),
        ('reset w', 'week-1/day-1 week-1/day-2 week-2/day-2'),
        ('tick --file other.md d', 'day-7'),
        ('tick --file missing.md d', ''),
        ('rule RM30', 'RM301 RM302 RM303 RM304 RM305 RM306'),
        ('lint --ignore rm001,rm00', 'rm001,RM001 rm001,RM002 rm001,RM003 rm001,RM004 rm001,RM005 rm001,RM006 rm001,RM007'),
        ('lint --select stale', 'stale-count'),
        ('list --status blocked,c', 'blocked,completed blocked,cancelled'),
        ('badge --output-format ', 'svg json'),
        ('completion ', 'bash zsh fish powershell'),
        ('install --completion ', 'bash zsh fish powershell'),
        ('config s', 'schema show'),
        ('nonsense x', ''),
    ],
)  # fmt: skip
def test_candidates(line: str, offered: str, tree: Path) -> None:
    Path('other.md').write_text('- [ ] Day 7\n')
    rows = asked('bash', 'roadmap-md', *line.split(' ')).splitlines()
    assert [row.removeprefix('plain,') for row in rows if row] == offered.split()


@pytest.mark.parametrize(
    'broken',
    [
        pytest.param({}, id='no tracker'),
        pytest.param({'ROADMAP.md': b'- [ ] \xff\xfe'}, id='not UTF-8'),
        pytest.param({'ROADMAP.md': b'- [ ] Day 1\0'}, id='not text'),
        pytest.param({'ROADMAP.md': b'- [ ] Day 1', 'roadmap-md.toml': b'['}, id='not TOML'),
    ],
)
def test_errors_give_no_candidates(broken: dict[str, bytes], tree: Path) -> None:
    Path('ROADMAP.md').unlink()
    for name, data in broken.items():
        Path(name).write_bytes(data)
    assert asked('zsh', 'roadmap-md', 'tick', 'w').strip() == ''


def test_faults_give_no_candidates(tree: Path) -> None:
    done = subprocess.run(
        ['roadmap-md'], env={**os.environ, '_ROADMAP_MD_COMPLETE': 'bash_complete'},
        capture_output=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (b'', b'')


def test_an_interrupted_run_is_left_alone(tree: Path) -> None:
    journal = Path('.git/roadmap-md/journal')
    journal.parent.mkdir()
    journal.write_bytes(b'left by a killed run')
    assert 'week-1/day-2' in asked('bash', 'roadmap-md', 'tick', '')
    assert journal.read_bytes() == b'left by a killed run'


def test_powershell(tree: Path) -> None:
    """No PowerShell is at hand; this is the form that its script reads, three lines each."""
    rows = asked('powershell', 'roadmap-md', 'tick', 'w2').splitlines()
    assert rows[:6] == [
        'plain', 'week-2/day-1', 'Files',
        'plain', 'week-2/day-3', '$(touch pwned) `touch pwned` ; touch pwned | touch pwned',
    ]  # fmt: skip
    assert 'Register-ArgumentCompleter' in output('roadmap-md', 'completion', 'powershell')


def test_keys_are_plain_words_to_every_shell() -> None:
    """What is offered is put into the line as it is."""
    odd = ''.join(map(chr, range(33, 127)))
    plan = ''.join(f'- [ ] {char}x{char} {char}\n' for char in odd) + f'- [ ] {odd}\n'
    plan += ''.join(f'- [ ] Day {{#a{char}b}}\n- [ ] Day ^a{char}b\n' for char in odd)
    for task in read_tracker(plan.encode()).tasks:
        assert re.fullmatch(r'[\w/~:.-]+', task.key), task.key


PLACES = {
    'bash': '.local/share/bash-completion/completions/roadmap-md',
    'zsh': '.local/share/zsh/site-functions/_roadmap-md',
    'fish': '.config/fish/completions/roadmap-md.fish',
}


@pytest.mark.parametrize('shell', PLACES)
def test_install_and_uninstall(shell: str, tree: Path) -> None:
    place = tree.parent / 'home' / PLACES[shell]
    for _ in range(2):  # a second time is as good as once
        said = output('roadmap-md', 'install', '--completion', shell)
        assert f'written: {place}\n' in said
        assert place.read_text().startswith(output('roadmap-md', 'completion', shell))
    said = output('roadmap-md', 'uninstall', '--completion', '--dry-run')
    assert (said, place.exists()) == (f'would be deleted: {place}\n', True)
    assert output('roadmap-md', 'uninstall', '--completion') == f'deleted: {place}\n'
    assert not place.exists()
    assert 'there is no' in output('roadmap-md', 'uninstall', '--completion')


def test_install_for_the_shell_of_the_user(tree: Path) -> None:
    said = output('roadmap-md', 'install', '--completion', '--dry-run', SHELL='/usr/bin/zsh')
    home = tree.parent / 'home'
    assert said.splitlines() == [
        f'would be written: {home / PLACES["zsh"]}',
        f'in ~/.zshrc, before compinit: fpath=({home}/.local/share/zsh/site-functions $fpath)',
    ]
    assert list(home.iterdir()) == []
    unknown = ['roadmap-md', 'install', '--completion']
    done = subprocess.run(unknown, env={**os.environ, 'SHELL': '/bin/tcsh'}, capture_output=True)
    assert (done.returncode, b'--completion zsh' in done.stderr) == (2, True)


def test_install_leaves_what_is_not_ours(tree: Path) -> None:
    place = tree.parent / 'home' / PLACES['bash']
    place.parent.mkdir(parents=True)
    place.write_text('# by hand\n')
    done = subprocess.run(['roadmap-md', 'install', '--completion', 'bash'], capture_output=True)
    assert (done.returncode, b'is not ours' in done.stderr) == (2, True)
    output('roadmap-md', 'uninstall', '--completion', 'bash')
    assert place.read_text() == '# by hand\n'


def test_install_in_directories_of_the_user(tree: Path) -> None:
    said = output(
        'roadmap-md', 'install', '--completion', 'bash', '--dry-run', XDG_DATA_HOME='/srv/data'
    )
    assert said == 'would be written: /srv/data/bash-completion/completions/roadmap-md\n'
    said = output(
        'roadmap-md', 'install', '--completion', 'fish', '--dry-run', XDG_CONFIG_HOME='not/absolute'
    )
    assert said == f'would be written: {tree.parent / "home" / PLACES["fish"]}\n'


def test_install_for_powershell_says_the_line(tree: Path) -> None:
    said = output('roadmap-md', 'install', '--completion', 'powershell')
    assert 'roadmap-md completion powershell | Out-String | Invoke-Expression\n' in said
    assert list((tree.parent / 'home').iterdir()) == []


def test_fish_finds_what_is_installed(tree: Path) -> None:
    needs('fish')
    output('roadmap-md', 'install', '--completion', 'fish')
    rows = output('fish', '-c', "complete -C 'roadmap-md tick w1'")
    assert rows == 'week-1/day-2\tTuples, and why\nweek-1/day-3\tSets\n'


def test_zsh_finds_what_is_installed(tree: Path) -> None:
    needs('zsh')
    line = output('roadmap-md', 'install', '--completion', 'zsh').splitlines()[-1]
    shell = Zsh(line.partition('compinit: ')[2] + '; compinit -D -u')
    try:
        shell.type('roadmap-md tick tup\t')
        shell.wait('week-1/day-2')
    finally:
        shell.close()
