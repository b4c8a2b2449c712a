"""``lint``. What it imports is what every commit of a user waits for."""

import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

from .. import files
from ..cache import remembered
from ..config import Config
from ..errors import UserError
from ..escape import visible
from ..fix import Fixed, fix, with_safety
from ..known import Known, fingerprints, unknown
from ..lint import Diagnostic, Reader, Report
from ..lint import lint as diagnose
from ..output import LINT_FORMATS, concise, full
from ..output.log import acting
from ..output.terminal import painter
from ..output.text import PLAN_WITHOUT_STATUSES
from ..project import Project, find_project
from ..rule import Severity
from ..tracker import read_tracker
from .reading import today


class Options(NamedTuple):
    """What was asked for; the configuration holds what was not."""

    output_format: str | None = None
    color: str = 'auto'
    staged: bool = False
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


class Checked(NamedTuple):
    """A file that was checked: its path as shown, its bytes, what is left, what was fixed."""

    path: str
    data: bytes
    diagnostics: list[Diagnostic]
    fixed: Fixed | None


def lint(paths: tuple[str, ...], options: Options = Options()) -> int:
    """Check trackers, ``-`` for standard input; exit 1 where there are errors.

    A file that cannot be read is said, the others are checked all the same, and the exit is 2.
    """
    if options.staged and (options.fix or options.diff):
        raise UserError('what is staged cannot be fixed', 'fix the file, then git add it')
    if options.staged and '-' in paths:
        raise UserError('standard input is not staged', 'name files, or leave --staged out')
    output_format = _output_format(options.output_format)
    project = find_project()
    config = _selected(project.config, options)
    known = _baseline(options)
    read = _reader(paths)
    checked: list[Checked] = []
    missed = 0
    with remembered(project.root):
        for path in _paths(paths, project, options.staged):
            try:
                if (data := _read(path, options, named=bool(paths))) is not None:
                    checked.append(_check(path, data, config, options, known, read))
            except UserError as error:
                print(f'roadmap-md: {visible(str(error))}', file=sys.stderr)
                missed += 1
    if options.diff:
        return 2 if missed else _print_diffs(checked)
    _show(checked, options, output_format, project.root, complete=not missed)
    if options.write_baseline:
        _write_baseline(checked, options.write_baseline)
        return 2 if missed else 0
    if missed:
        return 2
    found = [diagnostic for one in checked for diagnostic in one.diagnostics]
    failing = any(options.strict or d.severity is Severity.ERROR for d in found)
    return int(failing and not options.exit_zero)


def _reader(paths: tuple[str, ...]) -> Reader:
    """What reads the files: of several, those that are alike are read once."""
    if len(paths) < 2:
        return read_tracker
    from ..alike import read_alike

    return read_alike


def _check(
    path: str, data: bytes, config: Config, options: Options, known: Known | None, read: Reader
) -> Checked:
    """Check one file, and fix it first where that is asked for."""
    shown = options.stdin_filename if path == '-' else path
    fixed = None
    if options.fix or options.diff:
        fixed = fix(data, shown, config, today(), options.unsafe_fixes)
        if not options.diff:
            _write(path, data, fixed.data)
            data = fixed.data
    report = diagnose(data, shown, config, today(), read)
    if not report.tasks and not report.diagnostics:
        print(f'{visible(shown)}: {PLAN_WITHOUT_STATUSES}', file=sys.stderr)
    if options.changed_since:
        known = _known_at(options.changed_since, path, shown, config)
    diagnostics = report.diagnostics
    if known is not None:
        diagnostics = unknown(data, diagnostics, known)
    if options.quiet:
        diagnostics = [d for d in diagnostics if d.severity is Severity.ERROR]
    return Checked(shown, data, with_safety(data, diagnostics, config), fixed)


def _write(path: str, data: bytes, new: bytes) -> None:
    """Write the fixed bytes to where the others came from."""
    if path == '-':
        sys.stdout.flush()
        sys.stdout.buffer.write(new)
    elif new != data:
        files.replace(path, data, new)


def _output_format(asked: str | None) -> str:
    """What was asked for, else what the environment says."""
    variable = os.environ.get('ROADMAP_MD_OUTPUT_FORMAT')
    if not asked and variable and variable not in LINT_FORMATS:
        raise UserError(
            f"ROADMAP_MD_OUTPUT_FORMAT is '{variable}', which is no format",
            f'there are {", ".join(LINT_FORMATS)}',
        )
    in_actions = os.environ.get('GITHUB_ACTIONS') == 'true'
    return asked or variable or ('github' if in_actions else 'full')


