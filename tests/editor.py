"""An editor that speaks to a real server: it has a buffer, and makes the edits that it is sent."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp import client_capabilities, make_test_lsp_client
from pytest_lsp.client import LanguageClient

UNITS = {'utf-8': ('utf-8', 1), 'utf-16': ('utf-16-le', 2), 'utf-32': ('utf-32-le', 4)}


class Editor:
    """One buffer, of the file *path*. Positions are in units of *encoding*."""

    def __init__(self, client: LanguageClient, path: Path, encoding: str) -> None:
        self.client = client
        self.uri = path.as_uri()
        self.encoding = encoding
        self.text = ''
        self.version = 0
        self.announced = types.ServerCapabilities()
        self.choice: str | None = None  # what is answered to a question
        self.asked: list[types.ShowMessageRequestParams] = []
        self.watched: list[str] = []
        self.published: list[types.PublishDiagnosticsParams] = []
        self.news = asyncio.Event()

    @property
    def said(self) -> list[str]:
        return [message.message for message in self.client.messages]

    def open(self, text: str) -> None:
        self.text, self.version = text, 1
        item = types.TextDocumentItem(self.uri, 'markdown', self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, line: int, start: int, stop: int, new: str) -> None:
        """Replace the characters *start* to *stop* of *line*, and tell the server that alone."""
        before = self.text.split('\n')[line]
        first, last = (self.units(before[:at]) for at in (start, stop))
        here = types.Range(types.Position(line, first), types.Position(line, last))
        self.tell(types.TextDocumentContentChangePartial(here, new))

    def tell(self, *changes: types.TextDocumentContentChangePartial) -> None:
        for change in changes:
            self.text = self.edited([types.TextEdit(change.range, change.text)])
        self.version += 1
        named = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(named, changes))

    def replace_all(self, text: str) -> None:
        """Another text altogether."""
        self.text = text
        self.version += 1
        named = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(named, [change]))

    def units(self, text: str) -> int:
        name, size = UNITS[self.encoding]
        return len(text.encode(name)) // size

    def edited(self, edits: Sequence[types.TextEdit]) -> str:
        """The text after *edits*, from the last to the first."""
        text = self.text
        name, size = UNITS[self.encoding]
        for edit in sorted(edits, key=lambda edit: _key(edit.range.start), reverse=True):
            lines = text.split('\n')
            places = []
            for at in (edit.range.start, edit.range.end):
                before = ''.join(f'{line}\n' for line in lines[: at.line])
                here = (
                    lines[at.line].encode(name)[: at.character * size]
                    if at.line < len(lines)
                    else b''
                )
                places.append(len(before + here.decode(name)))
            text = text[: places[0]] + edit.new_text + text[places[1] :]
        return text

    def apply(self, edit: types.WorkspaceEdit) -> types.ApplyWorkspaceEditResult:
        for change in edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            if change.text_document.version != self.version:
                return types.ApplyWorkspaceEditResult(False, 'another version')
            self.replace(change.edits)
        for edits in (edit.changes or {}).values():
            self.replace(edits)
        return types.ApplyWorkspaceEditResult(True)

    def replace(self, edits: Sequence[Any]) -> None:
        ordered = sorted(edits, key=lambda edit: _key(edit.range.start), reverse=True)
        self.tell(*(types.TextDocumentContentChangePartial(e.range, e.new_text) for e in ordered))

    async def diagnostics(self) -> list[types.Diagnostic]:
        """Those of the newest version, when they come."""
        while not self.published or self.published[-1].version != self.version:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 60)
        return list(self.published[-1].diagnostics)

    async def actions(self, line: int, *only: str) -> list[types.CodeAction]:
        here = types.Position(line, 0)
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.uri),
                types.Range(here, here),
                types.CodeActionContext([], only or None),
            )
        )
        return list(found or ())

    async def take(self, line: int, title: str) -> None:
        """Do what the one code action on *line* does whose title begins with *title*."""
        await self.diagnostics()
        found = await self.actions(line)
        (action,) = [action for action in found if action.title.startswith(title)]
        if action.edit:
            self.apply(action.edit)
        if action.command:
            await self.run(action.command.command, *(action.command.arguments or ()))

    async def run(self, command: str, *arguments: Any) -> None:
        await self.client.workspace_execute_command_async(
            types.ExecuteCommandParams(command, list(arguments))
        )


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


@asynccontextmanager
async def editing(
    path: Path, text: str | None = None, encoding: str = 'utf-16', options: Any = None,
    like: str = 'neovim@v0.11.0',
) -> AsyncIterator[Editor]:  # fmt: skip
    """An editor with *path* open, with the *text* that it has or another; it can what *like* can."""
    client = make_test_lsp_client()
    editor = Editor(client, path, encoding)

    @client.feature(types.WORKSPACE_APPLY_EDIT)
    def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        return editor.apply(params.edit)

    @client.feature(types.WINDOW_SHOW_MESSAGE_REQUEST)
    def ask(params: types.ShowMessageRequestParams) -> types.MessageActionItem | None:
        editor.asked.append(params)
        return types.MessageActionItem(editor.choice) if editor.choice else None

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        for one in params.registrations:
            assert one.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            editor.watched += [
                watcher['globPattern'] for watcher in one.register_options['watchers']
            ]

    del client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]
    # lsprotocol takes every action that has a command for a command.
    client.protocol._converter.register_structure_hook(
        types.Command | types.CodeAction,
        lambda found, _: client.protocol._converter.structure(found, types.CodeAction),
    )

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def publish(params: types.PublishDiagnosticsParams) -> None:
        if params.uri == editor.uri:
            editor.published.append(params)
            editor.news.set()

    capabilities = client_capabilities(like)
    assert capabilities.general
    capabilities.general.position_encodings = [types.PositionEncodingKind(encoding)]
    await client.start_io(sys.executable, '-m', 'roadmap_md', 'server')
    try:
        session = await client.initialize_session(
            types.InitializeParams(capabilities=capabilities, initialization_options=options)
        )
        editor.announced = session.capabilities
        editor.open(path.read_bytes().decode() if text is None else text)
        yield editor
    finally:
        await asyncio.wait_for(client.shutdown_session(), 60)
        await client.stop()
