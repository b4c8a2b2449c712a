"""What is configured: files, rules, markers, commits, limits, days that do not count."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from .rule import Rule, Severity
from .vocabulary import Preference


class Config(NamedTuple):
    """What holds, whether it was configured or not; *source* is the file it comes from.

    Rules are named by code, family (``RM3``) or name; *severity* pairs such a name with what it
    is raised or lowered to, *per_file_ignores* a pattern of paths with what is ignored there.
    *rest_days* are weekdays (Monday is 0), or how many days of any week; None is as the plan has
    it. *pauses* are first and last days.
    """

    source: str = ''
    files: tuple[str, ...] = ('ROADMAP.md',)
    select: tuple[str, ...] = ('RM',)
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    preference: Preference = Preference()
    commit_type: str = 'docs'
    commit_scope: str = 'roadmap'
    in_progress: int | None = None
    no_skipping: bool | None = None
    rest_days: tuple[int, ...] | int | None = None
    pauses: tuple[tuple[date, date], ...] = ()

    @property
    def rule_options(self) -> Mapping[str, Mapping[str, Any]]:
        """The options of the rules that have some, by code."""
        order = {'no_skipping': self.no_skipping}
        return {'RM301': order, 'RM306': order, 'RM302': {**order, 'in_progress': self.in_progress}}

    def for_path(self, path: str) -> 'Config':
        """The configuration for the file at *path*, where more may be ignored."""
        if not self.per_file_ignores:
            return self
        from fnmatch import fnmatch

        bare = path.removeprefix('./')
        ignored = (
            name
            for pattern, names in self.per_file_ignores
            if fnmatch(bare, pattern) or fnmatch(bare.rpartition('/')[2], pattern)
            for name in names
        )
        return self._replace(ignore=(*self.ignore, *ignored))

    def selects(self, rule: Rule) -> bool:
        """Is *rule* selected, and not ignored? The longer of two names that fit wins."""
        return _fit(rule, (*self.select, *self.extend_select)) > _fit(rule, self.ignore)

    def severity_of(self, rule: Rule) -> Severity:
        """The rule's own severity, or that of the longest name that fits it."""
        best, severity = 0, rule.severity
        for name, configured in self.severity:
            if (length := _fit(rule, (name,))) > best:
                best, severity = length, configured
        return severity


def _fit(rule: Rule, names: Sequence[str]) -> int:
    """How much of the rule's code the best of *names* says; 0 where none fits."""
    lengths = (len(name) for name in names if rule.code.startswith(name))
    return len(rule.code) if rule.name in names else max(lengths, default=0)
