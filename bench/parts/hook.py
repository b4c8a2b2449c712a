"""What the hooks of `roadmap-md install` cost a commit, beside hooks that do nothing."""

import operator

from measure import Job, measure, paired, run
from peers import program, why_not

from .part import WARM_UP, Goal, Part, Setting, git, milliseconds, repository, scaled


def hook(setting: Setting) -> Part:
    """Commits with no hooks, with hooks that are `true`, and with ours."""
    blocked = why_not('roadmap-md')
    plain, true, ours, touched = (
        'no hooks',
        'hooks that are `true`',
        'ours, no Markdown file staged',
        'ours, the tracker staged',
    )
    jobs = [
        _commits(setting, plain, 'hook-plain', 'notes.txt'),
        _commits(setting, true, 'hook-true', 'notes.txt'),
        _commits(setting, ours, 'hook-ours', 'notes.txt', blocked),
        _commits(setting, touched, 'hook-touched', 'ROADMAP.md', blocked),
    ]
    for name in ('pre-commit', 'commit-msg'):
        path = setting.folder / 'hook-true/.git/hooks' / name
        path.write_text('#!/bin/sh\nexec true\n')
        path.chmod(0o755)
    if not blocked:
        for name in ('hook-ours', 'hook-touched'):
            run([program('roadmap-md'), 'install'], setting.folder / name, setting.environment)
    results = measure(jobs, setting.rounds, WARM_UP, setting.environment)

    def above(name: str) -> list[float] | str:
        return scaled(paired(results, name, true, operator.sub), 1000)

    table = [
        ('commit with', 'CPU ms', 'wall ms'),
        *((job.name, *milliseconds(results[job.name])) for job in jobs),
    ]
    text = (
        '`git commit` of one staged file, with the hooks that `roadmap-md install` writes '
        '(pre-commit and commit-msg) and with two shell scripts that are `exec true`. '
        'After each round it is checked that there is one commit more.'
    )
    goals = [Goal(f'{ours}, CPU above {true}', above(ours), 10, 'ms')]
    return Part('Hooks', text, table, goals)


def _commits(setting: Setting, name: str, folder: str, file: str, blocked: str = '') -> Job:
    """One commit a round that adds a line to *file*."""
    place = repository(setting, folder)
    start = int(git(setting, place, 'rev-list', '--count', 'HEAD'))

    def stage(number: int) -> None:
        with (place / file).open('a') as text:
            text.write(f'Line {number}.\n')
        git(setting, place, 'add', file)

    def is_committed(number: int) -> bool:
        return int(git(setting, place, 'rev-list', '--count', 'HEAD')) == start + number + 1

    command = ['git', 'commit', '-q', '-m', 'docs: add a line']
    return Job(name, place, lambda _: [command], prepare=stage, holds=is_committed, why_not=blocked)
