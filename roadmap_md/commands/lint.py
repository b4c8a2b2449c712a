"""``lint``. What it imports is what every commit of a user waits for."""

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from .. import files
from ..config import Config
from ..errors import UserError
from ..escape import visible
from ..fix import fix, with_safety
from ..known import Fingerprint, Known, fingerprints, unknown
from ..lint import Reader, Recall, Report, errors_only
from ..lint import lint as diagnose
from ..output.terminal import painter
from ..project import Project, find_project
from ..rules import HISTORY_RULES, MESSAGE_RULES
from ..structures import remembered
from ..tracker import read_tracker
from .findings import (
    Checked,
    Totals,
    chosen_format,
    is_for_people,
    show,
    show_diffs,
    show_statistics,
    show_summary,
)
from .reading import now, read_file, today

if TYPE_CHECKING:
    from .recall import Recalls


class Options(NamedTuple):
    """What was asked for; the configuration holds what was not."""

    output_format: str | None = None
    color: str = 'auto'
    staged: bool = False
    commits: str | None = None
    history: bool = False
    quiet: bool = False
    strict: bool = False
    exit_zero: bool = False
    statistics: bool = False
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    stdin_filename: str = '<stdin>'
    baseline: str | None = None
    write_baseline: str | None = None
    changed_since: str | None = None


def lint(paths: tuple[str, ...], options: Options = Options()) -> int:
    """Check trackers, ``-`` for standard input; exit 1 where there are errors.

    A file that cannot be read is said, the others are checked all the same, and the exit is 2.
    """
    if options.staged and (options.fix or options.diff):
        raise UserError('what is staged cannot be fixed', 'fix the file, then git add it')
    if options.staged and '-' in paths:
        raise UserError('standard input is not staged', 'name files, or leave --staged out')
    if options.write_baseline and (options.diff or options.baseline or options.changed_since):
        raise UserError(
            '--write-baseline writes all that is found',
            'leave out --diff, --baseline and --changed-since',
        )
    if [options.staged, options.commits is not None, options.history].count(True) > 1:
        raise UserError('--staged, --commits and --history exclude each other', 'give one of them')
    if (options.commits is not None or options.history) and '-' in paths:
        raise UserError('standard input has no history', 'name files')
    if options.select and not (options.staged or options.history or options.commits is not None):
        _check_selected(options.select)
    output_format = chosen_format(options.output_format)
    project = find_project(paths)
    config = _selected(project.config, options)
    known = _baseline(options)
    totals = Totals()
    with remembered(project.root):
        checked = _checked(paths, project, config, options, known, totals)
        if options.fix or options.write_baseline:
            # What is written does not depend on how much of the output somebody reads.
            checked = iter(list(checked))
        if options.diff:
            changed = show_diffs(checked)
            return 2 if totals.missed else int(changed and not options.exit_zero)
        if options.write_baseline:
            checked = _write_baseline(checked, options.write_baseline)
        # Where the fixed text goes to standard output, nothing else does.
        stream = sys.stderr if options.fix and '-' in paths else sys.stdout
        paint = painter(stream, options.color)
        if options.statistics and is_for_people(output_format):
            show_statistics(checked, totals, stream, paint)
        else:
            show(checked, totals, output_format, stream, paint, project.root)
    if totals.files and not options.quiet and is_for_people(output_format):
        show_summary(totals, stream)
    if totals.missed:
        return 2
    fails = totals.fails(options.strict) and not options.write_baseline
    return int(fails and not options.exit_zero)


def _check_selected(names: tuple[str, ...]) -> None:
    """Raises UserError where these rules are asked of history alone, and none is to be read."""
    from .rule import find_rules

    selected = {rule for name in names for rule in find_rules(name)}
    if selected <= {*HISTORY_RULES, *MESSAGE_RULES}:
        raise UserError(
            f'{", ".join(names)}: asked of history alone', 'add --staged, --commits or --history'
        )


def _checked(
    paths: tuple[str, ...],
    project: Project,
    config: Config,
    options: Options,
    known: Known | None,
    totals: Totals,
) -> Iterator[Checked]:
    """The files that could be checked, counted in *totals*; of the others it is said why not."""
    read = _reader(paths)
    recalls = _recalls(project, options)
    for path in _paths(paths, project, options.staged):
        try:
            found = _read(path, options, bool(paths), recalls)
            one = _check(path, *found, config, options, known, read) if found else None
        except UserError as error:
            print(f'roadmap-md: {visible(str(error))}', file=sys.stderr)
            totals.missed += 1
            continue
        if one:
            totals.add(one)
            yield one


