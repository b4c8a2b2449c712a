"""``roadmap-md sync`` of one tick beside the gits that it runs, and the three that one would type.

    python bench/sync.py [--rounds N]

A plan of 240 tasks, of which one is ticked by hand, and a bare repository by its path. What sync
asks git is recorded once; the same commands, with the same input, are then run by ``sh``. CPU time
is user + system of all processes; ratios are taken within each of the interleaved rounds, and of
those the median.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from measure import Cost, Job, Results, measure, summary

PYTHON = [sys.executable, '-m', 'roadmap_md']
PLAN = '# Plan\n' + ''.join(
    ('' if at % 5 else f'\n## Week {at // 5 + 1}\n\n') + f'- [ ] thing {at}, to do\n'
    for at in range(240)
)
BY_HAND = {
    'commit, fetch, push': (
        'git commit -qm "docs(roadmap): complete thing 0" -- ROADMAP.md\n'
        'git fetch -q origin main; git push -q origin main\n'
    ),
    'fetch': 'git fetch -q origin main\n',
}
# Stands for git while it is recorded: what it is given, and with which index.
RECORDER = r"""#!{python}
import os, sys
folder = {folder!r}
number = len(os.listdir(folder))
with open(f'{{folder}}/{{number:03}}', 'wb') as file:
    file.write(b'' if sys.stdin.isatty() else sys.stdin.buffer.read())
with open({script!r}, 'a') as file:
    from shlex import quote
    index = os.environ.get('GIT_INDEX_FILE')
    start = f'GIT_INDEX_FILE={{quote(index)}} ' if index else ''
    words = ' '.join(map(quote, sys.argv[1:]))
    file.write(f'{{start}}git {{words}} <{{folder}}/{{number:03}} >/dev/null\n')
os.dup2(os.open(f'{{folder}}/{{number:03}}', os.O_RDONLY), 0)
os.execv({git!r}, ['git', *sys.argv[1:]])
"""


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith('GIT_')}
    date = '2026-01-05T09:00:00+0100'
    return {
        **kept, 'GIT_CONFIG_NOSYSTEM': '1', 'GIT_CONFIG_GLOBAL': os.devnull, 'LC_ALL': 'C.UTF-8',
        'PYTHONPATH': str(Path(__file__).parents[1]),
        **{f'GIT_{who}_NAME': 'Ada' for who in ('AUTHOR', 'COMMITTER')},
        **{f'GIT_{who}_EMAIL': 'ada@example.com' for who in ('AUTHOR', 'COMMITTER')},
        **{f'GIT_{who}_DATE': date for who in ('AUTHOR', 'COMMITTER')},
    }  # fmt: skip


def start(folder: Path) -> None:
    """A clone, in which a task is ticked by hand or not, and what it is a clone of."""
    (folder / 'kept').mkdir()
    script = (
        'git init -q -b main --bare there; git clone -q there here 2>/dev/null; cd here\n'
        'cat >ROADMAP.md; git add .; git commit -qm "docs: plan"; git push -q -u origin main\n'
        'git config maintenance.auto false; mkdir -p .git/roadmap-md\n'
    )
    for name in ('ticked', 'clean'):
        place = folder / 'kept' / name
        place.mkdir()
        subprocess.run(
            ['sh', '-euc', script], cwd=place, input=PLAN, text=True, env=environment(), check=True
        )
        # The plan's structure is known, as it is whenever the tool was used before.
        subprocess.run(
            [*PYTHON], cwd=place / 'here', env=environment(), check=True, stdout=subprocess.DEVNULL
        )
    file = folder / 'kept/ticked/here/ROADMAP.md'
    file.write_text(PLAN.replace('[ ]', '[x]', 1))


def put(folder: Path, name: str, number: int = 0) -> None:
    """Make the live place what it was at the start."""
    live = folder / 'live'
    shutil.rmtree(live, ignore_errors=True)
    shutil.copytree(folder / 'kept' / name, live)
    here = live / 'here'
    git = ['git', '-C', here]
    subprocess.run([*git, 'remote', 'set-url', 'origin', live / 'there'], check=True)
    subprocess.run([*git, 'update-index', '-q', '--refresh'], env=environment(), check=False)
    for index in ('index', 'next'):
        shutil.copy(here / '.git/index', here / '.git/roadmap-md' / index)


def record(folder: Path, name: str) -> str:
    """The script of what sync asks git."""
    put(folder, name)
    inputs, shim, script = (folder / f'{name}-{what}' for what in ('inputs', 'shim', 'script'))
    inputs.mkdir()
    shim.mkdir()
    recorder = RECORDER.format(
        python=sys.executable, folder=str(inputs), script=str(script), git=shutil.which('git')
    )
    (shim / 'git').write_text(recorder)
    (shim / 'git').chmod(0o755)
    environ = environment()
    environ['PATH'] = f'{shim}{os.pathsep}{environ["PATH"]}'
    subprocess.run(
        [*PYTHON, 'sync'], cwd=folder / 'live/here', env=environ, check=True, capture_output=True
    )
    return script.read_text()


def jobs(folder: Path, name: str, by_hand: str) -> list[Job]:
    here = folder / 'live/here'
    recorded = record(folder, name)
    says = '1 commit to origin/main' if name == 'ticked' else 'up to date with origin/main'
    prepare = partial(put, folder, name)
    count = recorded.count('\n')
    return [
        Job(f'sync, {name}', here, lambda number: [[*PYTHON, 'sync']], says=says, prepare=prepare),
        Job(
            f'the {count} gits that it runs, {name}', here,
            lambda number: [['sh', '-c', recorded]], prepare=prepare,
        ),
        Job(
            f'{by_hand}, {name}', here, lambda number: [['sh', '-c', BY_HAND[by_hand]]],
            prepare=prepare,
        ),
    ]  # fmt: skip


def ratios(ours: list[Cost], theirs: list[Cost], of: str) -> str:
    pairs = zip(ours, theirs, strict=True)
    return summary([getattr(one, of) / getattr(other, of) for one, other in pairs], digits=2)


def report(results: Results, names: list[str]) -> None:
    ours = results[names[0]]
    for name in names:
        costs = results[name]
        if isinstance(costs, str) or isinstance(ours, str):
            print(f'{name}: {costs}')
            continue
        shown = [
            f'{summary([getattr(cost, of) for cost in costs], 1000)} ms {of}'
            + (f', {ratios(ours, costs, of)} ×' if name != names[0] else '')
            for of in ('wall', 'cpu')
        ]
        print(f'{name}: {"; ".join(shown)}')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix='bench-sync.') as name:
        folder = Path(name)
        start(folder)
        todo = [jobs(folder, 'ticked', 'commit, fetch, push'), jobs(folder, 'clean', 'fetch')]
        results = measure([job for some in todo for job in some], rounds, 1, environment())
        for some in todo:
            report(results, [job.name for job in some])


if __name__ == '__main__':
    main()
