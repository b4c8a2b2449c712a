"""Text for people: the lines of each command's answer."""

from collections.abc import Iterator, Sequence

from ..escape import visible
from ..guidance import Advice, golden_rule, guidance
from ..order import next_task
from ..section import Section, heading
from ..stats import Counts, SectionCounts, by_section, count
from ..status import Status
from ..tracker import Tracker
from .signs import SIGNS, STYLES
from .terminal import Painter, bar, columns, fit, pad, width, wrap

_BAR = 16  # cells
_NUMBERS = 13
PLAN_WITHOUT_STATUSES = "a plan without statuses: 'roadmap-md convert --to box' adds them"


def name(tracker: Tracker, index: int) -> str:
    """A task as people say it: ``week 1 day 3 – Sets``."""
    task = tracker.tasks[index]
    if task.owner:
        return f'{task.owner}: {_unowned(tracker, index)}'
    return _unowned(tracker, index)


def _unowned(tracker: Tracker, index: int) -> str:
    task = tracker.tasks[index]
    if not task.numbering:
        return task.title or task.key
    numbers = [task.numbering.slug]
    for section in tracker.enclosing(task.section):
        around = tracker.sections[section].numbering
        if around and around.slug in task.key.split('/'):
            numbers.append(around.slug)
    said = ' '.join(slug.replace('-', ' ', 1) for slug in reversed(numbers))
    return f'{said} – {task.title}' if task.title else said


def section_name(section: Section, between: str = '  ') -> str:
    """A section without the shouting: its kind and number as its author says them, its title."""
    return between.join(filter(None, number_and_title(section)))


def number_and_title(section: Section) -> tuple[str, str]:
    """The two parts of a section's name; the first is empty where it has no number."""
    if not section.numbering:
        return '', section.text
    said = section.text.removesuffix(section.title).strip(' \t-–—:：|·・*_`')
    if section.title and not section.text.endswith(section.title):
        said = section.numbering.slug.replace('-', ' ', 1).capitalize()
    elif said.isupper():
        said = said.capitalize()
    return said, section.title


def status(tracker: Tracker, path: str, paint: Painter, option: str = '') -> Iterator[str]:
    """Where one is, and what is next; *option* as for `upcoming`."""
    wide = columns()
    yield from title(tracker, path, paint, wide)
    if tracker.tasks:
        counts = count(tracker.state)
        yield '  ' + progress(counts, paint, min(40, wide - 30))
        yield ''
        for row in _outline(tracker):
            yield '  ' + _section_row(tracker, row, paint, wide - 2)
        yield ''
    yield from upcoming(tracker, path, paint, option)


def title(tracker: Tracker, path: str, paint: Painter, wide: int) -> Iterator[str]:
    if title := heading(tracker.sections):
        room = wide - width(visible(path)) - 2
        yield f'{paint(pad(title, room), "bold")}  {paint(visible(path), "dim")}'.rstrip()
    else:
        yield paint(visible(path), 'bold')
    yield ''


def _outline(tracker: Tracker) -> list[SectionCounts]:
    """The sections of the outermost level that has several; numbered ones where there are some."""
    rows = by_section(tracker)
    numbered = [row for row in rows if tracker.sections[row.section].numbering]
    levels: dict[int, list[SectionCounts]] = {}
    for row in numbered or rows:
        levels.setdefault(tracker.sections[row.section].level, []).append(row)
    several = [level for level in sorted(levels) if len(levels[level]) > 1]
    return levels[(several or sorted(levels))[0]] if levels else []


def progress(counts: Counts, paint: Painter, cells: int) -> str:
    """A bar, how many of how many, and the percentage."""
    of = counts.scope
    filled, empty = bar(counts.completed, of, cells)
    percent = '' if counts.percent is None else f'{counts.percent}%'
    drawn = paint(filled, 'green') + paint(empty, 'dim')
    return f'{drawn}  {counts.completed} of {of}  {paint(percent, "bold")}'


def _section_row(
    tracker: Tracker, row: SectionCounts, paint: Painter, wide: int, indent: str = ''
) -> str:
    """One section: its name, a bar, its count and percentage, in at most *wide* cells."""
    cells = wide - _BAR - 2 - _NUMBERS
    counts = row.counts
    of = counts.scope
    filled, empty = bar(counts.completed, of, _BAR)
    done = of > 0 and counts.completed == of
    label = pad(indent + section_name(tracker.sections[row.section]), cells)
    percent = '–' if counts.percent is None else f'{counts.percent}%'
    numbers = f'{counts.completed}/{of}'.rjust(_NUMBERS - 6) + percent.rjust(6)
    style = ('green',) if done else ('bold',) if counts.is_begun else ()
    return f'{paint(label, *style)}  {paint(filled, "green")}{paint(empty, "dim")}{numbers}'


def _is_in_conflict(data: bytes) -> bool:
    return all(sign in data for sign in (b'<' * 7, b'\n' + b'=' * 7, b'\n' + b'>' * 7))


