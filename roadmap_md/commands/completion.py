"""Completion in shells: the candidates, and the scripts that ask for them.

Whoever presses Tab waits, and did not ask to be told of errors: what cannot be read gives no
candidates. Nothing is changed, an interrupted run neither.
"""

import os
import shlex
from collections.abc import Sequence
from contextlib import suppress

import click
from click import shell_completion
from click.shell_completion import CompletionItem

from .. import files
from ..errors import UserError
from ..escape import visible
from ..project import find_project
from ..rules import RULES
from ..status import Status
from ..structures import remembered
from ..task import Task
from ..tracker import Tracker
from .reading import parse

_VARIABLE = '_ROADMAP_MD_COMPLETE'
_PROGRAM = 'roadmap-md'
_PLACED = ('bash', 'zsh', 'fish')  # the shells that look for scripts in directories
_OURS = '# written by roadmap-md install --completion\n'  # the last line of what we may overwrite

# The statuses from which a command has something to do.
_FROM = {
    'start': (Status.NOT_STARTED, Status.BLOCKED),
    'tick': (Status.NOT_STARTED, Status.IN_PROGRESS, Status.BLOCKED),
    'suggest': (Status.NOT_STARTED, Status.IN_PROGRESS),
    'reset': (Status.COMPLETED, Status.IN_PROGRESS, Status.BLOCKED, Status.CANCELLED),
}


class _BashComplete(shell_completion.BashComplete):
    """click expects a value right behind its option; bash makes a word of the ``=`` between."""

    def get_completion_args(self) -> tuple[list[str], str]:
        words, incomplete = super().get_completion_args()
        return [word for word in words if word != '='], incomplete


class _FishComplete(shell_completion.FishComplete):
    """click's script cuts a title at its first comma."""

    source_template = shell_completion.FishComplete.source_template.replace(
        'string split ","', 'string split --max 1 ","'
    )


class _ZshComplete(shell_completion.ZshComplete):
    """zsh takes a backslash in a title as its own."""

    def format_completion(self, item: CompletionItem[str]) -> str:
        item.help = item.help and item.help.replace('\\', '\\\\')
        return super().format_completion(item)


shell_completion.add_completion_class(_BashComplete)
shell_completion.add_completion_class(_FishComplete)
shell_completion.add_completion_class(_ZshComplete)


def complete(program: click.Command, instruction: str) -> int:
    """Answer a shell: *instruction* is such as ``zsh_complete`` or ``zsh_source``."""
    try:
        return shell_completion.shell_complete(program, {}, _PROGRAM, _VARIABLE, instruction)
    except Exception:  # a traceback would land in the line that is being typed
        return 1


def tasks(context: click.Context, incomplete: str) -> list[CompletionItem[str]]:
    """The keys of the tasks that the command could change, with their titles.

    Of a range only the part after ``..`` is completed.
    """
    before, dots, rest = incomplete.rpartition('..')
    given = context.params.get('tasks') or ()
    command = context.info_name or ''
    found = []
    if 'next'.startswith(incomplete) and command != 'reset':
        found.append(CompletionItem('next', help='the next task'))
    with suppress(UserError, OSError):
        tracker = _tracker(context.params.get('file'))
        found += [
            CompletionItem(before + dots + task.key, help=visible(task.title or task.text) or None)
            for task in _named(_changeable(tracker, command), rest)
            if task.key not in given
        ]
    return found


def _tracker(file: str | None) -> Tracker:
    project = find_project()
    path = file or project.trackers(())[0]
    with remembered(project.root):
        return parse(files.read(path), path, project.config.preference)


def _changeable(tracker: Tracker, command: str) -> list[Task]:
    return [
        task
        for task, status in zip(tracker.tasks, tracker.state, strict=True)
        if status in _FROM.get(command, Status)
        and not task.key.startswith('-')  # which would be an option
    ]


def _named(tasks: Sequence[Task], incomplete: str) -> list[Task]:
    """Those whose key begins so, or its short form, as in ``w1d``; else a word of the title."""
    wanted = incomplete.casefold()
    found = [t for t in tasks if t.key.casefold().startswith(wanted) or _short(t, wanted)]
    return found or [t for t in tasks if f' {wanted}' in f' {t.title.casefold()}']


