"""The log of GitHub Actions, which obeys lines that look like its commands."""

from typing import Any, TextIO, cast

from ..escape import without_commands


class _Log:
    """A stream; nothing that is written to it is a command."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return self.stream.write(without_commands(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def inert(stream: TextIO) -> TextIO:
    """*stream*, behind which nothing is a command."""
    return stream if isinstance(stream, _Log) else cast(TextIO, _Log(stream))


def acting(stream: TextIO) -> TextIO:
    """The stream behind ``inert``, for commands that we mean."""
    return stream.stream if isinstance(stream, _Log) else stream
