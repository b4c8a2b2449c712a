"""RM9: the waivers themselves."""

from collections.abc import Iterator, Sequence
from datetime import date

from ..rule import Problem, Severity, rule
from ..text import Span
from ..tracker import Tracker
from ..waiver import Waiver, misspelled, waivers


@rule('RM901', 'unused-waiver', Severity.WARNING)
def unused_waiver(tracker: Tracker, *, unused: Sequence[Waiver] = ()) -> Iterator[Problem]:
    """A waiver allows something.

    One that does not is left over from a problem that was settled, and will hide the next one.

    ```diff
     - [x] Day 1
     - [x] Day 2
    -<!-- roadmap-md: allow RM301 d1: I was ill -->
    ```
    """
    for waiver in unused:
        task = f" for '{waiver.task}'" if waiver.task else ''
        yield Problem(waiver.span, f'allows {", ".join(waiver.rules)}{task}, where there is none')


@rule('RM902', 'waiver-without-reason', Severity.ERROR)
def waiver_without_reason(tracker: Tracker) -> Iterator[Problem]:
    """A waiver says why.

    The reason is what the next reader needs. Without one, the waiver allows nothing.

    ```diff
     - [x] Day 1
    -<!-- roadmap-md: allow RM104 -->
    +<!-- roadmap-md: allow RM104: printed, never clicked -->

     [ ] Day 2
    ```
    """
    for waiver in waivers(tracker.page):
        if not waiver.reason:
            yield Problem(waiver.span, "no reason given, so it allows nothing; add ': the reason'")


@rule('RM903', 'expired-waiver', Severity.ERROR)
def expired_waiver(tracker: Tracker, *, today: date = date.max) -> Iterator[Problem]:
    """A waiver that ends on a day is removed, or renewed, after it.

    From the next day on it allows nothing.

    ```diff
    -<!-- roadmap-md: allow RM104: until the export works, until 2026-01-31 -->
    +<!-- roadmap-md: allow RM104: until the export works, until 9999-01-31 -->

     [ ] Day 1
    ```
    """
    for waiver in waivers(tracker.page):
        if waiver.reason and waiver.until and waiver.until < today:
            ended = 'on no day that there is' if waiver.until == date.min else f'on {waiver.until}'
            yield Problem(waiver.span, f'ended {ended}, and allows nothing any more')


@rule('RM904', 'unknown-waiver', Severity.ERROR)
def unknown_waiver(tracker: Tracker, *, known: Sequence[str] = ()) -> Iterator[Problem]:
    """A waiver names rules that there are.

    A comment that begins with `roadmap-md:` is meant to allow something; with a slip in it, it
    allows nothing, and nobody is told.

    ```diff
    -<!-- roadmap-md: allow RM140: printed, never clicked -->
    +<!-- roadmap-md: allow RM104: printed, never clicked -->

     [ ] Day 1
    ```
    """
    for waiver in waivers(tracker.page):
        for name in waiver.rules:
            family = name.startswith('RM') and any(code.startswith(name) for code in known)
            if not family and name not in known:
                yield Problem(waiver.span, f"'{name}' is no rule")
    for start, stop in misspelled(tracker.page):
        says = 'write <!-- roadmap-md: allow RULE [task]: the reason -->'
        yield Problem(Span(start, stop), f'is no waiver; {says}')
