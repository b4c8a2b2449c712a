"""The language server: what the command line knows, in an editor's buffer, while it is typed."""

import gc
import sys

from ..commands.extra import extra


def serve() -> int:
    """Answer an editor on standard input and output until it goes away."""
    with extra('server'):
        import pygls.lsp.server  # noqa: F401
    from .features import new_server

    gc.enable()  # which a command that ends at once does without
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # what is printed must not end up in between
    new_server().start_io(stdout=out)
    return 0
