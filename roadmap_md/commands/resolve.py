"""``resolve``: the conflicts of a tracker that can be settled with certainty, settled."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from shlex import quote
from typing import NamedTuple

from .. import files, git
from ..commit import UNDER_WAY
from ..conflicts import Conflict, find_conflicts
from ..disagreement import Left, Settled, left, settled
from ..errors import UserError
from ..escape import visible
from ..git import Labels, Repository
from ..merge import merge
from ..merge_markers import Three
from ..merging import text_merge
from ..output import conflicts as shown
from ..output.diff import unified
from ..output.terminal import Painter, painter
from ..project import Project, find_project
from ..resolve import base_of
from ..resolve import resolve as resolved
from ..structures import remembered
from ..vocabulary import Preference
from .reading import check
from .settle import settle


class Options(NamedTuple):
    """What was asked for; *ref* are the commits to merge: base, ours, theirs."""

    ref: tuple[str, str, str] | None = None
    to: str | None = None
    add: bool = False
    diff: bool = False
    dry_run: bool = False
    output_format: str = 'text'
    color: str = 'auto'


class _Resolved(NamedTuple):
    """A tracker as it was and as it is; *base* is what both sides come from, if that is known."""

    path: str
    before: bytes
    after: bytes
    base: bytes | None
    preference: Preference

    @property
    def left(self) -> list[Left]:
        return left(self.after, self.base, self.preference)

    @property
    def settled(self) -> list[Settled]:
        return list(settled(self.before, self.after, self.preference))


def resolve(path: str | None, options: Options) -> int:
    """Settle what can be in the tracker at *path*, else in those configured; 1 if some is left."""
    project = find_project([path] if path else [])
    settle(project)
    paths = (path,) if path is not None else project.trackers(())
    with remembered(project.root):
        if options.ref:
            return _of_commits(project, paths, options.ref, options.to)
        found = [_resolve(project, one) for one in paths if path or os.path.lexists(one)]
        writes = not (options.diff or options.dry_run)
        for one in found if writes else ():
            files.replace(one.path, one.before, one.after)
            if options.add and one.before != one.after and not one.left:
                _add(one.path)
        _report(found, options, writes)
        return 1 if any(one.left for one in found) else 0


def _resolve(project: Project, path: str) -> _Resolved:
    data = files.read(path)
    check(data, path)
    preference = project.config.preference
    try:
        conflicts = find_conflicts(data)
    except UserError as error:
        raise UserError(f'{path}: {error.message}', error.hint) from None
    if not conflicts:
        return _Resolved(path, data, data, None, preference)
    repo = git.find(path)
    versions = _versions(repo, path) if repo else None
    has_base = all(conflict.base for conflict in conflicts)
    labels = _labels(conflicts[0], _style(repo, has_base))
    merged = resolved(data, versions, text_merge(labels), preference)
    base = base_of(data, conflicts) if has_base else None
    return _Resolved(path, data, merged.data, versions[0] if versions else base, preference)


def _labels(conflict: Conflict, style: str) -> Labels:
    ours, base, theirs = (label.decode(errors='replace') for label in conflict.labels)
    return Labels(ours, base, theirs, conflict.size, style)


def _style(repo: Repository | None, has_base: bool) -> str:
    """That of conflicts which have a base, or none. The two styles that have one look alike."""
    if not has_base:
        return 'merge'
    return 'zdiff3' if repo and git.conflict_style(repo) == 'zdiff3' else 'diff3'


def _versions(repo: Repository, path: str) -> Three | None:
    """Base, ours and theirs as in the work tree; None where the index has not all of them."""
    name = _name(repo, path)
    blobs = git.stages(repo, name)
    if len(blobs) < 3:
        return None
    base, ours, theirs = (git.checked_out(repo, blobs[stage], name) for stage in (1, 2, 3))
    return base, ours, theirs


def _name(repo: Repository, path: str) -> str:
    return files.inside(path, repo.top)


def _add(path: str) -> None:
    if repo := git.find(path):
        git.add(repo, _name(repo, path))


def _report(found: Sequence[_Resolved], options: Options, written: bool) -> None:
    if options.output_format == 'json':
        from ..output import json

        print(json.document(files=[
            {'path': one.path, **shown.parts(one.settled, one.left)} for one in found
        ]))  # fmt: skip
        return
    paint = painter(sys.stdout, options.color)
    for one in found:
        if options.diff:
            rows = unified(one.path, one.before, one.after)
        else:
            rows = _told(one, options.add, written, paint)
        for row in rows:
            print(row)


def _told(one: _Resolved, add: bool, written: bool, paint: Painter) -> Iterator[str]:
    was, now = len(find_conflicts(one.before)), one.left
    named = visible(one.path)
    if not was:
        repo = git.find(one.path)
        waits = bool(repo and git.stages(repo, _name(repo, one.path)))
        hint = f'; if it is as it should be: git add {visible(quote(one.path))}'
        yield f'no conflicts in {named}' + hint * waits
        return
    would = '' if written else 'would be '
    said = f'{named}: {was} {"conflict" if was == 1 else "conflicts"}'
    if not now:
        yield f'{said} {would}settled'
    elif one.after == one.before:
        yield f'{said}, left as {"it is" if was == 1 else "they are"}'
    elif len(now) < was:
        yield f'{said}, {len(now)} {would}left'
    else:
        yield f'{said}, {would}settled in part'
    yield from shown.settled(one.settled, paint)
    yield from shown.left(one.path, now, paint)
    if written or now:
        yield from _next(one.path, len(now), add)


def _next(path: str, left: int, add: bool) -> Iterator[str]:
    repo = git.find(path)
    ending = f'git add {visible(quote(path))}' if repo else ''
    if left:
        yield f'settle {"that" if left == 1 else "those"} by hand' + f', then {ending}' * bool(repo)
    elif repo and add:
        found = (end for name, (_, end) in UNDER_WAY.items() if git.under_way(repo, name))
        end = re.sub(r' \(or .*?\)|,? or .*', '', next(found, ''))
        yield f'staged, next: {end}' if end else 'staged'
    elif repo:
        yield f'next: {ending}'


def _of_commits(
    project: Project, paths: Sequence[str], commits: tuple[str, str, str], to: str | None
) -> int:
    """Merge what three commits hold, and print it, or write it *to* a file."""
    if len(paths) > 1:
        raise UserError('several trackers are configured', 'say which: ' + ', '.join(paths))
    repo = git.repository(paths[0], 'run it in one')
    name = _name(repo, paths[0])
    base, ours, theirs = (_held(repo, commit, name) for commit in commits)
    labels = Labels(commits[1], commits[0], commits[2], style=git.conflict_style(repo))
    merged = merge(base, ours, theirs, text_merge(labels), project.config.preference)
    if to is not None:
        files.write(to, merged.data)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(merged.data)
    if not merged.clean:
        for one in left(merged.data, base, project.config.preference):
            for row in shown.told(one, labels.ours, labels.theirs):
                print(f'roadmap-md: {row}', file=sys.stderr)
    return 0 if merged.clean else 1


def _held(repo: Repository, commit: str, name: str) -> bytes:
    data = git.blob_at(repo, commit, name)
    if data is None:
        raise UserError(f"there is no {name} in '{commit}'", 'name the file as it is called there')
    check(data, f'{commit}:{name}')
    return data
