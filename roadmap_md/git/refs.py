"""What many refs hold of one file."""

import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import repeat
from typing import IO, NamedTuple

from ..errors import UserError
from .objects import NO_OBJECTS
from .process import (
    QUESTION,
    QUESTION_OPTIONS,
    Repository,
    ask,
    lost,
    name_line,
    object_name,
    own_environment,
    reply,
    run,
    talk,
    unnamed,
)


class Ref(NamedTuple):
    """A ref by its full *name*, and the *commit* at its tip."""

    name: str
    commit: str


_PATTERNS = 1_000  # in one command line
MOST = 1 << 23  # bytes; a longer file is not read


class Held(NamedTuple):
    """What a *ref* holds: so many bytes of *data*; None where it has no such file, or a long one.

    *size* is -1 where there is none.
    """

    ref: Ref
    size: int
    data: bytes | None


def matching(repo: Repository, patterns: Sequence[str]) -> list[Ref]:
    """The refs that match *patterns*, in the order of their names; a tag is its commit's.

    A pattern is one of ``git for-each-ref``: a whole name, the beginning of some up to a slash, or
    one with ``*``. What points to no commit, and what stands for another ref, is left out; one that
    is damaged itself is at a commit that never is. Raises UserError.
    """
    damaged = set[str]()
    found: list[Ref] = []
    others: list[str] = []
    for at in range(0, len(patterns), _PATTERNS):
        few = patterns[at : at + _PATTERNS]
        out, words = _told(repo, _NAMES, few)
        damaged |= {name for name in _DAMAGED.findall(words) if _matches(name, few)}
        plain = _OF_COMMIT.findall(out)
        found += (Ref(name, commit) for commit, name in plain)
        if len(plain) < out.count('\n'):
            others += _OTHER.findall(out)
    for at in range(0, len(others), _PATTERNS):
        rows = _told(repo, _KINDS, others[at : at + _PATTERNS])[0].split('\n')[:-1]
        for kind, name, peeled, to, ref in (row.split(' ', 4) for row in rows):
            if 'commit' in (kind, peeled):
                commit = name if kind == 'commit' else to
                found.append(Ref(ref, object_name(commit.encode(), 'for-each-ref')))
    found += (Ref(name, NO_OBJECTS[0]) for name in damaged)
    return sorted(found) if others or damaged else found


def _matches(name: str, patterns: Sequence[str]) -> bool:
    """As git itself matches them; it warns of others too."""
    return any(
        f'{name}/'.startswith(pattern.rstrip('/') + '/')
        or (fnmatchcase(name, pattern) and name.count('/') == pattern.count('/'))
        for pattern in patterns
    )


# Such as an empty file, which a crash may leave.
_DAMAGED = re.compile('^warning: ignoring broken ref (.*)$', re.MULTILINE)

_NAMES = '%(symref) %(objectname) %(refname)'
# What is beneath these is a commit; to ask would be to read every one of them.
_BENEATH = 'refs/(?:heads|remotes|cohort)/'
_OF_COMMIT = re.compile(rf'^ ([0-9a-f]{{40}}|[0-9a-f]{{64}}) ({_BENEATH}.*)$', re.MULTILINE)
_OTHER = re.compile(rf'^ [0-9a-f]+ (?!{_BENEATH})(.*)$', re.MULTILINE)
_KINDS = '%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(refname)'


def _told(repo: Repository, form: str, patterns: Sequence[str]) -> tuple[str, str]:
    """What git tells of the refs, and what it warns of."""
    answer = reply(repo, 'for-each-ref', f'--format={form}', '--', *patterns)
    return os.fsdecode(answer.out), answer.words


def held(repo: Repository, wanted: Sequence[Ref], path: str) -> Iterator[Held]:
    """What each of the *wanted* refs has at *path*, in their order; one git tells it all.

    Memory is bounded by one file. One that git cannot read is as one that is not there. Raises
    UserError for a path of two lines.
    """
    end = name_line(b':' + os.fsencode(path)).removesuffix(b'\n')
    names = [ref.commit.encode() + end for ref in wanted]
    for ref, found in zip(wanted, answers(repo, names), strict=True):
        if found is None or found.kind != b'blob':
            yield Held(ref, -1, None)
        else:
            yield Held(ref, found.size, found.data)


