"""The entry point: what starts fast, and the one place where errors end."""

import gc
import os
import sys
from collections.abc import Sequence

from .errors import UserError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:
        gc.disable()  # this process is over before there is anything to collect; saves 4 ms
    # A title may hold what the terminal's encoding cannot; it is shown as an escape, never a fault.
    # Closed, as with >&-; open as long as the process is.
    sys.stdout = sys.stdout or open(os.devnull, 'w')  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, 'w')  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors='backslashreplace')  # type: ignore[union-attr]
    if os.environ.get('GITHUB_ACTIONS') == 'true':
        from .output.log import inert

        sys.stdout, sys.stderr = inert(sys.stdout), inert(sys.stderr)
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except UserError as error:
        from .escape import visible

        # git's own words stay broken as it broke them
        said = '\n  '.join(map(visible, error.message.expandtabs().splitlines()))
        print(f'roadmap-md: {said}', file=sys.stderr)
        if error.hint:
            print(f'  {visible(error.hint)}', file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader went away; so does the rest of the output, and the flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        # Whatever concerns a file is a UserError by now; this is where the output goes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f'roadmap-md: the output could not be written: {error.strerror}', file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _run(given: list[str]) -> int:
    if asked := os.environ.get('_ROADMAP_MD_COMPLETE'):
        from .cli import complete

        return complete(asked)
    words = [word for word in given if word == '-' or not word.startswith('-')]
    options = set(given) - set(words)
    if not options or (given[0] == 'lint' and options <= {'--staged', '--quiet'}):
        code = _plain(words[0] if words else 'status', tuple(words[1:]), options)
        if code is not None:
            return code
    from .cli import run

    return run(given)


def _plain(command: str, words: tuple[str, ...], options: set[str]) -> int | None:
    """Run a command that is given nothing but words; None where click has to see it.

    That is how hooks, editors and people call us most, and click takes 30 ms to import.
    """
    match command:
        case 'lint':
            from .commands.lint import Options, lint

            return lint(words, Options(staged='--staged' in options, quiet='--quiet' in options))
        case 'status':
            from .commands.status import status

            return status(words)
        case 'next':
            from .commands.status import next_

            return next_(words)
        case 'log':
            from .commands.log import Options as LogOptions
            from .commands.log import log

            return log(words, LogOptions())
        case 'start' | 'tick' | 'reset':
            from .commands.change import STATUSES, change

            return change(words, STATUSES[command])
        case 'sync' if not words:
            from .commands.sync import Options as SyncOptions
            from .commands.sync import sync

            return sync(SyncOptions())
        case 'hook' if len(words) == 2 and words[0] == 'commit-msg':
            from .commands.hook import commit_msg

            return commit_msg(words[1])
        case 'merge-file' if len(words) >= 4:
            from .commands.merge_file import merge_file

            return merge_file(words[0], words[1], words[2], words[3], words[4:])
    return None


if __name__ == '__main__':
    sys.exit(main())
