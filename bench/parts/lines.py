"""Lint of ever longer files."""

import operator
from pathlib import Path

import peers
from measure import Job, Values, cpu, each, last_line, measure, paired, run, summary
from peers import program, why_not

from .part import Goal, Part, Setting, forget, milliseconds, repository, scaled

LINES = (1_000, 5_000, 10_000, 20_000, 40_000)

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