class Answer(NamedTuple):
    """An object's *kind*, empty where there is none, its *size*, and its bytes if not too long."""

    kind: bytes
    size: int = -1
    data: bytes | None = None


_IN_A_ROW = 100  # after so many that it cannot read, git is not asked for the others


def answers(repo: Repository, names: Sequence[bytes]) -> Iterator[Answer | None]:
    """The object that each of the *names* means; None for one over which git fails.

    Such a one ends that git, and the next is asked for those that are left; not for ever, if it
    fails over one after another.
    """
    done = in_a_row = 0
    while done < len(names):
        try:
            for answer in _answers(repo, names[done:]):
                yield answer
                done += 1
                in_a_row = 0
        except UserError:
            in_a_row += 1
            given_up = len(names) - done if in_a_row > _IN_A_ROW else 1
            yield from repeat(None, given_up)
            done += given_up


def _answers(repo: Repository, names: Sequence[bytes]) -> Iterator[Answer]:
    import subprocess

    question = ('git', '-C', repo.top, *QUESTION_OPTIONS, 'cat-file', '--batch', '--buffer')
    with (
        unnamed(b'\n'.join((*names, b''))) as given,
        subprocess.Popen(
            question, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**own_environment(), **QUESTION}, bufsize=1 << 18, pipesize=1 << 20,
        ) as contents,
    ):  # fmt: skip
        assert contents.stdout
        try:
            for _ in names:
                yield _next(contents.stdout)
        finally:
            contents.kill()


def _next(contents: IO[bytes]) -> Answer:
    header = contents.readline()
    if header.endswith(b' missing\n'):
        return Answer(b'')
    fields = header.split(b' ')
    if len(fields) != 3 or not fields[2][:-1].isdigit():
        raise lost('cat-file')
    size = left = int(fields[2])
    data = contents.read(min(left, MOST))
    left -= len(data)
    while left and (more := contents.read(min(left, MOST))):
        left -= len(more)
    if left or contents.read(1) != b'\n':
        raise lost('cat-file')
    return Answer(fields[1], size, data if len(data) == size else None)


_LEARNER = 'remote.learner.'  # a remote with another address each time
# Blobs that are no tracker are not asked for; a server that cannot leave them out sends them.
_PARTIAL = {'promisor': 'true', 'partialCloneFilter': f'blob:limit={MOST}', 'tagOpt': '--no-tags'}
_SSH = 'ssh -o BatchMode=yes'  # which asks for no password


def expect_fetches(repo: Repository) -> None:
    """Let git know that objects may be left out, so that it tidies up all the same.

    Said once before, for many that fetch at once may not write to one file.
    """
    if run(repo.top, ('config', f'{_LEARNER}promisor')).out == b'true\n':
        return
    for name, value in _PARTIAL.items():
        ask(repo, 'config', _LEARNER + name, value)
    ask(repo, 'config', 'core.repositoryFormatVersion', '1')
    ask(repo, 'config', 'extensions.partialClone', 'learner')


def fetch_head(repo: Repository, url: str, ref: str) -> str:
    """Let *ref* be what HEAD is at *url*, with all that is beneath it; empty, or git's words."""
    answer = talk(
        repo, '-c', f'{_LEARNER}url={url}', '-c', 'protocol.ext.allow=never', 'fetch', '--quiet',
        '--no-write-fetch-head', '--no-recurse-submodules', '--end-of-options', 'learner',
        f'+HEAD:{ref}',
        environment={**QUESTION, 'GIT_SSH_COMMAND': os.environ.get('GIT_SSH_COMMAND', _SSH)},
    )  # fmt: skip
    if not answer.code:
        return ''
    return answer.words or f'git fetch ended with {answer.code}'
