"""The merge driver beside ``git merge-file``: 2,000 tasks, of which each side ticked one.

    python bench/merge.py [--rounds N]

CPU time is user + system of all processes, the median of interleaved rounds.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from history import MARKERS, Plan
from measure import Cost, run

ROADMAP_MD = [sys.executable, '-m', 'roadmap_md']
DRIVER = [*ROADMAP_MD, 'merge-file', 'base', 'ours', 'theirs', 'ROADMAP.md']
CONTESTANTS = {
    'the driver': DRIVER,
    'and the first time': DRIVER,
    'git merge-file': ['git', 'merge-file', '-q', 'ours', 'base', 'theirs'],
    'start-up': [*ROADMAP_MD, '--version'],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=9)
    rounds = parser.parse_args().rounds
    plan = Plan(2_000, random.Random(1))
    plan.state[1:] = [2] * 1_000 + [0] * 999
    base = plan.text()
    costs: dict[str, list[Cost]] = {name: [] for name in CONTESTANTS}
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        (folder / 'ROADMAP.md').write_bytes(base)
        for command in (['git', 'init', '-q'], [*ROADMAP_MD, 'install']):
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for number in range(rounds + 1):
            for name, command in CONTESTANTS.items():
                for side, task in (('base', None), ('ours', 1_001), ('theirs', 1_002)):
                    (folder / side).write_bytes(ticked(plan, task))
                if name == 'and the first time':
                    shutil.rmtree(folder / '.git/roadmap-md')
                cost, code, said = run(command, folder, os.environ)
                # adjacent ticks are a conflict to git
                assert code == (name == 'git merge-file'), (name, code, said)
                if name.startswith('the driver'):
                    assert (folder / 'ours').read_bytes() == ticked(plan, 1_001, 1_002)
                if number:  # the first is to warm up
                    costs[name].append(cost)
    cpu = {name: statistics.median(cost.cpu for cost in of) for name, of in costs.items()}
    for name, seconds in cpu.items():
        print(f'{name:20}{1000 * seconds:8.1f} ms CPU')
    goal = 3 * cpu['git merge-file'] + cpu['start-up']
    print(f'3 x git merge-file + start-up is {1000 * goal:.1f} ms')


def ticked(plan: Plan, *tasks: int | None) -> bytes:
    before = list(plan.state)
    for task in tasks:
        if task is not None:
            plan.state[task] = len(MARKERS) - 1
    data = plan.text()
    plan.state = before
    return data


if __name__ == '__main__':
    main()
