"""A repository to look at: the plan of this one, and the seven weeks of somebody who follows it.

    python docs/pictures/demo.py FOLDER

The same is made every time, commits included, within a tenth of a second. `TODAY` is when to look
at it: pass it to ``--today``.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from roadmap_md.message import message
from roadmap_md.rewrite import set_statuses
from roadmap_md.status import Status
from roadmap_md.tracker import Tracker, read_tracker

TODAY = '2026-02-18'
PLAN = Path(__file__).parents[2] / 'ROADMAP.md'
WHO = 'Ada Learner <ada@example.com>'

# A day and the task of it, as often as it has them; after that what was learnt. Some days are left
# out, a flu takes a week, and one evening is for three. What ends in ~ is only started.
DIARY = """
01-05T19:40 week-1/day-1  lists are arrays that grow; insert(0, x) moves everything
01-06T19:55 week-1/day-2  a tuple can be a key, a list cannot
01-07T20:10 week-1/day-3
01-08T19:30 week-1/day-4  dictionaries keep their order
01-10T10:15 week-1/day-5
01-12T19:45 week-2/day-1  with open(…) closes it, whatever happens
01-13T20:05 week-2/day-2
01-14T19:50 week-2/day-3  ensure_ascii=False, or every é becomes six characters
01-15T20:20 week-2/day-4
01-16T20:30 week-2/day-5~
01-17T09:40 week-2/day-5
01-17T11:05 week-3/day-1  requests without timeout= wait forever
01-19T19:35 week-3/day-2
01-21T20:00 week-3/day-3
01-22T19:45 week-3/day-4
01-23T18:15 week-3/day-5~
01-24T10:30 week-3/day-5  the mini flow works; retries are missing
01-24T11:50 week-4/day-1
01-24T14:10 week-4/day-2  the subject says what, the body says why
01-26T19:40 week-4/day-3
01-27T20:15 week-4/day-4
01-28T20:40 week-4/day-5~
02-05T19:50 week-4/day-5  back after the flu
02-06T20:05 week-5/day-1
02-07T10:20 week-5/day-2
02-07T11:45 week-5/day-3  three examples beat three paragraphs
02-09T19:30 week-5/day-4
02-09T20:40 week-5/day-5~
02-10T19:55 week-5/day-5
02-11T20:10 week-6/day-1
02-13T19:45 week-6/day-2
02-14T10:05 week-6/day-3  validate before it reaches the database
02-17T19:50 week-6/day-4  count tokens, not characters
02-18T07:40 week-6/day-5~
"""


class Page(NamedTuple):
    """What is told of one day: task *key* was given its *status*, and what was learnt."""

    when: datetime
    key: str
    status: Status
    note: str


def diary() -> Iterator[Page]:
    for row in DIARY.strip().splitlines():
        when, key, *note = row.split(maxsplit=2)
        status = Status.IN_PROGRESS if key.endswith('~') else Status.COMPLETED
        day = datetime.fromisoformat(f'2026-{when}:00+01:00')
        yield Page(day, key.rstrip('~'), status, ''.join(note))


def make(folder: Path) -> Path:
    """Make *folder* that repository, on its branch ``main``."""
    folder.mkdir(parents=True, exist_ok=True)
    _git(folder, 'init', '-q', '-b', 'main')
    _git(folder, 'fast-import', '--quiet', stdin=b''.join(_commits()))
    _git(folder, 'reset', '-q', '--hard')
    _git(folder, 'config', 'user.name', WHO.partition(' <')[0])
    _git(folder, 'config', 'user.email', WHO.partition('<')[2].rstrip('>'))
    return folder


def _commits() -> Iterator[bytes]:
    """What ``roadmap-md start`` and ``tick`` would have committed, for git's fast-import."""
    tracker = read_tracker(PLAN.read_bytes())
    pages = list(diary())
    yield _commit(pages[0].when.replace(hour=8), 'docs: the plan\n', tracker)
    indices = {task.key: index for index, task in enumerate(tracker.tasks)}
    for when, key, status, note in pages:
        tracker = set_statuses(tracker, {indices[key]: status})
        said = message(key, tracker.tasks[indices[key]].title, status, note)
        yield _commit(when, said, tracker)


def _commit(when: datetime, said: str, tracker: Tracker) -> bytes:
    who = f'committer {WHO} {when.timestamp():.0f} {when:%z}\n'.encode()
    file = b'M 100644 inline ROADMAP.md\n' + _data(tracker.data)
    return b'commit refs/heads/main\n' + who + _data(said.encode()) + file


def _data(data: bytes) -> bytes:
    return b'data %d\n%s\n' % (len(data), data)


def _git(folder: Path, *arguments: str, stdin: bytes = b'') -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith('GIT_')}
    subprocess.run(['git', *arguments], cwd=folder, env=kept, input=stdin, check=True)


if __name__ == '__main__':
    make(Path(sys.argv[1]))
