"""Git's own merge of text, and the configuration of a merge driver."""

import os
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..errors import UserError
from .process import QUESTION, Repository, ask, run

_DRIVER = 'merge.roadmap-md'


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

    Raises UserError where git merges nothing, as with what is no text.
    """
    import tempfile

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
    # The number of conflicts, 127 at most.
    # https://git-scm.com/docs/git-merge-file#_description
    if answer.code not in range(128):
        raise UserError(f'git merge-file failed: {answer.words}', 'merge that file by hand')
    return answer.out, answer.code == 0


def conflict_style(repo: Repository) -> str:
    """What ``merge.conflictStyle`` is in *repo*; ``merge`` where nothing is configured."""
    return run(repo.top, ('config', '--get', 'merge.conflictStyle')).out.decode().strip() or 'merge'


def merge_driver(repo: Repository) -> dict[str, str]:
    """The settings of our merge driver in the configuration of *repo* itself, by name."""
    question = ('config', '--local', '-z', '--get-regexp', rf'^{re.escape(_DRIVER)}\.')
    rows = run(repo.top, question).out.decode(errors='replace').split('\0')[:-1]
    pairs = (row.partition('\n') for row in rows)
    return {name.removeprefix(f'{_DRIVER}.'): value for name, _, value in pairs}


def set_merge_driver(repo: Repository, settings: Mapping[str, str]) -> None:
    """Configure our merge driver; without *settings*, no more."""
    if merge_driver(repo):
        ask(repo, 'config', '--local', '--remove-section', _DRIVER)
    for name, value in settings.items():
        ask(repo, 'config', '--local', f'{_DRIVER}.{name}', value)


def global_attributes(repo: Repository) -> str:
    """The file with the user's own attributes, for all repositories; empty where there is none."""
    answer = run(repo.top, ('config', '--get', '--type=path', 'core.attributesFile'))
    home = os.environ.get('XDG_CONFIG_HOME') or os.path.expanduser('~/.config')
    path = os.fsdecode(answer.out.removesuffix(b'\n')) or os.path.join(home, 'git', 'attributes')
    path = os.path.join(repo.top, path)
    return path if os.path.isfile(path) else ''


def with_merge(repo: Repository, paths: Sequence[str], name: str) -> list[str]:
    """Those of *paths* whose attribute ``merge`` is *name*."""
    fields = ask(repo, 'check-attr', '-z', 'merge', '--', *paths).split(b'\0')[:-1]
    pairs = zip(fields[::3], fields[2::3], strict=False)
    return [os.fsdecode(path) for path, said in pairs if said == name.encode()]
