"""Requests that change nothing, and our answers: hover, hints, symbols, completion.

None of them waits for git.
"""

from lsprotocol import types

from . import views
from .language_server import Server


async def hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    checked = await server.current(params.text_document.uri)
    if not checked:
        return None
    offset = checked.document.places.offset(params.position)
    memory = server.memory.get(checked)
    return await server.in_thread(views.hovered, checked, offset, memory, _as_markdown(server))


def _as_markdown(server: Server) -> bool:
    """Is that what the editor likes best?"""
    documents = server.client_capabilities.text_document
    formats = documents.hover.content_format if documents and documents.hover else None
    return bool(formats and formats[0] == types.MarkupKind.Markdown)


async def inlay_hints(server: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
    checked = await server.quickly(params.text_document.uri)
    if not checked:
        return []
    span = checked.document.places.span(params.range)
    return await server.in_thread(views.hinted, checked, span, server.memory.get(checked))


async def symbols(
    server: Server, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol]:  # fmt: skip
    checked = await server.quickly(params.text_document.uri)
    return await server.in_thread(views.symbols, checked) if checked else []


async def completion(server: Server, params: types.CompletionParams) -> types.CompletionList | None:
    checked = await server.quickly(params.text_document.uri)
    if not checked:
        return None
    offset = checked.document.places.offset(params.position)
    is_blank = bool(params.context and params.context.trigger_character == ' ')
    items = await server.in_thread(views.offered, checked, offset, is_blank)
    return types.CompletionList(is_incomplete=False, items=items)
