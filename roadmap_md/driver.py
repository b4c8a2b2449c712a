"""The drivers in a repository: their configuration, and attributes that name the trackers.

One merges statuses task by task, the other says under which heading a hunk of a diff is.
Where the command is gone, or does not run, the driver is ``git merge-file``: an unmerged path
without conflict markers, or one that was merged by a guess, is never what is left.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from shlex import quote

from . import files, git
from .git import Repository
from .hooks import MARK, Step

# Exit 1 is a conflict, but it is also what Python says when it cannot run us; the markers tell.
_MERGE = r'merge-file -- %O %A %B %P %L %S %X %Y && exit; grep -q "^<\{%L\}" %A && exit 1; '
_TEXT = 'git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1'
DRIVER = {
    'name': 'roadmap-md: statuses task by task',
    'driver': (
        'PATH="$PATH:$(git rev-parse --git-path hooks)"; '
        f'if command -v roadmap-md >/dev/null; then roadmap-md {_MERGE}fi; {_TEXT}'
    ),
}
# Headings, but for those of punctuation alone. https://git-scm.com/docs/gitattributes
DIFF_DRIVER = {
    'xfuncname': (
        '!^ {0,3}#{1,6}[[:space:]]+[-=~*_#.[:space:]]*$\n'
        '^ {0,3}(#{1,6}[[:space:]].*)$'
    ),
}  # fmt: skip
_MERGES, _DIFFS = 'merge.roadmap-md', 'diff.roadmap-md'
_MERGED, _SHOWN = b' merge=roadmap-md', b' diff=roadmap-md'
# What runs us as we are running, wherever that is: -m would take what lies in the work tree.
_SELF = (
    'import sys; sys.path[0] = {root!r}; import roadmap_md.__main__ as us; del sys.path[0]; '
    'sys.exit(us.main())'
)
_FIRST = b'# ' + MARK
_OWN = _FIRST + b', with this file'


def install(repo: Repository, paths: Sequence[str]) -> list[Step]:
    """The steps by which git merges and shows the trackers at *paths*, from the top, by ours."""
    present = git.driver(repo, _MERGES)
    data = _attributes(repo)
    if present and present != DRIVER and MARK not in data:
        said = "merge.roadmap-md is configured by somebody else's hand: left as it is"
        return [Step(said, left=True)]
    shown = _unclaimed(repo, paths)
    wanted = _with(data, paths, shown, os.path.lexists(_file(repo)))
    settings = DIFF_DRIVER if shown else {}
    is_set = not shown or git.driver(repo, _DIFFS) == settings
    if is_set and (present, data) == (DRIVER, wanted):
        return [Step(f'there already: the merge driver, for {_listed(paths)}')]
    make = partial(_set, repo, wanted, settings)
    return [Step(f'written: the merge driver, for {_listed(paths)}', make)]


def uninstall(repo: Repository) -> Iterator[Step]:
    """The steps that take our drivers away from *repo*, and nothing else."""
    data = _attributes(repo)
    if MARK in data or git.driver(repo, _MERGES) == DRIVER:
        yield Step('removed: the merge driver', partial(_unset, repo))


def _unclaimed(repo: Repository, paths: Sequence[str]) -> list[str]:
    """Those of *paths* of which nobody else has said how git shows their changes."""
    if git.driver(repo, _DIFFS) not in ({}, DIFF_DRIVER) and _SHOWN not in _attributes(repo):
        return []
    said = zip(paths, git.attributes(repo, 'diff', paths), strict=True)
    return [path for path, value in said if value in ('unspecified', 'roadmap-md')]


def for_one_run(repo: Repository, paths: Sequence[str], attributes: str) -> tuple[str, ...]:
    """Options by which a git merges the trackers at *paths* with our driver, installed or not.

    The file *attributes* is written for it. It comes last: what the work tree's .gitattributes
    and git's own directory say wins, but for ``merge=union``, which would tick and untick in one.
    """
    first = files.read(known) if (known := git.global_attributes(repo)) else b''
    own = b''.join(pattern(path) + b' merge=roadmap-md\n' for path in paths)
    files.write(attributes, first.rstrip(b'\n') + b'\n' + own)
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    code = quote(_SELF.format(root=root))
    start = f'{quote(sys.executable)} -c {code} '.replace('%', '%%')
    driver = f'{start}{_MERGE}{_TEXT}'
    options = [
        f'core.attributesFile={attributes}', f'merge.roadmap-md.name={DRIVER["name"]}',
        f'merge.roadmap-md.driver={driver}',
    ]  # fmt: skip
    said = zip(paths, git.attributes(repo, 'merge', paths), strict=True)
    if united := [path for path, value in said if value == 'union']:
        named = '|'.join(map(quote, united)).replace('%', '%%')
        union = f'case %P in {named}) {driver};; *) git merge-file --union %A %O %B;; esac'
        options.append(f'merge.union.driver={union}')
    return tuple(word for option in options for word in ('-c', option))


def _set(repo: Repository, attributes: bytes, settings: Mapping[str, str]) -> None:
    git.set_driver(repo, _MERGES, DRIVER)
    if settings or _SHOWN in _attributes(repo):
        git.set_driver(repo, _DIFFS, settings)
    _write(repo, attributes)


def _unset(repo: Repository) -> None:
    git.set_driver(repo, _MERGES, {})
    data = _attributes(repo)
    if _SHOWN in data or git.driver(repo, _DIFFS) == DIFF_DRIVER:
        git.set_driver(repo, _DIFFS, {})
    rest = _without(data)
    if data.startswith(_OWN) and not rest:
        files.discard(_file(repo))
    elif rest != data:
        _write(repo, rest)


def _file(repo: Repository) -> str:
    return os.path.join(repo.common, 'info', 'attributes')


def _attributes(repo: Repository) -> bytes:
    path = _file(repo)
    return files.read(path) if os.path.lexists(path) else b''


def _write(repo: Repository, attributes: bytes) -> None:
    path = _file(repo)
    if os.path.lexists(path):  # there may be more in it than ours, which a full disk must not take
        files.replace(path, files.read(path), attributes)
    else:
        files.write(path, attributes)


def _with(data: bytes, paths: Sequence[str], shown: Sequence[str], exists: bool) -> bytes:
    """*data* with our lines first: what is said after them wins, as its author means it to."""
    is_own = data.startswith(_OWN) or not exists
    rows = [_OWN if is_own else _FIRST]
    rows += (pattern(path) + _MERGED + _SHOWN * (path in shown) for path in paths)
    return b''.join(row + b'\n' for row in rows) + _without(data)


def _without(data: bytes) -> bytes:
    if MARK not in data:
        return data
    rows = data.splitlines(keepends=True)
    at = next(index for index, row in enumerate(rows) if MARK in row)
    stop = at + 1
    while stop < len(rows) and rows[stop].rstrip().removesuffix(_SHOWN).endswith(_MERGED):
        stop += 1
    return b''.join(rows[:at] + rows[stop:])


def pattern(path: str) -> bytes:
    """What fits *path* alone. https://git-scm.com/docs/gitattributes"""
    escaped = re.sub(r'([*?\[\\])', r'\\\1', '/' + os.path.normpath(path))
    if re.fullmatch(r'[!-~]+', escaped) and '"' not in escaped:
        return escaped.encode()
    quoted = re.sub(rb'(["\\])', rb'\\\1', os.fsencode(escaped))
    return b'"' + re.sub(rb'[^ -~]', lambda found: b'\\%03o' % found[0][0], quoted) + b'"'


def _listed(paths: Sequence[str]) -> str:
    return ', '.join(paths)
