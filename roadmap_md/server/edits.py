"""Edits of bytes as edits of a document in the editor, for the version that they were made for."""

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from ..text import Edit, Span
from .documents import Document


def text_edits(document: Document, edits: Iterable[Edit]) -> list[types.TextEdit]:
    places = document.places
    return [
        types.TextEdit(places.range(edit.span), edit.new.decode(errors='replace'))
        for edit in sorted(edits)
    ]


def workspace_edit(
    document: Document, edits: Iterable[Edit], are_versioned: bool
) -> types.WorkspaceEdit:
    """*edits* of *document*; where they *are versioned*, a later version refuses them."""
    changes = text_edits(document, edits)
    if not are_versioned:
        return types.WorkspaceEdit(changes={document.uri: changes})
    named = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version.number)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(named, list(changes))])


def differing(before: bytes, after: bytes) -> Iterator[Edit]:
    """The edits that make *before* into *after*: a line each where both have as many lines."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) != len(new):
        first = _shared(old, new)
        last = _shared(old[first:][::-1], new[first:][::-1])
        start, stop = (
            len(b''.join(old[:first])),
            len(before) - len(b''.join(old[len(old) - last :])),
        )
        yield Edit(Span(start, stop), b''.join(new[first : len(new) - last]))
        return
    at = 0
    for was, now in zip(old, new, strict=True):
        if was != now:
            yield Edit(Span(at, at + len(was)), now)
        at += len(was)


def _shared(old: Sequence[bytes], new: Sequence[bytes]) -> int:
    """How many lines both begin with."""
    return next(
        (at for at, (was, now) in enumerate(zip(old, new, strict=False)) if was != now),
        min(len(old), len(new)),
    )
