"""Fixes: the edits of problems, applied until there are none left.

A fix is safe where it is computed to be: all keys, titles and states are as they were.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from .config import Config
from .errors import UserError
from .lint import Diagnostic, lint
from .rule import Safety
from .text import Edit, Span, splice
from .tracker import Tracker, read_tracker

_MOST_ROUNDS = 10


class Fixed(NamedTuple):
    """The bytes after all fixes, and the diagnostics whose fixes were applied, in order."""

    data: bytes
    applied: tuple[Diagnostic, ...]


def fix(data: bytes, path: str, config: Config, today: date, unsafe: bool) -> Fixed:
    """Apply the safe fixes of all that ``lint`` finds, the unsafe ones too with *unsafe*.

    A fix that overlaps one before it waits a round. Raises UserError where the fixes come to no
    end; then there is nothing to write.
    """
    seen = {data}
    applied: list[Diagnostic] = []
    for _ in range(_MOST_ROUNDS):
        found = lint(data, path, config, today).diagnostics
        chosen = list(_apart(fixable(data, found, config, unsafe)))
        if not chosen:
            return Fixed(data, tuple(applied))
        data = splice(data, (edit for diagnostic in chosen for edit in diagnostic.problem.edits))
        applied += chosen
        if data in seen:
            break
        seen.add(data)
    rules = ', '.join(sorted({diagnostic.rule.code for diagnostic in applied[-len(chosen) :]}))
    raise UserError(
        f'{path}: the fixes of {rules} come to no end, so nothing was written',
        'ignore one of them, and please report this file',
    )


def fixable(
    data: bytes, found: Sequence[Diagnostic], config: Config, unsafe: bool
) -> list[Diagnostic]:
    """Those of *found* whose fixes may be applied."""
    with_edits = [diagnostic for diagnostic in found if diagnostic.problem.edits]
    if unsafe or not with_edits:
        return with_edits
    safe = are_safe(data, with_edits, config)
    return [diagnostic for diagnostic, is_safe in zip(with_edits, safe, strict=True) if is_safe]


def with_safety(data: bytes, found: Sequence[Diagnostic], config: Config) -> list[Diagnostic]:
    """*found*, telling of each that has a fix whether that is safe."""
    with_edits = [diagnostic for diagnostic in found if diagnostic.problem.edits]
    safe = iter(are_safe(data, with_edits, config))
    return [d._replace(safe=next(safe)) if d.problem.edits else d for d in found]


def are_safe(data: bytes, found: Sequence[Diagnostic], config: Config) -> list[bool]:
    """For each of *found*, which have edits: is its fix safe?

    All are tried together first, then those of each rule, then each alone.
    """
    candidates = [at for at, d in enumerate(found) if d.problem.safety is not Safety.OFFERED]
    if not candidates:
        return [False] * len(found)
    before = read_tracker(data, config.preference)
    safe: set[int] = set()
    if _leaves(before, [found[index] for index in candidates]):
        safe.update(candidates)
        candidates = []
    for code in {found[index].rule.code for index in candidates}:
        indices = [index for index in candidates if found[index].rule.code == code]
        if _leaves(before, [found[index] for index in indices]):
            safe.update(indices)
        else:
            safe.update(index for index in indices if _leaves(before, [found[index]]))
    return [index in safe for index in range(len(found))]


def _leaves(before: Tracker, diagnostics: Sequence[Diagnostic]) -> bool:
    """Do their fixes leave keys, titles and states (of proved ones, states) as they are?"""
    chosen = list(_apart(diagnostics))
    edits = [edit for diagnostic in chosen for edit in diagnostic.problem.edits]
    after = read_tracker(splice(before.data, edits), before.preference)
    if after.state != before.state or len(chosen) < len(diagnostics):
        return False
    if all(diagnostic.problem.safety is Safety.PROVED for diagnostic in chosen):
        return True
    return [(t.key, t.title) for t in after.tasks] == [(t.key, t.title) for t in before.tasks]


def _apart(diagnostics: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Those whose edits lie among none of another rule's, and meet none of their own's; the
    others wait.
    """
    reached: dict[str, int] = {}  # how far the edits of each rule go
    taken: list[Span] = []
    for diagnostic in sorted(diagnostics, key=lambda d: (_hull(d.problem.edits), d.rule.code)):
        code, hull = diagnostic.rule.code, _hull(diagnostic.problem.edits)
        spans = [edit.span for edit in diagnostic.problem.edits]
        among = any(stop >= hull.start for rule, stop in reached.items() if rule != code)
        if among or any(_meets(span, taken) for span in spans):
            continue
        reached[code] = max(hull.stop, reached.get(code, 0))
        for span in spans:
            insort(taken, span)
        yield diagnostic


def _meets(span: Span, taken: Sequence[Span]) -> bool:
    """Does *span* overlap or touch one of *taken*, which lie apart and are sorted?"""
    at = bisect_left(taken, span)
    return any(
        span.start <= other.stop and span.stop >= other.start
        for other in taken[max(at - 1, 0) : at + 1]
    )


def _hull(edits: Sequence[Edit]) -> Span:
    return Span(min(edit.span.start for edit in edits), max(edit.span.stop for edit in edits))
