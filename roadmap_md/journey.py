"""What the rules over history are asked about: a tracker's past, or what is to be committed."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from . import files, git
from .align import align
from .alike import read_alike
from .changes import Changes, Current, rows_of
from .config import Config
from .git import Repository
from .history import Blob, ScopeChange, Transition, read_date
from .past import read_past
from .replay import Replay
from .rules.history import History
from .rules.pace import counts_days, rushed
from .status import Status
from .text import is_readable
from .tracker import Tracker
from .vocabulary import Preference

_MARKDOWN = ('.md', '.markdown')


def recorded(
    repo: Repository, path: str, tracker: Tracker, config: Config, now: datetime,
    asked: Collection[str] | None = None, whole: bool = True,
) -> History:  # fmt: skip
    """The past of *tracker*, which is the file at *path*; of it, the commits *asked* are judged."""
    past = read_past(repo, path, config.preference)
    transitions: Sequence[Transition] = list(past.transitions)
    scope: Sequence[ScopeChange] = list(past.scope)
    if not is_readable(tracker.data):  # then it is of another version that the past tells
        transitions = [change._replace(current=-1) for change in transitions]
        scope = [change._replace(current=-1) for change in scope]
    history = History(now, transitions, scope, asked, whole, incomplete=past.incomplete)
    went_back = {
        transition.commit
        for transition in history.judged(transitions)
        if transition.before is Status.COMPLETED
    }
    gone = list(_gone(history, repo, config.preference))
    return history._replace(
        scope=[change for change in scope if change not in gone],
        reasons=git.notes(repo, went_back),
    )


def _gone(history: History, repo: Repository, preference: Preference) -> Iterator[ScopeChange]:
    """Of what was removed, what is not lost: it is in another file, or the plan was replaced."""
    commits: dict[str, list[ScopeChange]] = {}
    for change in history.judged(history.scope):
        if change.before is Status.COMPLETED:
            commits.setdefault(change.commit, []).append(change)
    for commit, changes in commits.items():
        parent = git.tip(repo, changes[0].path, commit).parent
        if _is_replaced(git.versions(repo, [changes[0].path], parent, commit)[0], preference):
            yield from changes
            continue
        others = [
            path
            for path in git.changed_paths(repo, parent, commit)
            if path.endswith(_MARKDOWN) and path != changes[0].path and '\n' not in path
        ]
        moved = _moved(git.versions(repo, others, parent, commit), preference)
        yield from (change for change in changes if _name(change) in moved)


def _is_replaced(versions: Sequence[bytes | None], preference: Preference) -> bool:
    """Is it another plan, of which no task is the same?"""
    before, after = (_read(data, preference) for data in versions)
    return bool(
        before and after and after.tasks and max(align(before.skeleton, after.skeleton)) < 0
    )


def _moved(versions: Iterable[tuple[bytes | None, ...]], preference: Preference) -> Counter[str]:
    """The titles of the tasks that other files have as completed after a commit, not before it."""
    more: Counter[str] = Counter()
    for before, after in versions:
        more += _completed(after, preference) - _completed(before, preference)
    return more


def _completed(data: bytes | None, preference: Preference) -> Counter[str]:
    tracker = _read(data, preference)
    pairs = zip(tracker.tasks, tracker.state, strict=True) if tracker else ()
    return Counter(t.title or t.key for t, status in pairs if status is Status.COMPLETED)


def _name(change: ScopeChange) -> str:
    return change.title or change.key


def _read(data: bytes | None, preference: Preference) -> Tracker | None:
    try:
        return read_alike(data, preference) if data and is_readable(data) else None
    except UnicodeDecodeError:
        return None


def staged(
    repo: Repository, path: str, tracker: Tracker, heads: Sequence[bytes], config: Config,
    now: datetime,
) -> History:  # fmt: skip
    """What is staged: *tracker*, against what the commits hold that it would come after."""
    replay = Replay(config.preference)
    names = tuple(map(str, range(len(heads))))
    for name, data in zip(names, heads, strict=True):
        replay.add(Blob(name, data))
    inside = files.inside(path, repo.top)
    replay.unsaved(inside, tracker.data, names)
    plan = replay.plan(tracker)
    ledger = replay.ledger()
    changed, others = rows_of(ledger)
    current = Current(ledger, plan)
    transitions: list[Transition] = list(Changes(ledger, changed, current, {}))
    scope: list[ScopeChange] = list(Changes(ledger, others, current, {}))
    if any(change.before is Status.COMPLETED for change in scope):
        scope = _not_elsewhere(repo, inside, scope, heads, tracker, config.preference)
    return upcoming(repo, path, tracker, transitions, config, now)._replace(scope=scope)


def _not_elsewhere(
    repo: Repository, path: str, scope: Sequence[ScopeChange], heads: Sequence[bytes],
    tracker: Tracker, preference: Preference,
) -> list[ScopeChange]:  # fmt: skip
    """*scope* without what was removed but is not lost, as in `_gone`."""
    if _is_replaced((heads[0], tracker.data), preference):
        return []
    others = [
        other
        for other in git.staged_paths(repo)
        if other.endswith(_MARKDOWN) and other != path and '\n' not in other
    ]
    moved = _moved(git.staged_versions(repo, others), preference)
    return [c for c in scope if c.before is None or _name(c) not in moved]


def upcoming(
    repo: Repository, path: str, tracker: Tracker, transitions: Sequence[Transition],
    config: Config, now: datetime, reason: str | None = None,
) -> History:  # fmt: skip
    """*transitions* of *tracker* that are to be committed now, after what was done before today."""
    options = config.rule_options[rushed.code]
    counted = config.selects(rushed) and counts_days(tracker, **options)
    if counted and transitions and (who := git.author(repo)):
        name, email, date = who
        name, email = git.current_names(repo, [(name, email)]).get((name, email), (name, email))
        when = read_date(*map(int, date.split()))
        transitions = [t._replace(author=name, email=email, date=when) for t in transitions]
        transitions += _before(repo, path, tracker, config.preference)
    said = {} if reason is None else {'': reason}
    return History(now, transitions, asked=('',), reasons=said)


def _before(
    repo: Repository, path: str, tracker: Tracker, preference: Preference
) -> Iterator[Transition]:
    """What is committed already, of the tasks of *tracker*."""
    past = read_past(repo, path, preference)
    here = {task.key: at for at, task in enumerate(tracker.tasks)}
    for transition in past.transitions:
        if transition.commit:
            at = transition.current
            current = here.get(past.newest.tasks[at].key, -1) if at >= 0 else -1
            yield transition._replace(current=current)
