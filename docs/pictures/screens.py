"""What fills a whole terminal, as SVG: `roadmap-md ui`, and Neovim with the language server.

Both run in tmux, in the repository of `demo`.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

import demo
import printed

_LONGEST = 60  # seconds to wait for what is to be seen
_SHADES = {'light': '254', 'dark': '236'}  # what is behind a note
_AGAIN = 30  # tenths of them until it is asked for again
EDITORS = demo.PLAN.parent / 'docs' / 'editors.md'


class Screen(NamedTuple):
    """A *command* in a terminal of that size, and what is done with it.

    In each step keys are pressed once a text is to be seen. Then *asks* are pressed, again and
    again, until that is seen in the end: the past is read aside, and is not there at once.
    """

    command: str
    columns: int
    rows: int
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    asks: tuple[str, ...]
    until: str


# A day is ticked by hand, out of turn; then the cursor asks what is known of one before.
NEOVIM = Screen(
    'nvim --clean -n -u "$SETTINGS" +"set nowrap noruler noshowcmd laststatus=0" +"syntax off"'
    ' +"highlight clear SignColumn" +"highlight NormalFloat ctermfg=NONE ctermbg=$SHADE"'
    ' ROADMAP.md',
    100,
    30,
    (
        ('Legend', (r':129s/\[ ]/✅/ | 107', 'Enter', 'zt')),
        ('completed, but', ()),
    ),
    ('l', 'h', ':lua vim.lsp.buf.hover()', 'Enter'),
    'by Ada',
)
UI = Screen('roadmap-md ui', 80, 24, (), (), 'golden rule')


def capture(screen: Screen, folder: Path, **variables: str) -> str:
    """What *screen* shows in the end, with its colours."""
    socket = f'pictures-{os.getpid()}'
    tools = os.path.dirname(sys.executable)
    seal = {'PATH': os.pathsep.join((tools, os.environ['PATH'])), 'COLORTERM': 'truecolor'}

    def tmux(*arguments: str) -> str:
        done = subprocess.run(
            ['tmux', '-L', socket, '-f', os.devnull, *arguments], cwd=folder, check=True,
            stdout=subprocess.PIPE, text=True, env={**os.environ, **seal, **variables},
        )  # fmt: skip
        return done.stdout

    def seen(text: str, asks: Sequence[str] = ()) -> None:
        ends = time.monotonic() + _LONGEST
        for number in count():
            if asks and not number % _AGAIN:
                tmux('send-keys', *asks)
            time.sleep(0.1)
            if text in tmux('capture-pane', '-p'):
                return
            if time.monotonic() > ends:
                raise SystemExit(f'{screen.command} does not show {text!r}')

    size = ('-x', str(screen.columns), '-y', str(screen.rows))
    tmux('new-session', '-d', *size, screen.command)
    try:
        for text, keys in screen.steps:
            seen(text)
            tmux('send-keys', *keys)
        seen(screen.until, screen.asks)
        return tmux('capture-pane', '-e', '-N', '-p')
    finally:
        tmux('kill-server')


def pictures() -> Iterator[tuple[str, bytes]]:
    """Each picture: the name of its file, and what goes into it."""
    for theme, colors in printed.THEMES.items():
        with tempfile.TemporaryDirectory() as name:
            folder = demo.make(Path(name) / 'plan')
            settings = Path(name) / 'settings.lua'
            settings.write_text(_settings(), encoding='utf-8')
            shown = capture(NEOVIM, folder, SETTINGS=str(settings), SHADE=_SHADES[theme])
        yield f'editor-{theme}.svg', printed.svg('editor', shown, colors, NEOVIM.columns)
    with tempfile.TemporaryDirectory() as name:
        shown = capture(UI, demo.make(Path(name)))
    yield 'ui.svg', printed.svg('ui', shown, printed.THEMES['dark'], UI.columns)


def _settings() -> str:
    """What the page on editors has for Neovim."""
    found = re.search(r'^```lua\n(.*?)^```$', EDITORS.read_text(encoding='utf-8'), re.M | re.S)
    assert found
    return found[1]
