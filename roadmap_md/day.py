"""What was completed on one day, without a look at all that was done before."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import takewhile

from . import files, git
from .config import Config
from .git import Repository
from .history import Transition, read_date
from .rules.history import History
from .status import Status
from .text import is_text
from .tracker import Tracker, read_tracker

_MOST_LOOKED_AT = 50  # commits of one day


def done_today(
    repo: Repository, path: str, tracker: Tracker, made: Sequence[int], config: Config,
    now: datetime,
) -> History:  # fmt: skip
    """What HEAD's author completed on its day; the last commits completed *made* of *tracker*.

    Mostly that is what HEAD has and the last commit of an earlier day has not, which is soon seen.
    """
    latest = git.latest(repo, len(made) + _MOST_LOOKED_AT)
    commits = {commit.commit for commit in latest[: len(made)]}
    own = list(takewhile(lambda one: _is_like(one, latest[0]) and len(one.parents) == 1, latest))
    before = _before(latest, len(own)) if len(own) >= len(made) else None
    completed: Sequence[int] | None = None
    if before:
        is_first = len(own) == len(made)
        since = before.commit
        completed = made if is_first else _completed_since(repo, path, tracker, since, config)
    if not before or completed is None:
        from .journey import recorded  # reads it all

        return recorded(repo, path, tracker, config, now, commits, whole=False)
    earlier = [at for at in completed if at not in made]
    transitions = [
        *_ticks(tracker, made, path, latest[0]),
        *_ticks(tracker, earlier, path, latest[0]._replace(commit=before.commit)),
    ]
    return History(now, transitions, asked=(latest[0].commit,))


def _is_like(one: git.Made, other: git.Made) -> bool:
    """Were they made by one author on one day?"""
    return one.email == other.email and _date(one.date).date() == _date(other.date).date()


def _before(latest: Sequence[git.Made], number: int) -> git.Made | None:
    """Of the *latest* commits that with this number, if what the author did that day came after it.

    No commit is older than those before it, unless a clock was wrong.
    """
    if number == len(latest) or any(_is_like(one, latest[0]) for one in latest[number + 1 :]):
        return None
    before, when = latest[number], _date(latest[0].date)
    day = read_date(before.committed, 0).astimezone(when.tzinfo).date()
    return before if day < when.date() or not before.parents else None


def _completed_since(
    repo: Repository, path: str, tracker: Tracker, commit: str, config: Config
) -> list[int] | None:
    """The tasks that are completed in HEAD, and were not in *commit*.

    None where these are not the tasks of *tracker*.
    """
    inside = files.inside(path, repo.top)
    ((old, new),) = git.versions(repo, [inside], commit, 'HEAD')
    if not old or not new or not is_text(old) or not is_text(new):
        return None
    sides = [
        tracker if data == tracker.data else read_tracker(data, config.preference)
        for data in (old, new)
    ]
    names = [[(task.key, task.text) for task in one.tasks] for one in (*sides, tracker)]
    if names[0] != names[2] or names[1] != names[2]:
        return None
    pairs = zip(sides[0].state, sides[1].state, strict=True)
    return [at for at, (was, now) in enumerate(pairs) if was is not now is Status.COMPLETED]


def _ticks(tracker: Tracker, tasks: Iterable[int], path: str, by: git.Made) -> Iterator[Transition]:
    for at in tasks:
        task = tracker.tasks[at]
        yield Transition(
            task.key, task.title, Status.NOT_STARTED, Status.COMPLETED, by.commit, by.author,
            by.email, _date(by.date), path, (), at,
        )  # fmt: skip


def _date(raw: str) -> datetime:
    """The date that git writes as seconds and offset."""
    return read_date(*map(int, raw.split()))
