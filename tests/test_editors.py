"""Real editors, without a screen, with the settings that docs/editors.md gives.

A problem is seen and mended, a task is ticked, its date is shown.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from console import ROOT, fences
from npm import unavailable
from worktree import work_tree

from roadmap_md.server.options import SWITCHES

SCRIPTS = Path(__file__).parent / 'editors'
PAGE = (ROOT / 'docs/editors.md').read_text(encoding='utf-8')
PLAN = """\
# Week 1 🎯
No skipping.
- [x] Day 1: 🧭 リスト
- [ ] Day 2: 集合
- [x] Day 3: Tuples
- [] Day 4: Files
"""
AFTER = PLAN.replace('[]', '[ ]').replace('[ ] Day 2', '[x] Day 2')


ANSWERS = """\
RM301 on line 5, RM102 on line 6
- [ ] Day 4: Files
- [x] Day 2: 集合
completed Monday 5 January 2026, 09:00, by Ada Learner (COMMIT)
"""
SYMBOLS = """\
[String] Week 1 – 🎯
[Boolean] Day 1: 🧭 リスト
[Boolean] Day 2: 集合
[Boolean] Day 3: Tuples
[Boolean] Day 4: Files
"""


@pytest.mark.parametrize(
    'packages, language, command, answers',
    [
        (
            'neovim', 'lua',
            ['nvim', '--headless', '--clean', '-n', 'ROADMAP.md', '-S', 'neovim.lua'],
            ANSWERS.replace(')', ')  ') + SYMBOLS,
        ),
        (
            'emacs-nox and elpa-eglot', 'elisp',
            ['emacs', '-q', '--batch', '-l', 'emacs.el'],
            ANSWERS,
        ),
    ],
    ids=['neovim', 'emacs'],
)  # fmt: skip
def test_a_tracker_in_an_editor(
    packages: str, language: str, command: list[str], answers: str, tmp_path: Path
) -> None:  # fmt: skip
    if not shutil.which(command[0]):
        unavailable(f'{packages}: not installed')
    work = work_tree(tmp_path / 'work', PLAN.replace('[x] Day 1', '[ ] Day 1'))
    work.file.write_text(PLAN)
    work.sh("git commit -qam 'docs: complete day 1'")
    settings = tmp_path / 'settings'
    settings.write_text(fences(PAGE, language)[0])
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH']))
    done = subprocess.run(
        [*command[:-1], SCRIPTS / command[-1]], cwd=work.top, text=True, capture_output=True,
        stdin=subprocess.DEVNULL, timeout=100,
        env={**os.environ, 'SETTINGS': str(settings), 'PATH': path},
    )  # fmt: skip
    commit = work.git('rev-parse', '--short=7', 'HEAD')
    assert done.stdout == answers.replace('COMMIT', commit), done.stderr
    assert done.returncode == 0, done.stderr
    assert work.file.read_text() == AFTER


def test_every_switch_is_on_the_page() -> None:
    assert re.findall(r'^\| `(\w+)` \|', PAGE, re.M) == list(SWITCHES)
