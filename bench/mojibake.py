"""Writes the figures of docs/mojibake.md: our repairs and ftfy's of the very same lines.

``python bench/mojibake.py`` takes some minutes; it needs the development extra, and ftfy.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / 'tests')]

from test_mojibake import LENGTH, READINGS, SETS, damage, figures, files  # noqa: E402

from roadmap_md.mojibake import Certainty, repairs  # noqa: E402

PAGE = ROOT / 'docs/mojibake.md'
Set = tuple[str, int]


def ftfy_figures(sound: list[str], found: list[str]) -> Counter[str]:
    """How many of the lines *found* ftfy changed to what they were, and to something else."""
    from ftfy import fix_encoding

    count: Counter[str] = Counter()
    for line, before in zip(sound, found, strict=True):
        after = fix_encoding(before)
        count['right' if after == line else 'silent' if after == before else 'wrong'] += 1
    return count


def damaged_row(case: Set) -> list[str | int]:
    name, reading = case
    documents = files(True, LENGTH)[::4]
    ours = figures(documents, name, reading)
    sound = [line for lines in documents for line in lines]
    theirs = ftfy_figures(sound, [damage(line, name, reading) for line in sound])
    listed = ours['AMBIGUOUS'] + ours['UNEXPLAINED']
    return [
        f'{name}, {READINGS[reading]}', ours['lines'], ours['EXACT'], ours['INFERRED'], listed,
        ours['silent'], ours['wrong'], theirs['right'], theirs['wrong'],
    ]  # fmt: skip


def sound_row(length: int) -> list[str | int]:
    """Sound lines, in files of *length*, and how many of them are changed or listed."""
    count: Counter[str] = Counter()
    documents = files(True, length)
    for lines in documents:
        for repair in repairs('\n'.join(lines)):
            count['changed' if repair.certainty < Certainty.AMBIGUOUS else 'listed'] += 1
    sound = [line for lines in documents for line in lines]
    theirs = len(sound) - ftfy_figures(sound, sound)['right']
    return [f'files of {length}', len(sound), count['changed'], count['listed'], theirs]


def table(head: str, rows: list[list[str | int]]) -> Iterator[str]:
    yield f'| {head.replace(", ", " | ")} |'
    yield '|---|' + '--:|' * head.count(', ')
    for row in rows:
        cells = (cell if isinstance(cell, str) else f'{cell:,}' for cell in row)
        yield f'| {" | ".join(cells)} |'


def main() -> None:
    with ProcessPoolExecutor(2) as pool:
        sound = list(pool.map(sound_row, (1, LENGTH, 1000)))
        damaged = list(pool.map(damaged_row, SETS))
    names = [f'{name} {version(name)}' for name in ('django', 'babel', 'ftfy')]
    damaged.append(['all', *(sum(row[at] for row in damaged) for at in range(1, len(damaged[0])))])
    lines = [
        f'Measured with {", ".join(names)} on Python {sys.version.split()[0]}.',
        '',
        *table(
            'damaged, lines, exact, inferred, listed, silent, wrong, ftfy right, ftfy wrong',
            damaged,
        ),
        '',
        *table('sound, lines, changed, listed, ftfy changed', sound),
    ]
    text = re.sub(
        '(?s)(?<=<!-- figures -->\n).*(?=<!-- /figures -->)',
        lambda _: '\n' + '\n'.join(lines) + '\n\n',
        PAGE.read_text(encoding='utf-8'),
    )
    PAGE.write_text(text, encoding='utf-8')


if __name__ == '__main__':
    main()
