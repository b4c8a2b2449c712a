"""``lint`` and ``rule``. What they import is what every commit of a user waits for."""

import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

from .. import files
from ..config import Config
from ..errors import UserError
from ..escape import visible
from ..lint import Diagnostic
from ..lint import lint as diagnose
from ..output import text
from ..output.terminal import columns, fit, painter
from ..project import Project, find_project
from ..rule import Rule, Severity, page_of
from ..rules import RULES
from .reading import today


class Options(NamedTuple):
    """What was asked for; *config* holds what was not."""

    output_format: str = 'text'
    color: str = 'auto'
    staged: bool = False
    strict: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def lint(paths: tuple[str, ...], options: Options = Options()) -> int:
    """Check trackers, ``-`` for standard input; exit 1 where there are errors.

    A file that cannot be read is said, the others are checked all the same, and the exit is 2.
    """
    project = find_project()
    config = _selected(project.config, options)
    found: list[Diagnostic] = []
    checked = missed = 0
    for path in _paths(paths, project, options.staged):
        try:
            data = _read(path, project, options.staged)
        except UserError as error:
            print(f'roadmap-md: {error}', file=sys.stderr)
            missed += 1
            continue
        if data is None:
            continue
        shown = '<stdin>' if path == '-' else path
        report = diagnose(data, shown, config, today())
        checked += 1
        found += report.diagnostics
        if not report.tasks and not report.diagnostics:
            print(f'{visible(shown)}: {text.PLAN_WITHOUT_STATUSES}', file=sys.stderr)
    _show(found, checked, options)
    if missed:
        return 2
    return int(any(options.strict or d.rule.severity is Severity.ERROR for d in found))


def _show(found: list[Diagnostic], checked: int, options: Options) -> None:
    if options.output_format == 'json':
        from ..output import json

        print(json.document(diagnostics=json.diagnostics(found)))
        return
    for line in text.diagnostics(found, painter(sys.stdout, options.color)):
        print(line)
    if checked:
        sys.stdout.flush()  # so that the two stay in order where they end up in one place
        print(text.summary(found, checked), file=sys.stderr)


def _selected(config: Config, options: Options) -> Config:
    for name in (*options.select, *options.ignore):
        find_rules(name)
    return config._replace(
        select=options.select or config.select, ignore=config.ignore + options.ignore
    )


def _paths(paths: tuple[str, ...], project: Project, staged: bool) -> Iterator[str]:
    """The files to check; of directories, the configured trackers in them."""
    for path in paths or project.trackers(()):
        if path != '-' and not staged and os.path.isdir(path):
            yield from (os.path.join(path, name) for name in project.config.files)
        else:
            yield path


def _read(path: str, project: Project, staged: bool) -> bytes | None:
    """The bytes to check; None where *staged* and git has no change of that file."""
    if staged:
        return _staged(path)
    return sys.stdin.buffer.read() if path == '-' else files.read(path)


def _staged(path: str) -> bytes | None:
    from .. import git

    repo = git.find(path)
    if repo is None:
        raise UserError(f'{path} is in no git work tree', 'lint it without --staged')
    relative = os.path.relpath(files.resolve(path, repo.top), os.path.realpath(repo.top))
    return git.staged_blob(repo, relative) if relative in git.staged_paths(repo) else None


def rule(names: tuple[str, ...], output_format: str) -> int:
    """Print the pages of rules, by code or name; a line for each rule without one."""
    chosen = [found for name in names for found in find_rules(name)] or list(RULES)
    if output_format == 'json':
        from ..output import json

        print(json.document(rules=[_document(found) for found in chosen]))
    elif names:
        print(
            '\n\n'.join(f'# {r.code} {r.name} ({r.severity.value})\n\n{page_of(r)}' for r in chosen)
        )
    else:
        for found in chosen:
            row = f'{found.code}  {found.severity.value:<8} {found.name:<22} {_first_line(found)}'
            print(fit(row, columns()))
    return 0


def find_rules(name: str) -> list[Rule]:
    """The rules with this code, family or name. Raises UserError where there is none."""
    code = name.upper()
    found = [r for r in RULES if name and (r.code.startswith(code) or r.name == name.lower())]
    if not found:
        from difflib import get_close_matches

        near = get_close_matches(
            name.lower(), [n for r in RULES for n in (r.name, r.code.lower())], n=1
        )
        hint = f"did you mean '{near[0]}'?" if near else "'roadmap-md rule' lists them"
        raise UserError(f"'{name}' is no rule", hint)
    return found


def _first_line(found: Rule) -> str:
    return found.page.strip().partition('\n')[0]


def _document(found: Rule) -> dict[str, str]:
    return {
        'code': found.code, 'name': found.name, 'severity': found.severity.value,
        'summary': _first_line(found), 'page': page_of(found),
    }  # fmt: skip
