"""Text on a terminal: colours where they are wanted, and cells rather than characters."""

import os
import re
import sys
from collections.abc import Mapping
from typing import TextIO

from ..escape import visible

_CODES = {
    'bold': 1, 'dim': 2,
    'red': 31, 'green': 32, 'yellow': 33, 'blue': 34, 'magenta': 35, 'cyan': 36,
}  # fmt: skip

# Latin, punctuation, arrows, lines and blocks, which take one cell on every terminal.
_NARROW = re.compile(r'[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u259f▸✓›]+')


class Painter:
    """Colours and links text, or leaves it alone.

    click.style does the same, but click takes 30 ms to import and `lint` has no need of it.
    """

    def __init__(self, colored: bool, linked: bool = False) -> None:
        self.colored = colored
        self.linked = linked

    def __call__(self, text: str, *styles: str) -> str:
        if not self.colored or not text or not styles:
            return text
        codes = ';'.join(str(_CODES[style]) for style in styles)
        return f'\033[{codes}m{text}\033[0m'

    def link(self, text: str, path: str, line: int) -> str:
        """*text*, which leads to a line of the file at *path* where there is one.

        https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
        """
        if not self.linked or not os.path.exists(path):
            return text
        from urllib.parse import quote

        where = quote(os.fsencode(os.path.abspath(path)))
        uri = f'file://{quote(os.uname().nodename)}{where}#{line}'
        return f'\033]8;;{uri}\033\\{text}\033]8;;\033\\'


def painter(
    stream: TextIO, color: str = 'auto', environ: Mapping[str, str] = os.environ
) -> Painter:
    """A painter for *stream*; *color* is ``auto``, ``always`` or ``never``.

    https://no-color.org and https://force-color.org: set and not empty. Links are for terminals.
    """
    terminal = stream.isatty() and environ.get('TERM') != 'dumb'
    if color != 'auto':
        colored = color == 'always'
    elif environ.get('NO_COLOR'):
        colored = False
    else:
        colored = terminal or bool(environ.get('FORCE_COLOR'))
    return Painter(colored, linked=colored and terminal)


def columns() -> int:
    """The width to lay out for: the terminal's, at most 100, and 80 where there is none."""
    if not sys.stdout.isatty() and 'COLUMNS' not in os.environ:
        return 80
    from shutil import get_terminal_size

    return max(40, min(get_terminal_size((80, 24)).columns, 100))


def width(text: str) -> int:
    """How many cells *text* takes."""
    if not _NARROW.sub('', text):
        return len(text)
    from wcwidth import wcswidth  # type: ignore[import-not-found,unused-ignore]  # 30 ms

    return max(int(wcswidth(text)), 0)


def fit(text: str, cells: int) -> str:
    """*text* made visible, cut with … to *cells* where it takes more."""
    shown = visible(text)
    if width(shown) <= cells:
        return shown
    while shown and width(shown) > cells - 1:
        shown = shown[: -max(1, (width(shown) - cells) // 2)]
    return shown.rstrip() + '…'


def pad(text: str, cells: int) -> str:
    """*text* cut or filled to exactly *cells*."""
    shown = fit(text, cells)
    return shown + ' ' * (cells - width(shown))


def bar(completed: int, total: int, cells: int) -> tuple[str, str]:
    """The filled and the empty part of a bar; full only when all is completed."""
    filled = cells * completed // total if total else 0
    if completed and not filled:
        filled = 1
    return '█' * filled, '░' * (cells - filled)


def wrap(text: str, cells: int, indent: str) -> list[str]:
    """*text* made visible in lines of at most *cells*; each after the first is indented."""
    shown = visible(text)
    if width(shown) <= cells:
        return [shown]
    if not _NARROW.sub('', shown):
        from textwrap import wrap

        lines = wrap(shown, cells, subsequent_indent=indent, break_on_hyphens=False)
    else:
        from wcwidth import wrap as wrap_cells  # knows scripts without blanks; 30 ms

        lines = wrap_cells(shown, cells, subsequent_indent=indent, break_on_hyphens=False)
    return lines


def counted(number: int, noun: str) -> str:
    """``1 day``, ``2 days``."""
    return f'{number} {noun}' + 's' * (number != 1)
