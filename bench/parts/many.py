"""A thousand trackers that were made from one template, checked by one command."""

import operator
import random
import re
from pathlib import Path

from measure import Job, measure, paired
from peers import program, why_not

from .part import DAYS, Goal, Part, Setting, forget, milliseconds, ratio, repository, ticked

TRACKERS = 1_000
WORDS = (
    'a again agent ahead and backend careful data fails is it json learner measure model of plan '
    'prompt retry slowly the think to token was week'
)


def paragraph(source: random.Random) -> bytes:
    words = WORDS.split()
    sentences = (
        ' '.join(source.choices(words, k=source.randint(4, 14))).capitalize() + '.'
        for _ in range(source.randint(1, 6))
    )
    return '\n'.join(sentences).encode()


def skipped(data: bytes, source: random.Random) -> bytes:
    """The tracker with its first days completed, but for one that is followed by another."""
    days = source.randint(3, DAYS - 1)
    done = '✅ Day'.encode()
    before, *after = ticked(data, days).split(done)
    gap = source.randrange(days - 1)
    return before + b''.join(
        (b'[ ] Day' if day == gap else done) + text for day, text in enumerate(after)
    )


def tracker(template: bytes, source: random.Random) -> bytes:
    """One of many: prose of its own beneath the title and half-way down, and one skipped day."""
    blocks = skipped(template, source).split(b'\n\n')
    for place in (len(blocks) // 2, 1):
        blocks.insert(place, paragraph(source))
    return b'\n\n'.join(blocks)


def many_files(folder: Path) -> list[str]:
    """The names of a thousand trackers in *folder*, made of the one that is there."""
    template = (folder / 'ROADMAP.md').read_bytes()
    source = random.Random(1)
    names = [f'{number:04}.md' for number in range(TRACKERS)]
    for name in names:
        (folder / name).write_bytes(tracker(template, source))
    return names


def many(setting: Setting) -> Part:
    """Lint of a thousand trackers in one call, beside the Markdown linters."""
    folder = repository(setting, 'many')
    names = many_files(folder)

    def each_skipped_day(output: str) -> bool:
        return sorted(re.findall(r'^(\S+):\d+:\d+: RM301 ', output, re.MULTILINE)) == names

    def ours(name: str, *arguments: str) -> Job:
        command = [program('roadmap-md'), 'lint', '--output-format', 'concise', *arguments, *names]
        return Job(
            name,
            folder,
            lambda _: [command],
            (1,),
            prepare=lambda _: forget(folder),
            shows=each_skipped_day,
            why_not=why_not('roadmap-md'),
        )

    def each_unformatted(output: str) -> bool:
        return ' '.join(output.split()).count('is not formatted') == TRACKERS

    def peer(name: str, *arguments: str, says: str = '') -> Job:
        command = [program(name), *arguments, *names]
        return Job(name, folder, lambda _: [command], (1,), says, why_not=why_not(name))

    all_of_it, quiet, rumdl = 'roadmap-md lint', 'roadmap-md lint --quiet', 'rumdl'
    jobs = [
        ours(all_of_it),
        ours(quiet, '--quiet'),
        peer(rumdl, 'check', '--no-cache', says=f'in {TRACKERS} files'),
        peer('mdformat', '--check')._replace(shows=each_unformatted),
        peer('markdownlint-cli2', says=f'Linting: {TRACKERS} file(s)'),
    ]
    # A round takes half a minute and is steady.
    results = measure(jobs, max(5, setting.rounds // 3), 1, setting.environment)
    table = [
        ('command', 'CPU ms', 'wall ms', f'{all_of_it} ÷ this'),
        *(
            (job.name, *milliseconds(results[job.name]), ratio(results, all_of_it, job.name))
            for job in jobs
        ),
    ]
    text = (
        f'One call for {TRACKERS:,} files made from the AI Engineer tracker, with the default '
        'rules and `--output-format concise`: each has other prose in two places and, of its '
        'first 3 to 49 days, one that was skipped. `.git/roadmap-md/` is removed before each run. '
        'In each round it is checked that the output names RM301 once for each file. '
        '`--quiet` asks for errors only. '
        'rumdl runs without its cache. Of the ratio to rumdl, 0.6 is the wish.'
    )
    goals = [
        Goal(
            f'{name} ÷ {rumdl}, a thousand trackers',
            paired(results, name, rumdl, operator.truediv),
            1,
            '×',
        )
        for name in (all_of_it, quiet)
    ]
    return Part('A thousand trackers', text, table, goals)
