"""What one file costs as it grows: lint, status and tick of plans of 50 to 50,000 tasks.

    python bench/one_file.py [--rounds N]

CPU time in ms of whole processes, median; *again* is when the structure is known from before.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import run

ROOT = Path(__file__).parent.parent
TASKS = (50, 500, 5_000, 50_000)
PEAK = (
    'import sys; from roadmap_md.__main__ import main\n'
    'try: main(sys.argv[1:])\n'
    "finally: print('\\n', open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
)


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith('GIT_')}
    kept.pop('PYTHONDONTWRITEBYTECODE', None)
    people = {f'GIT_{who}_{what}': 'a@x.org' for who in ('AUTHOR', 'COMMITTER') for what in
              ('NAME', 'EMAIL')}  # fmt: skip
    return {
        **kept, **people, 'GIT_CONFIG_NOSYSTEM': '1', 'GIT_CONFIG_GLOBAL': os.devnull,
        'LC_ALL': 'C.UTF-8', 'PYTHONPATH': str(ROOT),
    }  # fmt: skip


def plan(tasks: int) -> str:
    rows = ['# Plan\n']
    for at in range(tasks):
        if at % 5 == 0:
            rows.append(f'\n## Week {at // 5 + 1}\n')
        rows.append(f'- [ ] Day {at % 5 + 1} – thing {at}, to do')
    return '\n'.join(rows) + '\n'


def measured(folder: Path, number: int, tasks: int) -> list[float]:
    command = [sys.executable, '-m', 'roadmap_md']
    (folder / 'ROADMAP.md').write_text(plan(tasks))
    script = 'git init -q; git add .; git commit -qm "docs: plan"'
    subprocess.run(['sh', '-ec', script], cwd=folder, env=environment(), check=True)
    costs: list[list[float]] = []
    for _ in range(number):
        shutil.rmtree(folder / '.git/roadmap-md', ignore_errors=True)
        row = []
        for words in (['lint'], ['lint'], ['status'], ['tick', 'next']):
            cost, code, out = run([*command, *words], folder, environment())
            if code:
                raise SystemExit(out)
            row.append(cost.cpu * 1000)
        costs.append(row)
    _, _, out = run([sys.executable, '-c', PEAK, 'lint'], folder, environment())
    return [statistics.median(column) for column in zip(*costs, strict=True)] + [
        int(out.split()[-1]) / 1024
    ]


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--rounds', type=int, default=5)
    given = parser.parse_args()
    print('tasks | kB | lint | lint again | status | tick next | MiB of lint')
    for tasks in TASKS:
        with tempfile.TemporaryDirectory() as folder:
            found = measured(Path(folder), given.rounds, tasks)
            size = len(plan(tasks).encode()) / 1000
            print(tasks, f'{size:.0f}', *(f'{value:.0f}' for value in found), sep=' | ')
