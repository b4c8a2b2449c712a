"""``sync`` in a process of its own, as soon as SIGUSR1 says so."""

import os
import signal
import sys

# Imported before the start is given: that is not what is tried.
from roadmap_md import structures  # noqa: F401
from roadmap_md.commands import record  # noqa: F401
from roadmap_md.commands.sync import Options, sync


def main(directory: str) -> int:
    import subprocess  # noqa: F401

    os.chdir(directory)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    print('ready', flush=True)
    signal.sigwait({signal.SIGUSR1})
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
    return sync(Options(push=False))


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
