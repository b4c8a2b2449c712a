"""A repository with one branch for each of many learners, who all keep one roadmap.

    python bench/learners.py FOLDER [--learners N] [--ticks LEAST MOST]

A template of 50 tasks lies on ``main``; each branch ``learner/000000`` adds to it as many commits
as chance says, of one tick each, a few hours to a few days apart. Made by ``git fast-import``, and
packed as a server would pack it.
"""

import argparse
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

MARKERS = ('[ ]', '🟨', '✅')
TOPICS = 'Lists Tuples Sets Dictionaries Requests Pipelines Chunking Embeddings Retrieval Caching'
GUIDANCE = (
    '', '### You should think:', '- ✔ how to make output deterministic',
    '- ✔ how to avoid hallucination', '', '---', '',
)  # fmt: skip
START = 1_600_000_000  # seconds
HOUR = 3_600


def template(tasks: int = 50) -> tuple[list[str], list[int]]:
    """The lines of a roadmap of weeks of five days, and the numbers of those with a task."""
    choose = random.Random(7)
    topics = TOPICS.split()
    lines = [
        '# AI Engineer Roadmap – Progress Tracker', '', 'Print this. Tick daily. Stay consistent.',
        '', '---', '', '# Legend', '', '[ ] Not Started  ', '🟨 In Progress  ', '✅ Completed  ',
        '', '---', '',
    ]  # fmt: skip
    places = []
    for at in range(tasks):
        week, day = divmod(at, 5)
        if day == 0:
            if week:
                lines += GUIDANCE
            if week % 4 == 0:
                lines += [f'# PHASE {week // 4 + 1} — {choose.choice(topics).upper()}', '']
            lines.append(f'## Week {week + 1} – {choose.choice(topics)}')
        places.append(len(lines))
        lines.append(f'[ ] Day {day + 1} – {choose.choice(topics)} ({week + 1}.{day + 1})  ')
    return [*lines, *GUIDANCE], places


def stream(learners: int, ticks: tuple[int, int]) -> Iterator[bytes]:
    """What ``git fast-import`` is told."""
    chance = random.Random(5)
    lines, places = template()
    yield _commit('refs/heads/main', 1, 'docs: the roadmap', 'Teacher <t@x.org>', START, lines)
    mark = 1
    for number in range(learners):
        theirs, state = list(lines), [0] * len(places)
        when = START + chance.randrange(180 * 24) * HOUR
        for at in range(chance.randint(*ticks)):
            task = chance.randrange(len(places))
            before, after = state[task], (state[task] + 1 + (chance.random() > 0.9)) % 3
            state[task] = after
            rest = theirs[places[task]][len(MARKERS[before]) :]
            theirs[places[task]] = MARKERS[after] + rest
            when += chance.randint(HOUR, 5 * 24 * HOUR)
            mark += 1
            yield _commit(
                f'refs/heads/learner/{number:06}', mark, f'docs(roadmap): tick {task}',
                f'Learner {number} <l{number}@x.org>', when, theirs, 0 if at else 1,
            )  # fmt: skip


def _commit(
    ref: str, mark: int, subject: str, who: str, when: int, lines: list[str], parent: int = 0
) -> bytes:
    text = ('\n'.join(lines) + '\n').encode()
    start = f'from :{parent}\n' if parent and mark > 1 else ''
    return (
        (
            f'commit {ref}\nmark :{mark}\nauthor {who} {when} +0000\ncommitter {who} {when} +0000\n'
            f'data {len(subject)}\n{subject}\n{start}M 100644 inline ROADMAP.md\ndata {len(text)}\n'
        ).encode()
        + text
        + b'\n'
    )


def make(folder: Path, learners: int, ticks: tuple[int, int]) -> None:
    subprocess.run(['git', 'init', '-q', '-b', 'main', '--bare', folder], check=True)
    with subprocess.Popen(
        ['git', '-C', folder, 'fast-import', '--quiet'], stdin=subprocess.PIPE
    ) as importing:
        assert importing.stdin
        importing.stdin.writelines(stream(learners, ticks))
    assert importing.returncode == 0
    for tidying in (
        ['repack', '-q', '-a', '-d', '-f', '--depth=50', '--window=10'],
        ['pack-refs', '--all'],
    ):
        subprocess.run(['git', '-C', folder, *tidying], check=True)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('folder', type=Path)
    parser.add_argument('--learners', type=int, default=10_000)
    parser.add_argument('--ticks', type=int, nargs=2, default=(20, 50))
    given = parser.parse_args()
    make(given.folder, given.learners, tuple(given.ticks))
