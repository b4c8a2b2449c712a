"""What is asked and said over the tree: a note, a refusal, the keys."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from ..escape import visible
from .keys import table


class Said(ModalScreen[None]):
    """Something to read, until a key says that it was: rows under a *title*."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding('escape,enter,space,q,question_mark', 'dismiss', show=False)
    ]

    def __init__(self, title: str, rows: Sequence[Text], hint: str = 'Esc closes this') -> None:
        super().__init__()
        self._heading = title
        self._rows = rows
        self._hint = hint

    def compose(self) -> ComposeResult:
        with Vertical(classes='dialog'):
            yield Static(Text(self._heading, 'bold'), classes='title')
            with VerticalScroll(can_focus=True):
                yield Static(Text('\n').join(self._rows))
            yield Static(Text(self._hint, 'dim'), classes='hint')


def keys() -> Said:
    """The keys."""
    wide = max(len(key) for key, _ in table())
    rows = [Text.assemble((key.ljust(wide + 2), 'bold cyan'), says) for key, says in table()]
    return Said('Keys', rows)


class NoteArea(TextArea):
    """A text in which Enter is the end, and Ctrl-J a new line; what is pasted stays whole."""

    class Entered(Message):
        """The note is written."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key not in ('enter', 'ctrl+j'):
            await super()._on_key(event)
            return
        event.prevent_default().stop()
        if event.key == 'enter':
            self.post_message(self.Entered())
        else:
            self.insert('\n')


class Note(ModalScreen[str | None]):
    """Asks for the note to tick a task with; None where there shall be no tick after all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding('escape', 'cancel', show=False)]

    def __init__(self, name: str, draft: str = '') -> None:
        super().__init__()
        self._name_of_task = name
        self._draft = draft

    def compose(self) -> ComposeResult:
        with Vertical(classes='dialog'):
            yield Static(Text(f'✓ {visible(self._name_of_task)}', 'bold'), classes='title')
            yield NoteArea(self._draft, id='note')
            hint = 'Enter ticks it with this note · Ctrl-J new line · Esc leaves it'
            yield Static(Text(hint, 'dim'), classes='hint')

    def on_note_area_entered(self) -> None:
        self.dismiss(self.query_one(NoteArea).text.strip())

    def action_cancel(self) -> None:
        self.dismiss(None)
