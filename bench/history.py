"""``roadmap-md log`` beside the git pipe that it reads, and beside ``git log -p``.

    python bench/history.py [--full] [--rounds N]

H1 is 1,000 commits, each a tick among 50 tasks. H2 is commits of which a fifth are on a tracker of
2,000 tasks; 5,000 of them, or with --full 50,000. Figures are CPU time (user + system, of all
processes); ratios are taken within each of the interleaved rounds.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import run

MARKERS = ('[ ]', '🟨', '✅')
LEGEND = '# Plan\n\n# Legend\n\n[ ] Not Started  \n🟨 In Progress  \n✅ Completed  \n\n'
GUIDANCE = (
    '\n### You should think:\n- ✔ how to make output deterministic\n- ✔ what can fail\n\n---\n\n'
)
PIPE = (
    'git log --full-history -c --raw --no-abbrev --no-renames --format= -- ROADMAP.md'
    " | awk '{ print $4 }' | git cat-file --batch --buffer"
)


def plan(state: list[int]) -> bytes:
    """A tracker with weeks of five days."""
    rows = [LEGEND]
    for at, status in enumerate(state):
        if at % 5 == 0:
            rows.append(f'{GUIDANCE if at else ""}## Week {at // 5 + 1} – Topic {at * 7 % 31}\n')
        rows.append(f'{MARKERS[status]} Day {at % 5 + 1} – Lists & pipelines ({at})  \n')
    return ''.join(rows).encode()


def stream(commits: int, every: int, tasks: int) -> Iterator[bytes]:
    """Commits for git fast-import; each *every*th is a tick."""
    choose = random.Random(1)
    state = [0] * tasks
    for number in range(commits):
        if number % every == 0 and number:
            at = choose.randrange(tasks)
            state[at] = (state[at] + 1) % len(MARKERS)
        name, data = (
            ('ROADMAP.md', plan(state))
            if number % every == 0
            else (f'f{number % 50}', b'%d' % number)
        )
        who = f'Dev <dev@example.com> {1_600_000_000 + 60 * number} +0000\n'.encode()
        yield b'commit refs/heads/main\nauthor ' + who + b'committer ' + who + b'data 1\nc\n'
        yield b'M 100644 inline %b\ndata %d\n%b\n' % (name.encode(), len(data), data)


def repository(folder: Path, commits: int, every: int, tasks: int) -> None:
    """A work tree, packed, with a commit-graph."""
    subprocess.run(['git', 'init', '-q', '-b', 'main', folder], check=True)
    importer = subprocess.Popen(
        ['git', '-C', folder, 'fast-import', '--quiet'], stdin=subprocess.PIPE
    )
    assert importer.stdin
    for piece in stream(commits, every, tasks):
        importer.stdin.write(piece)
    importer.stdin.close()
    assert importer.wait() == 0
    for command in (
        'checkout -q -f main', 'repack -q -a -d -f --depth=50 --window=10',
        'commit-graph write --reachable --changed-paths --no-progress',
    ):  # fmt: skip
        subprocess.run(['git', '-C', folder, *command.split()], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--full', action='store_true', help='H2 with 50,000 commits')
    parser.add_argument('--rounds', type=int, default=5)
    options = parser.parse_args()
    sizes = {'H1': (1_000, 1, 50), 'H2': (50_000 if options.full else 5_000, 5, 2_000)}
    python = [sys.executable, '-m', 'roadmap_md']
    contestants = {
        'log': [*python, 'log'],
        'log --json': [*python, 'log', '--json'],
        'the bare pipe': ['sh', '-c', PIPE],
        'git log -p -U0': ['git', '--no-pager', 'log', '-p', '-U0', '--', 'ROADMAP.md'],
    }
    print('| | commits | command | CPU s | log ÷ this | log --json ÷ this |')
    print('| --- | --: | --- | --: | --: | --: |')
    with tempfile.TemporaryDirectory() as directory:
        for name, size in sizes.items():
            folder = Path(directory, name)
            repository(folder, *size)
            costs: dict[str, list[float]] = {of: [] for of in contestants}
            for number in range(options.rounds + 1):
                for of, command in contestants.items():
                    cost, code, _ = run(command, folder, os.environ)
                    assert code == 0, of
                    if number:  # the first is to warm up
                        costs[of].append(cost.cpu)
            for of, taken in costs.items():
                ratios = [
                    statistics.median(a / b for a, b in zip(costs[ours], taken, strict=True))
                    for ours in ('log', 'log --json')
                ]
                figures = ' | '.join(
                    f'{figure:.2f}' for figure in (statistics.median(taken), *ratios)
                )
                print(f'| {name} | {size[0]:,} | {of} | {figures} |', flush=True)


if __name__ == '__main__':
    main()
