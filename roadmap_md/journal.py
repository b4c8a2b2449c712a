"""What a commit is about to do, written down before it is done, so that a later run can settle it.

Everything here lies in ``roadmap-md`` under git's directory; deleting that loses nothing but time.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple, TypeVar

from . import files
from .errors import UserError
from .git import Entry, Repository

FORMAT = b'roadmap-md journal 1\n'
OTHER_RUN = 60.0  # seconds that we wait for another run of ours, which may ask for a passphrase
OTHER_GIT = 5.0  # seconds that we wait for another git, which holds the index for milliseconds
Kept = TypeVar('Kept')


class AtWork(UserError):
    """Another run of ours has the lock."""


class Journal(NamedTuple):
    """One commit: the file's bytes before and after, and its blobs in HEAD and in the index."""

    path: str
    head: str
    old: bytes
    new: bytes
    committed: Entry
    to_commit: Entry
    staged: Entry
    to_stage: Entry


def place(repo: Repository, name: str) -> str:
    """Where we keep *name*."""
    return os.path.join(repo.directory, 'roadmap-md', name)


def write(repo: Repository, journal: Journal) -> None:
    """Write *journal* down, and wait for the disk."""
    fields = [os.fsencode(journal.path), journal.head.encode(), journal.old, journal.new]
    fields += (' '.join(entry).encode() for entry in journal[4:])
    keep(repo, 'journal', FORMAT, fields)


def keep(repo: Repository, name: str, form: bytes, fields: Iterable[bytes]) -> None:
    """Write *fields* down as *name*, and wait for the disk."""
    # Netstrings: http://cr.yp.to/proto/netstrings.txt
    files.store(place(repo, name), form + b''.join(b'%d:%b,' % (len(f), f) for f in fields))


def read(repo: Repository) -> Journal | None:
    """The journal of a run that did not end; None where all did."""
    return kept(repo, 'journal', FORMAT, _decode)


def kept(
    repo: Repository, name: str, form: bytes, decode: Callable[[list[bytes]], Kept]
) -> Kept | None:
    """What *decode* makes of the fields that were kept as *name*; None where there are none.

    Raises UserError for what is damaged: *decode* may raise ValueError or TypeError.
    """
    try:
        with open(place(repo, name), 'rb') as file:
            data = file.read()
    except FileNotFoundError:
        return None
    try:
        return decode(_fields(data, form))
    except (ValueError, TypeError):
        raise UserError(
            f'{place(repo, name)} is not a journal that this version can read',
            'look at git status, then delete that file',
        ) from None


def _fields(data: bytes, form: bytes) -> list[bytes]:
    if not data.startswith(form):
        raise ValueError('not a journal')
    fields = []
    rest = data.removeprefix(form)
    while rest:
        size, _, rest = rest.partition(b':')
        length = int(size)
        if rest[length : length + 1] != b',':
            raise ValueError('cut off')
        fields.append(rest[:length])
        rest = rest[length + 1 :]
    return fields


def _decode(fields: list[bytes]) -> Journal:
    path, head, old, new, *entries = fields
    if b'\0' in path:
        raise ValueError('no path')
    before, after, staged, to_stage = (Entry(*entry.decode().split(' ')) for entry in entries)
    return Journal(os.fsdecode(path), head.decode(), old, new, before, after, staged, to_stage)


def unfinished(directory: str) -> bool:
    """Whether a run left something in git's *directory*, or is at work now."""
    return any(
        os.path.lexists(os.path.join(directory, 'roadmap-md', name))
        for name in ('journal', 'held', 'move', 'rebase')
    )


def close(repo: Repository) -> None:
    """Forget the commit: all that it was about is settled."""
    files.discard(place(repo, 'journal'))


