"""The papers are true: every example in them runs, and says what they say it says."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from console import ROOT, commands, fences, prepare, rewritten, run, settled

from roadmap_md.cli import SECTIONS, roadmap_md
from roadmap_md.config import Config
from roadmap_md.rules import RULES
from roadmap_md.settings import read_config
from roadmap_md.tracker import read_tracker

EXAMPLES = [
    ROOT / 'README.md',
    *(
        ROOT / 'docs' / name
        for name in (
            'cohort.md',
            'diff.md',
            'export.md',
            'merging.md',
            'sync.md',
            'ten-thousand.md',
            'undo.md',
        )
    ),
    *sorted((ROOT / 'tests/data/cli').glob('*.md')),
]


@pytest.mark.parametrize('path', EXAMPLES, ids=lambda path: path.stem)
def test_examples(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding='utf-8')
    if request.config.getoption('--write-examples'):
        path.write_text(rewritten(text, tmp_path), encoding='utf-8')
        return
    prepare(tmp_path, text)
    for fence in fences(text, 'console'):
        for line, printed in commands(fence):
            assert f'$ {line}\n{settled(run(line, tmp_path))}' == f'$ {line}\n{settled(printed)}'


def test_ci_runs_the_command_of_the_readme() -> None:
    readme = (ROOT / 'README.md').read_text(encoding='utf-8')
    assert fences(readme, 'sh')[1].strip() in (ROOT / '.ci/run').read_text()


def test_every_command_has_help_with_an_example() -> None:
    for name, command in roadmap_md.commands.items():
        assert f'roadmap-md {name}' in (command.help or ''), name
        for option in command.params:
            if option.param_type_name == 'option':
                assert option.help, f'{name} {option.name}'


@pytest.mark.parametrize('name', roadmap_md.commands)
def test_help_fits_a_terminal(name: str) -> None:
    command = roadmap_md.commands[name]
    context = click.Context(command, info_name=f'roadmap-md {name}', terminal_width=80)
    wide = [line for line in command.get_help(context).splitlines() if len(line) > 80]
    assert wide == []


def test_every_command_is_listed_once_in_one_line() -> None:
    listed = [name for names in SECTIONS.values() for name in names]
    assert set(roadmap_md.commands) <= set(listed) and len(set(listed)) == len(listed)
    printed = subprocess.run(
        [sys.executable, '-m', 'roadmap_md', '--help'], capture_output=True, text=True, check=True
    ).stdout
    rows = printed.partition(next(iter(SECTIONS)))[2]
    assert '...' not in rows
    assert [row.split()[0] for row in rows.splitlines() if row.startswith('  ')] == [
        name for name in listed if name in roadmap_md.commands
    ]


def test_rules_page_is_fresh() -> None:
    printed = subprocess.run(
        [sys.executable, '-m', 'roadmap_md', 'rule', 'RM'], capture_output=True, check=True
    ).stdout
    assert (ROOT / 'docs/rules.md').read_bytes() == printed, 'roadmap-md rule RM > docs/rules.md'


def test_every_rule_is_listed() -> None:
    page = (ROOT / 'docs/rules.md').read_text(encoding='utf-8')
    assert re.findall(r'^# (RM\d+)', page, re.M) == [rule.code for rule in RULES]


def outline(text: str) -> str:
    """What is read in *text*: the tasks, then the sections that have a status."""
    tracker = read_tracker(text.encode())
    rows = [
        (status.value, task.key, task.title, task_marks.marks[0].carrier.name)
        for task, status, task_marks in zip(
            tracker.tasks, tracker.state, tracker.statused, strict=True
        )
    ]
    wide = [max(len(row[at]) for row in rows) for at in range(3)]
    return ''.join(
        f'{status:<{wide[0]}}  {key:<{wide[1]}}  {title:<{wide[2]}}  {carrier}\n'
        for status, key, title, carrier in rows
    )


EXAMPLE = re.compile(r'^```md\n(?P<text>.*?)^```\n\n```text\n(?P<read>.*?)^```$', re.M | re.S)


def test_what_the_format_page_says_is_read(request: pytest.FixtureRequest) -> None:
    path = ROOT / 'docs/format.md'
    page = path.read_text(encoding='utf-8')
    if request.config.getoption('--write-examples'):
        path.write_text(
            EXAMPLE.sub(
                lambda match: f'```md\n{match["text"]}```\n\n```text\n{outline(match["text"])}```',
                page,
            ),
            encoding='utf-8',
        )
        return
    examples = list(EXAMPLE.finditer(page))
    assert len(examples) == page.count('```md\n') > 5
    for example in examples:
        assert example['read'] == outline(example['text'])


def test_format_page() -> None:
    page = (ROOT / 'docs/format.md').read_text(encoding='utf-8')
    for form in fences(page, 'markdown')[:3]:
        legend = read_tracker(form.encode()).skeleton.legend
        assert legend and [marker for marker, _ in legend.markers] == ['[ ]', '🟨', '✅']
    config = read_config(fences(page, 'toml')[0], 'roadmap-md.toml')
    assert config and set(config._fields) == set(Config._fields)
    for marker in re.findall(r'`(\[.\])`|([⬜-⬜🔲☐▢🟨🟡🚧🔄⏳✅☑✔❌🚫⏭⛔🔒])', page):
        assert read_tracker(f'- {"".join(marker)} Day 1\n'.encode()).tasks, marker
