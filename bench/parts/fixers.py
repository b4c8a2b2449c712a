"""What Markdown fixers leave of a tracker: markers, headings, line ends and tasks."""

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from measure import Failed, last_line, run
from peers import program, why_not

from .part import DAYS, Part, Setting, forget, repository, ticked

TICKED = 12
MARKER = re.compile(r'^(?:\[ \]|🟨|✅) ', re.MULTILINE)
HEADING = re.compile(r'^(#{1,6}) (.*)$', re.MULTILINE)


class Fixer(NamedTuple):
    """How tool *name* is told to fix a file in place, and the exit codes of a run that did it."""

    name: str
    arguments: Sequence[str]
    exit_codes: tuple[int, ...] = (0,)


FIXERS = (
    Fixer('roadmap-md', ['lint', '--fix', 'ROADMAP.md']),
    Fixer('rumdl', ['fmt', '--no-cache', 'ROADMAP.md']),
    Fixer('pymarkdown', ['fix', 'ROADMAP.md'], (0, 3)),  # 3: it has changed something
    Fixer('mdformat', ['ROADMAP.md']),
    Fixer('markdownlint-cli2', ['--fix', 'ROADMAP.md'], (0, 1)),  # 1: something is left
    Fixer('prettier', ['--write', 'ROADMAP.md']),
    Fixer('remark', ['ROADMAP.md', '--output']),
)


class Fixed(NamedTuple):
    """A tracker before a fixer, after it and after it *again*; *tasks* are statuses by key."""

    before: bytes
    after: bytes
    tasks_before: dict[str, str]
    tasks_after: dict[str, str]
    again: bytes


def text_of(data: bytes) -> str:
    return data.decode().replace('\r\n', '\n')


def lines_changed(fixed: Fixed) -> str:
    before, after = (text_of(data).splitlines() for data in (fixed.before, fixed.after))
    changes = [
        change
        for change in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if change[0] != 'equal'
    ]
    removed = sum(stop - start for _, start, stop, _, _ in changes)
    added = sum(stop - start for _, _, _, start, stop in changes)
    return f'-{removed} +{added}' if changes else '0'


def bytes_more(fixed: Fixed) -> str:
    more = len(fixed.after) - len(fixed.before)
    return f'{more:+,}' if more else '0'


def line_ends_changed(fixed: Fixed) -> str:
    """How many line ends are not of the kind that the file had."""
    crlf = fixed.after.count(b'\r\n')
    bare = fixed.after.count(b'\n') - crlf
    return str(bare if b'\r\n' in fixed.before else crlf)


def markers_escaped(fixed: Fixed) -> str:
    return str(fixed.after.count(b'\\[') - fixed.before.count(b'\\['))


def markers_gone(fixed: Fixed) -> str:
    """How many no longer begin a line as they did; an escaped one does not."""
    before, after = (Counter(MARKER.findall(text_of(data))) for data in (fixed.before, fixed.after))
    return f'{(before - after).total()} of {before.total()}'


def headings_moved(fixed: Fixed) -> str:
    """How many headings have another level."""
    before, after = (HEADING.findall(text_of(data)) for data in (fixed.before, fixed.after))
    if len(before) != len(after):
        return f'{len(after)} headings instead of {len(before)}'
    moved = sum(one[0] != other[0] for one, other in zip(before, after, strict=True))
    return f'{moved} of {len(before)}'


def tasks_kept(fixed: Fixed) -> str:
    kept = fixed.tasks_before.items() & fixed.tasks_after.items()
    return f'{len(kept)} of {len(fixed.tasks_before)}'


def is_idempotent(fixed: Fixed) -> str:
    return 'yes' if fixed.again == fixed.after else 'no'


COLUMNS: dict[str, Callable[[Fixed], str]] = {
    'lines': lines_changed,
    'bytes': bytes_more,
    'line ends changed': line_ends_changed,
    'markers escaped': markers_escaped,
    'markers changed': markers_gone,
    'headings at another level': headings_moved,
    'tasks found again': tasks_kept,
    'twice = once': is_idempotent,
}


def tasks(setting: Setting, path: Path) -> dict[str, str]:
    """The status of each key, as ``roadmap-md list`` says."""
    command = [program('roadmap-md'), 'list', '--json', path.name]
    _, code, text = run(command, path.parent, setting.environment)
    if code:
        raise Failed(f'cannot be read: exit {code}, {last_line(text)}')
    return {task['key']: task['status'] for task in json.loads(text)['tasks']}


def fixed_by(fixer: Fixer, setting: Setting, path: Path, data: bytes) -> Fixed:
    """What *fixer* makes of *data* when it is run once and twice.

    Raises `Failed` when it does not end as it should.
    """

    def fix() -> bytes:
        command = [program(fixer.name), *fixer.arguments]
        _, code, text = run(command, path.parent, setting.environment)
        if code not in fixer.exit_codes:
            raise Failed(f'exit {code}, {last_line(text)}')
        return path.read_bytes()

    forget(path.parent)
    path.write_bytes(data)
    before = tasks(setting, path)
    if len(before) != DAYS:
        raise Failed(f'{len(before)} tasks instead of {DAYS} were there before')
    after = fix()
    return Fixed(data, after, before, tasks(setting, path), fix())


def cell(values: Sequence[str]) -> str:
    """One value for all forms, or one for each."""
    return values[0] if len(set(values)) == 1 else ' / '.join(values)


def row(fixer: Fixer, setting: Setting, path: Path, forms: Sequence[bytes]) -> list[str]:
    name = ' '.join([fixer.name, *fixer.arguments])
    empty = [''] * (len(COLUMNS) - 1)
    reason = why_not(fixer.name) or why_not('roadmap-md')
    if reason:
        return [name, reason, *empty]
    try:
        runs = [fixed_by(fixer, setting, path, data) for data in forms]
    except Failed as error:
        return [name, str(error), *empty]
    return [name, *(cell([figure(fixed) for fixed in runs]) for figure in COLUMNS.values())]


def fixers(setting: Setting) -> Part:
    """What the fixers of Markdown tools do to the tracker."""
    path = repository(setting, 'fixers') / 'ROADMAP.md'
    data = path.read_bytes()
    forms = (data, data.replace(b'\n', b'\r\n'), ticked(data, TICKED))
    text = (
        f'The AI Engineer tracker ({len(data):,} bytes) after a run of '
        'each fixer, with its own defaults, in three forms: as it is / with CRLF line ends / with '
        f'{TICKED} days ticked. Where the three agree, the figure stands once. '
        'Lines: removed and added, whatever their ends. Line ends changed: those in the result '
        'that are not of the kind the file had. Markers changed: those of the legend and the days '
        'that no longer begin a line as they did, the escaped ones among them. Tasks found again: '
        'those of which `roadmap-md list --json` shows the same key and status as before.'
    )
    table = [
        ('command', *COLUMNS),
        *(row(fixer, setting, path, forms) for fixer in FIXERS),
    ]
    return Part('What fixers change', text, table, [])