@contextmanager
def locked(repo: Repository, wait: float = OTHER_RUN) -> Iterator[Repository]:
    """The repository, for us alone among all runs of ours.

    The lock is the kernel's: it ends with this process and with the gits that it started.
    Raises AtWork where another run keeps it for longer than *wait* seconds.
    """
    import fcntl

    try:
        os.makedirs(place(repo, ''), exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        descriptor = os.open(place(repo, 'lock'), flags, 0o666)
    except OSError as error:
        raise UserError(
            f'{place(repo, "lock")} cannot be opened ({error.strerror})',
            'give yourself write access to that directory',
        ) from error
    try:
        if not _wait(lambda: flock(descriptor), wait):
            raise AtWork('another roadmap-md is at work in this repository', 'wait for it')
        yield repo._replace(held=(descriptor,))
        with suppress(OSError):
            # What a hook left running has inherited the lock: say that it is over.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        with suppress(OSError):
            os.close(descriptor)


def flock(descriptor: int) -> bool:
    """Lock the file until all that inherit *descriptor* have ended; False where others have it."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def index_held(repo: Repository) -> Iterator[None]:
    """The index, kept from every other git; the lock file is git's own. Ours are gone after it.

    One that a killed run of ours left is taken over: it is known by what is written in it. Any
    other is waited for, never deleted.
    """
    theirs, ours = f'{repo.index_file}.lock', place(repo, 'held')
    if not _taken_over(theirs, ours):
        with open(ours, 'wb') as file:
            file.write(f'roadmap-md {os.getpid()} {os.urandom(8).hex()}\n'.encode())
        if not _wait(lambda: _create(theirs, ours), OTHER_GIT):
            files.discard(ours)
            raise UserError(
                f'{theirs} exists{_age(theirs)}: another git is at work here, or died',
                'wait for it, or delete that file if none is',
            )
    try:
        yield
    finally:
        indexes = ('index', 'index.lock', 'next', 'next.lock')
        files.discard(theirs, ours, *(place(repo, name) for name in indexes))


def remove_ref_locks(paths: Iterable[str], since: int, is_ours: Callable[[str], bool]) -> None:
    """Delete those locks on refs that a git of ours has left, which was killed.

    That they are ours is known, for no git of ours lives, by their time (*since*, in nanoseconds),
    by their staying, and by what is in them: nothing, or what *is_ours*.
    """
    for path in paths:
        with suppress(FileNotFoundError):
            status = os.lstat(path)
            if status.st_mtime_ns < since:
                continue
            time.sleep(0.2)  # another git, which only moves a ref, needs milliseconds
            with open(path, 'rb') as file:
                name = file.read().decode(errors='replace').strip()
                same = os.path.samestat(os.fstat(file.fileno()), status)
            if same and (not name or is_ours(name)):
                os.unlink(path)


def copy_index(repo: Repository, name: str) -> None:
    """Copy the index to *name*, for a git of ours to change it there."""
    # What a killed git may have left beside it.
    files.discard(place(repo, f'{name}.lock'))
    with open(repo.index_file, 'rb') as index, open(place(repo, name), 'wb') as copy:
        copy.write(index.read())
        times = os.fstat(index.fileno())
    # Git looks again at files that are not older than the index: that is to stay so.
    os.utime(place(repo, name), ns=(times.st_atime_ns, times.st_mtime_ns))


def _taken_over(theirs: str, ours: str) -> bool:
    with suppress(FileNotFoundError), open(theirs, 'rb') as one, open(ours, 'rb') as other:
        text = one.read()
        return bool(text) and text == other.read()
    return False


def _create(theirs: str, ours: str) -> bool:
    """Make *theirs* with the bytes of *ours*; False where it exists."""
    try:
        os.link(ours, theirs)
    except FileExistsError:
        return False
    except OSError:  # not every file system has hard links
        with suppress(FileExistsError), open(theirs, 'xb') as file, open(ours, 'rb') as other:
            file.write(other.read())
            return True
        return False
    return True


def _age(path: str) -> str:
    with suppress(OSError):
        return f' since {max(0, time.time() - os.stat(path).st_mtime):.0f} s'
    return ''


def _wait(done: Callable[[], bool], seconds: float) -> bool:
    """Try until *done*; False when it is not so after *seconds*."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
