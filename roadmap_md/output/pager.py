"""A pager on a terminal, as git has one; elsewhere the text alone."""

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from shlex import split
from typing import TextIO


def show(rows: Iterable[str]) -> None:
    """Print *rows*, through a pager where standard output is a terminal."""
    command = pager(sys.stdout)
    if not command:
        for row in rows:
            print(row)
        return
    import signal
    import subprocess

    sys.stdout.flush()
    environment = {**os.environ, 'LESS': os.environ.get('LESS', 'FRX'), 'LESSSECURE': '1'}
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as process:
        assert process.stdin
        # Ctrl-C is the pager's: it stops a search there.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            for row in rows:
                process.stdin.write(f'{row}\n'.encode(errors='backslashreplace'))
        except BrokenPipeError:
            pass  # who has seen enough leaves
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.wait()
            signal.signal(signal.SIGINT, before)


def pager(stream: TextIO, environ: Mapping[str, str] = os.environ) -> list[str]:
    """The command to page with: ``$PAGER``, else ``less``; none where it is ``cat`` or empty.

    No shell runs it, and nothing is taken from the repository's configuration.
    """
    if not stream.isatty() or environ.get('TERM', 'dumb') == 'dumb':
        return []
    try:
        command = split(environ.get('PAGER', 'less'))
    except ValueError:
        return []
    from shutil import which  # on a terminal only

    if not command or command == ['cat'] or not which(command[0]):
        return []
    return command
