"""What the linter finds, as an editor shows it."""

from lsprotocol import types

from ..escape import visible
from ..lint import Diagnostic
from ..rule import Severity
from .checking import Checked

SOURCE = 'roadmap-md'
_MOST = 1_000  # for whoever has more to mend, these are enough to begin with
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
}


def diagnostics(checked: Checked) -> list[types.Diagnostic]:
    """What was found; of very much the first."""
    return [shown(checked, found) for found in checked.diagnostics[:_MOST]]


def shown(checked: Checked, found: Diagnostic) -> types.Diagnostic:
    return types.Diagnostic(
        range=checked.document.places.range(found.problem.span),
        severity=_SEVERITIES[found.severity],
        code=found.rule.code,
        source=SOURCE,
        message=f'{visible(found.problem.message)} ({found.rule.name})',
    )
