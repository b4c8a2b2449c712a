"""RM3: the state."""

from bisect import bisect_left
from collections.abc import Iterator

from ..named_sections import status_named
from ..order import Gap, gaps, leaves
from ..rule import Problem, Safety, Severity, rule
from ..status import Status
from ..tracker import Tracker


@rule('RM301', 'skipped-task', Severity.ERROR)
def skipped_task(
    tracker: Tracker, *, no_skipping: bool | None = None, waived: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """No task is completed while an earlier one is open.

    Where the tracker says *No skipping*, this holds for all its tasks; else for tasks that are
    numbered, among those of one kind in neighbouring sections. Blocked and cancelled tasks may
    be passed. Reported once for each gap, at the first completed task behind it.

    ```diff
     ## Week 1
     - [x] Day 1: Lists
     - [ ] Day 2: Tuples
    -- [x] Day 3: Sets
    +- [ ] Day 3: Sets
     - [ ] Day 4: Dictionaries
    ```
    """
    for gap in gaps(tracker, Status.COMPLETED, _no_skipping(tracker, no_skipping)):
        yield from _out_of_order(tracker, gap, waived, 'completed', 'not')


@rule('RM302', 'too-many-in-progress', Severity.ERROR)
def too_many_in_progress(
    tracker: Tracker, *, in_progress: int | None = None, no_skipping: bool | None = None
) -> Iterator[Problem]:
    """Not more tasks are in progress than the limit allows.

    Under *No skipping* one task is in progress at a time; without that line and without
    `limits.in-progress` in the configuration, as many as one likes.

    ```diff
     Rules: No skipping.

     ## Week 1
     - [x] Day 1
     - [/] Day 2
    -- [/] Day 3
    +- [ ] Day 3
    ```
    """
    most = in_progress
    if most is None and _no_skipping(tracker, no_skipping):
        most = 1
    started = [i for i in leaves(tracker) if tracker.state[i] is Status.IN_PROGRESS]
    for index in started[most:] if most is not None else ():
        first = tracker.tasks[started[0]]
        yield Problem(
            tracker.marks[index].span,
            f'in progress, but so is {_quoted(first.title or first.text)} on line {first.line + 1}'
            f' (at most {most})',
            (tracker.tasks[index].key,),
        )


@rule('RM303', 'parent-disagrees', Severity.WARNING)
def parent_disagrees(tracker: Tracker) -> Iterator[Problem]:
    """A task is completed only when everything under it is settled.

    A checked box over an open one tells two stories, and every count made from the file has to
    pick one of them.

    ```diff
    -* [x] Ship the parser
    +* [ ] Ship the parser
       * [x] Lossless round trip
       * [ ] Write the docs
    ```
    """
    reported: set[int] = set()
    for index, task in enumerate(tracker.tasks):
        above = task.parent
        if above < 0 or above in reported or tracker.state[index].settled:
            continue
        if tracker.state[above] is Status.COMPLETED:
            reported.add(above)
            yield Problem(
                tracker.marks[above].span,
                f'completed, but {_quoted(task.title or task.text)} on line {task.line + 1} is not',
                (tracker.tasks[above].key,),
            )


@rule('RM304', 'section-disagrees', Severity.WARNING)
def section_disagrees(tracker: Tracker) -> Iterator[Problem]:
    """A section's own status agrees with its tasks.

    It stands in the heading, in a line such as `Status: done`, or in the row of a table that names
    the section. Completed means that everything beneath is settled, not started that nothing has
    begun; in progress, that something is left. A heading *Done* is over settled tasks only, one
    called *In progress* over none that is completed.

    ```diff
    -## Week 1 ✅
    +## Week 1
     - [x] Lists
     - [ ] Tuples
    ```

    ```diff
     ## Week 1
    -**Status:** not started
    +**Status:** in progress
     - [x] Lists
     - [ ] Tuples
    ```
    """
    for _, section, marks in tracker.statused_sections:
        mark = marks[0].mark
        beneath = _beneath(tracker, section)
        if mark.status and (said := _disagrees(tracker, mark.status, beneath)):
            yield Problem(mark.span, f'{mark.status.words}, but {said}')
    for index, named in enumerate(tracker.sections):
        status = status_named(named.text)
        if status and (said := _not_under(tracker, status, _beneath(tracker, index))):
            yield Problem(tracker.page.line(named.line), f"under '{named.text}' {said}")


def _beneath(tracker: Tracker, section: int) -> range:
    """The tasks beneath *section*."""
    _, _, _, _, line, stop, _ = tracker.sections[section]
    first, last = (
        bisect_left(tracker.tasks, at, key=lambda task: task.line) for at in (line, stop)
    )
    return range(first, last)


def _not_under(tracker: Tracker, status: Status, beneath: range) -> str | None:
    """Why tasks do not go beneath a heading that names *status*.

    An open box may stand beneath *In progress*, where a completed task has no place, and a ticked
    one beneath *To do*, which is what lists of tasks are called.
    """
    if status is Status.COMPLETED:
        return _disagrees(tracker, status, beneath)
    if status is not Status.IN_PROGRESS:
        return None
    for at in beneath:
        if tracker.state[at] is Status.COMPLETED:
            task = tracker.tasks[at]
            return f'{_quoted(task.title or task.text)} on line {task.line + 1} is completed'
    return None


def _disagrees(tracker: Tracker, status: Status, beneath: range) -> str | None:
    """Why tasks with these indices do not go with a section's *status*; None where they do."""
    if status is Status.COMPLETED:
        found = (at for at in beneath if not tracker.state[at].settled)
    elif status is Status.NOT_STARTED:
        begun = (Status.COMPLETED, Status.IN_PROGRESS)
        found = (at for at in beneath if tracker.state[at] in begun)
    elif status is Status.IN_PROGRESS and all(tracker.state[at].settled for at in beneath):
        return f'all of its {len(beneath)} tasks are settled'
    else:
        return None
    if (at := next(found, None)) is None:
        return None
    task, now = tracker.tasks[at], tracker.state[at].words
    return f'{_quoted(task.title or task.text)} on line {task.line + 1} is {now}'


@rule('RM305', 'stale-count', Severity.WARNING)
def stale_count(tracker: Tracker) -> Iterator[Problem]:
    """A count that is kept by hand is right.

    One that is wrong is worse than none, for it is read and the boxes are not. Counts are looked
    for in headings (`[3/5]`, `12/50`, `60%`, `▓▓▓░░`), in lines that say nothing else
    (`Progress: 12/50`, `60% done`, `[####--]`), and in the addresses of progress badges. That of
    a heading speaks of the tasks beneath it; that of a line of those in the innermost section
    that has as many as it says. A count whose total fits nowhere is taken for something else,
    but for one in the brackets of a heading: that is reported, and mended only with
    `--unsafe-fixes`, for it may be a date, as is `60%` in a heading that says more and has no
    number. Completed are counted of all that are not cancelled, or of all where that is the total;
    66% and 67% are both right for 2 of 3.

    ```diff
    -## Week 1 [1/3]
    +## Week 1 [2/3]
     - [x] Lists
     - [x] Tuples
     - [ ] Sets
    ```

    ```diff
     # Python

    -**Overall progress:** █████░░░░░ (2/2 tasks)
    +**Overall progress:** █████░░░░░ (1/2 tasks)

     ## Week 1
     - [x] Lists
     ## Week 2
     - [ ] Tuples
    ```

    ```diff
    -![Progress](https://img.shields.io/badge/progress-0%25-green)
    +![Progress](https://img.shields.io/badge/progress-50%25-green)

     - [x] Lists
     - [ ] Tuples
    ```
    """
    if not tracker.page.may_hold_counts:
        return
    from ..tally import stale  # few trackers keep counts

    for count in stale(tracker):
        said = f'{count.written} is stale: {count.completed} of {count.total} are completed'
        safety = Safety.COMPUTED if count.is_certain else Safety.OFFERED
        yield Problem(count.edit.span, said, edits=(count.edit,), safety=safety)


@rule('RM306', 'started-out-of-order', Severity.ERROR)
def started_out_of_order(
    tracker: Tracker, *, no_skipping: bool | None = None, waived: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """No task is started while an earlier one has not been.

    Holds where RM301 does.

    ```diff
     ## Week 1
     - [x] Day 1
     - [ ] Day 2
    -- [/] Day 3
    +- [ ] Day 3
    ```
    """
    for gap in gaps(tracker, Status.IN_PROGRESS, _no_skipping(tracker, no_skipping)):
        yield from _out_of_order(tracker, gap, waived, 'in progress', 'not started')


def _no_skipping(tracker: Tracker, configured: bool | None) -> bool:
    """What the configuration says, else what the tracker itself declares."""
    return tracker.skeleton.declared.no_skipping is not None if configured is None else configured


def _out_of_order(
    tracker: Tracker, gap: Gap, waived: frozenset[str], says: str, lacks: str
) -> Iterator[Problem]:
    """The problem that *gap* is, unless all its tasks may be left open, which are *lacks*."""
    opened = [index for index in gap.opened if tracker.tasks[index].key not in waived]
    if not opened:
        return
    first = tracker.tasks[opened[0]]
    status = tracker.state[opened[0]]
    still = lacks if status is Status.NOT_STARTED else f'still {status.words}'
    yield Problem(
        tracker.marks[gap.after].span,
        f'{says}, but {_quoted(first.title or first.text)} on line {first.line + 1} is {still}',
        tuple(tracker.tasks[index].key for index in opened),
    )


_LONGEST = 80  # a title may be as long as the file, and stand in a message for each other task


def _quoted(title: str) -> str:
    return f"'{title}'" if len(title) <= _LONGEST else f"'{title[:_LONGEST]}…'"
