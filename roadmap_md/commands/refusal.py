"""What the rules say of a change of statuses before it is made, in words that name the way out."""

import sys
from collections.abc import Iterator, Sequence

from ..config import Config
from ..escape import visible
from ..lint import new_errors
from ..output import text
from ..rule import Problem, Rule, Severity
from ..rules import CHANGE_RULES
from ..rules.pace import counts_days, rushed
from ..rules.transitions import reopened_without_reason
from ..tracker import Tracker
from ..waiver import waiver
from .reading import today

Found = list[tuple[Rule, Problem]]


def asked(after: Tracker, completes: bool, config: Config) -> list[Rule]:
    """The rules over history that have a say in the change; it *completes* tasks or not."""
    return [
        rule
        for rule in CHANGE_RULES
        if config.selects(rule)
        and (rule is rushed or config.severity_of(rule) is Severity.ERROR)
        and (
            rule is not rushed
            or (completes and counts_days(after, **config.rule_options[rule.code]))
        )
    ]


def objections(
    before: Tracker, after: Tracker, todo: Sequence[int], path: str, config: Config,
    rules: Sequence[Rule], note: str = '',
) -> Found:  # fmt: skip
    """What forbids the change of the tasks *todo*: new errors, and what *rules* find."""
    found = new_errors(before, after, config, path, today())
    errors = [rule for rule in rules if config.severity_of(rule) is Severity.ERROR]
    if errors:
        from .judge import forbidden  # few trackers ask for it

        found += forbidden(before, after, todo, path, config, errors, note)
    return found


class Refused(Exception):
    """The rules forbid a change, and nothing was changed.

    *found* is what they found of the trackers *before* and *after* it.
    """

    def __init__(self, found: Found, before: Tracker, after: Tracker) -> None:
        super().__init__(found)
        self.found = found
        self.before = before
        self.after = after


def explain(
    refused: Found, before: Tracker, after: Tracker,
    why: str = 'to say why, use -m', left: str = 'nothing was changed',
) -> None:  # fmt: skip
    """Say which rule forbids the change, and what would allow it.

    *why* tells how a reason is given, *left* what became of the change.
    """
    for said in reasons(refused, before, after):
        print(f'roadmap-md: refused: {visible(said)}', file=sys.stderr)
    for said in (*ways_out(refused, why), left):
        print(f'  {visible(said)}', file=sys.stderr)


def reasons(refused: Found, before: Tracker, after: Tracker) -> Iterator[str]:
    """What forbids the change, each with its rule."""
    for rule, problem in refused:
        said = problem.message
        if (index := _index(problem, after)) is not None:
            verb = 'is' if before.state[index] is after.state[index] else 'would be'
            said = f'{text.name(after, index)} {verb} {said}'
        elif not problem.keys:  # nothing else says where it is
            said = f'line {after.page.locate_line(problem.span.start) + 1}: {said}'
        yield f'{said} ({rule.code} {rule.name})'


def ways_out(refused: Found, why: str) -> Iterator[str]:
    """What would allow the change; *why* tells how a reason is given."""
    if any(rule is reopened_without_reason for rule, _ in refused):
        yield why
    for rule, key in waivable(refused):
        yield f'to allow it, write into the tracker {waiver(rule, key)}'


def waivable(refused: Found) -> list[tuple[Rule, str]]:
    """The rules that would have to be allowed, and for which tasks."""
    pairs = dict.fromkeys(
        (rule, problem.keys[0])
        for rule, problem in refused
        if problem.keys and problem.keys[0] and rule is not reopened_without_reason
    )
    return list(pairs)


def notice(noticed: Sequence[tuple[Rule, Problem]], after: Tracker) -> None:
    """Say what the rules have noticed in what was done."""
    for said in remarks(noticed, after):
        print(f'roadmap-md: {visible(said)}', file=sys.stderr)


def remarks(noticed: Sequence[tuple[Rule, Problem]], after: Tracker) -> Iterator[str]:
    """What the rules have noticed in what was done."""
    for rule, problem in noticed:
        index = _index(problem, after)
        named = text.name(after, index) if index is not None else problem.keys[0]
        yield f'{named} is {problem.message} ({rule.code} {rule.name})'


def _index(problem: Problem, tracker: Tracker) -> int | None:
    """The task whose marker is to be changed."""
    spans = (index for index, mark in enumerate(tracker.marks) if mark.span == problem.span)
    return next(spans, None)
