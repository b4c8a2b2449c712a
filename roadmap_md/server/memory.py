"""The pasts of the documents that are open: read aside, and nobody waits for them."""

import asyncio
import time
from collections.abc import Callable

from ..commands.background import in_background
from ..lint import Recall
from .checking import Checked
from .recollection import Recollection, recollect

_FRESH = 5  # seconds after which git is asked again, when somebody wants to know


class Memory:
    """What is known of the past of each document; *changed* is called when that is more."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._known: dict[str, Recollection] = {}
        self._read_at: dict[str, float] = {}
        self._readings: dict[str, asyncio.Task[None]] = {}

    def get(self, checked: Checked) -> Recollection | None:
        """What is known by now; None where that is nothing yet."""
        uri = checked.document.uri
        if time.monotonic() - self._read_at.get(uri, -_FRESH) >= _FRESH:
            self.read(checked)
        return self._known.get(uri)

    def recall(self, uri: str) -> Recall | None:
        """What tells the rules over history what is known by now."""
        return found.recall if (found := self._known.get(uri)) else None

    def read(self, checked: Checked) -> None:
        """Ask git, unless that is being done."""
        uri = checked.document.uri
        if uri not in self._readings:
            self._readings[uri] = asyncio.create_task(self._read(checked))

    def forget(self, uri: str) -> None:
        self._read_at.pop(uri, None)
        self._known.pop(uri, None)

    async def _read(self, checked: Checked) -> None:
        uri = checked.document.uri
        self._read_at[uri] = time.monotonic()
        try:
            found = await in_background(recollect, checked)
        finally:
            del self._readings[uri]
        before, self._known[uri] = self._known.get(uri), found
        if before is None or before.reached != found.reached:
            self._changed()
