"""``roadmap-md log`` beside the git pipe that it reads, and beside ``git log -p``.

    python bench/history.py [--small] [--rounds N] [--write]

H1 is 1,000 commits, each a tick among 50 tasks; H2 is 50,000 commits, of which a fifth are on a
tracker of 2,000 tasks; H3 is 200,000 commits, of which a twentieth are on one of 200 tasks, among
2,000 other files. CPU time is user + system of all processes; ratios are taken within each of the
interleaved rounds, and of those the median. With --small the repositories are a tenth as long.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from measure import Cost, run

ROOT = Path(__file__).parent.parent
PYTHON = [sys.executable, '-m', 'roadmap_md']
MARKERS = ('[ ]', '🟨', '✅')
LEGEND = '# Plan\n\n# Legend\n\n[ ] Not Started  \n🟨 In Progress  \n✅ Completed  \n\n'
GUIDANCE = (
    '\n### You should think:\n- ✔ how to make output deterministic\n- ✔ what can fail\n\n---\n\n'
)
TOPICS = 'Lists Tuples Sets Requests Pipelines Chunking Embeddings Retrieval Caching Tracing'
# `cat` reads what git gives: with nobody to copy it to, the pipe would cost half as much.
PIPE = (
    'git log --full-history -c --raw --no-abbrev --no-renames --format= -- ROADMAP.md'
    " | awk '{ print $4 }' | git cat-file --batch --buffer | cat > /dev/null"
)
PATCHES = ['git', '--no-pager', 'log', '-p', '-U0', '--', 'ROADMAP.md']
# Of the process itself: git's own memory is git's, and getrusage counts what was before exec.
MEASURED = (
    'import re, sys; from roadmap_md.__main__ import main; main(sys.argv[1:]);'
    "print(re.search('VmHWM:(.*) kB', open('/proc/self/status').read())[1].strip(),"
    " *sorted({'mistletoe', 'git'} & sys.modules.keys()), file=sys.stderr)"
)


class Size(NamedTuple):
    """*commits*, of which each *every*th is on a tracker of *tasks*, and the rest on *others*."""

    commits: int
    every: int
    tasks: int
    others: int


SIZES = {
    'H1': Size(1_000, 1, 50, 1),
    'H2': Size(50_000, 5, 2_000, 300),
    'H3': Size(200_000, 20, 200, 2_000),
}


class Plan:
    """A tracker with weeks of five days, in which things are ticked at random."""

    def __init__(self, tasks: int, choose: random.Random) -> None:
        self.choose = choose
        self.state = [0] * tasks
        topics = TOPICS.split()
        self.titles = [
            f'Day {at % 5 + 1} – {choose.choice(topics)} & {choose.choice(topics).lower()} ({at})'
            for at in range(tasks)
        ]

    def tick(self) -> None:
        at = self.choose.randrange(len(self.state))
        self.state[at] = (self.state[at] + 1) % len(MARKERS)

    def text(self) -> bytes:
        rows = [LEGEND]
        for at, (title, status) in enumerate(zip(self.titles, self.state, strict=True)):
            if at % 5 == 0:
                rows.append(
                    f'{GUIDANCE if at else ""}## Week {at // 5 + 1} – Topic {at * 7 % 31}\n'
                )
            rows.append(f'{MARKERS[status]} {title}  \n')
        return ''.join(rows).encode()


def stream(size: Size) -> Iterator[bytes]:
    """Commits for git fast-import."""
    choose = random.Random(1)
    plan = Plan(size.tasks, choose)
    for number in range(size.commits):
        if number % size.every == 0:
            if number:
                plan.tick()
            name, data = 'ROADMAP.md', plan.text()
        else:
            other = choose.randrange(size.others)
            name, data = f'd{other // 40}/f{other}.txt', b'version %d\n' % number * 9
        who = f'Dev <dev@example.com> {1_600_000_000 + 60 * number} +0000\n'.encode()
        yield b'commit refs/heads/main\nauthor ' + who + b'committer ' + who + b'data 1\nc\n'
        yield b'M 100644 inline %b\ndata %d\n%b\n' % (name.encode(), len(data), data)


def repository(folder: Path, size: Size) -> None:
    """A work tree, packed, with a commit-graph."""
    subprocess.run(['git', 'init', '-q', '-b', 'main', folder], check=True)
    importer = subprocess.Popen(
        ['git', '-C', folder, 'fast-import', '--quiet'], stdin=subprocess.PIPE
    )
    assert importer.stdin
    for piece in stream(size):
        importer.stdin.write(piece)
    importer.stdin.close()
    assert importer.wait() == 0
    for command in (
        'checkout -q -f main', 'repack -q -a -d -f --depth=50 --window=10',
        'commit-graph write --reachable --changed-paths --no-progress',
    ):  # fmt: skip
        subprocess.run(['git', '-C', folder, *command.split()], check=True)


class Contest:
    """What is measured in one repository; *old* is what was kept 1,000 commits ago."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.old = folder.parent / f'{folder.name}.kept'
        self.costs: dict[str, list[Cost]] = {}
        subprocess.run(['git', 'reset', '-q', '--hard', 'HEAD~999'], cwd=folder, check=True)
        subprocess.run([*PYTHON, 'log'], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        self.old.mkdir()
        for file in self.kept():
            shutil.move(file, self.old)
        subprocess.run(['git', 'reset', '-q', '--hard', 'ORIG_HEAD'], cwd=folder, check=True)

    def kept(self) -> list[Path]:
        return [*self.folder.glob('.git/roadmap-md/*-*')]

    def take(self, name: str, command: Sequence[str]) -> None:
        cost, code, said = run(command, self.folder, os.environ)
        assert code == 0, (name, said)
        self.costs.setdefault(name, []).append(cost)

    def round(self) -> None:
        for name, options in (
            ('all of it read', ['-n', '20']), ('and shown', []), ('and shown in JSON', ['--json'])
        ):  # fmt: skip
            for file in self.kept():
                file.unlink()
            self.take(name, [*PYTHON, 'log', *options])
        self.take('nothing new', [*PYTHON, 'log', '-n', '20'])
        shutil.copytree(self.old, self.folder / '.git/roadmap-md', dirs_exist_ok=True)
        self.take('1,000 commits new', [*PYTHON, 'log', '-n', '20'])
        self.take('start-up', [*PYTHON, '--version'])
        self.take('the bare pipe', ['sh', '-c', PIPE])
        self.take('git log -p -U0', PATCHES)

    def cpu(self, name: str) -> list[float]:
        return [cost.cpu for cost in self.costs[name]]

    def wall(self, name: str) -> float:
        return statistics.median(cost.wall for cost in self.costs[name])

    def ratio(self, name: str, other: str) -> float:
        pairs = zip(self.cpu(name), self.cpu(other), strict=True)
        return statistics.median(one / two for one, two in pairs)

    def above_start_up(self, name: str) -> float:
        """Milliseconds of CPU."""
        pairs = zip(self.cpu(name), self.cpu('start-up'), strict=True)
        return 1000 * statistics.median(one - two for one, two in pairs)

    def memory(self, *options: str) -> tuple[float, list[str]]:
        """MiB of Python's own when all is read, and which of the two parsers it imported."""
        done = subprocess.run(
            [sys.executable, '-c', MEASURED, 'log', *options],
            cwd=self.folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        kilobytes, *imported = done.stderr.decode().split()
        return int(kilobytes) / 1024, imported


def costs(contests: dict[str, Contest]) -> Iterator[str]:
    yield '| | ' + ' | '.join(f'{name}, CPU s | wall s' for name in contests) + ' |'
    yield '|:--|' + '--:|--:|' * len(contests)
    for name in next(iter(contests.values())).costs:
        cells = [
            f'{statistics.median(contest.cpu(name)):.3f} | {contest.wall(name):.3f}'
            for contest in contests.values()
        ]
        yield f'| {name} | {" | ".join(cells)} |'


def goals(contests: dict[str, Contest]) -> Iterator[str]:
    yield '| | | measured | goal |'
    yield '|:--|:--|--:|--:|'
    for name, goal in (('H2', '1.2'), ('H3', '1.4')):
        ratio = contests[name].ratio('all of it read', 'the bare pipe')
        yield f'| {name} | all of it read ÷ the bare pipe, CPU | {ratio:.2f} | {goal} |'
    ratio = contests['H2'].ratio('all of it read', 'git log -p -U0')
    yield f'| H2 | all of it read ÷ git log -p -U0, CPU | {ratio:.2f} | 0.45 |'
    wall = contests['H2'].wall('all of it read') / contests['H2'].wall('git log -p -U0')
    yield f'| H2 | the same, wall | {wall:.2f} | |'
    took = 1000 * contests['H1'].wall('all of it read')
    yield f'| H1 | all of it read, wall | {took:.0f} ms | 120 ms |'
    for name, contest in contests.items():
        for what, goal in (('nothing new', '40'), ('1,000 commits new', '60')):
            took = contest.above_start_up(what)
            yield f'| {name} | {what}, CPU above start-up | {took:.0f} ms | {goal} ms |'
    for name, contest in contests.items():
        for file in contest.kept():
            file.unlink()
        memory, _ = contest.memory('--json')
        _, imported = contest.memory()
        yield f'| {name} | and shown in JSON, memory of Python | {memory:.0f} MiB | 50 MiB |'
        yield f'| {name} | parsers imported where nothing is new | {len(imported)} | 0 |'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--small', action='store_true', help='repositories a tenth as long')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--write', action='store_true', help='write docs/history-benchmarks.md')
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        contests = {}
        for name, size in SIZES.items():
            if options.small:
                size = size._replace(commits=max(size.commits // 10, 1_000))
            repository(Path(directory, name), size)
            contests[name] = Contest(Path(directory, name))
        for number in range(options.rounds + 1):
            for contest in contests.values():
                contest.round()
                if not number:  # to warm up
                    contest.costs.clear()
        said = '\n'.join((*goals(contests), '', *costs(contests)))
    print(said)
    if options.write:
        intro = 'Made by `python bench/history.py --write`.\n\n' + (__doc__ or '').split('\n\n')[2]
        (ROOT / 'docs/history-benchmarks.md').write_text(
            f'# How fast history is read\n\n{intro}\n\n{said}\n', encoding='utf-8'
        )


if __name__ == '__main__':
    main()
