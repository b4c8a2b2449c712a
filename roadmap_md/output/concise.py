"""Diagnostics for people, a line each, and what is said of all of them."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ..escape import visible
from ..lint import Diagnostic
from ..rule import Rule, Severity
from .terminal import Painter, counted

# How often there was what: the rule, its severity, and whether a fix of it is safe.
Kinds = Counter[tuple[Rule, Severity, bool | None]]


def diagnostics(found: Sequence[Diagnostic], paint: Painter) -> Iterator[str]:
    """Place, code, what is wrong, the rule's name."""
    for diagnostic in found:
        yield f'{headline(diagnostic, paint)} {paint(f"({diagnostic.rule.name})", "dim")}'


def headline(diagnostic: Diagnostic, paint: Painter) -> str:
    """``ROADMAP.md:26:1: RM301 [*] completed, but …``; the star says that --fix mends it."""
    line, column = diagnostic.start
    color = 'red' if diagnostic.severity is Severity.ERROR else 'yellow'
    place = f'{paint(visible(diagnostic.path), "bold")}:{line}:{column}'
    star = f' {paint("[*]", "cyan")}' if diagnostic.safe else ''
    said = visible(diagnostic.problem.message)
    place = paint.link(place, diagnostic.path, line)
    return f'{place}: {paint(diagnostic.rule.code, color, "bold")}{star} {said}'


def statistics(found: Kinds, paint: Painter) -> Iterator[str]:
    """How often each rule found something, most first, and how often --fix mends it."""
    counts: Counter[Rule] = Counter()
    safe: Counter[Rule] = Counter()
    for (rule, _, is_safe), count in found.items():
        counts[rule] += count
        safe[rule] += count * (is_safe is True)
    for rule, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].code)):
        star = f'[*] {safe[rule]}' if safe[rule] else ''
        yield f'{count:>6}  {paint(rule.code, "bold")}  {paint(star.ljust(8), "cyan")}  {rule.name}'


def summary(found: Kinds, files: int, applied: int) -> str:
    """``fixed 3; 2 errors and 1 warning in 1 file, 1 fixable with --fix``."""
    by_severity: Counter[Severity] = Counter()
    by_safety: Counter[bool | None] = Counter()
    for (_, severity, is_safe), count in found.items():
        by_severity[severity] += count
        by_safety[is_safe] += count
    parts = [counted(by_severity[s], s.value) for s in Severity if by_severity[s]]
    said = f'{" and ".join(parts) or "no problems"} in {counted(files, "file")}'
    safe, unsafe = by_safety[True], by_safety[False]
    if safe:
        said += f', {safe} fixable with --fix'
    if unsafe:
        said += f', {unsafe} {"more" if safe else "fixable"} with --fix --unsafe-fixes'
    return f'fixed {applied}; {said}' if applied else said
