"""Workflow commands of GitHub Actions: each diagnostic becomes an annotation.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterable, Iterator

from ..escape import visible
from ..lint import Diagnostic

_DATA = str.maketrans({'%': '%25', '\r': '%0D', '\n': '%0A'})
_PROPERTY = {**_DATA, **str.maketrans({':': '%3A', ',': '%2C'})}


def diagnostics(found: Iterable[Diagnostic]) -> Iterator[str]:
    """A command for each; its text names the place, for the log shows nothing else of it."""
    for diagnostic in found:
        rule = diagnostic.rule
        path = visible(diagnostic.path)
        line, column = diagnostic.start
        properties = {'title': f'{rule.code} {rule.name}', 'file': path, **_place(diagnostic)}
        shown = ','.join(f'{k}={text.translate(_PROPERTY)}' for k, text in properties.items())
        said = f'{path}:{line}:{column}: {rule.code} {visible(diagnostic.problem.message)}'
        yield f'::{diagnostic.severity.value} {shown}::{said.translate(_DATA)}'


def _place(diagnostic: Diagnostic) -> dict[str, str]:
    """Lines, and columns where there is one line; GitHub takes no columns over several."""
    (line, column), (end_line, end_column) = diagnostic.start, diagnostic.stop
    if line != end_line:
        return {'line': str(line), 'endLine': str(end_line)}
    return {
        'line': str(line), 'col': str(column),
        'endLine': str(end_line), 'endColumn': str(end_column),
    }  # fmt: skip
