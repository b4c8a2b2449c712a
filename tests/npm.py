"""Packages from npm, installed once and kept in pytest's cache."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def unavailable(why: str) -> None:
    """Skip, but not where the project promises that this test runs."""
    if os.environ.get('CI') == 'true':
        pytest.fail(why)
    pytest.skip(why)


def installed(request: pytest.FixtureRequest, name: str, *packages: str) -> Path:
    """The folder *name*, in which the *packages* are installed; else the test is skipped."""
    if not shutil.which('npm') or not shutil.which('node'):
        unavailable('npm is not installed')
    cache = getattr(request.config, 'cache', None)
    folder = Path(cache.mkdir('npm') if cache else tempfile.gettempdir()) / name
    folder.mkdir(exist_ok=True)
    with (folder / 'lock').open('w') as lock:  # the other workers wait for the first
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / 'installed').exists():
            command = ['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', *packages]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                unavailable(f'npm install failed: {done.stderr[-500:]}')
            (folder / 'installed').touch()
    return folder
