"""The documents that are open, as the editor has them: saved or not."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from lsprotocol.types import (
    PositionEncodingKind,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
)
from pygls.uris import to_fs_path

from ..text import Edit, Span, splice
from .positions import Places


class Version(NamedTuple):
    """What identifies the text of a document; a later one has a higher *number*."""

    uri: str
    number: int


class Document:
    """The bytes of one *version* of a document, whose positions are in units of *encoding*."""

    def __init__(self, version: Version, data: bytes, encoding: PositionEncodingKind | str) -> None:
        self.version = version
        self.data = data
        self.encoding = encoding

    @property
    def uri(self) -> str:
        return self.version.uri

    @property
    def path(self) -> str | None:
        """Its file, absolute; None where it is in none."""
        path = to_fs_path(self.uri) if self.uri.startswith('file:') else None
        return None if path and '\0' in path else path

    @cached_property
    def places(self) -> Places:
        return Places(self.data, self.encoding)

    def edited(self, edits: Iterable[Edit]) -> 'Document':
        """What it will be after *edits*."""
        return Document(self.version, splice(self.data, edits), self.encoding)

    def changed(self, number: int, changes: Iterable[TextDocumentContentChangeEvent]) -> 'Document':
        """The next version, after *changes*, of which each is told in the text that it finds."""
        data, places = self.data, self.places
        for change in changes:
            new = encoded(change.text)
            span = Span(0, len(data))
            if isinstance(change, TextDocumentContentChangePartial):
                span = places.span(change.range)
            data = splice(data, [Edit(span, new)])
            places = Places(data, self.encoding)
        return Document(Version(self.uri, number), data, self.encoding)


def encoded(text: str) -> bytes:
    """The bytes of *text*; half a pair of surrogates makes them no text, and is no fault."""
    return text.encode(errors='surrogatepass')
