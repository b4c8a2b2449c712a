"""What is read of each tracker in a folder, beside what a person reads who looks at the file.

    python bench/coverage.py FOLDER            # prints the page
    python bench/coverage.py FOLDER --write    # and writes docs/coverage.md

The readings by eye are in docs/coverage.tsv, a row a file: how many tasks there are, how many of
each status, the carriers, the sections that have a status and hold tasks, what a person could
hesitate about, and, where the two readings differ, why. It is an error when a file that differs
has no such reason, or one that does not differ has one; the exit code is 1 then.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

from roadmap_md.carriers import section_name  # noqa: E402
from roadmap_md.commands.reading import parse  # noqa: E402
from roadmap_md.errors import UserError  # noqa: E402
from roadmap_md.escape import markdown_cell  # noqa: E402
from roadmap_md.explain import NOT_TAKEN, Role, explain  # noqa: E402
from roadmap_md.status import Status  # noqa: E402
from roadmap_md.tracker import Tracker  # noqa: E402
from roadmap_md.vocabulary import Preference  # noqa: E402

PAGE = ROOT / 'docs/coverage.md'
READINGS = ROOT / 'docs/coverage.tsv'
MOST_LINES = 3
LONGEST_EXCERPT = 40  # characters


class Reading(NamedTuple):
    """How many tasks of each status a tracker has, where those stand, and the sections."""

    statuses: Mapping[Status, int]
    carriers: frozenset[str]
    sections: int

    @property
    def tasks(self) -> int:
        return sum(self.statuses.values())


class Eye(NamedTuple):
    """What a person reads, and *why* something else is found."""

    reading: Reading
    why: str


class File(NamedTuple):
    """What is *found* in a file, or why it is *refused*; what *looks* like a status beside that."""

    name: str
    found: Reading
    looks: Sequence[str]
    refused: str
    eye: Eye | None

    @property
    def differs(self) -> bool:
        """Does a person read other tasks, or other statuses?"""
        return self.eye is not None and self.found.statuses != self.eye.reading.statuses

    @property
    def false_tasks(self) -> int:
        return max(0, self.found.tasks - self.eye.reading.tasks) if self.eye else 0

    @property
    def missed_tasks(self) -> int:
        return max(0, self.eye.reading.tasks - self.found.tasks) if self.eye else 0

    @property
    def other_statuses(self) -> int:
        """How many tasks both see, and not alike."""
        if not self.eye:
            return 0
        read = self.eye.reading
        alike = sum(min(self.found.statuses[status], read.statuses[status]) for status in Status)
        return min(self.found.tasks, read.tasks) - alike


def statuses(counts: Mapping[Status, int]) -> dict[Status, int]:
    return {status: counts.get(status, 0) for status in Status}


def found_in(tracker: Tracker) -> Reading:
    sections = {statused.section for statused in tracker.statused_sections}
    carriers = {marked.carrier for st in tracker.statused_sections for marked in st.marks}
    for task, statused in zip(tracker.tasks, tracker.statused, strict=True):
        carriers.add(statused.marks[0].carrier)
        if statused.marks[0].carrier is section_name.CARRIER:
            sections.add(task.section)
    names = frozenset(carrier.name for carrier in carriers)
    return Reading(statuses(Counter(tracker.state)), names, len(sections))


def looks_like_a_status(tracker: Tracker) -> Iterator[str]:
    """The lines that a person may take for a status, and that give none to anything."""
    for line in explain(tracker):
        if line.role is Role.UNREAD or line.says.endswith(NOT_TAKEN):
            text = tracker.page.lines[line.number].decode().strip()
            cut = text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 1] + '…'
            yield f'{line.number + 1}: {markdown_cell(cut)}'


def read(path: Path, eye: Eye | None) -> File:
    try:
        tracker = parse(path.read_bytes(), path.name, Preference())
    except UserError as error:
        return File(path.name, Reading(statuses({}), frozenset(), 0), [], str(error), eye)
    return File(path.name, found_in(tracker), list(looks_like_a_status(tracker)), '', eye)


def read_eye(row: Mapping[str, str]) -> Eye:
    carriers = frozenset(row['carriers'].split('; ')) - {'none'}
    counts = {status: int(row[status.value]) for status in Status}
    reading = Reading(counts, carriers, int(row['sections']))
    if reading.tasks != int(row['tasks']):
        sys.exit(f'{row["file"]}: {row["tasks"]} tasks, but {reading.tasks} by their statuses')
    return Eye(reading, (row.get('why') or '').strip())


def read_eyes(path: Path) -> dict[str, Eye]:
    with path.open(encoding='utf-8', newline='') as file:
        rows = csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE)
        return {row['file']: read_eye(row) for row in rows}


def complaints(files: Sequence[File], eyes: Iterable[str]) -> Iterator[str]:
    for name in sorted(set(eyes) - {file.name for file in files}):
        yield f'{name}: there is a reading, but no such file'
    for file in files:
        if file.refused or file.eye is None:
            continue
        if file.differs and not file.eye.why:
            yield f'{file.name}: the readings differ, and no reason is given'
        if file.eye.why and not file.differs:
            yield f'{file.name}: the readings agree, so delete the reason why they differ'


def cell(found: object, read: object) -> str:
    return f'{found}' if found == read else f'{found} ({read})'


def named(carriers: Iterable[str]) -> str:
    return '; '.join(sorted(carriers)) or 'none'


def row(file: File) -> list[str]:
    found, read = file.found, file.eye.reading if file.eye else file.found
    more = len(file.looks) - MOST_LINES
    return [
        f'`{file.name}`',
        cell(named(found.carriers), named(read.carriers)),
        cell(found.tasks, read.tasks),
        *(cell(found.statuses[status], read.statuses[status]) for status in Status),
        cell(found.sections, read.sections),
        '<br>'.join([*file.looks[:MOST_LINES], *([f'… {more} more'] if more > 0 else [])]),
        '' if file.eye is None else '**no**' if file.differs else 'yes',
    ]


def table(files: Sequence[File]) -> Iterator[str]:
    numbers = ['tasks', *(status.words for status in Status), 'sections']
    head = ['file', 'carriers', *numbers, 'looks like a status', 'agrees']
    yield f'| {" | ".join(head)} |'
    yield f'|---|---|{"--:|" * len(numbers)}---|---|'
    for file in files:
        yield f'| {" | ".join(row(file))} |'


def summary(files: Sequence[File]) -> Iterator[str]:
    seen = [file for file in files if file.eye]
    alike = sum(not file.differs for file in seen)
    percent = f' ({100 * alike // len(seen)}%)' if seen else ''
    yield f'- **{alike} of {len(seen)}** files are read as a person reads them{percent}.'
    yield f'- False tasks, found where a person sees none: {sum(f.false_tasks for f in seen)}.'
    yield (
        f'- Missed tasks: {sum(f.missed_tasks for f in seen)}'
        f' of {sum(f.eye.reading.tasks for f in seen if f.eye)}.'
    )
    yield f'- Tasks with another status: {sum(f.other_statuses for f in seen)}.'
    sections = sum(f.eye is not None and f.found.sections == f.eye.reading.sections for f in seen)
    yield f'- As many sections with a status of their own: in {sections} of {len(seen)} files.'


ABOUT = """\
The collected trackers are real ones, many of them shortened. Each was read by eye as well, without
the program: how far is this person, on what? The readings, and what a person could hesitate about,
are in [coverage.tsv](coverage.tsv). They are not changed to fit the program, so a difference stays
here until it is mended. `python bench/coverage.py FOLDER --write` writes this page."""
HOW = """\
A number is what the program finds; in brackets behind it stands the reading by eye where that is
another. Tasks are compared by their number in a file, so what is missed and what is false there
would make up for each other. Two readings agree when tasks and statuses do. A section counts here
when it has a status and holds tasks. What looks like a status, and is taken for none, is given with
its line."""


def page(files: Sequence[File]) -> Iterator[str]:
    yield from ('# Coverage', '', '<!-- Written by bench/coverage.py; do not edit. -->', '')
    yield from (ABOUT, '', *summary(files), '', HOW, '')
    yield from table([file for file in files if not file.refused])
    if differ := [file for file in files if file.differs and not file.refused]:
        yield from ('', '## Why they differ', '')
        for file in differ:
            why = file.eye.why if file.eye else ''
            yield f'- `{file.name}`: {markdown_cell(why or "no reason is given")}'
    if refused := [file for file in files if file.refused]:
        yield from ('', '## Refused', '')
        for file in refused:
            yield f'- {markdown_cell(file.refused)}'


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description='Compare what is read with what a person reads.')
    parser.add_argument('folder', type=Path, help='of trackers, *.md')
    parser.add_argument('--readings', type=Path, default=READINGS, help='(%(default)s)')
    parser.add_argument('--write', action='store_true', help='write docs/coverage.md')
    options = parser.parse_args(arguments)
    eyes = read_eyes(options.readings)
    paths = sorted(options.folder.glob('*.md'))
    if not paths:
        parser.error(f'there is no *.md in {options.folder}')
    files = [read(path, eyes.get(path.name)) for path in paths]
    text = '\n'.join(page(files)) + '\n'
    print(text, end='')
    if options.write:
        PAGE.write_text(text, encoding='utf-8')
    wrong = list(complaints(files, eyes))
    for complaint in wrong:
        print(complaint, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == '__main__':
    raise SystemExit(main(sys.argv[1:]))
