"""A tracker line by line, each with what it is taken for."""

from collections.abc import Iterator

from ..escape import visible
from ..explain import Role, explain
from ..tracker import Tracker
from .terminal import Painter, columns, fit, pad, width

_STYLES = {
    Role.SECTION: ('bold',), Role.TASK: ('green',), Role.LEGEND: ('cyan',), Role.RULE: ('cyan',),
    Role.WAIVER: ('yellow',), Role.UNREAD: ('red', 'bold'),
}  # fmt: skip


def lines(tracker: Tracker, paint: Painter) -> Iterator[str]:
    """Each line of the file with what it is taken for, and what that says."""
    wide = columns()
    found = explain(tracker)
    digits = len(str(len(found)))
    says = min(max((width(visible(line.says)) for line in found), default=0), wide // 3)
    for number, role, said in found:
        shown = tracker.page.lines[number].decode().removeprefix('\ufeff').rstrip('\r')
        about = paint(pad(f'{role.value:<12}  {said}', 14 + says), *_STYLES.get(role, ('dim',)))
        text = fit(shown.replace('\t', '    '), wide - digits - says - 18)
        yield f'{paint(str(number + 1).rjust(digits), "dim")}  {about}  {text}'.rstrip()
