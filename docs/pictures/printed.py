"""What is seen on a terminal, as SVG: real output in the repository of `demo`, light and dark."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import demo
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

COLUMNS = 80
SESSIONS = {
    'terminal': (
        'roadmap-md',
        'roadmap-md tick next -m "a limit, three retries, an alarm on the bill"',
    ),
    'history': (f'roadmap-md stats --history --today {demo.TODAY}',),
}


def _theme(background: str, text: str, *colors: str) -> TerminalTheme:
    """Eight *colors*, black to white; the bright ones are the same."""
    values = [tuple(bytes.fromhex(color)) for color in (background, text, *colors)]
    return TerminalTheme(values[0], values[1], values[2:])


# GitHub's own colours, so that the picture is of one piece with the page around it.
THEMES = {
    'light': _theme(
        'ffffff', '1f2328',
        '1f2328', 'cf222e', '1a7f37', '9a6700', '0969da', '8250df', '1b7c83', '6e7781',
    ),
    'dark': _theme(
        '0d1117', 'e6edf3',
        '484f58', 'ff7b72', '3fb950', 'd29922', '58a6ff', 'bc8cff', '39c5cf', 'b1bac4',
    ),
}  # fmt: skip
_FRAME = 'rgba(255,255,255,0.35)'
# As rich has it, without its font, which would come from somewhere else.
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>
.{unique_id}-matrix {{
  font: {char_height}px/{line_height}px ui-monospace, SFMono-Regular, Menlo, Consolas,
    'DejaVu Sans Mono', monospace;
}}
{styles}
</style>
<defs>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def pictures() -> Iterator[tuple[str, bytes]]:
    """Each picture: the name of its file, and what goes into it."""
    for name, lines in SESSIONS.items():
        with tempfile.TemporaryDirectory() as folder:
            plan = demo.make(Path(folder))
            typed = [(line, _run(line, plan)) for line in lines]
        for theme, colors in THEMES.items():
            yield f'{name}-{theme}.svg', svg(name, _typed(typed), colors)


def _run(line: str, folder: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith('GIT_')}
    tools = os.path.dirname(sys.executable)
    when = f'{demo.TODAY}T20:10:00+01:00'
    seal = {
        'PATH': os.pathsep.join((tools, os.environ['PATH'])), 'COLUMNS': str(COLUMNS),
        'FORCE_COLOR': '1', 'GIT_AUTHOR_DATE': when, 'GIT_COMMITTER_DATE': when,
        'GIT_CONFIG_GLOBAL': os.devnull, 'GIT_CONFIG_NOSYSTEM': '1',
    }  # fmt: skip
    done = subprocess.run(
        ['bash', '-c', line],
        cwd=folder,
        env=kept | seal,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _typed(printed: list[tuple[str, str]]) -> str:
    """The lines with a prompt before each, and what they print."""
    return '\n\n'.join(
        f'\033[32m$\033[0m \033[1m{line}\033[0m\n{output.rstrip()}' for line, output in printed
    )


def svg(name: str, shown: str, theme: TerminalTheme, columns: int = COLUMNS) -> bytes:
    """What is *shown* with the colours of a terminal, as a picture with that *name* for its ids."""
    console = Console(record=True, width=columns, file=StringIO(), color_system='truecolor')
    console.print(Text.from_ansi(shown), no_wrap=True, overflow='crop')
    drawn = console.export_svg(title='', theme=theme, code_format=SVG, unique_id=name)
    return drawn.replace(_FRAME, '#8b949e').encode()  # seen on white too
