"""``suggest``: ticks that commits speak for, offered with evidence, and made only if asked for."""

import sys
from collections.abc import Mapping
from typing import NamedTuple

from ..errors import UserError
from ..escape import visible
from ..evidence import Evidence, Found
from ..output.terminal import painter
from ..project import find_project
from ..select import select
from ..status import Status
from ..structures import remembered
from ..tracker import Tracker
from . import change
from .change import perform, tracker_path
from .changing import Backing
from .log import SAID
from .proposals import Proposals, read_proposals
from .settle import settle

_MOST_TRAILERS = 5


class Options(NamedTuple):
    """Which commits to read, and what to do with what they say."""

    file: str | None
    since_ref: str | None
    everything: bool
    apply: bool
    date_from_evidence: bool
    dry_run: bool
    diff: bool
    output_format: str
    color: str


def suggest(names: tuple[str, ...], options: Options) -> int:
    """Propose ticks for what commits seem to have completed, or make those that are chosen."""
    _check(options)
    of_file = change.Options(
        file=options.file, dry_run=options.dry_run, diff=options.diff,
        output_format=options.output_format, color=options.color,
    )  # fmt: skip
    project = find_project([options.file] if options.file else [])
    settle(project)
    path = tracker_path(project, of_file)
    with remembered(project.root):
        read = read_proposals(project, path, options.since_ref, options.everything)
        wanted = select(read.tracker, names, path) if names else None
    for why in read.incomplete:
        print(f'roadmap-md: {SAID[why]}', file=sys.stderr)
    if not options.apply:
        _show(_of(read, wanted), options)
        return 0
    backings = _backings(read, wanted, options.date_from_evidence)
    if not backings:
        _show_nothing(read, options)
        return 0

    def choose(tracker: Tracker) -> Mapping[int, Backing]:
        if tracker.data != read.tracker.data:
            raise UserError(f'{path} was changed meanwhile', 'try again')
        return backings

    code = perform(project, path, choose, Status.COMPLETED, of_file)
    if code and wanted is None and (free := read.free()):
        print(f'  {visible(free)} would skip nothing: name that', file=sys.stderr)
    return code


def _check(options: Options) -> None:
    if options.since_ref is not None and options.everything:
        raise UserError('--since-ref and --all', 'give one or the other')
    for given, name in (
        (options.date_from_evidence, '--date-from-evidence'),
        (options.dry_run, '--dry-run'),
        (options.diff, '--diff'),
    ):
        if given and not options.apply:
            raise UserError(f'{name} without --apply', 'without --apply nothing is changed')


def _of(read: Proposals, wanted: list[int] | None) -> Proposals:
    """*read*, of the tasks that are *wanted*."""
    if wanted is None:
        return read
    suggestions = tuple(one for one in read.found.suggestions if one.task in wanted)
    ambiguous = tuple(one for one in read.found.ambiguous if set(one.tasks) & set(wanted))
    return read._replace(found=Found(suggestions, ambiguous))


def _backings(read: Proposals, wanted: list[int] | None, dated: bool) -> dict[int, Backing]:
    """What to tick: what is certain, or what was named and has some evidence."""
    if wanted is None:
        wanted = [one.task for one in read.found.suggestions if one.is_certain]
    return {index: _backing(_evidence(read, index), dated) for index in wanted}


def _evidence(read: Proposals, index: int) -> list[Evidence]:
    """What there is for that task, if it is not completed. Raises UserError for nothing."""
    suggestion = read.task(index)
    found = list(suggestion.evidence) if suggestion else []
    if not found:
        found = [e for one in read.found.ambiguous if index in one.tasks for e in one.evidence]
    if not found and read.tracker.state[index] is not Status.COMPLETED:
        key = read.tracker.tasks[index].key
        raise UserError(f'no commit speaks of {key}', f"'roadmap-md tick {key}' needs none")
    return found


def _backing(evidence: list[Evidence], dated: bool) -> Backing:
    if not evidence:
        return Backing()
    commits = tuple(dict.fromkeys(one.commit for one in evidence))[:_MOST_TRAILERS]
    newest = max(evidence, key=lambda one: one.when)
    return Backing(commits, newest.date if dated else '')


def _show_nothing(read: Proposals, options: Options) -> None:
    if options.output_format == 'json':
        from ..output import json

        print(json.document(changes=[]))
        return
    left = bool(read.found.suggestions or read.found.ambiguous)
    print('nothing is certain' + '; name what you have done' * left)


def _show(read: Proposals, options: Options) -> None:
    from ..output import suggestions

    path, tracker, since, found, skips, incomplete = read
    if options.output_format == 'json':
        from ..output import json

        parts = suggestions.as_data(tracker, path, found, skips)
        whole = {'complete': not incomplete, 'incomplete': [*incomplete]}
        print(json.document(**whole, since=since.commit or None, **parts))
        return
    paint = painter(sys.stdout, options.color)
    for row in suggestions.rows(tracker, found, since.what, skips, paint):
        print(row)
