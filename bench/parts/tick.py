"""One task completed and committed, beside git and other task tools."""

import operator
from collections.abc import Callable
from pathlib import Path

from measure import Job, Values, last_line, measure, paired, run, summary
from peers import program, why_not

from .part import (
    DAYS,
    WARM_UP,
    Goal,
    Part,
    Setting,
    git,
    milliseconds,
    ratio,
    repository,
    scaled,
    ticked,
)


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
