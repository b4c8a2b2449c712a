"""The part beside the tree: three panes, of which one is shown."""

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from ..overview import Part
from ..tracker import Tracker
from .panes import Past, about, log, stats

NAMES = ('Task', 'Log', 'Stats')


class Name(Static):
    """The name of pane number *at*; a click shows that."""

    def __init__(self, at: int) -> None:
        super().__init__(Text(NAMES[at]), classes='name')
        self.at = at

    def on_click(self) -> None:
        beside = self.parent and self.parent.parent
        assert isinstance(beside, Beside)
        beside.turn_to(self.at)


class Beside(Vertical):
    """What stands beside the tree, laid out anew for each width."""

    def __init__(self) -> None:
        super().__init__(id='beside')
        self.at = 0
        self.tracker: Tracker | None = None
        self.part: Part | None = None
        self.past: Past = 'reading the history …'

    def compose(self) -> ComposeResult:
        with Horizontal(id='names'):
            yield from (Name(at) for at in range(len(NAMES)))
        with VerticalScroll(id='pane', can_focus=False):
            yield Static(id='text')

    def on_mount(self) -> None:
        self.turn_to(0)

    def turn_to(self, at: int) -> None:
        """Show pane number *at*."""
        self.at = at % len(NAMES)
        for one in self.query(Name):
            one.set_class(one.at == self.at, '-shown')
        self._draw()
        self.pane.scroll_home(animate=False)

    def show(self, tracker: Tracker, part: Part | None) -> None:
        """Be about *part* of *tracker*."""
        is_another = part and self.part and part.name != self.part.name
        self.tracker, self.part = tracker, part
        self._draw()
        if self.at == 0 and is_another:
            self.pane.scroll_home(animate=False)

    def tell(self, past: Past) -> None:
        """Take *past* for what happened."""
        self.past = past
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    @property
    def pane(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def _draw(self) -> None:
        self.query_one('#text', Static).update(self._text(max(self.pane.size.width - 3, 16)))

    def _text(self, cells: int) -> Text:
        if self.at == 1:
            return log(self.past, cells)
        if self.at == 2:
            return stats(self.past, cells)
        if self.tracker is None or self.part is None:
            return Text()
        return about(self.tracker, self.part, self.past, cells)
