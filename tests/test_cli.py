"""The command line: what people and scripts rely on, whatever the command."""

import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
from console import on_a_terminal, prepare

from roadmap_md.__main__ import main

RUN = [sys.executable, '-m', 'roadmap_md']


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work tree with the project's own tracker."""
    prepare(tmp_path, '')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    'plain',
    [
        'lint',
        'lint ROADMAP.md',
        'lint --staged',
        'lint --quiet',
        'status',
        'next',
        'tick w1d3',
        'start w9d9',
        'reset',
        'sync',
    ],
)
def test_what_click_is_spared_it_would_do_the_same(
    plain: str, tree: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    spared = main(plain.split()), capfd.readouterr()
    parsed = main([*plain.split(), '--color', 'auto']), capfd.readouterr()
    assert spared == parsed


def test_bare_is_status(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert (main([]), capfd.readouterr()) == (main(['status']), capfd.readouterr())


def test_module_and_script(tree: Path) -> None:
    script = Path(sys.executable).parent / 'roadmap-md'
    for command in ([script], RUN):
        done = subprocess.run([*command, '--version'], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, 'roadmap-md 0.1.0\n')


@pytest.mark.parametrize(
    ('environment', 'colored'),
    [
        pytest.param({}, True, id='terminal'),
        pytest.param({'NO_COLOR': '1'}, False, id='NO_COLOR'),
        pytest.param({'NO_COLOR': ''}, True, id='NO_COLOR is empty'),
        pytest.param({'TERM': 'dumb'}, False, id='dumb'),
    ],
)
def test_colors(environment: dict[str, str], colored: bool, tree: Path) -> None:
    assert ('\x1b[' in on_a_terminal('status', **environment)) is colored


def test_piped_is_plain_unless_forced(tree: Path) -> None:
    for environment, colored in (({}, False), ({'FORCE_COLOR': '1'}, True)):
        printed = subprocess.run(
            [*RUN, 'stats'], capture_output=True, env={**os.environ, **environment}
        ).stdout
        assert (b'\x1b[' in printed) is colored


@pytest.mark.parametrize('command', ['status', 'next', 'list', 'stats'])
def test_nothing_is_wider_than_80_cells(command: str, tree: Path) -> None:
    from wcwidth import wcswidth

    wide = '## Week 11 – ' + '学习' * 60 + '\n- [ ] Day 1 – ' + '👩‍💻 ' * 60 + '\n'
    plan = tree / 'ROADMAP.md'
    plan.write_text(wide + plan.read_text() + wide.replace('11', '12'))
    printed = subprocess.run([*RUN, command], capture_output=True, text=True).stdout
    assert max(wcswidth(line) for line in printed.splitlines()) <= 80


@pytest.mark.parametrize('command', ['status', 'next', 'list', 'stats', 'lint', 'rule'])
def test_json_documents(command: str, tree: Path) -> None:
    printed = subprocess.run([*RUN, command, '--json'], capture_output=True).stdout
    assert json.loads(printed)['schema_version'] == 1


@pytest.mark.parametrize('command', ['status', 'next', 'list', 'stats --json', 'rule RM301'])
def test_no_traceback_when_the_reader_goes_away(command: str, tree: Path) -> None:
    script = f'"{sys.executable}" -m roadmap_md {command} | exec sleep 0; exit ${{PIPESTATUS[0]}}'
    (tree / 'ROADMAP.md').write_text('# Plan\n' + f'- [ ] {"Lists " * 20_000}\n')
    done = subprocess.run(['bash', '-c', script], capture_output=True)
    assert (done.returncode, done.stderr) == (141, b'')


@pytest.mark.parametrize(
    ('where', 'code', 'said'),
    [
        pytest.param('>&-', 0, '', id='closed'),
        pytest.param('> /dev/full', 2, 'the output could not be written: No space left', id='full'),
        pytest.param('2>&-', 0, '', id='no standard error'),
    ],
)
def test_output_that_leads_nowhere(where: str, code: int, said: str, tree: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m roadmap_md list {where}', shell=True, capture_output=True, text=True
    )
    assert (done.returncode, said in done.stderr, 'Traceback' in done.stderr) == (code, True, False)


# What the world around a command may be like: a script, what is said, and the next step.
WORLD = [
    pytest.param('roadmap-md lint - <&-', 'standard input is closed', 'pipe a file',
                 id='no standard input'),
    pytest.param('roadmap-md lint --fix - 0> /dev/null', 'standard input cannot be read (Bad file descriptor)',
                 'pipe a file', id='standard input is for writing'),
    *(
        pytest.param(f'mkdir gone; cd gone; rmdir ../gone; roadmap-md {command}',
                     'the current directory was deleted', 'go to one that exists',
                     id=f'{command or "bare"} in a deleted directory')
        for command in ('', 'next', 'list', 'stats --json', 'lint', 'lint -', 'lint --fix /dev/null',
                        'tick next', 'config show')
    ),
    pytest.param("rm -rf .git; printf 'gitdir: gone\\0' > .git; roadmap-md status > /dev/null; roadmap-md tick next",
                 'git cannot work here', 'fatal: not a git repository', id='a NUL byte in .git'),
    pytest.param("printf 'a=%0100000d' 0 | tr 0 [ > roadmap-md.toml; roadmap-md status",
                 'roadmap-md.toml is nested too deep', 'take brackets out', id='a deep configuration'),
    pytest.param("printf 'a=%09999d' 1 | tr 0 1 > roadmap-md.toml; roadmap-md status",
                 'roadmap-md.toml is not TOML', 'Exceeds the limit', id='a number of many digits'),
    pytest.param("printf '%0100000d' 0 | tr 0 [ > known.json; roadmap-md lint --baseline known.json",
                 'known.json is no baseline', 'write one with', id='a deep baseline'),
]  # fmt: skip


@pytest.mark.parametrize(('script', 'said', 'step'), WORLD)
def test_what_the_world_is_like_is_said_in_a_line(
    script: str, said: str, step: str, tree: Path
) -> None:
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH']))
    done = subprocess.run(
        ['bash', '-c', script], env={**os.environ, 'PATH': path}, capture_output=True, text=True
    )
    words = done.stderr.replace('\n  ', ': ')
    assert (done.returncode, done.stdout, words.count('\n')) == (2, '', 1), done.stderr
    assert words.startswith(f'roadmap-md: {said}: {step}')


NEXT_STEPS = [
    # before, the command, the step
    pytest.param(':', 'tick next --file', "git add {0} && git commit -m 'docs: add the roadmap' -- {0}",
                 id='not tracked'),
    pytest.param('chmod a-w *', 'tick next --no-commit --file', 'chmod u+w {0}', id='read-only'),
    pytest.param('git add .; git commit -qm x; sed -i s/Day.3/Sets/ *; git add .; sed -i s/Sets/Tuples/ *',
                 'tick tuples --file', 'commit your other edits first: git commit -- {0}', id='another plan'),
    pytest.param(':', 'lint', 'fix: roadmap-md lint --fix --select RM103 {0}', id='a fix'),
]  # fmt: skip


@pytest.mark.parametrize('name', ['plan.md', "my plan's.md", '$(plan) & *.md'])
@pytest.mark.parametrize(('script', 'command', 'step'), NEXT_STEPS)
def test_next_steps_can_be_pasted(
    script: str, command: str, step: str, name: str, tree: Path
) -> None:
    (tree / 'ROADMAP.md').unlink()
    (tree / name).write_text('- [x] Day 1\n- [X] Day 2\n- [ ] Day 3\n- [x] Day 0\n- [x] Day 0\n')
    subprocess.run(['bash', '-ec', script], check=True)
    done = subprocess.run([*RUN, *command.split(), name], capture_output=True, text=True)
    assert step.format(shlex.quote(name)) in done.stdout + done.stderr


NAME = b'caf\xe9.md'  # as a disk from a system with Latin-1 names has it


@pytest.mark.parametrize(
    ('command', 'code'),
    [
        ('lint --diff', 1),
        ('lint --json', 0),
        ('lint --output-format concise', 0),
        ('lint --write-baseline known.json', 0),
        ('lint --changed-since HEAD', 0),
        ('status', 0),
        ('list --json', 0),
        ('stats --output-format markdown', 0),
        ('tick next --diff --file', 0),
        ('tick next --json --file', 0),
    ],
)
def test_a_file_whose_name_is_not_utf8(command: str, code: int, tree: Path) -> None:
    path = os.path.join(os.fsencode(tree), NAME)
    Path(os.fsdecode(path)).write_text('- [x] a\n- [x] b\n- [X] c\n- [ ] d\n')
    subprocess.run(['git', 'add', '.'], check=True)
    subprocess.run(['git', 'commit', '-qm', 'docs: another'], check=True)
    done = subprocess.run([*RUN, *command.split(), NAME], capture_output=True)
    assert (done.returncode, b'Traceback' in done.stderr) == (code, False), done.stderr
    if 'json' in command.split():
        assert b'caf\\udce9.md' in done.stdout
    if 'baseline' in command:
        known = subprocess.run(
            [*RUN, 'lint', '--baseline', 'known.json', NAME], capture_output=True
        )
        assert b'no problems' in known.stderr


@pytest.mark.parametrize('encoding', ['ascii', 'latin-1', 'utf-8'])
def test_any_terminal_encoding(encoding: str, tree: Path) -> None:
    environment = {**os.environ, 'PYTHONIOENCODING': encoding, 'PYTHONUTF8': '0', 'LC_ALL': 'C'}
    done = subprocess.run([*RUN, 'status'], capture_output=True, env=environment)
    assert (done.returncode, done.stderr) == (0, b'')


def test_titles_cannot_act_on_a_terminal(tree: Path) -> None:
    (tree / 'ROADMAP.md').write_text('## Week 1\n- [ ] Day 1 \x1b]0;owned\x07\x1b[2J \u202egnp\n')
    for command in (['list'], ['status'], ['next'], ['tick', 'w1d1', '--dry-run']):
        printed = on_a_terminal(*command)
        assert '\x1b]' not in printed and '\x1b[2J' not in printed and '\u202e' not in printed
        assert '\\u{1b}]0;owned\\u{7}' in printed


@pytest.mark.parametrize(
    'command',
    ['status', 'next', 'list', 'stats', 'lint', 'config show', 'tick w1d1 --dry-run', 'tick w1d1'],
)
def test_what_cannot_be_seen_is_escaped_in_json(
    command: str, tree: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    name = 'p\u202e\x9b\x7f.md'
    (tree / name).write_text(f'# Week 1 {name}\n- [ ] Day 1 👩‍💻 {name}\n')
    (tree / 'roadmap-md.toml').write_text(f'files = ["{name[:-4]}\\u007f.md"]\n')
    subprocess.run(['git', 'add', '.'], check=True)
    subprocess.run(['git', 'commit', '-qm', 'docs: plan'], check=True)
    main([*command.split(), '--json'])
    printed = capfd.readouterr().out
    assert '\\u202e\\u009b\\u007f.md' in printed
    assert not set(printed) & set(name[1:4])
    assert name in strings(json.loads(printed))


def strings(value: object) -> list[str]:
    """All strings in a JSON document."""
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return [text for one in inside for text in strings(one)]
    return [value] if isinstance(value, str) else []


def test_outside_a_work_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """All that needs no history works; that nothing was committed is said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv('GIT_CEILING_DIRECTORIES', str(tmp_path))
    (tmp_path / 'ROADMAP.md').write_text('- [ ] Day 1\n')
    assert main(['tick', 'next']) == 0
    assert 'nothing was committed' in capfd.readouterr().err
    assert (tmp_path / 'ROADMAP.md').read_text() == '- [x] Day 1\n'
    assert [main([command]) for command in ('status', 'lint', 'stats', 'list', 'next')] == [0] * 5


@pytest.mark.parametrize(
    ('percent', 'code', 'said'),
    [
        ('66', 0, ''),
        ('66.6', 0, ''),
        ('66.7', 1, '66% is completed, less than 66.7%'),
        ('66.66667', 1, '66% is completed, less than 66.66667%'),
        ('67', 1, '66% is completed, less than 67%'),
        ('nan', 2, "invalid value for '--fail-under': nan is no number"),
        ('101', 2, "invalid value for '--fail-under': 101.0 is not in the range"),
    ],
)
def test_fail_under_compares_exactly(
    percent: str, code: int, said: str, tree: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tree / 'ROADMAP.md').write_text('- [x] a\n- [x] b\n- [ ] c\n- [-] d\n')
    assert main(['stats', '--fail-under', percent]) == code
    assert said in capfd.readouterr().err


NOT_KEPT = 'roadmap-md: nothing was committed, so the note was not kept\n'


@pytest.mark.parametrize(
    ('command', 'said'),
    [
        pytest.param('tick next -m why', '', id='committed'),
        pytest.param('tick next --no-commit', '', id='no note'),
        pytest.param('tick next -m why --no-commit', NOT_KEPT, id='no commit wanted'),
        pytest.param('tick w1d1 -m why', NOT_KEPT, id='completed already'),
        pytest.param('tick w1d1 w1d3 -m why', '', id='one of two completed already'),
        pytest.param('tick next -m why --json --no-commit', NOT_KEPT, id='JSON'),
        pytest.param('tick next -m why --dry-run', '', id='dry run'),
    ],
)
def test_a_note_that_is_not_kept_is_said(
    command: str, said: str, tree: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tree / 'ROADMAP.md').write_text('# Week 1\n- [x] Day 1\n- [x] Day 2\n- [ ] Day 3\n')
    subprocess.run(['git', 'commit', '-qam', 'docs: plan'], check=True)
    assert main(command.split()) == 0
    assert capfd.readouterr().err == said


DRY = [
    pytest.param('w1d3', [('w1d3', 'not-started')], 'would be completed: week 1 day 3', id='one'),
    pytest.param('w1d1', [], 'week 1 day 1 was completed already', id='completed already'),
    pytest.param(
        'w1d1 w1d3', [('w1d3', 'not-started')],
        'would be completed: week 1 day 3\nweek 1 day 1 was completed already', id='one of two',
    ),
]  # fmt: skip


@pytest.mark.parametrize(('names', 'changes', 'said'), DRY)
def test_dry_run(
    names: str, changes: list[tuple[str, str]], said: str, tree: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    plan = b'# Week 1\n- [x] Day 1\n- [x] Day 2\n- [ ] Day 3\n'
    (tree / 'ROADMAP.md').write_bytes(plan)
    assert main(['tick', *names.split(), '--dry-run']) == 0
    assert capfd.readouterr().out == said + '\n'
    assert main(['tick', *names.split(), '--dry-run', '--json']) == 0
    printed = json.loads(capfd.readouterr().out)['changes']
    assert [(c['key'], c['from']) for c in printed] == [
        (f'week-1/day-{k[-1]}', s) for k, s in changes
    ]
    assert all((c['status'], c['commit']) == ('completed', None) for c in printed)
    assert (tree / 'ROADMAP.md').read_bytes() == plan


def test_no_commit(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(['tick', 'next', '--no-commit']) == 0
    assert capfd.readouterr().err == ''
    status = subprocess.run(['git', 'status', '--porcelain'], capture_output=True).stdout
    assert status == b' M ROADMAP.md\n'


@pytest.mark.parametrize('name', ['RM301', 'rm301', 'rm3', 'Skipped-Task'])
def test_rules_are_selected_in_any_letters(name: str, tree: Path) -> None:
    (tree / 'ROADMAP.md').write_text('- [ ] Day 1\n- [x] Day 2\n')
    assert main(['lint', '--select', name]) == 1
    assert main(['lint', '--ignore', name]) == 0


def test_from_a_subdirectory(tree: Path) -> None:
    (tree / 'src').mkdir()
    done = subprocess.run([*RUN, 'tick', 'next'], cwd=tree / 'src', capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert subprocess.run([*RUN, 'lint'], cwd=tree / 'src').returncode == 0


def test_what_a_killed_run_left_is_settled_by_the_next_command(tree: Path) -> None:
    """Killed right before git commits: the file is put back, and that is said."""
    hook = tree / '.git/hooks/pre-commit'
    hook.write_text('#!/bin/sh\nkill -9 $(ps -o ppid= -p $PPID)\nsleep 0.2\nexit 1\n')
    hook.chmod(0o755)
    before = (tree / 'ROADMAP.md').read_bytes()
    subprocess.run([*RUN, 'tick', 'next'], capture_output=True)
    hook.unlink()
    said, deadline = '', time.monotonic() + 60
    while not said and time.monotonic() < deadline:  # the git that it had started ends first
        said = subprocess.run([*RUN, 'status'], capture_output=True, text=True).stderr
    assert 'interrupted run' in said
    assert (tree / 'ROADMAP.md').read_bytes() == before
    assert subprocess.run(['git', 'status', '--porcelain'], capture_output=True).stdout == b''


def test_import_of_the_lint_path(tree: Path) -> None:
    """What every commit of a user waits for: nothing is imported that is not needed."""
    done = subprocess.run(
        [sys.executable, '-X', 'importtime', '-m', 'roadmap_md', 'lint'],
        capture_output=True, text=True, encoding='utf-8',
    )  # fmt: skip
    imported = {line.rpartition('|')[2].strip() for line in done.stderr.splitlines() if '|' in line}
    assert 'roadmap_md.lint' in imported
    heavy = {'git', 'click', 'rich', 'subprocess', 'json', 'dataclasses', 'inspect', 'pathlib',
             'tomllib', 'difflib', 'wcwidth', 'unicodedata'}  # fmt: skip
    assert imported & heavy <= {'unicodedata'}  # mistletoe's own


@pytest.mark.skipif(os.geteuid() != 0, reason='only root can give a directory away')
@pytest.mark.parametrize('interrupted', [False, True], ids=['at rest', 'interrupted'])
@pytest.mark.parametrize(
    'command', ['', 'status', 'next', 'list', 'stats', 'lint', 'tick next --dry-run']
)
def test_a_work_tree_of_somebody_else_can_be_read(
    command: str, interrupted: bool, tree: Path
) -> None:
    if interrupted:
        (tree / '.git/roadmap-md').mkdir()
        (tree / '.git/roadmap-md/journal').write_text('left')
    for path in (tree, tree / '.git'):
        os.chown(path, 12345, 12345)
    done = subprocess.run([*RUN, *command.split()], capture_output=True, text=True)
    assert done.returncode == 0
    said = 'an interrupted run is not settled yet: git cannot work here: fatal: detected dubious'
    assert (said in done.stderr) is (interrupted and command != 'lint')
    refused = subprocess.run([*RUN, 'tick', 'next'], capture_output=True, text=True)
    assert refused.returncode == 2
    assert f'\n          git config --global --add safe.directory {tree}\n' in refused.stderr


def ticks_committed(tree: Path) -> str:
    return subprocess.run(
        ['git', 'show', '--format=', '-U0'], cwd=tree, capture_output=True, text=True
    ).stdout


def test_a_task_that_was_renumbered_by_hand_is_not_mistaken(
    tree: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    plan = tree / 'ROADMAP.md'
    plan.write_text('- [ ] Day 1: Lists\n- [ ] Day 2: Sets\n')
    subprocess.run(['git', 'commit', '-qam', 'docs: plan'], check=True)
    plan.write_text('- [ ] Day 1: Intro\n- [ ] Day 2: Lists\n- [ ] Day 3: Sets\n')
    assert main(['tick', 'day-1']) == 2
    assert "'Day 1: Intro' is not in the last commit" in capfd.readouterr().err
    plan.write_text('- [ ] Day 1: Arrays\n- [ ] Day 2: Sets\n')  # retitled only
    assert main(['tick', 'day-1']) == 0
    assert '+- [x] Day 1: Lists' in ticks_committed(tree)


@pytest.mark.parametrize('command', ['lint {}', 'status {}', 'tick --file {} d2 --dry-run'])
def test_a_file_of_another_work_tree_is_judged_by_its_own_configuration(
    command: str, tree: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tree / 'roadmap-md.toml').write_text('no such key = 1\n')
    other = tree / 'other'
    other.mkdir()
    prepare(other, '```markdown ROADMAP.md\n- [x] Day 1\n- [ ] Day 2\n```\n')
    assert main(command.format('other/ROADMAP.md').split()) == 0
    assert main(['lint']) == 2


def test_an_empty_name_is_no_file(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(['tick', '--file', '', 'w1d1']) == 2
    assert 'there is no such file' in capfd.readouterr().err
