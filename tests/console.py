"""Examples as people read them: ``console`` fences, each `$ command` and what it prints.

All fences of one document run in one directory, a work tree with one commit of ROADMAP.md: the
project's own, or that of a ``markdown ROADMAP.md`` fence. What is printed is standard output and
standard error together; an exit code other than 0 stands in brackets at the end.
"""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
_FENCE = re.compile(r'^(?P<ticks>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=ticks)$', re.M | re.S)
_COMMIT = re.compile(r'\b[0-9a-f]{7}\b')  # differs with every change


class Command(NamedTuple):
    line: str
    printed: str


def fences(text: str, info: str) -> list[str]:
    """The bodies of the fences of *text* with that info string."""
    return [match['body'] for match in _FENCE.finditer(text) if match['info'].strip() == info]


def commands(fence: str) -> Iterator[Command]:
    """The commands of a fence, with their continuation lines (``> ``), and what each prints."""
    line, printed = '', ''
    for row in fence.splitlines(keepends=True):
        if row.startswith('$ '):
            if line:
                yield Command(line, printed)
            line, printed = row[2:].rstrip('\n'), ''
        elif row.startswith('> ') and not printed:
            line += '\n' + row[2:].rstrip('\n')
        else:
            printed += row
    if line:
        yield Command(line, printed)


def prepare(directory: Path, text: str) -> None:
    """Make *directory* the work tree that the examples of *text* are run in."""
    given = fences(text, 'markdown ROADMAP.md')
    plan = given[0].encode() if given else (ROOT / 'ROADMAP.md').read_bytes()
    (directory / 'ROADMAP.md').write_bytes(plan)
    for command in (['init', '-q', '-b', 'main'], ['add', '.'], ['commit', '-qm', 'docs: plan']):
        subprocess.run(['git', *command], cwd=directory, check=True)


def run(line: str, directory: Path) -> str:
    """What *line* prints in *directory*, as it would stand in a fence."""
    environment = {
        **os.environ,
        'PATH': os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH'])),
        'COLUMNS': '80',
    }
    done = subprocess.run(
        ['bash', '-c', line], cwd=directory, env=environment, text=True, encoding='utf-8',
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    code = f'[{done.returncode}]\n' if done.returncode else ''
    return '\n'.join(row.rstrip() for row in (done.stdout + code).splitlines()) + '\n' * bool(
        done.stdout + code
    )


def on_a_terminal(*command: str, directory: Path | None = None, **environment: str) -> str:
    """What *command* prints on a pseudo-terminal of 80 columns."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, '-m', 'roadmap_md', *command],
        stdin=follower, stdout=follower, stderr=follower, cwd=directory,
        env={**os.environ, 'TERM': 'xterm-256color', **environment},
    )  # fmt: skip
    os.close(follower)
    printed = b''
    try:
        while piece := os.read(leader, 65536):
            printed += piece
    except OSError:
        pass  # how Linux says that the other end is closed
    os.close(leader)
    process.wait()
    return printed.decode().replace('\r\n', '\n')


def settled(printed: str) -> str:
    """*printed* without what differs from one commit of the code to the next."""
    rows = (row.rstrip() for row in printed.rstrip('\n').splitlines())
    return _COMMIT.sub('0c0ffee', '\n'.join(rows))


def rewritten(text: str, directory: Path) -> str:
    """*text* with every command of its ``console`` fences run anew."""
    prepare(directory, text)

    def fence(match: re.Match[str]) -> str:
        if match['info'].strip() != 'console':
            return match[0]
        body = ''.join(
            '$ ' + line.replace('\n', '\n> ') + '\n' + run(line, directory)
            for line, _ in commands(match['body'])
        )
        return f'{match["ticks"]}{match["info"]}\n{body}{match["ticks"]}'

    return _FENCE.sub(fence, text)
