"""One line for each branch of the tree: what it is, and how far. Text from the file only shows."""

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text

from ..escape import visible
from ..order import next_task
from ..output.signs import SIGNS, STYLES
from ..output.terminal import bar
from ..output.text import section_name
from ..overview import Part
from ..stats import Counts
from ..status import Status
from ..tracker import Tracker

_BAR = 6  # cells
_COUNT = 6
_LEAST = 12  # cells for a name, before the bar goes
FOLDED, OPEN = '▹ ', '▿ '
_FOLDS = Style.from_meta({'toggle': True})  # a click on it folds


class Labels:
    """The lines of one *tracker*."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.next = next_task(tracker)

    def label(self, branch: Part, cells: int, is_open: bool, style: Style) -> Text:
        """The line of *branch*, exactly *cells* wide."""
        if branch.task >= 0:
            start, name, look = self._task(branch, is_open)
        else:
            start, name, look = self._section(branch, is_open)
        end = self._end(branch, cells)
        room = cells - cell_len(start.plain) - end.cell_len
        label = Text.assemble(start, (fitted(name, room), look), end)
        label.stylize(style)
        return label

    def _task(self, branch: Part, is_open: bool) -> tuple[Text, str, str]:
        task, status = self.tracker.tasks[branch.task], self.tracker.state[branch.task]
        look = ' '.join(STYLES[status])
        fold = _fold(is_open) if branch.beneath else Text('  ')
        said = f'{task.text} ({task.owner})' if task.owner else task.text
        return Text.assemble(fold, (f'{SIGNS[status]} ', look)), said or '(no title)', look

    def _section(self, branch: Part, is_open: bool) -> tuple[Text, str, str]:
        counts = branch.counts
        assert counts  # there are tasks beneath it
        is_begun = counts.completed or counts.in_progress
        look = 'green' if _is_done(counts) else 'bold' if is_begun else ''
        name = section_name(self.tracker.sections[branch.section])
        return _fold(is_open), name, look

    def _end(self, branch: Part, cells: int) -> Text:
        if branch.task >= 0 and branch.task == self.next:
            is_begun = self.tracker.state[branch.task] is Status.IN_PROGRESS
            return Text('  now ' if is_begun else '  next ', 'bold cyan')
        if not branch.counts:
            return Text(' ')
        counts = branch.counts
        of = counts.total - counts.cancelled
        numbers = f'{counts.completed}/{of}'.rjust(_COUNT) + ' '
        if cells < _LEAST + _BAR + _COUNT:
            return Text(numbers)
        filled, empty = bar(counts.completed, of, _BAR)
        return Text.assemble(' ', (filled, 'green'), (empty, 'dim'), numbers)


def _fold(is_open: bool) -> Text:
    return Text(OPEN if is_open else FOLDED, _FOLDS)


def _is_done(counts: Counts) -> bool:
    return counts.completed == counts.total - counts.cancelled > 0


def fitted(text: str, cells: int) -> str:
    """*text* made visible, cut with … or filled to *cells* as the screen counts them."""
    shown = visible(text)
    if cell_len(shown) <= cells:
        return set_cell_size(shown, max(cells, 0))
    return set_cell_size(set_cell_size(shown, max(cells - 1, 0)).rstrip() + '…', max(cells, 0))
