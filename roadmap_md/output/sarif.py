"""SARIF 2.1.0, for code scanning.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

import os
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..escape import visible
from ..known import digests, fingerprints
from ..lint import Diagnostic
from ..rule import Rule, page_of
from ..text import BOM, Location, line_starts, locate
from .json import dumped

MOST_RESULTS = 5000  # what GitHub shows of one run
_SCHEMA = (
    'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
)


def document(files: Sequence[tuple[bytes, Sequence[Diagnostic]]], complete: bool) -> str:
    """The log of one run over *files*, each its bytes and what was found there.

    *complete* says that every file could be checked. Of very many problems the first are told,
    and how many there are besides.
    """
    rules = sorted({d.rule for _, found in files for d in found}, key=lambda rule: rule.code)
    driver = {
        'name': 'roadmap-md',
        'version': __version__,
        'rules': [_descriptor(rule) for rule in rules],
    }
    run = {
        'tool': {'driver': driver},
        'invocations': [{'executionSuccessful': complete}],
        'columnKind': 'unicodeCodePoints',
        'newlineSequences': ['\n'],
        'results': list(_results(files, {rule.code: at for at, rule in enumerate(rules)})),
    }
    return dumped({'$schema': _SCHEMA, 'version': '2.1.0', 'runs': [run]}, indent=2)


def _descriptor(rule: Rule) -> dict[str, Any]:
    page = page_of(rule)
    return {
        'id': rule.code,
        'name': rule.name,
        'shortDescription': {'text': _message(page.partition('\n')[0])},
        'fullDescription': {'text': _message(page.partition('```')[0].strip())},
        'help': {'text': _message(page), 'markdown': page},
        'defaultConfiguration': {'level': rule.severity.value},
    }


def _results(
    files: Sequence[tuple[bytes, Sequence[Diagnostic]]], indices: dict[str, int]
) -> Iterator[dict[str, Any]]:
    names = digests(print_ for data, found in files for print_ in fingerprints(data, found))
    left = MOST_RESULTS
    for data, found in files:
        starts = line_starts(data)
        for diagnostic in found[:left]:
            yield {
                'ruleId': diagnostic.rule.code,
                'ruleIndex': indices[diagnostic.rule.code],
                'level': diagnostic.severity.value,
                'message': {'text': _message(visible(diagnostic.problem.message))},
                'locations': [_location(diagnostic)],
                'partialFingerprints': {'primaryLocationLineHash': next(names)},
                **_fixes(data, starts, diagnostic),
            }
        left -= min(left, len(found))
    every = [diagnostic for _, found in files for diagnostic in found]
    if more := every[MOST_RESULTS:]:
        text = f'{len(more)} more; mend some, or lint fewer files at a time'
        yield {
            'ruleId': 'more-problems',
            'level': more[0].severity.value,
            'message': {'text': text},
            'locations': [_location(more[0])],
        }


def _message(text: str) -> str:
    """*text* without placeholders and embedded links (§ 3.11.5, 3.11.6 of the standard)."""
    return text.replace('{', '{{').replace('}', '}}').replace('](', ']\\(')


def _artifact(diagnostic: Diagnostic) -> dict[str, str]:
    return {'uri': quote(os.fsencode(diagnostic.path))}


def _location(diagnostic: Diagnostic) -> dict[str, Any]:
    region = _region(diagnostic.start, diagnostic.stop)
    return {'physicalLocation': {'artifactLocation': _artifact(diagnostic), 'region': region}}


def _region(start: Location, stop: Location) -> dict[str, int]:
    return {
        'startLine': start.line, 'startColumn': start.column,
        'endLine': stop.line, 'endColumn': stop.column,
    }  # fmt: skip


def _fixes(data: bytes, starts: list[int], diagnostic: Diagnostic) -> dict[str, Any]:
    edits = diagnostic.problem.edits
    at_bom = data.startswith(BOM) and any(span.start < len(BOM) for span, _ in edits)
    if diagnostic.safe is None or at_bom:  # no line and column is before a byte order mark
        return {}
    replacements = [
        {
            'deletedRegion': _region(*(locate(data, starts, offset) for offset in span)),
            'insertedContent': {'text': new.decode(errors='surrogateescape')},
        }
        for span, new in edits
    ]
    change = {'artifactLocation': _artifact(diagnostic), 'replacements': replacements}
    said = 'safe fix' if diagnostic.safe else 'unsafe fix'
    return {'fixes': [{'description': {'text': said}, 'artifactChanges': [change]}]}
