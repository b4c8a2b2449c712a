"""The documents that are open, what is known of each, and what is said to the editor.

No document is read in the loop that answers: only its newest version is, in a thread. One that
takes long is read when nothing was typed for as long, and that is said.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from .. import __version__
from ..errors import UserError
from ..escape import visible
from ..lint import Recall
from ..text import Edit, Span
from ..tracker import Tracker
from .checking import Checked, check
from .diagnostics import diagnostics
from .documents import Document, Version, encoded
from .edits import workspace_edit
from .memory import Memory
from .options import Options

PATIENCE = 1  # seconds that an answer may take
_T = TypeVar('_T')


class Protocol(LanguageServerProtocol):
    """The protocol, with documents of our own: those of pygls end lines where editors do not."""

    _server: 'Server'

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        data = encoded(item.text)
        self._server.put(Document(Version(item.uri, item.version), data, encoding))

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        named = params.text_document
        before = self._server.documents[named.uri]
        self._server.put(before.changed(named.version, params.content_changes))

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.close(params.text_document.uri)


class Server(LanguageServer):
    """Answers one editor."""

    def __init__(self) -> None:
        super().__init__('roadmap-md', __version__, protocol_cls=Protocol)
        self.options = Options()
        self.documents: dict[str, Document] = {}
        self.known: dict[str, Checked | None] = {}
        self.memory = Memory(self._refresh)
        self.committing = asyncio.Lock()
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._pauses: dict[str, float] = {}  # seconds without a key before one is checked
        self._told: set[str] = set()

    def put(self, document: Document) -> None:
        """*document* is the newest version of it."""
        self.documents[document.uri] = document
        self.check(document.uri)

    def close(self, uri: str) -> None:
        self.documents.pop(uri, None)
        self.memory.forget(uri)
        self._pauses.pop(uri, None)
        if self.known.pop(uri, None):
            self._publish(uri, None)

    def show_again(self) -> None:
        """Show of each document what is to be shown now."""
        for uri, checked in self.known.items():
            if self.options.has('diagnostics'):
                self.check(uri)
            elif checked:
                self._publish(uri, None)

    def check(self, uri: str) -> None:
        """Find out about the newest version; again, if that is being done."""
        if uri in self._checks:
            self._again.add(uri)
        else:
            self._checks[uri] = asyncio.create_task(self._check(uri))

    async def current(self, uri: str) -> Checked | None:
        """What is known of the newest version; None where that is no tracker, or takes too long."""
        if under_way := self._checks.get(uri):
            await asyncio.wait({under_way}, timeout=PATIENCE)
        checked = self.known.get(uri)
        return checked if checked and checked.document is self.documents.get(uri) else None

    async def quickly(self, uri: str) -> Checked | None:
        """As `current`; None where that takes long, so that showing all of it would too."""
        return None if self._pauses.get(uri) else await self.current(uri)

    async def known_now(self, uri: str) -> Checked:
        """As `current`; raises UserError where there is nothing."""
        if checked := await self.current(uri):
            return checked
        raise UserError('this is no tracker, or is being read', 'try again in a moment')

    async def in_thread(self, function: Callable[..., _T], *arguments: object) -> _T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.thread_pool, function, *arguments)

    def say(self, message: str, kind: types.MessageType = types.MessageType.Warning) -> None:
        self.window_show_message(types.ShowMessageParams(type=kind, message=visible_lines(message)))

    def say_once(self, message: str) -> None:
        if message not in self._told:
            self._told.add(message)
            self.say(message)

    @property
    def are_edits_versioned(self) -> bool:
        workspace = self.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace else None
        return bool(edit and edit.document_changes)

    @property
    def asks(self) -> bool:
        """Can the editor show a message with something to choose?"""
        window = self.client_capabilities.window
        return bool(window and window.show_message)

    async def ask(self, message: str, choices: Sequence[str]) -> str | None:
        """What somebody chooses; None where that is nothing."""
        chosen = await self.window_show_message_request_async(
            types.ShowMessageRequestParams(
                type=types.MessageType.Warning,
                message=visible_lines(message),
                actions=[types.MessageActionItem(choice) for choice in choices],
            )
        )
        return chosen.title if chosen and chosen.title in choices else None

    async def apply(self, document: Document, edits: Sequence[Edit], label: str) -> bool:
        """Have *edits* made in the buffer if it is *document* still; say it if not."""
        if not edits:
            return True
        if self.documents.get(document.uri) is not document:
            self.say('the document was edited meanwhile; try again')
            return False
        edit = workspace_edit(document, edits, self.are_edits_versioned)
        done = await self.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, label))
        if not done.applied:
            self.say(f'not changed: {done.failure_reason or "the editor refused it"}')
        return done.applied

    async def show(self, document: Document, offset: int) -> bool:
        """Have the editor go to byte *offset* of *document*; does it?"""
        window = self.client_capabilities.window
        if not (window and window.show_document and window.show_document.support):
            return False
        here = document.places.range(Span(offset, offset))
        params = types.ShowDocumentParams(uri=document.uri, take_focus=True, selection=here)
        return (await self.window_show_document_async(params)).success

    async def _check(self, uri: str) -> None:
        """Check the newest version, until there is none that is newer and nothing else to ask."""
        done = None
        try:
            while document := self.documents.get(uri):
                if document is done and uri not in self._again:
                    break
                self._again.discard(uri)
                await asyncio.sleep(self._pauses.get(uri, 0))
                if self.documents.get(uri) is not document:
                    continue
                checked = await self._checked(document)
                done = document
                if self.documents.get(uri) is document:
                    was = self.known.get(uri)
                    self.known[uri] = checked
                    if (checked or was) and self.options.has('diagnostics'):
                        self._publish(uri, checked)
                    if checked and not was:
                        self.memory.read(checked)
        finally:
            self._again.discard(uri)
            del self._checks[uri]

    async def _checked(self, document: Document) -> Checked | None:
        known = self.known.get(document.uri)
        before = known.tracker if known else None
        try:
            recall = self.memory.recall(document.uri) if self.options.has('history') else None
            checked, took = await self.in_thread(_timed, document, before, recall)
        except UserError as error:
            self.say_once(str(error))
            return None
        self._pauses[document.uri] = took if took > PATIENCE else 0
        if took > PATIENCE:
            name = document.uri.rpartition('/')[2]
            self.say_once(f'{name} takes {took:.0f} s to check: that is done when you pause')
        return checked

    def _refresh(self) -> None:
        """Show what git tells: the rules look again, and the editor asks for what stands beside."""
        if self.options.has('history'):
            self.show_again()
        workspace = self.client_capabilities.workspace
        hints = workspace.inlay_hint if workspace else None
        if hints and hints.refresh_support and self.options.has('hints'):
            self.workspace_inlay_hint_refresh(None)

    def _publish(self, uri: str, checked: Checked | None) -> None:
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(
                uri=uri,
                version=checked.document.version.number if checked else None,
                diagnostics=diagnostics(checked) if checked else [],
            )
        )


def _timed(
    document: Document, before: Tracker | None, recall: Recall | None
) -> tuple[Checked | None, float]:
    """What is known of *document*, and how many seconds that took, however busy the machine is."""
    begun = time.thread_time()
    checked = check(document, before, recall)
    return checked, time.thread_time() - begun


def visible_lines(text: str) -> str:
    return '\n'.join(map(visible, text.split('\n')))
