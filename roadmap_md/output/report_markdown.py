"""The report in Markdown, for step summaries and wikis; every text from a file is escaped."""

from collections.abc import Iterator

from ..escape import markdown_cell
from ..order import next_task
from ..report import Past, Plan, Report
from ..status import Status
from . import markdown
from .chronicle import short
from .chronicle_markdown import past
from .journal import name_then
from .text import name


def report(report: Report) -> Iterator[str]:
    """What is next and the counts of each plan, the past, the notes, the problems."""
    for plan in report.plans:
        yield from markdown.head(plan.path, plan.tracker)
        yield from _next(plan)
        if plan.tracker.tasks:
            yield ''
            yield from markdown.sections(plan.tracker)
        yield ''
    if report.past:
        paths = [plan.path for plan in report.plans]
        yield from past(report.past.told, paths, report.past.incomplete)
        yield ''
        yield from _notes(report.past)
    yield from _problems(report)


def _next(plan: Plan) -> Iterator[str]:
    index = next_task(plan.tracker)
    if index is None:
        return
    label = 'Now' if plan.tracker.state[index] is Status.IN_PROGRESS else 'Next'
    yield ''
    yield f'{label}: **{markdown_cell(name(plan.tracker, index))}**'


def _notes(past: Past) -> Iterator[str]:
    if not past.notes:
        return
    yield '#### What was learnt'
    yield ''
    rows = [
        (
            short(entry.of.date.date()) if entry.of.date else '',
            name_then(entry.of),
            ' '.join(entry.note.split()),
        )
        for entry in past.notes
    ]
    yield from markdown.table(('When', 'Task', 'Note'), rows)
    yield ''


def _problems(report: Report) -> Iterator[str]:
    yield '#### The rules'
    yield ''
    if not report.problems:
        yield 'All are kept.'
        return
    rows = [
        (one.rule.code, one.severity.value, one.problem.message, f'{one.path}:{one.start.line}')
        for one in report.problems
    ]
    yield from markdown.table(('Rule', 'Severity', 'Problem', 'Where'), rows)
