"""One line for each part of the tree: what it is, and how far. Text from the file only shows."""

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

    def label(self, part: Part, cells: int, is_open: bool, style: Style) -> Text:
        """The line of *part*, exactly *cells* wide."""
        if part.task >= 0:
            start, name, look = self._task(part, is_open)
        else:
            start, name, look = self._section(part, is_open)
        end = self._end(part, cells)
        room = cells - cell_len(start.plain) - end.cell_len
        label = Text.assemble(start, (fitted(name, room), look), end)
        label.stylize(style)
        return label

    def _task(self, part: Part, is_open: bool) -> tuple[Text, str, str]:
        task, status = self.tracker.tasks[part.task], self.tracker.state[part.task]
        look = ' '.join(STYLES[status])
        fold = _fold(is_open) if part.beneath else Text('  ')
        said = f'{task.text} ({task.owner})' if task.owner else task.text
        return Text.assemble(fold, (f'{SIGNS[status]} ', look)), said or '(no title)', look

    def _section(self, part: Part, is_open: bool) -> tuple[Text, str, str]:
        counts = part.counts
        assert counts  # there are tasks beneath it
        is_begun = counts.is_begun
        look = 'green' if _is_done(counts) else 'bold' if is_begun else ''
        name = section_name(self.tracker.sections[part.section])
        return _fold(is_open), name, look

    def _end(self, part: Part, cells: int) -> Text:
        if part.task >= 0 and part.task == self.next:
            is_begun = self.tracker.state[part.task] is Status.IN_PROGRESS
            return Text('  now ' if is_begun else '  next ', 'bold cyan')
        if not part.counts:
            return Text(' ')
        counts = part.counts
        of = counts.scope
        numbers = f'{counts.completed}/{of}'.rjust(_COUNT) + ' '
        if cells < _LEAST + _BAR + _COUNT:
            return Text(numbers)
        filled, empty = bar(counts.completed, of, _BAR)
        return Text.assemble(' ', (filled, 'green'), (empty, 'dim'), numbers)


def _fold(is_open: bool) -> Text:
    return Text(OPEN if is_open else FOLDED, _FOLDS)


def _is_done(counts: Counts) -> bool:
    return counts.completed == counts.scope > 0


def fitted(text: str, cells: int) -> str:
    """*text* made visible, cut with … or filled to *cells* as the screen counts them."""
    shown = visible(text)
    if cell_len(shown) <= cells:
        return set_cell_size(shown, max(cells, 0))
    return set_cell_size(set_cell_size(shown, max(cells - 1, 0)).rstrip() + '…', max(cells, 0))
