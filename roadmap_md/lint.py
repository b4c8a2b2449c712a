"""The linter: what the selected rules find in the bytes of a tracker."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from .config import Config
from .errors import UserError
from .rule import Problem, Rule, Severity
from .rules import TEXT_RULES, TRACKER_RULES
from .text import Location, line_starts, locate
from .tracker import Tracker, read_tracker
from .waiver import Waiver, waivers


class Diagnostic(NamedTuple):
    """A problem with its rule, and where it begins and ends; *path* is the file's, as given."""

    rule: Rule
    problem: Problem
    path: str
    start: Location
    stop: Location


class Report(NamedTuple):
    """What was found in one file, and how many tasks it has."""

    diagnostics: list[Diagnostic]
    tasks: int


def lint(data: bytes, path: str, config: Config, today: date) -> Report:
    """The diagnostics of a file, in the order of their places.

    A file that is not text (RM001) is not read any further.
    """
    tasks = 0
    starts = line_starts(data)
    found = [(rule, problem) for rule in TEXT_RULES for problem in rule.check(data)]
    if not any(rule.code == 'RM001' for rule, _ in found):
        tracker = read_tracker(data, config.preference)
        tasks = len(tracker.tasks)
        found += tracker_problems(tracker, config, path, today)
    found = [(rule, problem) for rule, problem in found if is_selected(rule, config)]
    diagnostics = [
        Diagnostic(rule, problem, path, *(locate(data, starts, at) for at in problem.span))
        for rule, problem in sorted(found, key=lambda pair: (pair[1].span, pair[0].code))
    ]
    return Report(diagnostics, tasks)


def tracker_problems(
    tracker: Tracker, config: Config, path: str, today: date
) -> list[tuple[Rule, Problem]]:
    """The problems of the selected rules that no waiver allows."""
    options = config.rule_options
    waived = list(_waived(tracker, path))
    found: list[tuple[Rule, Problem]] = []
    for rule in TRACKER_RULES:
        if is_selected(rule, config):
            allowed = {key for waiver, key in waived if waiver.allows(rule.code, rule.name, today)}
            problems = rule.check(tracker, **options.get(rule.code, {}))
            found += [(rule, p) for p in problems if '' not in allowed and p.key not in allowed]
    return found


def new_errors(
    before: Tracker, after: Tracker, config: Config, path: str, today: date
) -> list[tuple[Rule, Problem]]:
    """The errors of *after* that *before* did not have."""
    known = {(r.code, p.key) for r, p in tracker_problems(before, config, path, today)}
    return [
        (rule, problem)
        for rule, problem in tracker_problems(after, config, path, today)
        if rule.severity is Severity.ERROR and (rule.code, problem.key) not in known
    ]


def is_selected(rule: Rule, config: Config) -> bool:
    """Is *rule* selected, and not ignored? The longer of two names that fit wins."""
    return _fit(rule, config.select) > _fit(rule, config.ignore)


def _fit(rule: Rule, names: Sequence[str]) -> int:
    lengths = (len(name) for name in names if rule.code.startswith(name))
    return len(rule.code) if rule.name in names else max(lengths, default=0)


def _waived(tracker: Tracker, path: str) -> Iterator[tuple[Waiver, str]]:
    """Each waiver with the key of the task that it names; one that names none allows nothing."""
    for waiver in waivers(tracker.page):
        if not waiver.task:
            yield waiver, ''
            continue
        from .select import resolve  # few trackers have waivers

        try:
            yield waiver, tracker.tasks[resolve(tracker, waiver.task, path)].key
        except UserError:
            continue
