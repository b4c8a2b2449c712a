"""The parts of the benchmark: what is measured beside what, and the goals that are set.

To add one: a function that takes a `Setting` and returns a `Part`, and a line in `PARTS`.
"""

import operator
import shutil
import statistics
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import peers
from measure import (
    Job,
    Result,
    Results,
    Values,
    cpu,
    each,
    last_line,
    measure,
    paired,
    run,
    summary,
)
from peers import program, why_not

WARM_UP = 3
DAYS = 50  # that ROADMAP.md holds: no tick can be measured more often in one repository
LINES = (1_000, 5_000, 10_000, 20_000, 40_000)


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


def lint(setting: Setting) -> Part:
    """Cold lint of the tracker beside bare Python and the Markdown linters."""
    new, known = (repository(setting, name) for name in ('lint-new', 'lint-known'))
    data = (new / 'ROADMAP.md').read_bytes()
    skipped = data.replace(b'[ ] Day 2', '✅ Day 2'.encode(), 1)
    (new / 'skipped.md').write_bytes(skipped)
    ours = program('roadmap-md')
    blocked = why_not('roadmap-md')
    if not blocked:
        _, code, text = run([ours, 'lint', 'skipped.md'], new, setting.environment)
        if code != 1 or 'RM301' not in text:
            blocked = f'does not report a skipped day: exit {code}, {last_line(text)}'

    def job(name: str, *arguments: str, says: str = '') -> Job:
        command = [program(name), *arguments, 'ROADMAP.md']
        # The peers find style problems in the tracker, so 1 is the sign that they looked.
        return Job(name, new, lambda _: [command], (1,), says, why_not=why_not(name))

    command = [[ours, 'lint', 'ROADMAP.md']]
    bare, ours_new, ours_known = (
        'python -c pass',
        'roadmap-md lint, skeleton new',
        'roadmap-md lint, skeleton known',
    )
    jobs = [
        Job(bare, new, lambda _: [[peers.python(), '-c', 'pass']]),
        Job(
            ours_new,
            new,
            lambda _: command,
            prepare=lambda _: forget(new),
            why_not=blocked,
        ),
        Job(
            ours_known,
            known,
            lambda _: command,
            # Another state of the same skeleton in each round, as after a day's tick.
            prepare=lambda number: (known / 'ROADMAP.md').write_bytes(ticked(data, number % DAYS)),
            why_not=blocked,
        ),
        job('rumdl', 'check', '--no-cache', says='MD025'),
        job('pymarkdown', 'scan', says='MD025'),
        job('mdformat', '--check', says='is not formatted'),
        job('markdownlint-cli2', says='MD025'),
    ]
    results = measure(jobs, setting.rounds, WARM_UP, setting.environment)
    cached = any(path.is_file() for path in (known / '.git/roadmap-md').rglob('*'))
    text = (
        f'`lint` of the AI Engineer tracker ({DAYS} days, {len(data):,} bytes), a new process '
        'each time. '
        'Skeleton new: `.git/roadmap-md/` is removed before each run. '
        'Skeleton known: the runs before have left theirs, and other days are ticked. '
    )
    if not blocked and not cached:
        text += (
            'There is no structure cache (lint leaves nothing under `.git/roadmap-md/`), '
            'so the two rows differ by noise and ticks alone. '
        )
    text += 'rumdl runs without its cache. The peers check style, not status.'
    table = [
        ('command', 'CPU ms', 'wall ms', '× bare Python', 'roadmap-md, skeleton new ÷ this'),
        *(
            (
                job.name,
                *milliseconds(results[job.name]),
                ratio(results, job.name, bare),
                ratio(results, ours_new, job.name),
            )
            for job in jobs
        ),
    ]

    def goal(name: str, other: str, limit: float) -> Goal:
        values = paired(results, name, other, operator.truediv)
        return Goal(f'{name} ÷ {other}', values, limit, '×')

    goals = [
        goal(ours_new, bare, 9),
        goal(ours_known, bare, 6),
        goal(ours_new, 'mdformat', 0.65),
        goal(ours_new, 'markdownlint-cli2', 0.2),
    ]
    return Part('Cold lint', text, table, goals)


# Prints how many tasks were found and the CPU seconds; what is imported late is there before.
READ = """
import sys, time
from roadmap_md.tracker import read_tracker
read_tracker(b'[ ] Day 1')
data = open(sys.argv[1], 'rb').read()
started = time.process_time()
print(len(read_tracker(data).tasks), time.process_time() - started)
"""


