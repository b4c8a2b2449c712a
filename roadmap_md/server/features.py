"""The features of the server: what an editor asks, our answer, and the name of the switch."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from lsprotocol import types

from ..errors import UserError
from ..project import CONFIGURATIONS
from . import actions, reading
from .commands import COMMANDS, COMMIT
from .edits import text_edits
from .formatting import fixed
from .language_server import Server
from .lenses import lenses
from .options import SECTION


class Feature(NamedTuple):
    """What *answers* the requests of a *method*, unless it is switched off."""

    switch: str
    method: str
    answer: Callable[[Server, Any], Awaitable[Any]]
    options: Any = None


async def code_lenses(server: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    checked = await server.current(params.text_document.uri)
    return list(lenses(checked)) if checked else []


async def formatting(
    server: Server, params: types.DocumentFormattingParams
) -> Sequence[types.TextEdit]:
    checked = await server.current(params.text_document.uri)
    if not checked:
        return []
    try:
        return text_edits(checked.document, await server.in_thread(fixed, checked))
    except UserError as error:
        server.say(str(error))
        return []


async def code_actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    checked = await server.current(params.text_document.uri)
    if not checked:
        return []
    has, span = server.options.has, checked.document.places.span(params.range)
    only = params.context.only
    found: list[types.CodeAction] = []
    if has('fixes') and _is_asked(types.CodeActionKind.QuickFix, only):
        versioned = server.are_edits_versioned
        found += await server.in_thread(list, actions.fixes(checked, span, versioned))
    if has('fixes') and _is_asked(actions.ON_SAVE, only):
        found += actions.fix_all(checked)
    if has('waivers') and _is_asked(types.CodeActionKind.QuickFix, only):
        found += actions.waivers(checked, span)
    if _is_asked(types.CodeActionKind.RefactorRewrite, only):
        found += actions.statuses(checked, span) if has('statuses') else []
        found += [actions.commit(checked)] if has('commit') else []
    return found


def _is_asked(kind: str, only: Sequence[str] | None) -> bool:
    """Is *kind*, or a kind that it is one of, among those that are asked for?"""
    # Added, since a member of an enumeration would be formatted as its name.
    return only is None or any(not one or (kind + '.').startswith(one + '.') for one in only)


FEATURES = (
    Feature('lenses', types.TEXT_DOCUMENT_CODE_LENS, code_lenses),
    Feature('formatting', types.TEXT_DOCUMENT_FORMATTING, formatting),
    Feature('actions', types.TEXT_DOCUMENT_CODE_ACTION, code_actions, types.CodeActionOptions(
        code_action_kinds=[
            types.CodeActionKind.QuickFix, types.CodeActionKind.RefactorRewrite, actions.ON_SAVE,
        ],
    )),
    Feature('hover', types.TEXT_DOCUMENT_HOVER, reading.hover),
    Feature('hints', types.TEXT_DOCUMENT_INLAY_HINT, reading.inlay_hints),
    Feature('symbols', types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, reading.symbols),
    Feature('completion', types.TEXT_DOCUMENT_COMPLETION, reading.completion,
            types.CompletionOptions(trigger_characters=['[', ' '])),
)  # fmt: skip


def new_server() -> Server:
    """A server that announces what is not switched off when the editor has said so."""
    server = Server()

    def initialize(params: types.InitializeParams) -> None:
        configure(server, params.initialization_options)
        for feature in FEATURES:
            if server.options.has(feature.switch):
                answer = partial(feature.answer, server)
                server.feature(feature.method, feature.options)(answer)
        for name, command in COMMANDS.items():
            if name != COMMIT or server.options.has('commit'):
                server.command(name)(_told(server, command))

    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.check(uri)
        if checked := server.known.get(uri):
            server.memory.read(checked)

    def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        if isinstance(params.settings, Mapping) and SECTION in params.settings:
            configure(server, params.settings)
            server.show_again()

    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        server.show_again()

    server.feature(types.INITIALIZE)(initialize)
    server.feature(types.INITIALIZED)(partial(_watch, server))
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(did_change_watched_files)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(did_save)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(did_change_configuration)
    return server


async def _watch(server: Server, params: types.InitializedParams) -> None:
    """Have the editor say when a configuration is written, if it can."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if not (watching and watching.dynamic_registration):
        return
    watchers = [types.FileSystemWatcher(f'**/{name}') for name, _ in CONFIGURATIONS]
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    await server.client_register_capability_async(
        types.RegistrationParams([types.Registration(method, method, options)])
    )


def configure(server: Server, settings: Any) -> None:
    try:
        server.options = server.options.changed(settings)
    except UserError as error:
        server.say(str(error))


def _told(
    server: Server, command: Callable[..., Awaitable[None]]
) -> Callable[..., Awaitable[None]]:
    """*command*, which says in the editor what it cannot do."""

    async def run(*arguments: Any) -> None:
        try:
            await command(server, *arguments)
        except UserError as error:
            server.say(str(error))

    return run
