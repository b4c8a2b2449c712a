"""CPU and wall time of whole commands, taken in interleaved rounds (A B C A B C …).

Noise on a shared machine comes and goes; in rounds it meets all commands alike, and a ratio
taken within one round loses most of it.
"""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

Environment = Mapping[str, str]


class Cost(NamedTuple):
    """Seconds; *cpu* is user + system of a process and all children that it waited for."""

    cpu: float
    wall: float


class Job(NamedTuple):
    """What one contestant does in a round. Only *commands* are measured.

    *says* must stand in their output, *shows* be true of it and *holds* be true afterwards: a
    command that did not do the work has no figure.
    """

    name: str
    folder: Path
    commands: Callable[[int], Sequence[Sequence[str]]]
    exit_codes: tuple[int, ...] = (0,)
    says: str = ''
    prepare: Callable[[int], object] = lambda number: None
    shows: Callable[[str], bool] = lambda output: True
    holds: Callable[[int], bool] = lambda number: True
    why_not: str = ''


class Failed(Exception):
    """A command did not do what its job says."""


# One cost a round, or why there is none.
Result = list[Cost] | str
Results = dict[str, Result]
Values = list[float] | str


def run(command: Sequence[str], folder: Path, environment: Environment) -> tuple[Cost, int, str]:
    """Cost, exit code and output (both streams) of *command*."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        # Unlike RUSAGE_CHILDREN this is the usage of one child and no other.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors='replace')
    return Cost(usage.ru_utime + usage.ru_stime, wall), process.returncode, text


def last_line(text: str) -> str:
    """Where most programs say what went wrong."""
    return (text.strip().splitlines() or ['no output'])[-1]


def _cost(job: Job, number: int, environment: Environment) -> Cost:
    job.prepare(number)
    cpu = wall = 0.0
    for command in job.commands(number):
        cost, code, text = run(command, job.folder, environment)
        # mdformat breaks its messages at 80 columns, inside the words that are looked for.
        if code not in job.exit_codes or job.says not in ' '.join(text.split()):
            raise Failed(f'failed in round {number}: exit {code}, {last_line(text)}')
        if not job.shows(text):
            raise Failed(f'failed in round {number}: exit {code}, but the output is incomplete')
        cpu += cost.cpu
        wall += cost.wall
    if not job.holds(number):
        raise Failed(f'failed in round {number}: exit {code}, but the work is not done')
    return Cost(cpu, wall)


def measure(jobs: Sequence[Job], rounds: int, warm_up: int, environment: Environment) -> Results:
    """The costs of each job by its name; those of the first *warm_up* rounds are dropped."""
    results: Results = {job.name: job.why_not or [] for job in jobs}
    for number in range(warm_up + rounds):
        for job in jobs:
            costs = results[job.name]
            if isinstance(costs, str):
                continue
            try:
                cost = _cost(job, number, environment)
            except Failed as error:
                results[job.name] = str(error)
                continue
            except OSError as error:
                results[job.name] = f'cannot be run: {error.strerror}'
                continue
            if number >= warm_up:
                costs.append(cost)
    return results


def cpu(result: Result) -> Values:
    return result if isinstance(result, str) else [cost.cpu for cost in result]


def each(a: Values, b: Values, compare: Callable[[float, float], float]) -> Values:
    """*compare* of two lists, round by round; the first reason where one has none."""
    if isinstance(a, str):
        return a
    if isinstance(b, str):
        return b
    return [compare(one, other) for one, other in zip(a, b, strict=True)]


def paired(
    results: Results, ours: str, theirs: str, compare: Callable[[float, float], float]
) -> Values:
    """*compare* of the CPU times of two jobs, round by round."""
    return each(cpu(results[ours]), cpu(results[theirs]), compare)


def summary(values: Sequence[float], scale: float = 1.0, digits: int = 0) -> str:
    """Median and, in brackets, the smallest and the largest."""
    middle, low, high = (
        f'{value * scale:,.{digits}f}'
        for value in (statistics.median(values), min(values), max(values))
    )
    return f'{middle} ({low}–{high})'
