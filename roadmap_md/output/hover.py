"""What is known of a task, for a window beside the cursor: as Markdown, and as plain text."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from ..escape import markdown_line, visible
from ..guidance import guidance
from ..history import Transition
from ..milestones import Milestones
from ..stats import count
from ..status import Status
from ..tracker import Tracker
from .text import name, section_name


class Form(Enum):
    """What a row is."""

    TITLE = 'title'
    TEXT = 'text'
    QUOTE = 'quote'
    ITEM = 'item'


class Row(NamedTuple):
    """One line, as it is written."""

    form: Form
    text: str


class Story(NamedTuple):
    """What git tells of a task: when, by whom, and the *note* of its last change.

    *is_whole* tells that there is no more to be found out.
    """

    reached: Milestones = Milestones()
    note: str = ''
    is_whole: bool = True


_BULLET = re.compile(r'\s*[-*+]\s+')


def rows(tracker: Tracker, index: int, story: Story) -> Iterator[Row]:
    """The name of a task, its status and story, the note, and what its sections say."""
    yield Row(Form.TITLE, name(tracker, index))
    for line in _status(tracker.state[index], story):
        yield Row(Form.TEXT, line)
    for line in story.note.split('\n') if story.note else ():
        yield Row(Form.QUOTE, line)
    if tracker.tasks[index].section >= 0:
        yield Row(Form.TITLE, _section(tracker, tracker.tasks[index].section))
    for advice in guidance(tracker, index):
        if advice.heading:
            yield Row(Form.TITLE, advice.heading)
        for line in advice.lines:
            bullet = _BULLET.match(line)
            form = Form.ITEM if bullet else Form.TEXT
            yield Row(form, line[bullet.end() :] if bullet else line.strip())


def _status(status: Status, story: Story) -> Iterator[str]:
    started, completed = story.reached
    if started:
        yield f'started {_when(started)}'
    if status is Status.COMPLETED and completed:
        yield f'completed {_when(completed)}'
    elif not (status is Status.IN_PROGRESS and started):
        yield status.words
    if not story.is_whole:
        yield 'its history is being read'


def _when(transition: Transition) -> str:
    if transition.date is None:
        return 'in the file, not committed yet'
    date = transition.date
    day = f'{date:%A} {date.day} {date:%B} {date.year}, {date:%H:%M}'
    return f'{day}, by {transition.author} ({transition.commit[:7]})'


def _section(tracker: Tracker, section: int) -> str:
    """The name of a section and how far it is."""
    pairs = zip(tracker.tasks, tracker.state, strict=True)
    counts = count(status for task, status in pairs if section in tracker.enclosing(task.section))
    of = counts.scope
    return f'{section_name(tracker.sections[section], " – ")}: {counts.completed} of {of}'


def markdown(rows: Iterable[Row]) -> str:
    """*rows* in Markdown, in which no text of theirs means anything."""
    said: list[str] = []
    before = None
    for form, text in rows:
        line = markdown_line(text.strip())
        if said and (form is Form.TITLE or form is not before):
            said.append('')
        if form is Form.TITLE:
            said.append(f'**{line}**')
        elif form is Form.QUOTE:
            said.append(f'> {line}  ')
        else:
            said.append(f'- {line}' if form is Form.ITEM else f'{line}  ')
        before = form
    return '\n'.join(said)


def plain(rows: Iterable[Row]) -> str:
    """*rows* as plain text."""
    said: list[str] = []
    signs = {Form.QUOTE: '  ', Form.ITEM: '- '}
    for form, text in rows:
        if said and form is Form.TITLE:
            said.append('')
        said.append(signs.get(form, '') + visible(text.expandtabs(4)))
    return '\n'.join(said)
