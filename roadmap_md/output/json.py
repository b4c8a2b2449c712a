"""JSON documents: one a call, with ``schema_version``; names never change within version 1."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..escape import json_escaped
from ..explain import explain
from ..history import Entry
from ..lint import Diagnostic
from ..stats import Counts, by_section, count
from ..tracker import Tracker

SCHEMA_VERSION = 1


def document(**parts: Any) -> str:
    """A document with these parts, indented."""
    return dumped({'schema_version': SCHEMA_VERSION, **parts}, indent=2)


def dumped(value: Any, indent: int | None = None) -> str:
    """*value* in JSON: valid whatever standard output can encode, harmless where it is shown."""
    if sys.stdout.encoding.lower() not in ('utf-8', 'utf8'):
        return json_escaped(json.dumps(value, indent=indent))
    return json_escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def task(tracker: Tracker, index: int, path: str) -> dict[str, Any]:
    """A task; line and column (of the marker) count from 1."""
    found = tracker.tasks[index]
    place = tracker.locate(tracker.marks[index].span.start)
    around = [tracker.sections[at].text for at in tracker.enclosing(found.section)]
    return {
        'key': found.key,
        'title': found.title,
        'text': found.text,
        'status': tracker.state[index].value,
        'path': path,
        'line': place.line,
        'column': place.column,
        'owner': found.owner or None,
        'sections': around[::-1],
    }


def lines_of(tracker: Tracker, path: str) -> Iterator[dict[str, Any]]:
    """What each line, counted from 1, is taken for."""
    for number, role, says, status in explain(tracker):
        value = status.value if status else None
        place = {'path': path, 'line': number + 1}
        yield {**place, 'role': role.value, 'status': value, 'says': says}


def stats(trackers: Sequence[tuple[str, Tracker]]) -> dict[str, Any]:
    """The counts of all *trackers* together, and of each section."""
    sections = []
    for path, tracker in trackers:
        for section, key, counts in by_section(tracker):
            found = tracker.sections[section]
            kind = found.numbering.kind if found.numbering else None
            place = {'level': found.level, 'path': path, 'line': found.line + 1}
            names = {'key': key, 'title': found.title, 'text': found.text, 'kind': kind}
            sections.append({**names, **place, **numbers(counts)})
    state = [status for _, tracker in trackers for status in tracker.state]
    return {**numbers(count(state)), 'sections': sections}


def numbers(counts: Counts) -> dict[str, int | None]:
    return {'total': counts.total, **counts._asdict(), 'percent': counts.percent}


def transition(entry: Entry, noted: bool) -> dict[str, Any]:
    """A transition; what is not committed has neither commit nor author nor date.

    Key and title are those of that time, *current_key* is null where the task is gone.
    """
    of = entry.of
    saved = bool(of.commit)
    return {
        'key': of.key,
        'title': of.title,
        'from': of.before.value,
        'to': of.after.value,
        'commit': of.commit or None,
        'author': of.author if saved else None,
        'email': of.email if saved else None,
        'date': of.date.isoformat() if of.date else None,
        'path': entry.path,
        'sections': list(of.sections),
        'current_key': entry.current or None,
        **({'note': entry.note} if noted else {}),
    }


def journal(entries: Iterable[Entry], incomplete: Sequence[str], noted: bool) -> Iterator[str]:
    """The document of a log, piece by piece, with a line for each transition."""
    opening = document(complete=not incomplete, incomplete=[*incomplete], transitions=[])
    yield opening.removesuffix(']\n}')
    between = '\n    '
    for entry in entries:
        yield between + dumped(transition(entry, noted))
        between = ',\n    '
    yield ']\n}\n' if between == '\n    ' else '\n  ]\n}\n'


def diagnostics(found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Diagnostics.

    Lines and columns count from 1 in characters, the end is behind the last one. Offsets are in
    bytes; the edits of a fix replace the bytes from *start* to *stop*.
    """
    return [
        {
            'code': diagnostic.rule.code,
            'name': diagnostic.rule.name,
            'severity': diagnostic.severity.value,
            'message': diagnostic.problem.message,
            'path': diagnostic.path,
            'line': diagnostic.start.line,
            'column': diagnostic.start.column,
            'end_line': diagnostic.stop.line,
            'end_column': diagnostic.stop.column,
            'start_byte': diagnostic.problem.span.start,
            'end_byte': diagnostic.problem.span.stop,
            'keys': [key for key in diagnostic.problem.keys if key],
            'fix': _fix(diagnostic),
        }
        for diagnostic in found
    ]


def lines(found: Iterable[Diagnostic]) -> Iterator[str]:
    """The same, a document a line."""
    for entry in diagnostics(found):
        yield dumped({'schema_version': SCHEMA_VERSION, **entry})


def _fix(diagnostic: Diagnostic) -> dict[str, Any] | None:
    if diagnostic.safe is None:
        return None
    edits = [
        {'start': span.start, 'stop': span.stop, 'new': new.decode(errors='surrogateescape')}
        for span, new in diagnostic.problem.edits
    ]
    return {'safe': diagnostic.safe, 'edits': edits}
