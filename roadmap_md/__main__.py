"""The entry point: what starts fast, and the one place where errors end."""

import os
import sys
from collections.abc import Sequence

from .errors import UserError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    ``lint`` with nothing but paths and ``--staged`` is what hooks and editors call at every
    commit; click, which takes 30 ms to import, is spared where there is nothing to parse.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    # A title may hold what the terminal's encoding cannot; it is shown as an escape, never a fault.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors='backslashreplace')  # type: ignore[union-attr]
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except UserError as error:
        from .escape import visible

        print(f'roadmap-md: {visible(error.message)}', file=sys.stderr)
        if error.hint:
            print(f'  {visible(error.hint)}', file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader went away; so does the rest of the output, and the flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130


def _run(given: list[str]) -> int:
    if given[:1] == ['lint']:
        paths = tuple(word for word in given[1:] if word == '-' or not word.startswith('-'))
        options = [word for word in given[1:] if word not in paths]
        if options in ([], ['--staged']):
            from .commands.lint import Options, lint

            return lint(paths, Options(staged=bool(options)))
    from .cli import run

    return run(given)


if __name__ == '__main__':
    sys.exit(main())
