"""A tracker line by line, each with what it is taken for."""

from collections.abc import Iterator

from ..escape import visible
from ..explain import Line, Role, explain
from ..tracker import Tracker
from .signs import SIGNS
from .terminal import Painter, columns, fit, pad, width

_STYLES = {
    Role.SECTION: ('bold',), Role.TASK: ('green',), Role.STATUS: ('green', 'bold'),
    Role.LEGEND: ('cyan',), Role.RULE: ('cyan',), Role.WAIVER: ('yellow',),
    Role.UNREAD: ('red', 'bold'),
}  # fmt: skip


def lines(tracker: Tracker, paint: Painter) -> Iterator[str]:
    """Each line of the file with what it is taken for, and what that says."""
    wide = columns()
    found = explain(tracker)
    digits = len(str(len(found)))
    says = min(max((width(_says(line)) for line in found), default=0), wide * 2 // 5)
    for line in found:
        shown = tracker.page.lines[line.number].decode().removeprefix('\ufeff').rstrip('\r')
        role = f'{line.role.value:<12}'
        about = paint(f'{role}  {pad(_says(line), says)}', *_STYLES.get(line.role, ('dim',)))
        text = fit(shown.replace('\t', '    '), wide - digits - says - 18)
        yield f'{paint(str(line.number + 1).rjust(digits), "dim")}  {about}  {text}'.rstrip()


def _says(line: Line) -> str:
    said = visible(line.says)
    return f'{SIGNS[line.status]} {said}' if line.status else said
