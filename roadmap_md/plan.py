"""New trackers: weeks and days with boxes to tick, in the form that is asked for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from .errors import UserError
from .escape import without_unseen
from .markdown import Kind
from .status import Status
from .tracker import Tracker, read_tracker


class Form(Enum):
    """What a task looks like: ``- [ ] Day 1``, ``- ⬜ Day 1``, or ``[ ] Day 1`` on a bare line."""

    BOX = 'box'
    EMOJI = 'emoji'
    LINE = 'line'


class Week(NamedTuple):
    """A week with its number and the titles of its days; a title may be empty."""

    number: int
    titles: tuple[str, ...]


_BEFORE = {Form.BOX: '- [ ] ', Form.EMOJI: '- ⬜ ', Form.LINE: '[ ] '}
_BREAK = {Form.BOX: '', Form.EMOJI: '', Form.LINE: '  '}  # GitHub would join bare lines
_LEGENDS = {
    Form.BOX: ('- [ ] Not started', '- [/] In progress', '- [x] Completed'),
    Form.EMOJI: ('- ⬜ Not started', '- 🟨 In progress', '- ✅ Completed'),
    Form.LINE: ('[ ] Not started  ', '🟨 In progress  ', '✅ Completed  '),
}
RULES = 'Rules: No skipping. No rushing. Tick daily.'


def weeks_of(titles: Sequence[str], weeks: int | None, days: int) -> list[Week]:
    """*titles* in *weeks* of so many *days*; as many weeks as they need where that is None.

    Days without a title follow. Raises UserError where there are more titles than days.
    """
    needed = -(-len(titles) // days)
    count = max(needed, 1) if weeks is None else weeks
    if needed > count:
        raise UserError(
            f'{len(titles)} titles are more than {count * days} days',
            f'say --weeks {needed}, or leave it out',
        )
    every = (*titles, *[''] * (count * days - len(titles)))
    return [Week(at + 1, every[at * days : at * days + days]) for at in range(count)]


def new_tracker(title: str, weeks: Sequence[Week], form: Form, legend: bool, rules: bool) -> bytes:
    """The bytes of a tracker in which nothing is started.

    It is read before it is given away. Raises UserError for a title that would not be read as one.
    """
    lines = [f'# {_plain(title)}', '']
    for paragraph in _preface(form, legend, rules):
        lines += [*paragraph, '']
    for week in weeks:
        lines += [f'## Week {week.number}', '']
        for number, text in enumerate(week.titles, 1):
            said = f'Day {number}: {_plain(text)}' if _plain(text) else f'Day {number}'
            lines.append(f'{_BEFORE[form]}{said}{_BREAK[form]}')
        lines.append('')
    data = '\n'.join(lines).encode()
    wanted = [_plain(text) for week in weeks for text in week.titles]
    _check(read_tracker(data), wanted)
    return data


def _plain(text: str) -> str:
    return ' '.join(without_unseen(text).split())


def _check(tracker: Tracker, wanted: Sequence[str]) -> None:
    for task, title in zip(tracker.tasks, wanted, strict=True):
        if task.title != title:
            raise UserError(
                f"'{title}' would not be read as the title of a day", 'say it otherwise'
            )


def _preface(form: Form, legend: bool, rules: bool) -> Iterator[tuple[str, ...]]:
    if rules:
        yield (RULES,)
    if legend:
        yield ('## Legend',)
        yield _LEGENDS[form]


def with_preface(data: bytes, form: Form, legend: bool, rules: bool) -> bytes:
    """The tracker *data* with declared rules and a legend beneath its title.

    A heading would take what follows for its own, and a list would go on in the tasks' list: so
    the legend is lines with a label. Raises UserError where there is a legend, or where keys,
    titles or statuses would change.
    """
    before = read_tracker(data)
    if legend and (there := before.skeleton.legend):
        raise UserError(f'there is a legend on line {min(there.lines) + 1}', 'say --no-legend')
    rows = [RULES, ''] * rules
    if legend:
        rows += ['Legend:  ', *(f'{entry}  ' for entry in _entries(before, form)), '']
    at, is_behind = _place(before)
    end = b'\r\n' if b'\r\n' in data else b'\n'
    if is_behind:
        rows = [''] * (1 + (not data[:at].endswith(b'\n'))) + rows
        if data[at:].startswith(end) or at == len(data):
            rows.pop()
    new = data[:at] + b''.join(row.encode() + end for row in rows) + data[at:]
    after = read_tracker(new)
    if _as_told(after) != _as_told(before):
        raise UserError('with that legend the tasks would be read otherwise', 'say --no-legend')
    return new


def _entries(tracker: Tracker, form: Form) -> Iterator[str]:
    """The entries of a legend: the symbols that *tracker* has, else those of *form*."""
    from .phrase import read_phrase  # a new tracker has no need of it

    counts: dict[Status, Counter[str]] = {}
    for mark, status in zip(tracker.marks, tracker.state, strict=True):
        phrase = read_phrase(tracker.data[slice(*mark.span)].decode(), tracker.vocabulary)
        symbol = phrase and (phrase.symbol or phrase.behind.strip())
        if symbol and tracker.vocabulary.status(symbol.encode()) is status:
            counts.setdefault(status, Counter())[symbol] += 1
    statuses = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETED)
    for status, usual in zip(statuses, _LEGENDS[form], strict=True):
        entry = usual.removeprefix('- ').rstrip()
        if status in counts:
            symbol = counts[status].most_common(1)[0][0]
            entry = f'{symbol} {status.words.capitalize()}'
        yield entry


def _as_told(tracker: Tracker) -> list[tuple[str, str, Status]]:
    pairs = zip(tracker.tasks, tracker.state, strict=True)
    return [(task.key, task.title, status) for task, status in pairs]


def _place(tracker: Tracker) -> tuple[int, bool]:
    """Where a preface goes: behind the heading that the file begins with, else before all."""
    page = tracker.page
    if not page.blocks:
        return len(page.data), False
    first = page.blocks[0]
    is_heading = first.kind in (Kind.HEADING, Kind.UNDERLINED)
    line = first.stop if is_heading else first.first
    return page.starts[line] if line < len(page.starts) else len(page.data), is_heading
