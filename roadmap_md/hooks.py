"""Plain git hooks: where they go, what is in them, and what it takes to write or remove them.

Nothing that somebody else wrote is lost: an existing hook is kept beside ours, which calls it
first; a hook that the work tree holds gets one line. Removing restores bytes and modes.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from . import files, git
from .errors import UserError
from .git import Repository

# By this a file or a line is known as ours, also when it was edited since.
MARK = b'written by roadmap-md install'
BEFORE = 'before-roadmap-md'
LEGACY = 'legacy'  # what pre-commit and prek call the hook that they found


class Hook(NamedTuple):
    """A hook that we write: a file of our own, or a *line* in one of somebody else's."""

    name: str
    text: bytes
    line: bytes


PRE_COMMIT = Hook(
    'pre-commit',
    rb"""#!/bin/sh
# written by roadmap-md install: checks the trackers that are staged
before="${0%/*}/pre-commit.before-roadmap-md" now="${0%/*}/pre-commit"
if [ -x "$before" ] && ! cmp -s "$before" "$now"; then "$before" "$@" || exit; fi
GIT_LITERAL_PATHSPECS=0 git diff --cached --quiet --diff-filter=d -- '*.md' '*.markdown' && exit 0
PATH="$PATH:${0%/*}"
command -v roadmap-md >/dev/null || {
  echo 'no roadmap-md on PATH: install it, or git commit --no-verify' >&2
  exit 1
}
exec roadmap-md lint --staged --quiet
""",
    b"GIT_LITERAL_PATHSPECS=0 git diff --cached --quiet --diff-filter=d -- '*.md' '*.markdown'"
    b' || roadmap-md lint --staged --quiet || exit # ' + MARK,
)
COMMIT_MSG = Hook(
    'commit-msg',
    rb"""#!/bin/sh
# written by roadmap-md install: checks what the message claims
before="${0%/*}/commit-msg.before-roadmap-md" now="${0%/*}/commit-msg"
if [ -x "$before" ] && ! cmp -s "$before" "$now"; then "$before" "$@" || exit; fi
grep -qi '^roadmap-task' "$1" || exit 0 # nothing is claimed
PATH="$PATH:${0%/*}"
command -v roadmap-md >/dev/null || {
  echo 'no roadmap-md on PATH: install it, or git commit --no-verify' >&2
  exit 1
}
exec roadmap-md hook commit-msg "$1"
""",
    b'! grep -qi \'^roadmap-task\' "$1" || roadmap-md hook commit-msg "$1" || exit # ' + MARK,
)
HOOKS = (PRE_COMMIT, COMMIT_MSG)


class Step(NamedTuple):
    """What is to be done about one hook, and how that is said once it is done.

    Without *make* there is nothing to do, or, where something is *left*, nothing that we may do.
    """

    said: str
    make: Callable[[], None] | None = None
    left: bool = False


class _Place(NamedTuple):
    """Where one hook goes. *top* is the work tree that holds the file, '' where none does.

    Git runs it only where it is *executable*; husky runs any.
    """

    hook: Hook
    path: str
    top: str
    executable: bool

    @property
    def before(self) -> str:
        return f'{self.path}.{BEFORE}'

    @property
    def shown(self) -> str:
        return os.path.relpath(self.path)


def install(repo: Repository) -> list[Step]:
    """The steps that give *repo* our hooks. Raises UserError where one of them cannot be."""
    directory = git.hooks_directory(repo)
    if os.path.lexists(directory) and not os.path.isdir(directory):
        raise UserError(
            f'git looks for hooks in {directory}, which is no directory',
            'make it one, or git config --unset core.hooksPath',
        )
    return [_installed(place) for place in _places(repo)]


def uninstall(repo: Repository) -> list[Step]:
    """The steps that take our hooks away from *repo*, and nothing else."""
    return [step for place in _places(repo) for step in _uninstalled(place)]


def _places(repo: Repository) -> Iterator[_Place]:
    directory = os.path.realpath(git.hooks_directory(repo))
    top = os.path.realpath(repo.top)
    is_ours = any(_holds(d, directory) for d in (repo.common, os.path.realpath(repo.directory)))
    inside = top if _holds(top, directory) and not is_ours else ''
    has_husky = os.path.basename(directory) == '_' and os.path.exists(f'{directory}/h')
    if has_husky:
        directory = os.path.dirname(directory)  # it writes its own anew, and calls these
    for hook in HOOKS:
        yield _Place(hook, os.path.join(directory, hook.name), inside, not has_husky)


def _holds(directory: str, path: str) -> bool:
    return os.path.commonpath((directory, path)) == directory


