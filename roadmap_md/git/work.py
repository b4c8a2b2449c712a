"""All that commits changed, for what follows from it."""

import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from .process import (
    QUESTION,
    QUESTION_OPTIONS,
    Repository,
    ask,
    lost,
    object_name,
    own_environment,
    raw_date,
)
from .stream import BATCH

if TYPE_CHECKING:
    from ..evidence import Commit, File

# As the log in `stream`, of all that commits changed. A child always comes before its parents.
_WORK = (
    '-c', 'log.showSignature=false', '-c', 'log.showRoot=true', '-c', 'log.follow=false',
    '-c', 'log.diffMerges=off', '-c', 'i18n.logOutputEncoding=UTF-8', 'log', '--no-color',
    '--no-decorate', '--no-notes', '--no-renames', '--no-ext-diff', '--no-textconv',
    '--date-order', '--raw', '-z', '--no-abbrev', '--date=raw',
    '--format=C%H%x00P%P%x00T%ad%x00A%aN%x00E%aE%x00S%s',
)  # fmt: skip
_MOST_FILES = 5_000  # of one commit; one of more speaks of nothing in particular


def work(repo: Repository, since: str = '') -> 'Iterator[Commit]':
    """The commits of HEAD, newest first, without those that the commit *since* has too.

    They are read as they come. A merge changes no files, and one with more than 5,000 neither.
    """
    import subprocess

    question = (*_WORK, '--end-of-options', 'HEAD', *([f'^{since}'] if since else []), '--')
    log = subprocess.Popen(
        ('git', '-C', repo.top, *QUESTION_OPTIONS, *question), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**own_environment(), **QUESTION},
    )  # fmt: skip
    try:
        assert log.stdout
        yield from _commits(_fields(log.stdout))
        if log.wait():
            ask(repo, *_WORK[:-1], '--format=', *question[len(_WORK) :])
            raise lost('log')
    finally:
        if log.poll() is None:
            log.kill()
            log.wait()
        if log.stdout:
            log.stdout.close()


def _fields(stream: IO[bytes]) -> Iterator[bytes]:
    """The NUL-terminated fields of *stream*, as they come."""
    rest = b''
    while read := stream.read1(BATCH):  # type: ignore[attr-defined]
        *fields, rest = (rest + read).split(b'\0')
        yield from fields
    if rest:
        raise lost('log')


def _commits(fields: Iterator[bytes]) -> 'Iterator[Commit]':
    from ..evidence import File

    head: list[bytes] = []
    files: list[File] = []
    count = 0
    for field in fields:
        if field[:1] == b'C':
            if head:
                yield _commit_of(head, files if count <= _MOST_FILES else [])
            head = [field, *(next(fields, b'') for _ in range(5))]
            files, count = [], 0
            if b''.join(part[:1] for part in head) != b'CPTAES':
                raise lost('log')
        elif field:
            words = field.lstrip(b'\n').split(b' ')
            path = next(fields, b'')
            if not head or len(words) != 5 or words[0][:1] != b':' or not path:
                raise lost('log')
            count += 1
            modes = words[0][1:4], words[1][:3]
            if b'100' in modes and count <= _MOST_FILES:
                before, after = (
                    object_name(blob, 'log') if mode == b'100' else ''
                    for mode, blob in zip(modes, words[2:4], strict=True)
                )
                files.append(File(os.fsdecode(path), before, after))
    if head:
        yield _commit_of(head, files if count <= _MOST_FILES else [])


def _commit_of(head: list[bytes], files: 'list[File]') -> 'Commit':
    from ..evidence import Commit

    name, parents, date, author, email, subject = (
        part[1:].decode(errors='replace') for part in head
    )
    return Commit(
        name, tuple(parents.split()), author, email, raw_date(date), subject, tuple(files)
    )
