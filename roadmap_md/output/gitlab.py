"""GitLab's code quality report.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from collections.abc import Sequence

from ..escape import visible
from ..known import digests, fingerprints
from ..lint import Diagnostic
from ..rule import Severity
from .json import dumped

_SEVERITIES = {Severity.ERROR: 'major', Severity.WARNING: 'minor'}


def document(files: Sequence[tuple[bytes, Sequence[Diagnostic]]]) -> str:
    """The report on *files*, each its bytes and what was found there; an empty list for nothing."""
    names = digests(print_ for data, found in files for print_ in fingerprints(data, found))
    return dumped(
        [
            {
                'description': f'{diagnostic.rule.code} {visible(diagnostic.problem.message)}',
                'check_name': diagnostic.rule.name,
                'fingerprint': next(names),
                'severity': _SEVERITIES[diagnostic.severity],
                'location': {'path': diagnostic.path, 'lines': {'begin': diagnostic.start.line}},
            }
            for _, found in files
            for diagnostic in found
        ],
        indent=2,
    )