def _reader(paths: tuple[str, ...]) -> Reader:
    """What reads the files: of several, those that are alike are read once."""
    if len(paths) < 2:
        return read_tracker
    from ..alike import read_alike

    return read_alike


def _check(
    path: str, data: bytes, recall: Recall | None, config: Config, options: Options,
    known: Known | None, read: Reader,
) -> Checked:  # fmt: skip
    """Check one file, and fix it first where that is asked for."""
    shown = options.stdin_filename if path == '-' else path
    fixed = None
    if options.fix or options.diff:
        fixed = fix(data, shown, config, today(), options.unsafe_fixes)
        if not options.diff:
            _write(path, data, fixed.data)
            data = fixed.data
    asked = errors_only(config) if options.quiet else config
    report = diagnose(data, shown, asked, today(), read, recall)
    if not report.tasks and not report.diagnostics:
        from ..output.text import PLAN_WITHOUT_STATUSES  # few plans have none

        print(f'{visible(shown)}: {PLAN_WITHOUT_STATUSES}', file=sys.stderr)
    if options.changed_since is not None:
        # Known is what is known of either.
        known = (known or Known()) | _known_at(options.changed_since, shown, config)
    diagnostics = report.diagnostics
    if known is not None:
        diagnostics = unknown(data, diagnostics, known)
    return Checked(shown, data, with_safety(data, diagnostics, config), fixed)


def _write(path: str, data: bytes, new: bytes) -> None:
    """Write the fixed bytes to where the others came from."""
    if path == '-':
        sys.stdout.flush()
        sys.stdout.buffer.write(new)
    elif new != data:
        files.replace(path, data, new)


def _selected(config: Config, options: Options) -> Config:
    if options.select or options.extend_select or options.ignore:
        from .rule import find_rules

        for name in (*options.select, *options.extend_select, *options.ignore):
            find_rules(name)
    return config._replace(
        select=options.select or config.select,
        extend_select=() if options.select else config.extend_select + options.extend_select,
        ignore=config.ignore + options.ignore,
    )


def _paths(paths: tuple[str, ...], project: Project, staged: bool) -> Iterator[str]:
    """The files to check, each once; of directories, the configured trackers in them."""
    for path in dict.fromkeys(project.trackers(paths, must_exist=not staged)):
        if path != '-' and not staged and os.path.isdir(path):
            yield from (os.path.join(path, name) for name in project.config.files)
        else:
            yield path


def _read(
    path: str, options: Options, named: bool, recalls: 'Recalls | None'
) -> tuple[bytes, Recall | None] | None:
    """What is to be checked, and what tells its history; None where nothing of it is staged."""
    if options.staged:
        from .staged import read  # git is asked

        return read(path, named)
    return read_file(path), recalls.of(path) if recalls else None


def _recalls(project: Project, options: Options) -> 'Recalls | None':
    if options.commits is None and not options.history:
        return None
    from .recall import Recalls  # most runs read no history

    return Recalls(project, options.commits, options.changed_since, now())


def _baseline(options: Options) -> Known | None:
    if options.baseline is None:
        return None
    from ..known import read_baseline

    return read_baseline(files.read(options.baseline), options.baseline)


def _write_baseline(checked: Iterator[Checked], path: str) -> Iterator[Checked]:
    """Write what was found as known problems, after it was shown."""
    from ..known import baseline

    found: list[Fingerprint] = []
    for one in checked:
        found += fingerprints(one.data, one.diagnostics)
        yield one
    files.store(path, baseline(found))
    print(f'{visible(path)}: known from now on: {len(found)}', file=sys.stderr)


def _known_at(revision: str, path: str, config: Config) -> Known:
    """What was found in the file as it was at *revision*; nothing where it was not there."""
    from .. import git

    repo = git.find(path)
    if repo is None:
        raise UserError(f'{path} is in no git work tree', 'lint it without --changed-since')
    relative = files.inside(path, repo.top)
    before = git.blob_at(repo, revision, relative)
    if before is None:
        return Known()
    report: Report = diagnose(before, path, config, today())
    return Known(fingerprints(before, report.diagnostics))
