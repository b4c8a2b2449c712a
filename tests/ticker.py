"""A tick without the rest of the tool: it commits one day of a list, in this process or its own."""

import re
import signal
import sys
from collections.abc import Callable

from roadmap_md import commit, git
from roadmap_md.errors import UserError


def day(number: int) -> Callable[[bytes], bytes]:
    """Sets the marker of Day *number* in any version of the list."""
    marker = re.compile(rb'(?m)^(- \[)[ x](\] Day %d\b)' % number)

    def splice(data: bytes) -> bytes:
        if not marker.search(data):
            raise UserError(f'there is no Day {number}', 'add it')
        return marker.sub(rb'\1x\2', data)

    return splice


def tick(path: str, *numbers: int) -> list[str | None]:
    """Commit each day, in one series; the ids of the commits."""
    repo = git.find(path)
    assert repo
    with commit.series(repo, path) as series:
        return [
            series.commit(day(number), f'docs(roadmap): complete day {number}\n')
            for number in numbers
        ]


def main(path: str, *numbers: str) -> int:
    """`tick` as soon as SIGUSR1 says so; 2 and its words where it is refused."""
    import subprocess  # noqa: F401  imported before the start is given: that is not what is tried

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    print('ready', flush=True)
    signal.sigwait({signal.SIGUSR1})
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
    try:
        for number in numbers:
            print(*tick(path, int(number)), flush=True)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
