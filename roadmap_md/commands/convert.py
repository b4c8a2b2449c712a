"""``convert``: the tracker's tasks in another form, in the file; the commit is the user's."""

import os
from shlex import quote

from .. import files
from ..convert import PLAIN, Conversion, Form, converted
from ..errors import UserError
from ..escape import visible
from ..output.diff import unified
from ..project import find_project, work_tree
from ..select import sections_named
from ..vocabulary import Family
from .reading import parse
from .settle import settle

_FORMS = {
    Form.BOX: 'list boxes',
    Form.EMOJI: 'list emoji',
    Form.LINE: 'bare lines',
    Form.TABLE: 'rows of tables',
}
_CARRIERS = {
    'list item box': 'list boxes',
    'list item emoji': 'list emoji',
    'bare line': 'bare lines',
    'table cell': 'rows of tables',
    'section name': 'list items beneath headings that name a status',
    'strikethrough': 'list items that are struck through',
    'item bar': 'list items with a bar',
    PLAIN: 'list items without a status',
}


def convert(
    path: str | None,
    to: Form,
    style: Family | None,
    names: tuple[str, ...],
    everything: bool,
    diff: bool,
    dry_run: bool,
) -> int:
    """Give the tasks of one tracker the form *to*, those in sections with *names* only, if any."""
    if (to.value, style) in (('box', Family.EMOJI), ('emoji', Family.BOX)):
        raise UserError(f'--to {to.value} and --markers {style and style.value}', 'say one of them')
    project = find_project([path] if path else [])
    settle(project)
    trackers = (path,) if path else project.trackers(())
    if len(trackers) > 1:
        raise UserError('several trackers are configured', 'say which: ' + ', '.join(trackers))
    data = files.read(trackers[0])
    tracker = parse(data, trackers[0], project.config.preference)
    sections = sections_named(tracker, names) if names else None
    made = converted(tracker, to, style, sections, everything)
    if diff:
        for row in unified(trackers[0], data, made.data):
            print(row)
    elif made.data == data:
        print(f'nothing to convert in {visible(trackers[0])}')
    elif dry_run:
        print('would be converted: ' + _said(made, to))
    else:
        files.replace(trackers[0], data, made.data)
        _report(trackers[0], made, to)
    return 0


def _report(path: str, made: Conversion, to: Form) -> None:
    print(_said(made, to))
    if work_tree(os.path.dirname(path) or '.'):
        message = f"'docs(roadmap): convert to {_FORMS[to]}'"
        print(f'not committed: git commit -m {message} -- {visible(quote(path))}')


def _said(made: Conversion, to: Form) -> str:
    """``50 tasks: bare lines → list boxes``."""
    total = made.carriers.total()
    names = [_CARRIERS[name] for name, _ in made.carriers.most_common()]
    return f'{total} {"task" if total == 1 else "tasks"}: {", ".join(names)} → {_FORMS[to]}'