def upcoming(tracker: Tracker, path: str, paint: Painter, option: str = '') -> Iterator[str]:
    """The next task, where it stands, and what to type, with the *option* that names the file."""
    if _is_in_conflict(tracker.data):
        yield paint('Next  ', 'cyan', 'bold') + paint('roadmap-md resolve', 'bold')
        yield f'      {visible(path)} has conflict markers: both sides are counted'
        return
    index = next_task(tracker)
    if not tracker.tasks:
        yield f'  {PLAN_WITHOUT_STATUSES}'
        return
    if index is None:
        blocked = tracker.state.count(Status.BLOCKED)
        yield paint(
            'Nothing is next: ' + (f'{blocked} blocked.' if blocked else 'all is done. 🎉'), 'bold'
        )
        return
    task = tracker.tasks[index]
    wide = columns()
    started = tracker.state[index] is Status.IN_PROGRESS
    yield paint('Now   ' if started else 'Next  ', 'cyan', 'bold') + paint(
        fit(name(tracker, index), wide - 6), 'bold'
    )
    around = ' › '.join(
        tracker.sections[at].text for at in [*tracker.enclosing(task.section)][::-1]
    )
    place = f'{visible(path)}:{task.line + 1}'
    if around:
        yield '      ' + paint(fit(around, wide - 6), 'dim')
    yield '      ' + paint(fit(place, wide - 6), 'dim')
    yield ''
    verb = (
        ('tick', 'when it is done') if started else ('start', 'to begin, and tick next when done')
    )
    yield paint(f'roadmap-md {verb[0]} next{visible(option)}', 'cyan') + f'  {verb[1]}'


def next_up(
    tracker: Tracker, index: int | None, path: str, paint: Painter, option: str = ''
) -> Iterator[str]:
    """The next task with all that the tracker says about it; *option* as for `upcoming`."""
    yield from upcoming(tracker, path, paint, option)
    if index is None or _is_in_conflict(tracker.data):
        return
    for advice in guidance(tracker, index):
        yield ''
        yield from _advice(advice, paint)
    if golden := golden_rule(tracker):
        yield ''
        yield from _advice(golden, paint, 'yellow')


def _advice(advice: Advice, paint: Painter, *styles: str) -> Iterator[str]:
    if advice.heading:
        for row in wrap(advice.heading, columns(), ''):
            yield paint(row, 'bold', *styles)
    for line in advice.lines:
        text = line.strip().replace('**', '')
        indent = '  ' if text[:2] in ('- ', '* ', '+ ') else ''
        yield from wrap(text, columns(), indent)


def after_change(tracker: Tracker, paint: Painter) -> Iterator[str]:
    """Where one is after a change: the bar, what is next, and the golden rule."""
    yield '  ' + progress(count(tracker.state), paint, 30)
    index = next_task(tracker)
    if index is not None:
        label = 'now' if tracker.state[index] is Status.IN_PROGRESS else 'next'
        yield f'  {paint(label, "cyan")}  ' + fit(name(tracker, index), columns() - 8)
    else:
        yield '  ' + paint('nothing is left to do 🎉', 'bold')
    if golden := golden_rule(tracker):
        line = golden.lines[-1].strip().replace('**', '')
        yield from ('  ' + paint(row, 'yellow') for row in wrap(line, columns() - 4, ''))


def task_list(tracker: Tracker, chosen: Sequence[int], paint: Painter) -> Iterator[str]:
    """The tasks under their sections."""
    wide = columns()
    keys = max((width(visible(tracker.tasks[at].key)) for at in chosen), default=0)
    keys = min(keys, wide // 3)
    shown: int | None = None
    for index in chosen:
        task = tracker.tasks[index]
        if task.section != shown:
            if shown is not None:
                yield ''
            shown = task.section
            if shown >= 0:
                around = ' › '.join(
                    section_name(tracker.sections[at]) for at in [*tracker.enclosing(shown)][::-1]
                )
                yield paint(fit(around, wide), 'bold')
        now = tracker.state[index]
        indent = '  ' * _depth(tracker, index)
        sign = paint(SIGNS[now], *STYLES[now])
        text = fit(indent + (task.text or '(no title)'), wide - keys - 6)
        yield f'  {sign} {paint(pad(task.key, keys), "dim")}  {paint(text, *STYLES[now])}'


def _depth(tracker: Tracker, index: int) -> int:
    depth = 0
    while (index := tracker.tasks[index].parent) >= 0:
        depth += 1
    return depth


def head(tracker: Tracker, path: str, paint: Painter, wide: int) -> Iterator[str]:
    """What the tracker is called, and how far it is."""
    yield from title(tracker, path, paint, wide)
    if not tracker.tasks:
        yield f'  {PLAN_WITHOUT_STATUSES}'
        return
    counts = count(tracker.state)
    yield '  ' + progress(counts, paint, min(40, wide - 30))
    yield '  ' + paint(tally(counts), 'dim')


def stats(trackers: Sequence[tuple[str, Tracker]], paint: Painter) -> Iterator[str]:
    """The counts and bars of each tracker and its sections."""
    wide = columns()
    for at, (path, tracker) in enumerate(trackers):
        if at:
            yield ''
        yield from head(tracker, path, paint, wide)
        if not tracker.tasks:
            continue
        yield ''
        rows = by_section(tracker)
        rows = [row for row in rows if tracker.sections[row.section].numbering] or rows
        top = min((tracker.sections[row.section].level for row in rows), default=0)
        for row in rows:
            indent = '  ' * (tracker.sections[row.section].level - top)
            yield '  ' + _section_row(tracker, row, paint, wide - 2, indent)


def tally(counts: Counts) -> str:
    """``12 completed · 1 in progress · 37 not started``; what there is none of is left out."""
    said = [
        f'{number} {field.replace("_", " ")}'
        for field, number in counts._asdict().items()
        if number
    ]
    return ' · '.join(said)
