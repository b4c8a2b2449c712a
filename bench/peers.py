"""The tools that are measured: how each is installed under `.bench/`, and which version it is.

Python tools get a virtual environment each, as pipx does: in a shared one mdformat would
search the others' entry points.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from filecmp import cmp
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / '.bench'

# Name in the tables and under .bench/: what the registry calls it.
PYPI = {
    'roadmap-md': str(ROOT),
    'rumdl': 'rumdl',
    'pymarkdown': 'pymarkdownlnt',
    'mdformat': 'mdformat',
}
NPM = {
    'markdownlint-cli2': 'markdownlint-cli2',
    'prettier': 'prettier',
    'remark': 'remark-cli',
    'backlog': 'backlog.md',
}
DEBIAN = {'todo.txt': 'todotxt-cli'}
NAMES = (*PYPI, *NPM, *DEBIAN)

VERSION = {
    'pymarkdown': ['version'],
    'markdownlint-cli2': ['--help'],
    'todo.txt': ['-V'],
}


def _commands(name: str, folder: Path) -> list[Sequence[str]]:
    if name in PYPI:
        return [
            [sys.executable, '-m', 'venv', '--clear', str(folder)],
            [str(folder / 'bin/pip'), 'install', '--quiet', PYPI[name]],
        ]
    if name in NPM:
        return [['npm', 'install', '--no-audit', '--no-fund', '--prefix', str(folder), NPM[name]]]
    # -qq keeps apt from asking.
    return [['apt-get', 'update', '-qq'], ['apt-get', 'install', '-y', '-qq', DEBIAN[name]]]


def install(name: str) -> None:
    """Install tool *name*; where that fails, the reason is kept for the tables."""
    folder = BENCH / name
    folder.mkdir(parents=True, exist_ok=True)
    reason = BENCH / f'{name}.why-not'
    reason.unlink(missing_ok=True)
    if name in DEBIAN and os.geteuid():
        reason.write_text('apt-get needs root')
        return
    # With this variable set, pip and the tools would leave no byte code.
    environment = {k: v for k, v in os.environ.items() if k != 'PYTHONDONTWRITEBYTECODE'}
    for command in _commands(name, folder):
        print('$', *command, file=sys.stderr)
        try:
            subprocess.run(command, check=True, env=environment, stdout=sys.stderr)
        except OSError as error:
            reason.write_text(f'{command[0]}: {error.strerror}')
            return
        except subprocess.CalledProcessError as error:
            reason.write_text(f'{Path(command[0]).name} ended with exit code {error.returncode}')
            return
    if name == 'roadmap-md':
        (BENCH / 'commit').write_text(_commit())


def _commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.check_output(['git', '-C', ROOT, *arguments], text=True).strip()

    changed = git('status', '--porcelain', '--', 'roadmap_md', 'pyproject.toml')
    return git('rev-parse', '--short', 'HEAD') + (' and uncommitted changes' if changed else '')


def program(name: str) -> str:
    """Where the command of tool *name* is, or would be."""
    if name in PYPI:
        return str(BENCH / name / 'bin' / name)
    if name in NPM:
        return str(BENCH / name / 'node_modules/.bin' / name)
    # Debian calls it todo-txt, everybody else todo.sh.
    return shutil.which('todo-txt') or shutil.which('todo.sh') or 'todo.sh'


def why_not(name: str) -> str:
    """Why tool *name* cannot be measured; empty when it can."""
    if os.access(program(name), os.X_OK):
        return ''
    reason = BENCH / f'{name}.why-not'
    return f'not installed: {reason.read_text() if reason.exists() else "run with --install"}'


def python() -> str:
    """The interpreter that roadmap-md is installed in."""
    return str(BENCH / 'roadmap-md/bin/python')


def _first_version(command: Sequence[str]) -> str:
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except OSError as error:
        return f'not installed: {error.strerror}'
    found = re.search(r'\d+(\.\d+)+[^\s,]*', result.stdout + result.stderr)
    return found[0] if found else 'version not said'


def _is_stale() -> bool:
    """Whether the work tree's code is no longer what is installed."""
    sources = [path.relative_to(ROOT) for path in (ROOT / 'roadmap_md').rglob('*.py')]
    (installed,) = (BENCH / 'roadmap-md/lib').glob('python*/site-packages')
    return not all(
        (installed / path).exists() and cmp(ROOT / path, installed / path, shallow=False)
        for path in sources
    )


def versions() -> list[tuple[str, str]]:
    """Name and version of everything that takes part."""
    found = [(name, _first_version([name, '--version'])) for name in ('git', 'node')]
    found.insert(0, ('python', _first_version([python(), '--version'])))
    for name in NAMES:
        version = why_not(name) or _first_version(
            [program(name), *VERSION.get(name, ['--version'])]
        )
        if name == 'roadmap-md' and not why_not(name):
            version += f', commit {(BENCH / "commit").read_text()}'
            version += '; the work tree has changed since it was installed' * _is_stale()
        found.append((name, version))
    return found