def in_process(setting: Setting, path: Path, count: int) -> Values:
    """CPU seconds to read *path*, without start and imports; a new process each of 3 times."""
    command = [peers.python(), '-c', READ, path.name]
    seconds = []
    for _ in range(3):
        _, code, text = run(command, path.parent, setting.environment)
        if code:
            return f'exit {code}, {last_line(text)}'
        found, cost = text.split()
        if int(found) != count:
            return f'{found} tasks were read'
        seconds.append(float(cost))
    return seconds


def lines(setting: Setting) -> Part:
    """Lint of one paragraph of bare day lines, ever longer: is the time linear?"""
    title = '# Plan\n\n'
    folder = repository(setting, 'lines', title.encode())
    blocked = why_not('roadmap-md')

    def job(count: int) -> Job:
        days = ''.join(f'[ ] Day {day} – Topic {day}  \n' for day in range(1, count + 1))
        (folder / f'{count}.md').write_text(title + days)
        return Job(
            f'{count:,}',
            folder,
            lambda _: [[program('roadmap-md'), 'lint', f'{count}.md']],
            prepare=lambda _: forget(folder),
            why_not=blocked,
        )

    jobs = [job(count) for count in (1, *LINES)]
    # The long files take seconds together and are steady.
    results = measure(jobs, max(3, setting.rounds // 3), 1, setting.environment)

    def each_line(count: int) -> Values:
        """CPU microseconds."""
        return scaled(paired(results, f'{count:,}', '1', operator.sub), 1e6 / count)

    table = [('lines', 'CPU ms', 'wall ms', 'µs a line, above one line', 'in process, CPU ms')]
    for count in (1, *LINES):
        above = each_line(count) if count > 1 else ''
        inside = in_process(setting, folder / f'{count}.md', count) if not blocked else ''
        table.append(
            (
                f'{count:,}',
                *milliseconds(results[f'{count:,}']),
                '' if isinstance(above, str) else summary(above, digits=1),
                inside if isinstance(inside, str) else summary(inside, 1000, digits=1),
            )
        )
    growth = each(each_line(LINES[-1]), each_line(LINES[1]), operator.truediv)
    goals = [
        Goal('lint of 10,000 bare lines', cpu(results['10,000']), 0.5, 's'),
        Goal(
            f'a line among {LINES[-1]:,} ÷ a line among {LINES[1]:,} (linear: no more than noise)',
            growth,
            1.25,
            '×',
        ),
    ]
    text = (
        '`lint` of a file of bare day lines in one paragraph, skeleton new. In process: '
        '`read_tracker` alone, without start and imports, 3 times.'
    )
    return Part('Bare lines', text, table, goals)


def todo_job(setting: Setting) -> Job:
    """A list of 50 tasks of which task N is done in round N - 1."""
    folder = setting.folder / 'todo'
    folder.mkdir()
    tasks = folder / 'todo.txt'
    tasks.write_text(''.join(f'Day {day}\n' for day in range(1, DAYS + 1)))
    (folder / 'config').write_text(
        f"export TODO_DIR='{folder}' TODO_FILE='{tasks}'\n"
        f"export DONE_FILE='{folder}/done.txt' REPORT_FILE='{folder}/report.txt'\n"
    )
    # -a: no archiving, which would be more work and renumber the tasks.
    command = [program('todo.txt'), '-d', str(folder / 'config'), '-a', 'do']
    return Job(
        'todo.txt: `todo.sh -a do N`',
        folder,
        lambda number: [[*command, str(number + 1)]],
        holds=lambda number: tasks.read_text().count('x ') == number + 1,
        why_not=why_not('todo.txt'),
    )


def backlog_job(setting: Setting) -> Job:
    """A project of 50 tasks that commits by itself."""
    folder = setting.folder / 'backlog'
    name = 'Backlog.md: `backlog task edit N -s Done`'
    blocked = why_not('backlog')
    if blocked:
        return Job(name, folder, lambda _: [], why_not=blocked)
    folder.mkdir()
    git(setting, folder, 'init', '-q')
    for arguments in (
        ['init', 'plan', '--defaults', '--integration-mode', 'none'],
        ['config', 'set', 'autoCommit', 'true'],
        *(['task', 'create', f'Day {day}'] for day in range(1, DAYS + 1)),
    ):
        _, code, text = run([program('backlog'), *arguments], folder, setting.environment)
        if code:
            return Job(name, folder, lambda _: [], why_not=f'cannot be set up: {last_line(text)}')
    git(setting, folder, 'add', '.')
    git(setting, folder, 'commit', '-q', '-m', 'chore: configure')
    start = git(setting, folder, 'rev-parse', 'HEAD').strip()

    def holds(number: int) -> bool:
        commits = git(setting, folder, 'rev-list', '--count', f'{start}..HEAD')
        done = git(setting, folder, 'grep', '-l', '^status: Done', 'HEAD', '--', 'backlog/tasks')
        return int(commits) == len(done.splitlines()) == number + 1

    return Job(
        name,
        folder,
        lambda number: [[program('backlog'), 'task', 'edit', f'TASK-{number + 1}', '-s', 'Done']],
        holds=holds,
    )


def tick(setting: Setting) -> Part:
    """One task completed and committed, by roadmap-md, by hand and by other task tools."""
    clean, edited, by_hand = (
        repository(setting, name) for name in ('tick-clean', 'tick-edited', 'tick-by-hand')
    )
    note = 'A note that is not committed yet.'
    with (edited / 'ROADMAP.md').open('a') as file:
        file.write(f'\n{note}\n')

    def holds(folder: Path) -> Callable[[int], bool]:
        start = git(setting, folder, 'rev-parse', 'HEAD').strip()

        def one_commit_a_round(number: int) -> bool:
            commits = git(setting, folder, 'rev-list', '--count', f'{start}..HEAD')
            tracker = git(setting, folder, 'show', 'HEAD:ROADMAP.md')
            ticks = tracker.count('✅ Day')
            return int(commits) == ticks == number + 1 and note not in tracker

        return one_commit_a_round

    def by_sed(number: int) -> None:
        path = by_hand / 'ROADMAP.md'
        path.write_bytes(ticked(path.read_bytes(), 1))

    tick_next = [[program('roadmap-md'), 'tick', 'next']]
    add_and_commit = [
        ['git', 'add', '--', 'ROADMAP.md'],
        ['git', 'commit', '-q', '-m', 'docs(roadmap): complete a day'],
    ]
    blocked = why_not('roadmap-md')
    ours, ours_edited, gits = (
        'roadmap-md tick next',
        'roadmap-md tick next, file with other edits',
        'git add + git commit',
    )
    backlog = backlog_job(setting)
    jobs = [
        Job(gits, by_hand, lambda _: add_and_commit, prepare=by_sed, holds=holds(by_hand)),
        Job(ours, clean, lambda _: tick_next, holds=holds(clean), why_not=blocked),
        Job(ours_edited, edited, lambda _: tick_next, holds=holds(edited), why_not=blocked),
        todo_job(setting),
        backlog,
    ]
    results = measure(jobs, setting.rounds, WARM_UP, setting.environment)

    def above_git(name: str) -> Values:
        return scaled(paired(results, name, gits, operator.sub), 1000)

    table = [('command', 'CPU ms', 'wall ms', 'CPU ms above git', 'roadmap-md ÷ this')]
    for job in jobs:
        above = above_git(job.name)
        table.append(
            (
                job.name,
                *milliseconds(results[job.name]),
                '' if isinstance(above, str) else summary(above),
                ratio(results, ours, job.name),
            )
        )
    text = (
        'One task of 50 is completed; a different one in each round. No hooks. '
        'For git alone the marker is changed beforehand, so that only its two processes count. '
        'todo.txt does not commit. Backlog.md has `autoCommit` on, all else as it comes. '
        'The other edit is an uncommitted line at the end of the tracker, which stays uncommitted. '
        'After each round it is checked that there is one commit and one ticked day more.'
    )
    goals = [
        Goal(f'{ours}, CPU above {gits}', above_git(ours), 120, 'ms'),
        Goal(f'{ours_edited}, CPU above {gits}', above_git(ours_edited), 120, 'ms'),
        Goal(
            f'{ours} ÷ {backlog.name}',
            paired(results, ours, backlog.name, operator.truediv),
            0.2,
            '×',
        ),
    ]
    return Part('Tick', text, table, goals)


PARTS: dict[str, Callable[[Setting], Part]] = {'lint': lint, 'lines': lines, 'tick': tick}
