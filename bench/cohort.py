"""``roadmap-md cohort`` of 10,000 learners beside the gits that it cannot do without.

    python bench/cohort.py [--rounds N] [--learners N] [--repository FOLDER]
    python bench/cohort.py [--rounds N] --growth [LEARNERS ...]

Wall time of whole processes in interleaved rounds, of which the medians and the median of ratios
within a round are shown. Start-up is the same command for one learner, and taken off where it is
said so. With --growth: repositories of 100 to 100,000 learners, made in a temporary directory, one
table; time is CPU.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from learners import make
from measure import run

ROOT = Path(__file__).parent.parent
REFS = 'refs/heads/learner'
COMMAND = [sys.executable, '-m', 'roadmap_md', 'cohort', '--limit', '1', '--today', '2021-02-01']
MEASURED = (
    'import re, resource, sys; from roadmap_md.__main__ import main; main(sys.argv[1:]);'
    'ours, git = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN));'
    'print(ours.ru_utime + ours.ru_stime, git.ru_utime + git.ru_stime,'
    "re.search('VmHWM:(.*) kB', open('/proc/self/status').read())[1],"
    'git.ru_maxrss, file=sys.stderr)'
)
STATES = (
    f"git for-each-ref --format='%(objectname):ROADMAP.md' {REFS}"
    ' | git cat-file --batch --buffer | cat >/dev/null'
)
# Both at once, as they are read: what one alone takes is no floor on two cores.
HISTORY = (
    'git log --topo-order --full-history --parents -c --raw -z --no-abbrev --no-renames --date=raw'
    f" --format='C%H%x00P%P%x00T%ad%x00A%an%x00E%ae' --glob={REFS} -- ROADMAP.md >/dev/null &"
    ' git cat-file --batch --buffer <blobs | cat >/dev/null; wait'
)
NAMES = f'log --full-history --raw --no-abbrev --format= --glob={REFS} -- ROADMAP.md'


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith('GIT_')}
    kept.pop('PYTHONDONTWRITEBYTECODE', None)
    return {
        **kept, 'GIT_CONFIG_NOSYSTEM': '1', 'GIT_CONFIG_GLOBAL': os.devnull, 'LC_ALL': 'C.UTF-8',
        'PYTHONPATH': str(ROOT),
    }  # fmt: skip


class Bench:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.moved = 0
        self.one = self._first()

    def _first(self) -> str:
        out = self.git('for-each-ref', '--count=1', '--format=%(refname)', REFS)
        return out.strip()

    def git(self, *words: str, data: str = '') -> str:
        return subprocess.run(
            ['git', *words], cwd=self.folder, env=environment(), input=data, text=True,
            stdout=subprocess.PIPE, check=True,
        ).stdout  # fmt: skip

    def forget(self) -> None:
        shutil.rmtree(self.folder / 'roadmap-md', ignore_errors=True)

    def move(self, number: int) -> None:
        """Let so many refs be at a commit at which nothing was read yet."""
        self.time('--refs', REFS)  # what is there now is known
        self.moved += 1
        names = self.git('for-each-ref', f'--count={number}', '--format=%(refname)', REFS).split()
        parents = self.git('rev-parse', *(f'{name}~1' for name in names)).split()
        rows = (f'update {name} {commit}\n' for name, commit in zip(names, parents, strict=True))
        self.put(''.join(rows))

    def put(self, rows: str) -> None:
        """Let refs be where the *rows* for ``update-ref`` have them."""
        self.git('update-ref', '--stdin', data=rows)
        self.git('pack-refs', '--all')

    def time(self, *options: str) -> float:
        cost, code, out = run([*COMMAND, *options], self.folder, environment())
        if code or 'learner' not in out:
            raise SystemExit(out)
        return cost.wall

    def shell(self, script: str) -> float:
        cost, code, out = run(['sh', '-c', script], self.folder, environment())
        if code:
            raise SystemExit(out)
        return cost.wall

    def memory(self, *options: str) -> float:
        """MiB, of the process itself."""
        command = [sys.executable, '-c', MEASURED, *COMMAND[3:], *options]
        _, _, out = run(command, self.folder, environment())
        return float(out.split()[-2]) / 1024

    def grown(self, number: int, *options: str) -> tuple[float, ...]:
        """CPU seconds, and KiB, of the process and of git; cold, the least of each."""
        found = []
        for _ in range(number):
            self.forget()
            command = [sys.executable, '-c', MEASURED, *COMMAND[3:], *options]
            _, code, out = run(command, self.folder, environment())
            if code or 'learner' not in out:
                raise SystemExit(out)
            found.append([float(word) for word in out.split()[-4:]])
        return tuple(map(min, zip(*found, strict=True)))


def rounds(number: int, *jobs: Callable[[], float]) -> list[list[float]]:
    return [[job() for job in jobs] for _ in range(number)]


def median(values: list[float]) -> float:
    return statistics.median(values)


def report(bench: Bench, number: int) -> None:
    def cold() -> float:
        bench.forget()
        return bench.time('--refs', REFS)

    def start() -> float:
        return bench.time('--refs', bench.one)

    def pipe() -> float:
        return bench.shell(STATES)

    found = rounds(number, cold, start, pipe)
    cold_less = median([row[0] - row[1] for row in found])
    ratio = median([(row[0] - row[1]) / row[2] for row in found])
    print(f'states of all, cold    {cold_less * 1000:6.0f} ms + start-up of '
          f'{median([row[1] for row in found]) * 1000:.0f} ms; {ratio:.2f} x its gits')  # fmt: skip
    refs = bench.git('for-each-ref', '--format=update %(refname) %(objectname)', REFS)
    for moved in (0, 100, 1_000):
        taken = []
        for _ in range(number):
            bench.move(moved) if moved else bench.time('--refs', REFS)
            taken.append(bench.time('--refs', REFS) - start())
        print(f'{moved:5} refs moved       {median(taken) * 1000:6.0f} ms + start-up')
    bench.put(refs)
    print(f'memory                 {bench.memory("--refs", REFS):6.0f} MiB')
    taken = [bench.time('--refs', REFS, '--lint') - start() for _ in range(number)]
    print(f'rules asked of all     {median(taken) * 1000:6.0f} ms + start-up')
    (bench.folder / 'blobs').write_text(
        '\n'.join(row.split()[3] for row in bench.git(*NAMES.split()).splitlines()) + '\n'
    )
    found = rounds(
        max(number // 3, 1), lambda: bench.time('--history', '--refs', REFS),
        lambda: bench.shell(HISTORY),
    )  # fmt: skip
    ratio = median([row[0] / row[1] for row in found])
    print(f'history of all         {median([row[0] for row in found]) * 1000:6.0f} ms; '
          f'{ratio:.2f} x its gits')  # fmt: skip
    print(f'memory                 {bench.memory("--history", "--refs", REFS):6.0f} MiB')


GROWTH = {100: (20, 50), 1_000: (20, 50), 10_000: (20, 50), 100_000: (1, 5)}
HEADS = (
    'learners', 'ticks', 'states, µs each', 'history, µs each', 'history, µs a tick',
    'memory above start, KiB each', 'largest git, KiB each',
)  # fmt: skip


def growth(number: int, sizes: list[int]) -> None:
    """Time is CPU, less start-up, the least of the rounds; so is memory. Ours, and git's."""
    print(' | '.join(HEADS), '|'.join(['---'] * len(HEADS)), sep='\n')
    for learners in sizes:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder) / 'r', learners, GROWTH[learners])
            print(' | '.join(_grown(Bench(Path(folder) / 'r'), number, learners)), flush=True)


