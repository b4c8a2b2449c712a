"""``sync``: what was edited by hand becomes commits, what others did is taken in, all is pushed."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any, NamedTuple

from .. import files
from ..alike import read_alike
from ..commit import relative
from ..errors import UserError
from ..escape import visible
from ..git import Repository
from ..hand_edits import Left, Why
from ..output import text
from ..output.signs import SIGNS, STYLES
from ..output.terminal import Painter, painter
from ..project import Project, find_project
from ..status import Status
from ..vocabulary import Preference
from .exchange import Wanted, exchange
from .record import Made, Recorded, record
from .settle import settle

VERBS = {
    Status.NOT_STARTED: 'reset', Status.IN_PROGRESS: 'started', Status.COMPLETED: 'completed',
    Status.BLOCKED: 'blocked', Status.CANCELLED: 'cancelled',
}  # fmt: skip
REASONS = {
    Why.FIXED: 'has its status from its place',
    Why.NEW: 'is new',
    Why.UNSURE: 'may be another task',
}


class Options(NamedTuple):
    """What was asked for; *remote* and *branch* are those that git has configured if None."""

    file: str | None = None
    everything: bool = False
    dry_run: bool = False
    push: bool = True
    remote: str | None = None
    branch: str | None = None
    merge: bool = False
    output_format: str = 'text'
    color: str = 'auto'


def sync(options: Options) -> int:
    """Commit, take in, push; exit 1, with nothing committed, where a rule forbids a hand edit."""
    project = find_project([options.file] if options.file else [])
    settle(project)
    paths = (options.file,) if options.file is not None else project.trackers(())
    recorded = record(project.root, paths, project.config, options.everything, options.dry_run)
    if recorded is None:
        return 1
    paint = painter(sys.stdout, options.color)
    is_text = options.output_format == 'text'
    parts: dict[str, Any] = {} if is_text else _parts(recorded)
    if is_text:
        _print(told(recorded, paint, options.dry_run))
    made = sum(len(one.made) for one in recorded)
    try:
        rows = exchange(*_wanted(project, recorded, options), made, paint, parts)
        for row in rows:
            if is_text:
                print(row, flush=True)
    finally:
        if is_text and not options.dry_run:
            came = bool(parts.get('taken'))
            _print(_where(recorded, came, project.config.preference, paint))
        elif not is_text:
            from ..output import json

            print(json.document(**parts))
    return 1 if parts['conflicts'] else 0


def _print(rows: Iterable[str]) -> None:
    for row in rows:
        print(row, flush=True)  # others may let us wait


def _wanted(
    project: Project, recorded: Sequence[Recorded], options: Options
) -> tuple[Repository, Wanted]:
    repo = recorded[0].repo
    paths = (relative(repo, one.path) for one in recorded)
    return repo, Wanted(
        tuple(dict.fromkeys((*project.config.files, *paths))), options.remote or '',
        options.branch or '', options.merge, options.push, options.dry_run,
    )  # fmt: skip


def told(recorded: Sequence[Recorded], paint: Painter, dry_run: bool) -> Iterator[str]:
    for one in recorded:
        if dry_run:
            yield from (f'would commit: {visible(made.subject)}' for made in one.made)
        else:
            yield from (_line(made, paint) for made in one.made)
        yield from _left(one, paint)


def _where(
    recorded: Sequence[Recorded], came: bool, preference: Preference, paint: Painter
) -> Iterator[str]:
    """Where one is now; something *came* from others, or not."""
    for one in recorded:
        file = one.edits.file
        if came:
            with suppress(UserError, UnicodeDecodeError):
                file = read_alike(files.read(one.path), preference)
        if file.tasks and (one.made or file is not one.edits.file):
            yield from text.after_change(file, paint)


def _line(made: Made, paint: Painter) -> str:
    commit = paint(made.commit[:7], 'dim')
    if made.step is None:
        return f'✎ the plan was edited  {commit}'
    at = made.step.move.old
    status = made.step.after.state[at]
    named = visible(text.name(made.step.after, at))
    return f'{paint(SIGNS[status], *STYLES[status])} {named} {VERBS[status]}  {commit}'


def _left(one: Recorded, paint: Painter) -> Iterator[str]:
    """What stays in the file."""
    added, removed = _lines_left(one)
    if not added + removed:
        return
    said = f'other edits stay in {visible(one.path)} (+{added} −{removed}); --all commits them too'
    yield paint(said, 'dim')
    for why, group in groupby(sorted(one.edits.left, key=_reason), _reason):
        tasks = [task for task, _ in group]
        for at in tasks[:3]:
            named = visible(text.name(one.edits.file, at))
            yield paint(f'  {named} {why}: its status goes with them', 'dim')
        if len(tasks) > 3:
            yield paint(f'  and {len(tasks) - 3} more', 'dim')


def _reason(left: Left) -> str:
    return REASONS[left.why]


def _lines_left(one: Recorded) -> tuple[int, int]:
    """How many lines the file has that the last commit has not, and the other way round."""
    old, new = (data.split(b'\n') for data in (one.committed, one.stored))
    if old == new:
        return 0, 0
    from difflib import SequenceMatcher

    changes = [
        (j2 - j1, i2 - i1)
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes()
        if tag != 'equal'
    ]
    return sum(pair[0] for pair in changes), sum(pair[1] for pair in changes)


def _parts(recorded: Sequence[Recorded]) -> dict[str, Any]:
    """What JSON says of the commits, and of what stays in the files."""
    return {
        'commits': [_commit(made, one.path) for one in recorded for made in one.made],
        'left': [_rest(one) for one in recorded if any(_lines_left(one))],
    }


def _commit(made: Made, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {'key': None, 'title': None, 'from': None, 'to': None}
    if made.step:
        _, before, after = made.step
        at = made.step.move.old
        task = before.tasks[at]
        found = {
            'key': task.key, 'title': task.title,
            'from': before.state[at].value, 'to': after.state[at].value,
        }  # fmt: skip
    return {**found, 'commit': made.commit or None, 'subject': made.subject, 'path': path}


def _rest(one: Recorded) -> dict[str, Any]:
    from ..output import json

    added, removed = _lines_left(one)
    return {
        'path': one.path, 'added': added, 'removed': removed,
        'tasks': [
            {**json.task(one.edits.file, at, one.path), 'why': why.value}
            for at, why in one.edits.left
        ],
    }  # fmt: skip
