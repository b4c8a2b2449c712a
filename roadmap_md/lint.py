"""The linter: what the selected rules find in the bytes of a tracker."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .config import Config
from .rule import Problem, Rule, Severity
from .rules import (
    ALL_NAMES,
    GAP_RULES,
    HISTORY_RULES,
    LAST_RULES,
    MESSAGE_RULES,
    SKELETON_RULES,
    STATE_RULES,
    TEXT_RULES,
)
from .text import Location, Span, is_text, line_starts, locate
from .tracker import Tracker, read_tracker
from .vocabulary import Preference
from .waiver import Waiver, waivers

if TYPE_CHECKING:
    from .rules.history import History


class Diagnostic(NamedTuple):
    """A problem with its rule and severity, and where it begins and ends in the file at *path*.

    *safe* tells of its fix; it is None where there is none, or nobody has asked (``fix``).
    """

    rule: Rule
    severity: Severity
    problem: Problem
    path: str
    start: Location
    stop: Location
    safe: bool | None = None


class Report(NamedTuple):
    """What was found in one file, and how many tasks it has."""

    diagnostics: list[Diagnostic]
    tasks: int


Found = list[tuple[Rule, Problem]]
Reader = Callable[[bytes, Preference], Tracker]
# What happened to a tracker, as far as rules that are selected ask for it.
Recall = Callable[[Tracker, Config], 'History | None']


def lint(
    data: bytes, path: str, config: Config, today: date, read: Reader = read_tracker,
    recall: Recall | None = None,
) -> Report:  # fmt: skip
    """The diagnostics of a file, in the order of their places.

    A file that is not text (RM001) is not *read* any further. The rules over history are asked
    where *recall* tells what happened.
    """
    config = config.for_path(path)
    found, tracker = _found(data, path, config, today, read, recall)
    if tracker:
        found = [(r, p._replace(span=_seen(tracker, p.span))) for r, p in found]
    starts = tracker.page.starts if tracker else line_starts(data)
    diagnostics = [
        Diagnostic(
            rule, config.severity_of(rule), problem, path,
            start=locate(data, starts, problem.span.start),
            stop=locate(data, starts, problem.span.stop),
        )
        for rule, problem in sorted(found, key=lambda pair: (pair[1].span, pair[0].code))
    ]  # fmt: skip
    return Report(diagnostics, len(tracker.tasks) if tracker else 0)


def errors(
    data: bytes, path: str, config: Config, today: date, read: Reader = read_tracker
) -> Mapping[str, int]:
    """How often the file breaks each rule that is an error, by code; of that, no more is told."""
    config = errors_only(config.for_path(path))
    found, _ = _found(data, path, config, today, read)
    return Counter(rule.code for rule, _ in found)


def _found(
    data: bytes, path: str, config: Config, today: date, read: Reader, recall: Recall | None = None
) -> tuple[Found, Tracker | None]:
    """What the rules find in the bytes, and the tracker that they are, if they are text."""
    found = [(r, problem) for r in _selected(config, TEXT_RULES) for problem in r.check(data)]
    if not is_text(data):
        return found, None
    tracker = read(data, config.preference)
    history = recall(tracker, config) if recall else None
    return _unwaived(tracker, found, config, path, today, history), tracker


def _seen(tracker: Tracker, span: Span) -> Span:
    """*span*, or where that is empty, as of a status by section, what stands there on its line."""
    if span.start < span.stop:
        return span
    line = tracker.page.line(tracker.page.locate_line(span.start))
    return Span(span.start, line.stop) if span.start < line.stop else Span(line.start, span.stop)


def new_errors(
    before: Tracker, after: Tracker, config: Config, path: str, today: date
) -> list[tuple[Rule, Problem]]:
    """The errors of *after* that *before* did not have."""
    config = errors_only(config.for_path(path))
    known = {
        (rule.code, name)
        for rule, problem in _unwaived(before, [], config, path, today)
        for name in _names(problem, before)
    }
    return [
        (rule, problem)
        for rule, problem in _unwaived(after, [], config, path, today)
        if any((rule.code, name) not in known for name in _names(problem, after))
    ]


def _names(problem: Problem, tracker: Tracker) -> tuple[str | bytes, ...]:
    """What it is known by in another version: its tasks, or the text of its line if it has none."""
    line = tracker.page.line(tracker.page.locate_line(problem.span.start))
    return problem.keys or (tracker.data[slice(*line)],)


def of_history(
    tracker: Tracker, history: 'History', config: Config, path: str, today: date
) -> Found:
    """What the rules over history find, without what is waived."""
    found = list(_of_history(tracker, config.for_path(path), history))
    return _sifted(found, list(_waived(tracker, path)), today)[0] if found else []


_ASKED = (*TEXT_RULES, *SKELETON_RULES, *STATE_RULES)
_OF_THE_PAST = (*HISTORY_RULES, *MESSAGE_RULES)


@lru_cache(maxsize=16)
def errors_only(config: Config) -> Config:
    """*config* without the rules that cannot refuse anything."""
    every = (*_ASKED, *_OF_THE_PAST, *LAST_RULES)
    warnings = (rule.code for rule in every if config.severity_of(rule) is not Severity.ERROR)
    return config._replace(ignore=(*config.ignore, *warnings))


@lru_cache(maxsize=16)
def _selected(config: Config, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if config.selects(rule))


def _unwaived(
    tracker: Tracker, found: Found, config: Config, path: str, today: date,
    history: 'History | None' = None,
) -> Found:  # fmt: skip
    """*found* and the problems that the selected rules find, without those that are waived."""
    waived = list(_waived(tracker, path))
    options = config.rule_options
    found = found + list(_of_skeleton(tracker, config))
    for rule in _selected(config, STATE_RULES):
        found += [(rule, p) for p in rule.check(tracker, **options.get(rule.code, {}))]
    if history:
        found += _of_history(tracker, config, history)
    kept, used = _sifted(found, waived, today) if waived else (found, set())
    for rule in GAP_RULES:
        # Of a gap some tasks may be left open: what is left of it is another problem.
        keys = frozenset(k for w, k in waived if k and w.allows(rule.code, rule.name, today))
        if keys and any(other is rule for other, _ in kept):
            again = rule.check(tracker, **options.get(rule.code, {}), waived=keys)
            kept = [(r, p) for r, p in kept if r is not rule] + [(rule, p) for p in again]
    unused = [
        waiver
        for at, (waiver, _) in enumerate(waived)
        if at not in used and waiver.is_in_force(today) and _are_asked(waiver, config, history)
    ]
    last: Mapping[str, Mapping[str, Any]] = {
        'RM901': {'unused': unused}, 'RM903': {'today': today}, 'RM904': {'known': ALL_NAMES},
    }  # fmt: skip
    return kept + [
        (rule, problem)
        for rule in _selected(config, LAST_RULES)
        for problem in rule.check(tracker, **last.get(rule.code, {}))
    ]


def _of_skeleton(tracker: Tracker, config: Config) -> Iterator[tuple[Rule, Problem]]:
    """What the rules find that look at the skeleton; they find nothing twice in the same one."""
    for rule in _selected(config, SKELETON_RULES):
        if rule.code not in tracker.silent:
            problems = list(rule.check(tracker))
            if not problems:
                tracker.silent.add(rule.code)
            yield from ((rule, problem) for problem in problems)


def _of_history(
    tracker: Tracker, config: Config, history: 'History'
) -> Iterator[tuple[Rule, Problem]]:
    options = config.rule_options
    for rule in _selected(config, HISTORY_RULES):
        for problem in rule.check(tracker, history=history, **options.get(rule.code, {})):
            yield rule, problem
    for rule in _selected(config, MESSAGE_RULES):
        yield from ((rule, problem) for problem in history.claims)


def _sifted(
    found: Found, waived: Sequence[tuple[Waiver, str | None]], today: date
) -> tuple[Found, set[int]]:
    """The problems that no waiver allows, and the indices of the waivers that allow one."""
    # Those that say the same are asked once: a file may hold as many of them as problems.
    alike: dict[str, dict[tuple[str, ...], list[int]]] = {}
    for at, (waiver, key) in enumerate(waived):
        if key is not None and waiver.is_in_force(today):
            alike.setdefault(key, {}).setdefault(waiver.rules, []).append(at)
    used: set[tuple[str, tuple[str, ...]]] = set()
    kept: Found = []
    for rule, problem in found:
        allowing = {
            (key, said)
            for key in ('', *problem.keys)
            for said, places in alike.get(key, {}).items()
            if waived[places[0]][0].allows(rule.code, rule.name, today)
        }
        used |= allowing
        keys = {key for key, _ in allowing}
        if not allowing or ('' not in keys and not set(problem.keys) <= keys):
            kept.append((rule, problem))
    return kept, {at for key, said in used for at in alike[key][said]}


def _waived(tracker: Tracker, path: str) -> Iterator[tuple[Waiver, str | None]]:
    """Each waiver with the key of its task: '' is the whole file, None no single task.

    Of a task that is gone it is what the waiver calls it.
    """
    for waiver in waivers(tracker.page):
        if not waiver.task:
            yield waiver, ''
            continue
        from .select import named  # few trackers have waivers

        found = named(tracker, waiver.task, path)
        if found:
            yield waiver, tracker.tasks[found[0]].key if len(found) == 1 else None
        else:
            yield waiver, waiver.task


def _are_asked(waiver: Waiver, config: Config, history: 'History | None') -> bool:
    """Were all the rules of *waiver* asked, so that it can be said that it allows nothing?"""
    whole = history is not None and history.asked is None
    named = [
        rule
        for rule in (*_ASKED, *_OF_THE_PAST)
        if any(rule.code.startswith(name) or rule.name == name for name in waiver.rules)
        and (config.selects(rule) or not rule.off)
    ]
    return bool(named) and all(
        config.selects(rule) and (whole or rule not in _OF_THE_PAST) for rule in named
    )