def _short(task: Task, wanted: str) -> bool:
    return ''.join(_abbreviated(piece) for piece in task.key.split('/')).startswith(wanted)


def _abbreviated(piece: str) -> str:
    """``week-1`` as ``w1``."""
    kind, dash, number = piece.rpartition('-')
    return kind[:1] + number if dash and number[:1].isdigit() else piece


def rules(incomplete: str) -> list[CompletionItem[str]]:
    """The codes of the rules with their names, or the names; after a comma the next one."""
    before, comma, rest = incomplete.rpartition(',')
    found = [(r.code, r.name) for r in RULES if r.code.startswith(rest.upper())]
    found = found or [(r.name, r.code) for r in RULES if r.name.startswith(rest.lower())]
    return [CompletionItem(before + comma + value, help=words) for value, words in found]


def statuses(incomplete: str) -> list[CompletionItem[str]]:
    """The names of the statuses; after a comma the next one."""
    before, comma, rest = incomplete.rpartition(',')
    return [
        CompletionItem(before + comma + status.value)
        for status in Status
        if status.value.startswith(rest)
    ]


def completion(shell: str) -> int:
    """Print the script that makes *shell* complete."""
    print(_script(shell), end='')
    return 0


def _script(shell: str) -> str:
    of_shell = shell_completion.get_completion_class(shell)
    assert of_shell
    program = click.get_current_context().find_root().command
    return of_shell(program, {}, _PROGRAM, _VARIABLE).source()


def install(shell: str, dry_run: bool) -> int:
    """Write the script to where *shell* looks for it, ``auto`` for the user's own shell.

    No other file changes.
    """
    if shell == 'auto':
        shell = _own_shell()
    if shell == 'powershell':
        print('write this line into the file that $PROFILE names:')
        print('roadmap-md completion powershell | Out-String | Invoke-Expression')
        return 0
    path = _place(shell)
    if os.path.lexists(path) and not _is_ours(path):
        raise UserError(f'{path} is not ours', 'move it away, then try again')
    if not dry_run:
        files.write(path, (_script(shell) + _OURS).encode())
    print(f'{"would be " * dry_run}written: {visible(path)}')
    if shell == 'zsh':
        directory = visible(os.path.dirname(path))
        print(f'in ~/.zshrc, before compinit: fpath=({shlex.quote(directory)} $fpath)')
    return 0


def uninstall(shell: str, dry_run: bool) -> int:
    """Delete what install has written, for *shell* or ``auto`` for all."""
    found = [_place(name) for name in _PLACED if shell in ('auto', name)]
    ours = [path for path in found if os.path.lexists(path) and _is_ours(path)]
    for path in ours:
        if not dry_run:
            files.discard(path)
        print(f'{"would be " * dry_run}deleted: {visible(path)}')
    if not ours:
        print('there is no completion that install has written')
    return 0


def _own_shell() -> str:
    name = os.path.basename(os.environ.get('SHELL', ''))
    if name not in _PLACED:
        raise UserError('which shell is yours is not known', 'name it: --completion zsh')
    return name


def _place(shell: str) -> str:
    """Where *shell* looks for a user's scripts; zsh only where it is told to."""
    data = _directory('XDG_DATA_HOME', '.local/share')
    if shell == 'bash':
        # https://github.com/scop/bash-completion#faq
        own = os.environ.get('BASH_COMPLETION_USER_DIR') or os.path.join(data, 'bash-completion')
        return os.path.join(own, 'completions', _PROGRAM)
    if shell == 'zsh':
        return os.path.join(data, 'zsh/site-functions', f'_{_PROGRAM}')
    return os.path.join(
        _directory('XDG_CONFIG_HOME', '.config'), 'fish/completions', f'{_PROGRAM}.fish'
    )


def _directory(variable: str, default: str) -> str:
    """As https://specifications.freedesktop.org/basedir-spec/latest/ has it."""
    given = os.environ.get(variable, '')
    return given if os.path.isabs(given) else os.path.join(os.path.expanduser('~'), default)


def _is_ours(path: str) -> bool:
    return files.read(path).endswith(_OURS.encode())