def _installed(place: _Place) -> Step:
    hook, path, top, executable = place
    if not os.path.lexists(path):
        note = '; commit it, and everybody has it' if top else ''
        return Step(f'written: {place.shown}{note}', partial(_write, path, hook.text))
    data = files.read(path)
    if executable and not os.access(path, os.X_OK) and (top or data == hook.text):
        raise UserError(f'{place.shown} is not executable', f'chmod +x {place.shown}')
    if data == hook.text or hook.line in data.split(b'\n'):
        return Step(f'there already: {place.shown}')
    if _is_legacy(place):
        return Step(f'there already: {place.shown}.{LEGACY}, which {place.shown} calls')
    if MARK in data:
        return Step(f'{place.shown} was edited since roadmap-md wrote it: left as it is', left=True)
    if top:
        return _edited(place, data)
    if os.path.lexists(place.before):
        raise UserError(
            f'{os.path.relpath(place.before)} is in the way', 'see whose hook that is, and move it'
        )
    kept = os.path.basename(place.before)
    said = f'written: {place.shown}; it calls the hook that was there, now {kept}, first'
    return Step(said, partial(_write, path, hook.text, place.before))


def _is_legacy(place: _Place) -> bool:
    """Whether another tool keeps our hook beside its own."""
    legacy = f'{place.path}.{LEGACY}'
    return os.path.isfile(legacy) and files.read(legacy) == place.hook.text


def _edited(place: _Place, data: bytes) -> Step:
    """Our line, as the first of a script: whatever ends the script early comes after it."""
    hook, path, top, _ = place
    has_interpreter = data.startswith(b'#!')
    if b'\0' in data or (has_interpreter and not re.match(rb'#!.*\b(?:ba|da|k|z|a)?sh\b', data)):
        raise UserError(
            f'{place.shown} is no shell script', f'run this in it: {hook.line.decode()}'
        )
    lines = data.split(b'\n')
    lines.insert(int(has_interpreter), hook.line)
    said = f'a line was added: {place.shown}; commit it, and everybody has it'
    return Step(said, partial(files.replace, path, data, b'\n'.join(lines), inside=top))


def _uninstalled(place: _Place) -> Iterator[Step]:
    hook, path, top, _ = place
    data = files.read(path) if os.path.lexists(path) else None
    is_kept = os.path.lexists(place.before)
    if is_kept and data in (None, hook.text):
        yield Step(f'restored: {place.shown}', partial(os.replace, place.before, path))
    elif data is None:
        return
    elif data == hook.text:
        yield Step(f'removed: {place.shown}', partial(os.unlink, path))
    elif hook.line in (lines := data.split(b'\n')):
        lines.remove(hook.line)
        new = b'\n'.join(lines)
        said = f'the line was removed: {place.shown}'
        yield Step(said, partial(files.replace, path, data, new, inside=top or None))
    elif MARK in data:
        said = f'{place.shown} was edited since roadmap-md wrote it: left as it is'
        yield Step(said, left=True)
    elif _is_legacy(place):
        said = f'{place.shown} calls {place.shown}.{LEGACY}: first uninstall what has written it'
        yield Step(said, left=True)
    elif is_kept:
        kept = os.path.relpath(place.before)
        yield Step(f'{place.shown} is not by roadmap-md; {kept} is left as it is', left=True)


def _write(path: str, text: bytes, keep: str = '') -> None:
    """Write a hook, whole; the one that is there is kept under the name *keep*."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    temporary = f'{path}.roadmap-md.{os.urandom(4).hex()}'
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o777), 'wb') as file:
            file.write(text)
        if keep:
            os.rename(path, keep)
        os.replace(temporary, path)
    except OSError:
        files.discard(temporary)
        raise


def link(repo: Repository) -> None:
    """Lay a link to this roadmap-md beside its hooks, for those who do not have it on the PATH."""
    place = next(_places(repo))
    command = _command()
    if place.top or not command:
        return
    path = os.path.join(os.path.dirname(place.path), 'roadmap-md')
    if os.path.lexists(path) and not _is_link(path):
        return
    files.discard(path)
    os.symlink(command, path)


def unlink(repo: Repository) -> None:
    """Remove what `link` has made."""
    place = next(_places(repo))
    path = os.path.join(os.path.dirname(place.path), 'roadmap-md')
    if not place.top and _is_link(path):
        files.discard(path)


def _is_link(path: str) -> bool:
    """Whether *path* is a link to a roadmap-md, as we make one."""
    return os.path.islink(path) and os.path.basename(os.readlink(path)) == 'roadmap-md'


def _command() -> str:
    """The executable that we are; empty where it is not to be found."""
    beside = os.path.join(os.path.dirname(sys.executable), 'roadmap-md')
    for path in map(os.path.abspath, (sys.argv[0], beside)):
        if os.path.basename(path) == 'roadmap-md' and os.access(path, os.X_OK):
            return path
    return ''
