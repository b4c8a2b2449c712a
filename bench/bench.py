"""Measure roadmap-md beside its peers and its floors, in one run.

    python bench/bench.py --install            # once: sets up the peers in .bench/
    python bench/bench.py                      # measures, prints the tables
    python bench/bench.py --install --write    # all afresh, and writes docs/benchmarks.md
    python bench/bench.py --install roadmap-md # only the project, after a change
    python bench/bench.py --rounds 5 lint      # one part, quickly

Needs Python >= 3.11, git and, for the npm peers, node; Debian's todotxt-cli is installed where
apt-get may be used. A peer that is missing is named in the tables with the reason.

Figures are CPU time (user + system of the command and its children), wall time beside it, as
median (min–max) of interleaved rounds after a warm-up; ratios and differences are taken within
a round. Every command runs in a new process with an empty home directory, in a temporary
repository above which no configuration file of a peer lies. Byte code is compiled and the
disk cache warm. A command that did not do the work (exit code, words in its output, commits
and markers afterwards) gets no figure but the reason.

Files: `parts/` what is measured and the goals, `peers.py` the tools, `measure.py` rounds.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import peers
from parts import DAYS, PARTS, WARM_UP, Part, Setting

ROUNDS = 20
PEER_CONFIGURATION = (
    '.editorconfig',
    '.markdownlint*',
    '.mdformat.toml',
    '.prettierrc*',
    '.pymarkdown*',
    '.remarkignore',
    '.remarkrc*',
    '.rumdl.toml',
    'package.json',
    'prettier.config.*',
    'pyproject.toml',
    'rumdl.toml',
)


def machine() -> list[tuple[str, str]]:
    cpu = platform.processor() or 'unknown'
    with open('/proc/cpuinfo') as file:
        for line in file:
            if line.startswith('model name'):
                cpu = line.split(':')[1].strip()
                break
    memory = os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30
    return [
        ('date', date.today().isoformat()),
        ('CPU', cpu),
        ('cores', str(len(os.sched_getaffinity(0)))),
        ('memory', f'{memory:.1f} GiB'),
        ('system', platform.freedesktop_os_release()['PRETTY_NAME']),
        ('kernel', f'{platform.system()} {platform.release()}'),
    ]


def file_system(folder: Path) -> str:
    """On one in memory `fsync` costs nothing."""
    command = ['stat', '--file-system', '--format=%T', str(folder)]
    return subprocess.check_output(command, text=True).strip()


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    rule = ['---'] * len(head)
    # A reason may hold a tool's own words.
    cells = ([cell.replace('|', '\\|') for cell in row] for row in (head, rule, *body))
    return '\n'.join(f'| {" | ".join(row)} |' for row in cells)


def report(parts: Sequence[Part], about: Sequence[tuple[str, str]], how: str) -> str:
    goals = [goal.row for part in parts for goal in part.goals]
    blocks = [
        '# Benchmarks',
        '<!-- Written by bench/bench.py; do not edit. -->',
        how,
        '## Goals',
        markdown_table([('goal, in CPU time', 'limit', 'measured', ''), *goals]),
    ]
    for part in parts:
        blocks += f'## {part.title}', part.text, markdown_table(part.table)
    blocks += '## Machine and versions', markdown_table([('what', 'which'), *about])
    return '\n\n'.join(blocks) + '\n'


def refuse_configuration(folder: Path) -> None:
    """Peers search upwards for their configuration: nobody's may be found."""
    for above in folder.parents:
        for pattern in PEER_CONFIGURATION:
            for path in above.glob(pattern):
                sys.exit(f'{path} would be read by a peer: set TMPDIR to another folder')


def environment(folder: Path) -> dict[str, str]:
    """No configuration but git's identity, and no PYTHON* variables: byte code may be written."""
    folder.mkdir()
    (folder / '.gitconfig').write_text(
        '[user]\n\tname = Bench\n\temail = bench@example.com\n[init]\n\tdefaultBranch = main\n'
    )
    return {
        'HOME': str(folder),
        'PATH': os.environ['PATH'],
        'LANG': 'C.UTF-8',
        'TERM': 'dumb',
        'TMPDIR': str(folder),
        'GIT_CONFIG_NOSYSTEM': '1',
    }


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description='Measure roadmap-md beside its peers.')
    parser.add_argument('parts', nargs='*', metavar='PART', help=f'of {", ".join(PARTS)}')
    parser.add_argument(
        '--install',
        nargs='?',
        const='all',
        choices=['all', *peers.NAMES],
        help='set up all tools, or one, in .bench/ first',
    )
    parser.add_argument('--rounds', type=int, default=ROUNDS, help='measured (%(default)s)')
    parser.add_argument('--write', action='store_true', help='write docs/benchmarks.md')
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f'no such part: {", ".join(sorted(unknown))}')
    if not 1 <= options.rounds <= DAYS - WARM_UP:
        parser.error(f'--rounds must be 1 to {DAYS - WARM_UP}: there are {DAYS} days to tick')
    if options.write and options.parts:
        parser.error('--write needs all parts, so that the file holds one run')

    if options.install:
        for name in peers.NAMES if options.install == 'all' else [options.install]:
            peers.install(name)
    about = [*machine(), *peers.versions()]
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix='roadmap-md-bench-') as name:
        folder = Path(name).resolve()
        refuse_configuration(folder)
        about.append(('file system of the repositories', file_system(folder)))
        setting = Setting(folder, environment(folder / 'home'), options.rounds)
        parts = []
        for part in options.parts or PARTS:
            print(f'measuring {part} …', file=sys.stderr)
            parts.append(PARTS[part](setting))
    about.append(('load before and after', f'{load:.2f}, {os.getloadavg()[0]:.2f}'))
    rounds = '' if options.rounds == ROUNDS else f' --rounds {options.rounds}'
    how = (
        f'To repeat: `python bench/bench.py --install --write{rounds}`. CPU time is user + system '
        'of a command and its children. Figures are median (min–max) of '
        f'{options.rounds} interleaved rounds after {WARM_UP} to warm up (for bare lines a third, '
        'at least 3, and for a thousand trackers a third, at least 5, after 1); ratios and '
        'differences are taken within each round. Each command '
        'is a new process; byte code is compiled and the disk cache is warm.'
    )
    text = report(parts, about, how)
    print(text)
    if options.write:
        (peers.ROOT / 'docs/benchmarks.md').write_text(text)
    return 0


if __name__ == '__main__':
    raise SystemExit(main(sys.argv[1:]))
