"""``ui``: the tracker on the whole terminal."""

import gc
import os
import sys

from ..commands.extra import extra
from ..commands.settle import settle
from ..errors import UserError
from ..project import find_project
from .desk import Desk
from .lasting import Lasting


def ui(path: str | None) -> int:
    """Live in the tracker at *path*, or in the one that is configured. Raises UserError."""
    _check_terminal()
    with extra('ui'):
        from .app import RoadmapApp
    project = find_project([path] if path else [])
    settle(project)
    trackers = project.trackers((path,) if path else ())
    if len(trackers) > 1:
        raise UserError('several trackers are configured', f'say which: {", ".join(trackers)}')
    desk = Desk(project, trackers[0])
    stamp = desk.stamp()
    app = RoadmapApp(desk, desk.read(), stamp)
    if sys.__stderr__:
        sys.__stderr__ = Lasting(sys.__stderr__)  # type: ignore[assignment,misc]  # what is drawn on
    gc.enable()  # which a command that ends at once does without
    app.run()
    return app.return_code or 0


def _check_terminal() -> None:
    is_closed = sys.stdin is None  # as with <&-
    if is_closed or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError('this needs a terminal', "'roadmap-md' alone says where you are")
    if os.environ.get('TERM', 'dumb') == 'dumb':
        raise UserError(
            'this terminal cannot draw (TERM=dumb)', "'roadmap-md' alone can do without"
        )
