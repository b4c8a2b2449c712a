"""What the parts of the benchmark are made of: setting, goals, tables, repositories."""

import operator
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import peers
from measure import Result, Results, Values, paired, summary

WARM_UP = 3
DAYS = 50  # that ROADMAP.md holds: no tick can be measured more often in one repository


class Setting(NamedTuple):
    """What a part may use: an empty folder, the environment of all commands, rounds."""

    folder: Path
    environment: dict[str, str]
    rounds: int


class Goal(NamedTuple):
    """What was wanted, and the values of which the median is held against *limit*."""

    what: str
    values: Values
    limit: float
    unit: str

    @property
    def row(self) -> Sequence[str]:
        limit = f'≤ {self.limit:g} {self.unit}'
        if isinstance(self.values, str):
            return self.what, limit, self.values, 'not measured'
        met = statistics.median(self.values) <= self.limit
        measured = f'{summary(self.values, digits=2)} {self.unit}'
        return self.what, limit, measured, 'met' if met else '**not met**'


class Part(NamedTuple):
    title: str
    text: str
    table: Sequence[Sequence[str]]
    goals: Sequence[Goal]


def milliseconds(result: Result) -> tuple[str, str]:
    """CPU and wall time for a table, or the reason why there is none."""
    if isinstance(result, str):
        return result, ''
    return (
        summary([cost.cpu for cost in result], 1000),
        summary([cost.wall for cost in result], 1000),
    )


def ratio(results: Results, ours: str, theirs: str) -> str:
    values = paired(results, ours, theirs, operator.truediv)
    return '' if isinstance(values, str) else summary(values, digits=2)


def scaled(values: Values, factor: float) -> Values:
    return values if isinstance(values, str) else [value * factor for value in values]


def repository(setting: Setting, name: str, data: bytes | None = None) -> Path:
    """A new repository with *data*, the project's own tracker if None, as its first commit."""
    folder = setting.folder / name
    folder.mkdir()
    data = (peers.ROOT / 'ROADMAP.md').read_bytes() if data is None else data
    (folder / 'ROADMAP.md').write_bytes(data)
    git(setting, folder, 'init', '-q')
    git(setting, folder, 'add', 'ROADMAP.md')
    git(setting, folder, 'commit', '-q', '-m', 'docs(roadmap): begin')
    return folder


def git(setting: Setting, folder: Path, *arguments: str) -> str:
    command = ['git', *arguments]
    return subprocess.check_output(command, cwd=folder, env=setting.environment, text=True)


def ticked(data: bytes, days: int) -> bytes:
    """The tracker with its first *days* days completed by hand."""
    return data.replace(b'[ ] Day', '✅ Day'.encode(), days)


def forget(folder: Path) -> None:
    """Remove whatever roadmap-md keeps for speed."""
    shutil.rmtree(folder / '.git/roadmap-md', ignore_errors=True)
