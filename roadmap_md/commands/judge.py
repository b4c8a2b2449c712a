"""What the rules over history say of a change of statuses: before it is made, and after."""

from collections.abc import Collection, Sequence

from .. import git
from ..align import align
from ..config import Config
from ..day import done_today
from ..errors import UserError
from ..git import Repository
from ..history import Change
from ..lint import of_history
from ..rule import Problem, Rule, Severity
from ..rules.history import History
from ..rules.pace import rushed
from ..rules.transitions import lost_progress
from ..status import Status
from ..tracker import Tracker
from .reading import now, today


def forbidden(
    before: Tracker, after: Tracker, tasks: Sequence[int], path: str, config: Config,
    rules: Sequence[Rule], note: str,
) -> list[tuple[Rule, Problem]]:  # fmt: skip
    """What *rules* find in the change of *tasks*, which is to be committed with *note*.

    Nothing where git does not work: who commits is told so anyway, and who only tries need not be.
    """
    from ..journey import upcoming  # reads it all

    transitions = [
        Change(
            task.key, task.title, before.state[at], after.state[at], '', '', '', None, path, (), at
        )
        for at, task in ((at, after.tasks[at]) for at in tasks)
    ]
    try:
        repo = git.find(path)
        if repo is None:
            return []
        history = upcoming(repo, path, after, transitions, config, now(), note)
    except UserError:
        return []
    found = of_history(after, history, config, path, today())
    return [(rule, problem) for rule, problem in found if rule in rules]


def rushing(
    repo: Repository, tracker: Tracker, tasks: Sequence[int], path: str, config: Config
) -> list[tuple[Rule, Problem]]:
    """What RM401 finds, now that *tasks* are completed in a commit each."""
    history = done_today(repo, path, tracker, tasks, config, now())
    return _of(rushed, tracker, history, path, config)


def rushed_in(
    repo: Repository, tracker: Tracker, commits: Collection[str], path: str, config: Config
) -> list[tuple[Rule, Problem]]:
    """As `rushing`, of *commits* some of which completed a task."""
    from ..journey import recorded  # reads it all

    history = recorded(repo, path, tracker, config, now(), commits, whole=False)
    return _of(rushed, tracker, history, path, config)


def losing(
    repo: Repository, before: Tracker, after: Tracker, path: str, config: Config
) -> list[tuple[Rule, Problem]]:
    """What RM404, where it is an error, finds in *after*, which is to be committed whole."""
    if not config.selects(lost_progress) or config.severity_of(lost_progress) != Severity.ERROR:
        return []
    left = set(align(before.skeleton, after.skeleton))
    lost = (at for at, was in enumerate(before.state) if was is Status.COMPLETED)
    if left.issuperset(lost):
        return []
    from ..journey import staged  # reads it all

    history = staged(repo, path, after, [before.data], config, now())
    return _of(lost_progress, after, history, path, config)


def _of(
    asked: Rule, tracker: Tracker, history: History, path: str, config: Config
) -> list[tuple[Rule, Problem]]:
    found = of_history(tracker, history, config, path, today())
    return [(rule, problem) for rule, problem in found if rule is asked]