def _grown(bench: Bench, number: int, learners: int) -> list[str]:
    ticks = int(bench.git('rev-list', '--count', '--all')) - 1
    base = bench.grown(number, '--refs', bench.one)
    states, history = (
        [now - start for now, start in zip(bench.grown(number, *options), base, strict=True)]
        for options in (('--refs', REFS), ('--history', '--refs', REFS))
    )
    times = (
        f'{ours / of * 1e6:.0f} + {git / of * 1e6:.0f}'
        for (ours, git, *_), of in ((states, learners), (history, learners), (history, ticks))
    )
    sizes = (
        ', '.join(f'{size / learners:.1f}' for size in pair)
        for pair in zip(states[2:], history[2:], strict=True)
    )
    return [f'{learners:,}', f'{ticks:,}', *times, *sizes]


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--rounds', type=int, default=7)
    parser.add_argument('--learners', type=int, default=10_000)
    parser.add_argument('--repository', type=Path, help='One that learners.py has made.')
    parser.add_argument('--growth', type=int, nargs='*', choices=GROWTH, metavar='LEARNERS')
    given = parser.parse_args()
    if given.growth is not None:
        growth(min(given.rounds, 3), given.growth or [*GROWTH])
    else:
        with tempfile.TemporaryDirectory() as folder:
            place = given.repository or Path(folder) / 'r'
            if not given.repository:
                make(place, given.learners, (20, 50))
            report(Bench(place), given.rounds)