def _show(
    checked: list[Checked], options: Options, output_format: str, root: str, complete: bool
) -> None:
    # Where the fixed text goes to standard output, nothing else does.
    to_stdin = options.fix and any(one.path == options.stdin_filename for one in checked)
    stream = sys.stderr if to_stdin else sys.stdout
    paint = painter(stream, options.color)
    every = [diagnostic for one in checked for diagnostic in one.diagnostics]
    for_people = output_format in ('full', 'concise', 'github')
    if options.statistics and for_people:
        rows = concise.statistics(every, paint)
    elif output_format == 'full':
        rows = (
            row for one in checked for row in full.diagnostics(one.data, one.diagnostics, paint)
        )
    elif output_format == 'concise':
        rows = concise.diagnostics(every, paint)
    else:
        rows = _for_machines(checked, output_format, root, complete)
        stream = acting(stream)
    for row in rows:
        print(row, file=stream)
    if checked and not options.quiet and for_people:
        stream.flush()  # so that the two stay in order where they end up in one place
        applied = sum(len(one.fixed.applied) for one in checked if one.fixed)
        print(concise.summary(every, len(checked), applied), file=sys.stderr)


def _for_machines(
    checked: list[Checked], output_format: str, root: str, complete: bool
) -> Iterator[str]:
    """The lines of a format that programs read; paths are seen from here in JSON, else from *root*.

    Each format imports what a plain run has no need of.
    """
    found = (diagnostic for one in checked for diagnostic in one.diagnostics)
    if output_format == 'json':
        from ..output import json

        yield json.document(diagnostics=json.diagnostics(found))
    elif output_format == 'json-lines':
        from ..output import json

        yield from json.lines(found)
    elif output_format == 'github':
        from ..output import github

        yield from github.diagnostics(_seen_from(root, d) for d in found)
    elif output_format == 'gitlab':
        from ..output import gitlab

        yield gitlab.document(_files(checked, root))
    else:
        from ..output import sarif

        yield sarif.document(_files(checked, root), complete)


def _files(checked: list[Checked], root: str) -> list[tuple[bytes, list[Diagnostic]]]:
    return [(one.data, [_seen_from(root, d) for d in one.diagnostics]) for one in checked]


def _seen_from(root: str, diagnostic: Diagnostic) -> Diagnostic:
    """*diagnostic* with the path that services know its file by."""
    directory, name = os.path.split(diagnostic.path)
    if diagnostic.path == '<stdin>':
        return diagnostic
    return diagnostic._replace(
        path=os.path.relpath(os.path.join(os.path.realpath(directory), name), root)
    )


def _print_diffs(checked: list[Checked]) -> int:
    """Show what would be fixed; exit 1 where that is something."""
    from ..output.diff import unified

    changed = [one for one in checked if one.fixed and one.fixed.data != one.data]
    for one in changed:
        assert one.fixed
        for row in unified(one.path, one.data, one.fixed.data):
            print(row)
    return int(bool(changed))


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
    """The files to check; of directories, the configured trackers in them."""
    for path in project.trackers(paths, must_exist=not staged):
        if path != '-' and not staged and os.path.isdir(path):
            yield from (os.path.join(path, name) for name in project.config.files)
        else:
            yield path


def _read(path: str, options: Options, named: bool) -> bytes | None:
    """The bytes to check; None where those staged are asked for and git has no change of them."""
    if options.staged:
        return _staged(path, named)
    return _standard_input() if path == '-' else files.read(path)


def _standard_input() -> bytes:
    hint = 'pipe a tracker into roadmap-md, or name a file'
    if sys.stdin is None:
        raise UserError('standard input is closed', hint)
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise UserError(f'standard input cannot be read ({error.strerror})', hint) from None


def _staged(path: str, named: bool) -> bytes | None:
    """The staged bytes; None where nothing is staged. A file that was *named* must be known."""
    from .. import git

    repo = git.find(path)
    if repo is None:
        raise UserError(f'{path} is in no git work tree', 'lint it without --staged')
    relative = os.path.relpath(files.resolve(path, repo.top), os.path.realpath(repo.top))
    if relative in git.staged_paths(repo):
        return git.staged_blob(repo, relative)
    if named and git.staged_blob(repo, relative) is None:
        raise UserError(f'git knows no file {path}', 'check the path, or git add it')
    return None


def _baseline(options: Options) -> Known | None:
    if options.baseline is None:
        return None
    from ..known import read_baseline

    return read_baseline(files.read(options.baseline), options.baseline)


def _write_baseline(checked: list[Checked], path: str) -> None:
    from ..known import baseline

    found = [print_ for one in checked for print_ in fingerprints(one.data, one.diagnostics)]
    files.store(path, baseline(found))
    print(f'{visible(path)}: known from now on: {len(found)}', file=sys.stderr)


def _known_at(revision: str, path: str, shown: str, config: Config) -> Known:
    """What was found in the file as it was at *revision*; nothing where it was not there."""
    from .. import git

    repo = git.find(path)
    if repo is None:
        raise UserError(f'{path} is in no git work tree', 'lint it without --changed-since')
    relative = os.path.relpath(files.resolve(path, repo.top), os.path.realpath(repo.top))
    before = git.blob_at(repo, revision, relative)
    if before is None:
        return Known()
    report: Report = diagnose(before, shown, config, today())
    return Known(fingerprints(before, report.diagnostics))
