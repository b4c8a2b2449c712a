"""Cold lint of one tracker, beside bare Python and the Markdown linters."""

import operator

import peers
from measure import Job, last_line, measure, paired, run
from peers import program, why_not

from .part import (
    DAYS,
    WARM_UP,
    Goal,
    Part,
    Setting,
    forget,
    milliseconds,
    ratio,
    repository,
    ticked,
)


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
