"""The versions of a file, read while git writes them."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING

from .objects import is_partial
from .process import (
    QUESTION,
    QUESTION_OPTIONS,
    Repository,
    ask,
    lost,
    object_name,
    own_environment,
    raw_date,
    run,
    unnamed,
)

if TYPE_CHECKING:
    import subprocess
    from queue import SimpleQueue

    from ..history import Blob, Revision

    # Revisions, and the blobs that they are the first to name; None ends them.
    _Batch = tuple[list[Revision], list[str]] | BaseException | None

_COMMIT = re.compile(rb'\0C[0-9a-f]{40,64}\0P')
# What the log of a file is asked for, in NUL-terminated fields; each of ours begins with a letter.
_LOG = (
    '-c', 'log.showSignature=false', '-c', 'log.showRoot=true', '-c', 'log.follow=false',
    '-c', 'i18n.logOutputEncoding=UTF-8', 'log', '--no-color', '--no-decorate', '--no-notes',
    '--no-renames', '--no-ext-diff', '--no-textconv', '--full-history', '-c', '--raw', '-z',
    '--no-abbrev', '--date=raw', '--format=C%H%x00P%P%x00T%ad%x00A%an%x00E%ae',
)  # fmt: skip
BATCH = 1 << 15  # bytes of a log, which git writes commit by commit
# A commit with one parent, or none, that changed a file and nothing of its kind.
_PLAIN = (
    rb'C([0-9a-f]{40,64})\0P([0-9a-f]*)\0T(-?\d+ [+-]\d{4,})\0A([^\0]*)\0E([^\0]*)\0\0?\n?'
    rb':(100\d{3}|0{6}) 100\d{3} ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [AM]\d*\0'
)


def revisions(
    repo: Repository, path: str, tips: Sequence[str], known: set[str], linked: bool = False
) -> 'Iterator[Blob | Revision]':
    """The commits before *tips* that changed *path*, and the blobs that they name, each once.

    A blob comes before the first revision that names it; *known* ones do not come, and those that
    do are added. Two gits run side by side, and what they say is read as it comes.

    If *linked*, the parents of each are not its own but the next before it that changed *path*, and
    all that are built on a commit come before it. Of many tips that takes no longer.
    """
    import subprocess
    from queue import SimpleQueue
    from threading import Thread

    from ..history import Blob

    absent = _absent(repo, path, tips) - known if is_partial(repo) else set()
    known |= absent
    yield from (Blob(name, None) for name in sorted(absent))
    options = ('git', '-C', repo.top, *QUESTION_OPTIONS)
    # A wide pipe spares half of the turns that the processes take.
    streams = {'stdout': subprocess.PIPE, 'stderr': subprocess.DEVNULL, 'pipesize': 1 << 20}
    environment = {**own_environment(), **QUESTION}
    question = _LOG + (('--topo-order', '--parents') if linked else ()) + ('--stdin', '--', path)
    with unnamed('\n'.join((*tips, '')).encode()) as given:
        log = subprocess.Popen((*options, *question), stdin=given, env=environment, **streams)  # type: ignore[call-overload]
    contents: subprocess.Popen[bytes] | None = None
    batches: SimpleQueue[_Batch] = SimpleQueue()
    try:
        first = log.stdout.read(BATCH)
        if first:
            contents = subprocess.Popen(
                (*options, 'cat-file', '--batch', '--buffer'),
                stdin=subprocess.PIPE,
                # What is longer than this is read to where it is to be, the rest is copied.
                bufsize=1 << (18 if linked else 15),
                env=environment,
                **streams,
            )  # type: ignore[call-overload]
            assert contents
            feed = Thread(
                target=_feed, args=(first, log, contents, path, known, batches), daemon=True
            )
            feed.start()
            assert contents.stdout
            while found := batches.get():
                if isinstance(found, BaseException):
                    raise found
                for name in found[1]:
                    yield Blob(name, _next_blob(contents.stdout, name))
                yield from found[0]
            if contents.wait():
                raise lost('cat-file')
        if log.wait():
            ask(repo, *_LOG[:-1], '--format=', '-1', '--end-of-options', *tips, '--', path)
            raise lost('log')
    finally:
        for process in filter(None, (log, contents)):
            if process.poll() is None:
                process.kill()
                process.wait()


def _absent(repo: Repository, path: str, tips: Sequence[str]) -> set[str]:
    """The blobs of *path* that are not here, and that the remote did not give when asked.

    They are asked for at once: one by one, as git itself would, takes thirty times as long.
    """
    question = ('rev-list', '--objects', '--missing=print', '--end-of-options', *tips, '--', path)

    def missing() -> set[str]:
        lines = ask(repo, *question).split(b'\n')
        return {object_name(line[1:], 'rev-list') for line in lines if line[:1] == b'?'}

    names = missing()
    # https://git-scm.com/docs/git#_environment_variables
    if os.environ.get('GIT_NO_LAZY_FETCH', '').casefold() not in ('', '0', 'false', 'no', 'off'):
        return names
    remotes = run(repo.top, ('config', '--get-regexp', r'^remote\..*\.promisor$')).out.split(b'\n')
    for line in remotes if names else ():
        remote = os.fsdecode(line.partition(b' ')[0])[len('remote.') : -len('.promisor')]
        if remote and not remote.startswith('-'):
            # https://git-scm.com/docs/partial-clone#_fetching_missing_objects
            run(
                repo.top,
                (
                    '-c', 'fetch.negotiationAlgorithm=noop', '-c', 'maintenance.auto=false',
                    'fetch', '--quiet', '--no-tags',
                    '--no-write-fetch-head', '--recurse-submodules=no', '--filter=blob:none',
                    '--stdin', '--end-of-options', remote,
                ),
                '\n'.join((*sorted(names), '')).encode(),
            )  # fmt: skip
    return missing() if names else names


def _feed(
    first: bytes,
    log: 'subprocess.Popen[bytes]',
    contents: 'subprocess.Popen[bytes]',
    path: str,
    known: set[str],
    batches: 'SimpleQueue[_Batch]',
) -> None:
    """Read the *log*, and ask for the *contents* that it names, as it comes."""
    assert log.stdout and contents.stdin
    here = os.fsencode(path)
    try:
        rest, read = b'', first
        while read:
            rest += read
            end = _last_commit(rest)
            _pass_on(_revisions(rest[:end], here), contents.stdin, known, batches)
            rest = rest[end:]
            read = log.stdout.read(BATCH)
        _pass_on(_revisions(rest, here), contents.stdin, known, batches)
        contents.stdin.close()
        batches.put(None)
    except BaseException as error:
        batches.put(error)


def _last_commit(log: bytes) -> int:
    """Where the last commit in *log* begins: what is before that is whole."""
    at = log.rfind(b'\0C')
    while at >= 0 and not _COMMIT.match(log, at):  # a path may begin with a C too
        at = log.rfind(b'\0C', 0, at)
    return at + 1


def _pass_on(
    found: 'Iterator[Revision]',
    wanted: IO[bytes],
    known: set[str],
    batches: 'SimpleQueue[_Batch]',
) -> None:
    revisions = list(found)
    names = [
        name
        for revision in revisions
        for name in (revision.blob, *revision.before)
        if name and not (name in known or known.add(name))  # type: ignore[func-returns-value]
    ]
    if not revisions:
        return
    batches.put((revisions, names))
    if names:
        wanted.write('\n'.join((*names, '')).encode())
        wanted.flush()


def _revisions(log: bytes, path: bytes) -> 'Iterator[Revision]':
    """The revisions of *path* in what git logged; of a directory of that name nothing.

    A merge that is like one of its parents names no blobs.
    """
    from ..history import Revision

    here = os.fsdecode(path)
    done = 0
    # Newest first, a commit and a blob are mostly named by the one before: once is enough.
    names: dict[bytes, str] = {}
    # What follows a path is a commit, else this one changed more than one file.
    for match in re.finditer(_PLAIN + re.escape(path) + rb'\0(?![:\n])', log):
        if match.start() > done:
            yield from _other_revisions(log[done : match.start()], path)
        done = match.end()
        commit, parent, date, author, email, mode, before, blob = match.groups()
        known = names.get
        now = known(commit) or commit.decode(), known(blob) or blob.decode()
        names = {parent: parent.decode(), before: before.decode()}
        yield Revision(
            now[0], (names[parent],) if parent else (),
            sys.intern(author.decode(errors='replace')), sys.intern(email.decode(errors='replace')),
            date.decode(), here, (names[before],) if mode[:1] == b'1' else ('',), now[1],
        )  # fmt: skip
    yield from _other_revisions(log[done:], path)


def _other_revisions(log: bytes, path: bytes) -> 'Iterator[Revision]':
    fields = iter(log.split(b'\0')[:-1])
    names = os.fsdecode(path)
    commit: list[bytes] = []
    silent = False
    for field in fields:
        if field[:1] == b'C':
            if silent:
                yield _revision(commit, names, (), '')
            silent = True
            commit = [field, *(next(fields, b'') for _ in range(4))]
            if bytes(part[0] for part in commit if part) != b'CPTAE':
                raise lost('log')
            continue
        if not field:  # what stands before the sides of a merge, if there are any
            continue
        silent = False
        colons, _, raw = field.lstrip(b'\n').rpartition(b':')
        sides = len(colons) + 1
        words = raw.split(b' ')
        if colons.strip(b':') or len(words) != 2 * sides + 3 or not commit:
            raise lost('log')
        if next(fields, None) != path:
            continue
        blobs = [
            '' if mode[:3] != b'100' else object_name(blob, 'log')
            for mode, blob in zip(words[: sides + 1], words[sides + 1 :], strict=False)
        ]
        yield _revision(commit, names, tuple(blobs[:-1]), blobs[-1])
    if silent:
        yield _revision(commit, names, (), '')


def _revision(commit: list[bytes], path: str, before: tuple[str, ...], after: str) -> 'Revision':
    from ..history import Revision

    name, parents, date, author, email = (part[1:].decode(errors='replace') for part in commit)
    return Revision(
        name, tuple(parents.split()), author, email, raw_date(date), path, before, after
    )


def _next_blob(contents: IO[bytes], name: str) -> bytes | None:
    """The next answer of ``cat-file --batch``, which is about *name*."""
    header = contents.readline()
    found, _, rest = header.partition(b' ')
    if found.decode(errors='replace') == name and rest == b'missing\n':
        return None
    kind, _, size = rest.partition(b' ')
    if found.decode(errors='replace') != name or kind != b'blob' or not size[:-1].isdigit():
        raise lost('cat-file')
    data = contents.read(int(size))
    if len(data) != int(size) or contents.read(1) != b'\n':
        raise lost('cat-file')
    return data
