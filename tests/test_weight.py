"""The tool is light: what it brings along, and what a command imports of that."""

import re
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest
from console import ROOT
from packaging.requirements import Requirement
from worktree import LIST, done, work_tree

# What comes with the tool, and what that needs itself; each extra brings more.
BROUGHT = {'click', 'gitpython', 'gitdb', 'smmap', 'mistletoe', 'wcwidth'}


def needed(name: str) -> set[str]:
    """The distributions that *name* brings along without any extra."""
    wanted = [Requirement(line) for line in requires(name) or ()]
    direct = {
        of.name.lower() for of in wanted if not of.marker or of.marker.evaluate({'extra': ''})
    }
    return direct.union(*map(needed, direct))


def test_without_extras_nothing_else_is_brought_along() -> None:
    assert needed('roadmap-md') == BROUGHT


@pytest.mark.long
def test_a_clean_environment_gets_nothing_else(tmp_path: Path) -> None:
    done(tmp_path, f'python -m pip -q wheel --no-deps -w wheel "{ROOT}"; python -m venv clean')
    done(tmp_path, 'clean/bin/python -m pip -q install wheel/*.whl')
    listed = done(tmp_path, 'clean/bin/python -m pip list --format freeze')
    found = {line.partition('==')[0].lower() for line in listed.splitlines()}
    assert found - {'pip', 'setuptools'} == BROUGHT | {'roadmap-md'}
    work = work_tree(tmp_path / 'work')
    for command in ('', 'lint', 'tick next', 'stats --history', 'export csv'):
        done(work.top, f'"{tmp_path}/clean/bin/roadmap-md" {command}')


# What is waited for most: the distributions that it imports, with nothing known of the tracker, in
# ASCII; the width of other text is asked of wcwidth.
IMPORTED = {
    '': {'mistletoe'},
    'status': {'mistletoe'},
    'next': {'mistletoe'},
    'lint': {'mistletoe'},
    'start next': {'mistletoe'},
    'tick next': {'mistletoe'},
    'reset day-1': {'mistletoe'},
    'log': {'mistletoe'},
    'tick next -m note': {'mistletoe', 'click'},
    'lint --strict': {'mistletoe', 'click'},
    'stats --history': {'mistletoe', 'click'},
    'export json': {'mistletoe', 'click'},
    '--help': {'click'},
    '--version': {'click'},
}


@pytest.mark.parametrize('command', IMPORTED)
def test_a_command_imports_no_more_than_it_needs(command: str, tmp_path: Path) -> None:
    work = work_tree(tmp_path, LIST.replace('–', '-').replace('[ ]', '[x]', 1))
    run = subprocess.run(
        [sys.executable, '-X', 'importtime', '-m', 'roadmap_md', *command.split()],
        cwd=work.top, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    names = set(re.findall(r'^import time:.*\| +([A-Za-z]\w*)', run.stderr, re.M))
    ours = {'roadmap_md', 'sitecustomize', 'imported'}  # the last is the head of the table
    assert names - sys.stdlib_module_names - ours == IMPORTED[command]
