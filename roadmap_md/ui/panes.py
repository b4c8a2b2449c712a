"""What stands beside the tree: what is under the cursor, the log, the statistics.

Text from files and git is made visible first, and is never read as markup.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from rich.text import Text

from ..commands.log import SAID
from ..escape import visible
from ..guidance import Advice, golden_rule, guidance
from ..history import Entry
from ..output.chronicle import date_of, screen
from ..output.journal import name_then
from ..output.signs import SIGNS, STYLES
from ..output.terminal import Painter, wrap
from ..output.text import name, progress, section_name, tally
from ..overview import Part
from ..section import heading
from ..tracker import Tracker
from .desk import Story
from .labels import fitted

# The past, or why there is none to show.
Past = Story | str

_MOST = 500  # rows of the log
_LATELY = 8
_BAR = 24  # cells
_NAMED = 48  # from so many on, the log says of which week a task is


def about(tracker: Tracker, part: Part, past: Past, cells: int) -> Text:
    """What there is to say of *part*."""
    rows = _task if part.task >= 0 else _section
    return _lines(rows(tracker, part, past, cells))


def _section(tracker: Tracker, part: Part, past: Past, cells: int) -> Iterator[Text]:
    assert part.counts  # there are tasks beneath it
    yield Text(visible(section_name(tracker.sections[part.section])), 'bold')
    yield Text()
    bar = min(max(cells - 18, 4), _BAR)
    yield Text.from_ansi(progress(part.counts, Painter(True), bar))
    yield Text(tally(part.counts), 'dim')
    beneath = {tracker.tasks[task].key for task in part.tasks}
    found = [entry for entry in _entries(past) if entry.current in beneath]
    if found:
        yield from (Text(), Text('Lately', 'bold cyan'))
        yield from (_row(entry, _day(entry), cells) for entry in found[:_LATELY])


def _task(tracker: Tracker, part: Part, past: Past, cells: int) -> Iterator[Text]:
    index = part.task
    task, status = tracker.tasks[index], tracker.state[index]
    yield Text(visible(name(tracker, index)), 'bold')
    yield Text(f'{SIGNS[status]} {status.words}', ' '.join(STYLES[status]))
    for at in reversed([*tracker.enclosing(task.section)]):
        if tracker.sections[at].text != heading(tracker.sections):
            yield Text(visible(section_name(tracker.sections[at])), 'dim')
    yield Text(f'line {task.line + 1} · {visible(task.key)}', 'dim')
    found = [entry for entry in _entries(past) if entry.current == task.key]
    yield from [Text()] * bool(found)
    for entry in found:
        yield from _with_note(entry, cells)
    for advice in guidance(tracker, index):
        yield from _advice(advice, 'bold')
    if golden := golden_rule(tracker):
        yield from _advice(golden, 'bold yellow')


def _entries(past: Past) -> tuple[Entry, ...]:
    return () if isinstance(past, str) else past.entries


def _with_note(entry: Entry, cells: int) -> Iterator[Text]:
    of = entry.of
    when = f'{of.date:%Y-%m-%d %H:%M}' if of.date else 'not committed yet'
    yield Text.assemble((SIGNS[of.after], ' '.join(STYLES[of.after])), f' {when}')
    yield from _note(entry, cells)


def _note(entry: Entry, cells: int) -> Iterator[Text]:
    for line in entry.note.splitlines():
        yield from (Text(f'  {row}', 'italic') for row in wrap(line, cells - 2, ''))


def _advice(advice: Advice, look: str) -> Iterator[Text]:
    yield Text()
    if advice.heading:
        yield Text(visible(advice.heading), look)
    yield from (Text(visible(line.strip().replace('**', ''))) for line in advice.lines)


def log(past: Past, cells: int) -> Text:
    """What was done, day by day, newest first."""
    if isinstance(past, str):
        return Text(visible(past), 'dim')
    return _lines(_log(past, cells)) if past.entries else Text('no task has changed its status')


def _log(past: Story, cells: int) -> Iterator[Text]:
    for reason in past.incomplete:
        yield from (Text(SAID[reason], 'yellow'), Text())
    for at, (day, entries) in enumerate(groupby(past.entries[:_MOST], _date)):
        yield from [Text()] * bool(at)
        yield Text(date_of(day) if day else 'Not committed yet', 'bold')
        for entry in entries:
            yield _row(entry, f'{entry.of.date:%H:%M}' if entry.of.date else ' ' * 5, cells)
            yield from _note(entry, cells)
    if len(past.entries) > _MOST:
        yield from (Text(), Text("'roadmap-md log' shows the rest", 'dim'))


def _row(entry: Entry, when: str, cells: int) -> Text:
    named = name_then(entry.of) if cells >= _NAMED else entry.of.title or name_then(entry.of)
    said = fitted(named, cells - len(when) - 3)
    after = entry.of.after
    return Text.assemble((when, 'dim'), (f' {SIGNS[after]} ', ' '.join(STYLES[after])), said)


def _date(entry: Entry) -> date | None:
    return entry.of.date.date() if entry.of.date else None


def _day(entry: Entry) -> str:
    return f'{entry.of.date:%d %b}' if entry.of.date else 'now   '


def stats(past: Past, cells: int) -> Text:
    """Streak, weeks, squares, pace, forecast."""
    if isinstance(past, str):
        return Text(visible(past), 'dim')
    rows = screen(past.chronicle, (), past.incomplete, Painter(True), cells + 2)
    return Text.from_ansi('\n'.join(row[2:] for row in rows))


def _lines(rows: Iterable[Text]) -> Text:
    return Text('\n').join(rows)
