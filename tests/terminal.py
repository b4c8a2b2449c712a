"""A real terminal of 80 × 24: tmux, to type into and to look at."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

HAS_TMUX = pytest.mark.skipif(not shutil.which('tmux'), reason='tmux is not installed')
_PATIENCE = 60  # seconds, of a machine that does much else


class Terminal(NamedTuple):
    """A shell in a terminal."""

    socket: Path

    def tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ['tmux', '-S', self.socket, '-f', os.devnull, *arguments],
            capture_output=True, check=True, encoding='utf-8',
        )  # fmt: skip
        return done.stdout

    def type(self, *keys: str) -> None:
        """Press *keys*, such as ``t`` or ``Enter``."""
        self.tmux('send-keys', *keys)

    def screen(self, *options: str) -> str:
        return self.tmux('capture-pane', '-p', *options)

    def modes(self) -> str:
        """Is there an alternate screen, is the mouse reported, is the cursor seen."""
        return self.tmux('display', '-p', '#{alternate_on}#{mouse_any_flag}#{cursor_flag}').strip()

    def wait_for(self, text: str) -> str:
        """The screen, once *text* is on it."""
        wait(lambda: text in self.screen(), lambda: f'{text!r} is not in\n{self.screen()}')
        return self.screen()


def wait(is_so: Callable[[], object], said: Callable[[], str] = lambda: 'it never came') -> None:
    end = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < end, said()
        time.sleep(0.02)


@contextmanager
def terminal(directory: Path, socket: Path, **environment: str) -> Iterator[Terminal]:
    """A terminal whose shell is in *directory*, with roadmap-md on its path."""
    opened = Terminal(socket)
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH']))
    given = {'PATH': path, 'PS1': '$ ', **environment}
    opened.tmux(
        'new-session', '-d', '-x', '80', '-y', '24', '-c', str(directory),
        'env', *(f'{name}={value}' for name, value in given.items()), 'bash', '--norc',
        '--noprofile',
    )  # fmt: skip
    try:
        opened.wait_for('$')
        yield opened
    finally:
        subprocess.run(['tmux', '-S', socket, 'kill-server'], capture_output=True)
