"""Git's own merge of text, and what configures drivers."""

import os
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..errors import UserError
from .process import QUESTION, Repository, ask, lost, run


class Labels(NamedTuple):
    """What stands behind conflict markers of *size* characters.

    *style* is ``merge.conflictStyle``, what is configured where it is empty.
    """

    ours: str = 'ours'
    base: str = 'base'
    theirs: str = 'theirs'
    size: int = 7
    style: str = ''


def merged_text(base: bytes, ours: bytes, theirs: bytes, labels: Labels) -> tuple[bytes, bool]:
    """What git makes of three texts, and whether that is without a conflict.

    Raises UserError where git merges nothing, as with what is no text, or on a full disk.
    """
    import tempfile

    try:
        with tempfile.TemporaryDirectory(prefix='roadmap-md.') as directory:
            paths = [os.path.join(directory, name) for name in ('ours', 'base', 'theirs')]
            for path, data in zip(paths, (ours, base, theirs), strict=True):
                with open(path, 'wb') as file:
                    file.write(data)
            names = (labels.ours, labels.base, labels.theirs)
            options = [f'--marker-size={labels.size}', *(w for name in names for w in ('-L', name))]
            # It is about no index and no path: the environment may stay as git has made it.
            environment = {**os.environ, **QUESTION}
            style = ('-c', f'merge.conflictStyle={labels.style}') if labels.style else ()
            answer = run('.', (*style, 'merge-file', '-p', *options, *paths), b'', environment)
    except OSError as error:
        hint = 'make room there, or set TMPDIR'
        raise UserError(f'a merge needs temporary files ({error.strerror})', hint) from error
    # The number of conflicts, 127 at most.
    # https://git-scm.com/docs/git-merge-file#_description
    if answer.code not in range(128):
        raise UserError(f'git merge-file failed: {answer.words}', 'merge that file by hand')
    return answer.out, answer.code == 0


def conflict_style(repo: Repository) -> str:
    """What ``merge.conflictStyle`` is in *repo*; ``merge`` where nothing is configured."""
    return run(repo.top, ('config', '--get', 'merge.conflictStyle')).out.decode().strip() or 'merge'


def driver(repo: Repository, section: str) -> dict[str, str]:
    """The settings of a driver, such as ``merge.roadmap-md``, in the configuration of *repo*."""
    question = ('config', '--local', '-z', '--get-regexp', rf'^{re.escape(section)}\.')
    rows = run(repo.top, question).out.decode(errors='replace').split('\0')[:-1]
    pairs = (row.partition('\n') for row in rows)
    return {name.removeprefix(f'{section}.'): value for name, _, value in pairs}


def set_driver(repo: Repository, section: str, settings: Mapping[str, str]) -> None:
    """Configure that driver; without *settings*, no more."""
    if driver(repo, section):
        ask(repo, 'config', '--local', '--remove-section', section)
    for name, value in settings.items():
        ask(repo, 'config', '--local', f'{section}.{name}', value)


def attributes(repo: Repository, name: str, paths: Sequence[str]) -> list[str]:
    """What the attribute *name* is for each of *paths*; ``unspecified`` where nothing says so."""
    out = ask(repo, 'check-attr', '-z', name, '--', *paths) if paths else b''
    fields = out.decode(errors='replace').split('\0')[:-1]
    if len(fields) != 3 * len(paths):
        raise lost('check-attr')
    return fields[2::3]


def global_attributes(repo: Repository) -> str:
    """The file with the user's own attributes, for all repositories; empty where there is none."""
    answer = run(repo.top, ('config', '--get', '--type=path', 'core.attributesFile'))
    home = os.environ.get('XDG_CONFIG_HOME') or os.path.expanduser('~/.config')
    path = os.fsdecode(answer.out.removesuffix(b'\n')) or os.path.join(home, 'git', 'attributes')
    path = os.path.join(repo.top, path)
    return path if os.path.isfile(path) else ''
