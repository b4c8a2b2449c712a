"""Measure this checkout beside an earlier commit of it, in interleaved rounds.

    python bench/against.py REVISION                  # all of it, 30 rounds
    python bench/against.py REVISION --rounds 60 cold # one thing, more surely

Both are installed under `.bench/against/`, each in an environment of its own, with byte code. The
ratios are this checkout's CPU time over the earlier one's, taken within each round; what stands
beside them is median (min–max). Exit code 1 where a median is above `--limit`.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import peers
from measure import Job, Results, measure, paired, summary
from parts.many import many_files
from parts.part import WARM_UP, Setting, forget, milliseconds, repository

from bench import environment, markdown_table

NOW, THEN = 'this checkout', 'the earlier commit'


def install(revision: str) -> dict[str, str]:
    """The command of each of the two, freshly installed."""
    packed = subprocess.check_output(['git', '-C', peers.ROOT, 'archive', revision])
    with tempfile.TemporaryDirectory() as name:
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(name, filter='data')
        sources = {NOW: str(peers.ROOT), THEN: name}
        return {which: _installed(which, source) for which, source in sources.items()}


def _installed(which: str, source: str) -> str:
    folder = peers.BENCH / 'against' / which.replace(' ', '-')
    kept = {k: v for k, v in os.environ.items() if k != 'PYTHONDONTWRITEBYTECODE'}
    for command in (
        [sys.executable, '-m', 'venv', '--clear', str(folder)],
        [str(folder / 'bin/pip'), 'install', '--quiet', source],
    ):
        subprocess.run(command, check=True, env=kept, stdout=sys.stderr)
    return str(folder / 'bin/roadmap-md')


Jobs = Callable[[Setting, dict[str, str]], list[Job]]


def cold(setting: Setting, programs: dict[str, str]) -> list[Job]:
    """`lint` of the AI Engineer tracker, nothing known of it."""
    folder = repository(setting, 'cold')
    return [
        Job(which, folder, _lint(program), prepare=lambda number: forget(folder))
        for which, program in programs.items()
    ]


def known(setting: Setting, programs: dict[str, str]) -> list[Job]:
    """The same, its structure known from the run before."""
    return [
        Job(which, repository(setting, f'known-{at}'), _lint(program))
        for at, (which, program) in enumerate(programs.items())
    ]


def tick(setting: Setting, programs: dict[str, str]) -> list[Job]:
    """`tick next` in a repository that holds nothing else."""
    return [
        Job(which, repository(setting, f'tick-{at}'), _tick(program))
        for at, (which, program) in enumerate(programs.items())
    ]


def many(setting: Setting, programs: dict[str, str]) -> list[Job]:
    """`lint` of a thousand trackers that were made from one template."""
    folder = repository(setting, 'many')
    names = many_files(folder)
    return [
        Job(which, folder, _lint(program, '--output-format', 'concise', *names), exit_codes=(1,))
        for which, program in programs.items()
    ]


def _lint(program: str, *arguments: str) -> Callable[[int], Sequence[Sequence[str]]]:
    return lambda number: [[program, 'lint', *arguments]]


def _tick(program: str) -> Callable[[int], Sequence[Sequence[str]]]:
    return lambda number: [[program, 'tick', 'next']]


WHAT: dict[str, Jobs] = {'cold': cold, 'known': known, 'tick': tick, 'many': many}


def row(name: str, results: Results) -> list[str]:
    ratios = paired(results, NOW, THEN, lambda now, then: now / then)
    shown = ratios if isinstance(ratios, str) else summary(ratios, digits=3)
    return [name, milliseconds(results[NOW])[0], milliseconds(results[THEN])[0], shown]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description='Measure this checkout beside an earlier commit.')
    parser.add_argument('revision')
    parser.add_argument('what', nargs='*', metavar='WHAT', help=f'of {", ".join(WHAT)}')
    parser.add_argument('--rounds', type=int, default=30, help='measured (%(default)s)')
    parser.add_argument('--limit', type=float, default=1.05, help='of a median (%(default)s)')
    options = parser.parse_args(arguments)
    programs = install(options.revision)
    rows, medians = [], []
    with tempfile.TemporaryDirectory(prefix='roadmap-md-bench-') as name:
        folder = Path(name).resolve()
        setting = Setting(folder, environment(folder / 'home'), options.rounds)
        for what in options.what or WHAT:
            print(f'measuring {what} …', file=sys.stderr)
            rounds = max(5, options.rounds // 5) if what == 'many' else options.rounds
            jobs = WHAT[what](setting, programs)
            results = measure(jobs, rounds, WARM_UP, setting.environment)
            rows.append(row(what, results))
            ratios = paired(results, NOW, THEN, lambda now, then: now / then)
            if isinstance(ratios, str):
                sys.exit(f'{what}: {ratios}')
            medians.append(statistics.median(ratios))
    head = ('what', f'CPU ms, {NOW}', f'CPU ms, {options.revision}', 'ratio')
    print(markdown_table([head, *rows]))
    return int(max(medians) > options.limit)


if __name__ == '__main__':
    raise SystemExit(main(sys.argv[1:]))
