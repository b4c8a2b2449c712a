"""What ``lint`` tells the rules over history: a range of commits, or all of them."""

import sys
from datetime import datetime

from .. import git, journey
from ..config import Config
from ..errors import UserError
from ..lint import Recall
from ..project import Project
from ..rules import HISTORY_RULES
from ..rules.claims import false_claim
from ..rules.history import History
from ..tracker import Tracker
from .claims import of_commits
from .log import SAID


class Recalls:
    """Tells the past of one file after the other, and of an incomplete one so, once.

    *span* is a range of commits, None for all that there are; what *since* has is left out.
    """

    def __init__(
        self, project: Project, span: str | None, since: str | None, now: datetime
    ) -> None:
        self.project = project
        self.span = span
        self.since = since
        self.now = now
        self.told: set[str] = set()
        self.first = True
        self.commits: tuple[str, ...] = ('HEAD',)

    def of(self, path: str) -> Recall:
        def recall(tracker: Tracker, config: Config) -> History | None:
            return self.recall(path, tracker, config)

        return recall

    def recall(self, path: str, tracker: Tracker, config: Config) -> History | None:
        if not any(config.selects(rule) for rule in (*HISTORY_RULES, false_claim)):
            return None
        repo = git.repository(path, 'history is what git keeps')
        asked, whole = self.asked(repo), self.span is None
        history = journey.recorded(repo, path, tracker, config, self.now, asked, whole)
        self.tell(history)
        if self.first and config.selects(false_claim) and git.tip(repo, '').commit:
            self.first = False
            claims = of_commits(repo, self.commits, self.project, tracker, path, history)
            history = history._replace(claims=list(claims))
        return history

    def asked(self, repo: git.Repository) -> frozenset[str] | None:
        """The commits to judge; None for all."""
        if self.span is None:
            asked = None
        else:
            first, last = git.ends(repo, self.span)
            if git.commits(repo, last, 'HEAD'):
                raise UserError(
                    f"'{self.span}' ends in commits that are not checked out",
                    'check out its end: its waivers and configuration hold',
                )
            self.commits = (last, '^' + first)
            asked = git.commits(repo, last, first)
        if self.since is not None:
            new = git.commits(repo, 'HEAD', git.commit_at(repo, self.since))
            asked = new if asked is None else asked & new
        return asked

    def tell(self, history: History) -> None:
        """Say why more may have happened."""
        for why in history.incomplete:
            if why not in self.told:
                self.told.add(why)
                print(f'roadmap-md: {SAID[why]}', file=sys.stderr)
