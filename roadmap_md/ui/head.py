"""The two lines above the tree: what it is, how far, and what is next."""

from rich.cells import cell_len
from rich.text import Text
from textual.widgets import Static

from ..escape import visible
from ..order import next_task
from ..output.terminal import bar
from ..output.text import PLAN_WITHOUT_STATUSES, name
from ..section import heading
from ..stats import count
from ..status import Status
from ..tracker import Tracker
from .labels import fitted

_BAR = 24  # cells


class Head(Static):
    """The head of the tracker at *path*."""

    def __init__(self, path: str) -> None:
        super().__init__(id='head')
        self._path = visible(path)
        self._tracker: Tracker | None = None

    def on_resize(self) -> None:
        if self._tracker:
            self.show(self._tracker)

    def show(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self.update(Text('\n').join((self._called(tracker), self._progress(tracker))))

    @property
    def _cells(self) -> int:
        return max(self.app.size.width - 2, 20)

    def _called(self, tracker: Tracker) -> Text:
        title = heading(tracker.sections)
        if not title:
            return Text(self._path, 'bold')
        room = self._cells - cell_len(self._path) - 2
        return Text.assemble((fitted(title, room), 'bold'), '  ', (self._path, 'dim'))

    def _progress(self, tracker: Tracker) -> Text:
        if not tracker.tasks:
            return Text(PLAN_WITHOUT_STATUSES)
        counts = count(tracker.state)
        of = counts.scope
        filled, empty = bar(counts.completed, of, min(_BAR, self._cells // 4))
        percent = '' if counts.percent is None else f'  {counts.percent}%'
        done = Text.assemble(
            (filled, 'green'), (empty, 'dim'), f'  {counts.completed} of {of}', (percent, 'bold')
        )
        return Text.assemble(done, '   ', _next(tracker, self._cells - done.cell_len - 3))


def _next(tracker: Tracker, cells: int) -> Text:
    index = next_task(tracker)
    if index is None:
        blocked = tracker.state.count(Status.BLOCKED)
        return Text(f'{blocked} blocked' if blocked else 'all is done 🎉', 'bold')
    label = 'now' if tracker.state[index] is Status.IN_PROGRESS else 'next'
    said = fitted(name(tracker, index), cells - len(label) - 1).rstrip()
    return Text.assemble((label, 'bold cyan'), ' ', said)
