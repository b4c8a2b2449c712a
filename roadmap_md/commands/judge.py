"""What the rules over history say of a change of statuses: before it is made, and after."""

from collections.abc import Sequence

from .. import git
from ..config import Config
from ..day import done_today
from ..errors import UserError
from ..git import Repository
from ..history import Change
from ..lint import of_history
from ..rule import Problem, Rule
from ..rules.pace import rushed
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
    found = of_history(tracker, history, config, path, today())
    return [(rule, problem) for rule, problem in found if rule is rushed]
