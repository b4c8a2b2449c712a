"""The application: a tree, something beside it, a line that tells, and what the keys do.

The file is read, changed and remembered in threads, so that the screen never waits. Changes are
made one after the other, in the order in which they were asked for.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Footer, Input, Static, Tree

from ..commands.background import in_background
from ..commands.changing import Outcome as Changed
from ..commands.undoing import Outcome as Undone
from ..errors import UserError
from ..escape import visible
from ..output.terminal import counted
from ..output.text import name
from ..overview import Name, Part
from ..status import Status
from ..tracker import Tracker
from .beside import Beside
from .desk import Desk, Stamp
from .dialogs import Note, Said, keys
from .head import Head
from .keys import bindings
from .panes import Past
from .telling import telling
from .theme import TERMINAL
from .tree import Outline

EVERY = 0.5  # seconds between two looks at the file
TYPING = 0.05  # seconds after a letter in which another one may follow
Deed = Callable[[], Awaitable[None]]


class RoadmapApp(App[None]):
    """The *tracker* on a *desk*, as it was read when the file had that *stamp*."""

    CSS_PATH = 'app.tcss'
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, '-narrow'), (70, '-wide')]  # noqa: RUF012

    def __init__(self, desk: Desk, tracker: Tracker, stamp: Stamp) -> None:
        super().__init__(ansi_color=True)
        self.desk = desk
        self.tracker = tracker
        self.stamp = stamp
        self.open_only = False
        self._jumped_from: Name | None = None  # where the cursor was when that was asked for
        self._drafts: dict[str, str] = {}  # notes for tasks, by key, that could not be ticked
        self._deeds: asyncio.Queue[Deed] = asyncio.Queue()
        self._waiting: list[bool] = []  # does it move the cursor, for all that is not done yet

    def compose(self) -> ComposeResult:
        yield Head(self.desk.path)
        with Container(id='body'):
            yield Outline()
            yield Beside()
        yield Input(id='words', placeholder='words, such as: week 3 · in-progress', compact=True)
        yield Static(id='said')
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        self.register_theme(TERMINAL)
        self.theme = TERMINAL.name
        self.outline.focus()
        self.show(self.tracker)
        self.recall()
        self.do_deeds()
        self.set_interval(EVERY, self.look)
        if not self.is_headless:
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self._end, number)

    def _end(self, number: int) -> None:
        """Leave as a signal asks us to: a commit that is being made is finished first."""
        self.exit(return_code=128 + number)

    @property
    def outline(self) -> Outline:
        return self.screen_stack[0].query_one(Outline)

    @property
    def beside(self) -> Beside:
        return self.screen_stack[0].query_one(Beside)

    @property
    def words(self) -> Input:
        return self.screen_stack[0].query_one('#words', Input)

    def show(self, tracker: Tracker) -> None:
        """Show *tracker* everywhere."""
        self.tracker = tracker
        self.screen_stack[0].query_one(Head).show(tracker)
        self.outline.show(tracker, self.words.value, self.open_only)
        self.beside.show(tracker, self.outline.part)

    def say(self, said: Text) -> None:
        """Say it beneath the tree."""
        self.screen_stack[0].query_one('#said', Static).update(said)

    # What others do.

    def look(self) -> None:
        """See whether somebody has written the file, or committed."""
        stamp = self.desk.stamp()
        if stamp != self.stamp:
            if stamp[0] != self.stamp[0]:
                self.reread()
            self.stamp = stamp
            self.recall()

    @work(exclusive=True, group='read')
    async def reread(self) -> None:
        """Show the file as it is now; where it cannot be read, what is shown stays."""
        try:
            tracker = await in_background(self.desk.read)
        except UserError as error:
            said = f'{error.message}: this is how it was before'
            self.say(Text(visible(said), 'bold red'))
        else:
            self._show_edited(tracker)

    def _show_edited(self, tracker: Tracker) -> None:
        if tracker.data != self.tracker.data:
            self.show(tracker)
            if not self._waiting:
                said = f'{self.desk.path} was edited elsewhere: this is how it is now'
                self.say(Text('✎ ' + visible(said), 'cyan'))

    @work(exclusive=True, group='recall')
    async def recall(self) -> None:
        """Read the history, which may take a while."""
        past: Past
        try:
            past = await in_background(self.desk.recall)
        except UserError as error:
            past = f'{error.message}\n{error.hint}'
        self.beside.tell(past)

    # What is to be done, one after the other.

    def _ask(self, deed: Deed, jumps: bool = False) -> None:
        self._waiting.append(jumps)
        self._deeds.put_nowait(deed)

    @work(group='deeds')
    async def do_deeds(self) -> None:
        while True:
            deed = await self._deeds.get()
            await deed()
            del self._waiting[0]

    async def _do(self, what: str, outcomes: Callable[[], Iterator[Changed | Undone]]) -> bool:
        """Let it happen, tell of it, and show what came of it; did it go well?"""
        self.say(Text(f'⋯ {visible(what)}', 'dim'))
        said = await asyncio.to_thread(lambda: list(telling(outcomes())))
        self.say(Text('\n').join(one for one in said if isinstance(one, Text)))
        failed = [one for one in said if isinstance(one, Said)]
        for one in failed:
            self.push_screen(one)
        with suppress(UserError):  # `look` says it
            self.show(await asyncio.to_thread(self.desk.read))
        return not failed

    # What the keys do.

    @property
    def under_cursor(self) -> int | None:
        """The task under the cursor."""
        part = self.outline.part
        return part.task if part and part.task >= 0 else None

    @property
    def _place(self) -> Name | None:
        return self.outline.part.name if self.outline.part else None

    def action_change(self, to: str) -> None:
        self._change(self.tracker, self.under_cursor, Status(to))

    def _change(self, shown: Tracker, task: int | None, to: Status, note: str = '') -> None:
        """Give *task* of the tracker that is *shown* that status; or the next, if we go there."""
        jumps = any(self._waiting) and self._place == self._jumped_from

        async def deed() -> None:
            is_like = self.tracker.skeleton == shown.skeleton
            tracker = self.tracker if jumps or is_like else shown
            index = self.outline.next if jumps else task
            if index is None:
                self.say(Text('no task is under the cursor; n goes to the next', 'yellow'))
                return
            what = name(tracker, index)
            is_done = await self._do(what, lambda: self.desk.change(tracker, index, to, note))
            if note and not is_done:
                self._drafts[tracker.tasks[index].key] = note
                self.say(Text('the note is kept: m has it again', 'cyan'))

        self._ask(deed)

    def action_note(self) -> None:
        async def deed() -> None:
            shown, task = self.tracker, self.under_cursor
            if task is None or shown.state[task] is Status.COMPLETED:
                self._change(shown, task, Status.COMPLETED)
            else:
                draft = self._drafts.pop(shown.tasks[task].key, '')
                self.push_screen(Note(name(shown, task), draft), partial(self._tick, shown, task))

        self._ask(deed)

    def _tick(self, shown: Tracker, task: int, note: str | None) -> None:
        if note is not None:
            self._change(shown, task, Status.COMPLETED, note)

    def action_undo(self) -> None:
        async def deed() -> None:
            await self._do('undo', self.desk.undo)

        self._ask(deed)

    def action_next(self) -> None:
        self._jumped_from = self._place

        async def deed() -> None:
            if self._place != self._jumped_from:
                return  # the cursor was moved meanwhile
            if not self.outline.go_to_next():
                self.say(Text('nothing is next, or it is filtered out', 'yellow'))
            self._jumped_from = self._place

        self._ask(deed, jumps=True)

    def action_pane(self, steps: int) -> None:
        self.beside.turn_to(self.beside.at + steps)

    def action_scroll_pane(self, pages: int) -> None:
        pane = self.beside.pane
        pane.scroll_relative(y=pages * max(pane.size.height - 2, 1), animate=False)

    def action_keys(self) -> None:
        self.push_screen(keys())

    def action_filter(self) -> None:
        self.words.add_class('-shown')
        self.words.focus()

    def action_open_only(self) -> None:
        self.open_only = not self.open_only
        self._filtered()

    def action_unfilter(self) -> None:
        self.open_only = False
        self.words.value = ''
        self.words.remove_class('-shown')
        self.outline.focus()
        self._filtered()

    @work(exclusive=True, group='filter')
    async def on_input_changed(self) -> None:
        """Filter once for letters that follow each other: with 2,000 tasks it takes a second."""
        await asyncio.sleep(TYPING)
        self._filtered()

    def on_input_submitted(self) -> None:
        self.workers.cancel_group(self, 'filter')
        self._filtered()
        self.words.set_class(bool(self.words.value), '-shown')
        self.outline.focus()

    def _filtered(self) -> None:
        self.show(self.tracker)
        shown, of = self.outline.shown, counted(len(self.tracker.tasks), 'task')
        is_whole = shown == len(self.tracker.tasks)
        self.say(Text('' if is_whole else f'{shown} of {of} · Esc shows all', 'cyan'))

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Part]) -> None:
        self.beside.show(self.tracker, self.outline.part)
