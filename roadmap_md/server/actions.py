"""Code actions: fixes for what the linter found, waivers for it, and the status of a task."""

from collections.abc import Iterator, Sequence
from typing import Any

from lsprotocol import types

from ..escape import visible
from ..fix import with_safety
from ..lint import Diagnostic
from ..order import next_task
from ..output import text
from ..rule import Safety
from ..rules import LAST_RULES
from ..status import Status
from ..text import Span
from .checking import Checked
from .commands import COMMIT, FIX_ALL, NEXT, VERBS, WAIVE
from .diagnostics import shown
from .edits import workspace_edit

_MOST_FIXES = 10  # each may have to be tried
ON_SAVE = f'{types.CodeActionKind.SourceFixAll.value}.roadmap-md'


def fixes(checked: Checked, span: Span, are_versioned: bool) -> Iterator[types.CodeAction]:
    """A quick fix for each problem on the lines of *span* that has one; of many, the first."""
    found = [diagnostic for diagnostic in _on_lines(checked, span) if diagnostic.problem.edits]
    found = found[:_MOST_FIXES]
    for diagnostic in with_safety(checked.document.data, found, checked.project.config):
        yield types.CodeAction(
            title=f'Fix {diagnostic.rule.code} {diagnostic.rule.name}{_doubt(diagnostic)}',
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[shown(checked, diagnostic)],
            is_preferred=diagnostic.safe or None,
            edit=workspace_edit(checked.document, diagnostic.problem.edits, are_versioned),
        )


def _doubt(diagnostic: Diagnostic) -> str:
    if diagnostic.problem.safety is Safety.OFFERED:
        return ' (one of several ways)'
    return '' if diagnostic.safe else ' (unsafe: keys, titles or statuses change)'


def fix_all(checked: Checked) -> Iterator[types.CodeAction]:
    """What makes all safe fixes, where there is something to fix."""
    if any(diagnostic.problem.edits for diagnostic in checked.diagnostics):
        command = types.Command('Fix all', FIX_ALL, arguments=[checked.document.uri])
        yield types.CodeAction('Fix all that is safe', kind=ON_SAVE, command=command)


def waivers(checked: Checked, span: Span) -> Iterator[types.CodeAction]:
    """What writes a waiver for each problem on the lines of *span*."""
    for diagnostic in _on_lines(checked, span):
        rule, problem = diagnostic.rule, diagnostic.problem
        if rule in LAST_RULES or not checked.tracker:
            continue
        key = problem.keys[0] if problem.keys else ''
        title = f'Allow {rule.code} {rule.name} {f"for {visible(key)}" if key else "in this file"}'
        arguments: list[Any] = [checked.document.uri, rule.code, key, diagnostic.start.line - 1]
        yield types.CodeAction(
            title=f'{title}, with a reason',
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[shown(checked, diagnostic)],
            command=types.Command(title, WAIVE, arguments=arguments),
        )


def statuses(checked: Checked, span: Span) -> Iterator[types.CodeAction]:
    """What may become of the tasks on the line where *span* begins, else of the next one."""
    tracker = checked.tracker
    if not tracker:
        return
    index = next_task(tracker)
    upcoming = [] if index is None else [index]
    tasks = tasks_on(checked, span)
    for at in tasks or upcoming:
        for status, (verb, name) in VERBS.items():
            if tracker.state[at] is not status and (tasks or status is not Status.NOT_STARTED):
                title = f'{verb} {visible(text.name(tracker, at))}'
                arguments = [checked.document.uri, tracker.tasks[at].key]
                yield _action(title, name, arguments)
    if index is not None and index not in tasks:
        title = f'Go to the next: {visible(text.name(tracker, index))}'
        yield _action(title, NEXT, [checked.document.uri])


def commit(checked: Checked) -> types.CodeAction:
    return _action('Commit what was ticked by hand', COMMIT, [checked.document.uri])


def tasks_on(checked: Checked, span: Span) -> list[int]:
    """The tasks on the line where *span* begins."""
    if not checked.tracker:
        return []
    line = checked.tracker.page.locate_line(span.start)
    pairs = zip(checked.tracker.tasks, checked.tracker.marks, strict=True)
    return [at for at, (task, mark) in enumerate(pairs) if line in (task.line, mark.line)]


def _action(title: str, command: str, arguments: list[str]) -> types.CodeAction:
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.RefactorRewrite,
        command=types.Command(title, command, arguments=list(arguments)),
    )


def _on_lines(checked: Checked, span: Span) -> Sequence[Diagnostic]:
    """What was found on the lines of *span*."""
    lines = checked.document.places.range(span)
    first, last = lines.start.line + 1, lines.end.line + 1
    return [d for d in checked.diagnostics if d.start.line <= last and d.stop.line >= first]
