"""Files, read whole and replaced whole: at any moment a file is its old version or its new one.

Only a file that cannot be renamed over (hard links, a directory that is not ours) is written in
place, and then a full disk is found before its first byte changes.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from .errors import UserError

# Why a new file cannot take the old one's place, although the old one may well be written:
# the directory is not ours, or the file is a mount point (one file shared with a container).
NOT_BESIDE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV}
# What a file system answers that has no extended attributes, or keeps this one to itself.
NOT_KEPT = {errno.ENOTSUP, errno.EPERM, errno.EACCES, errno.ENODATA}


def read(path: str) -> bytes:
    """The bytes of the file at *path*, which may be a symbolic link to it.

    Raises UserError for what is missing, unreadable or no regular file; it never waits.
    """
    with _failing(path, 'cannot be read', 'check its name and its permissions'):
        return _look(path)[0]


def replace(path: str, expect: bytes, new: bytes, inside: str | None = None) -> None:
    """Make the file at *path* hold *new*, where it still holds *expect*.

    A symbolic link stays and its target is written; mode, owner and extended attributes stay.
    Raises UserError, and has changed nothing (or says so), when the file holds something else, is
    read-only, lies outside the directory *inside*, or the disk refuses.
    """
    target = resolve(path, inside)
    with _failing(path, 'cannot be written', 'nothing was changed; mend that and try again'):
        data, status = _look(path)
        if data != expect:
            raise _changed(path)
        # Root may write everything; who took the write bits away still meant it.
        if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
            from shlex import quote

            raise UserError(f'{path} is read-only', f'chmod u+w {quote(path)}')
        if new == expect:
            return
        if status.st_nlink > 1 or not _write_beside(path, target, status, expect, new):
            _write_in_place(target, expect, new)


def resolve(path: str, inside: str | None = None) -> str:
    """The file that *path* leads to, absolute and without symbolic links.

    Raises UserError when it lies outside the directory *inside*.
    """
    target = os.path.realpath(path)
    if inside is None:
        return target
    top = os.path.realpath(inside)
    if os.path.commonpath((top, target)) != top or target == top:
        raise UserError(
            f'{path} leads to {target}, outside of {top}', 'name that file by its own path'
        )
    return target


def inside(path: str, top: str) -> str:
    """Where the file *path* is, as seen from *top*; a symbolic link is followed.

    Raises UserError where that is outside.
    """
    return os.path.relpath(resolve(path, top), os.path.realpath(top))


def store(path: str, data: bytes) -> None:
    """Write *data* to a file of our own, whole or not at all, and wait for the disk."""
    temporary = f'{path}.new'
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o666)
    try:
        _write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        _close(descriptor)
    os.replace(temporary, path)
    _sync_directory(os.path.dirname(path))


def write(path: str, data: bytes) -> None:
    """Make the file at *path*, which may be a device, hold *data*, whatever it held.

    A file that is there is replaced whole or not at all; one that is not is made, with the
    directories that it is in. Raises UserError.
    """
    if os.path.isfile(path):
        replace(path, read(path), data)
        return
    try:
        os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
        with open(path, 'wb') as file:
            file.write(data)
    except OSError as error:
        why = error.strerror or error
        raise UserError(f'{path} cannot be written ({why})', 'check the path') from error


def discard(*paths: str) -> None:
    """Delete files of our own; those that are gone already are fine."""
    for path in paths:
        with suppress(FileNotFoundError):
            os.unlink(path)


def remove_leftovers(path: str) -> None:
    """Delete the temporary files of runs that died while they replaced the file at *path*."""
    import fcntl

    directory, prefix = _beside(os.path.realpath(path))
    try:
        names = [name for name in os.listdir(directory) if name.startswith(prefix)]
    except OSError:
        return
    for name in names:
        leftover = os.path.join(directory, name)
        try:
            descriptor = os.open(leftover, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            continue
        with suppress(OSError):
            # Its writer holds a lock for as long as it lives.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.unlink(leftover)
        _close(descriptor)


@contextmanager
def _failing(path: str, what: str, hint: str) -> Iterator[None]:
    """An operating system's error, said as ours."""
    try:
        yield
    except FileNotFoundError:
        shown = path or "''"
        raise UserError(f'{shown}: there is no such file', 'check the path') from None
    except OSError as error:
        raise UserError(f'{path} {what} ({error.strerror or error})', hint) from error


def _changed(path: str) -> UserError:
    return UserError(f'{path} was changed meanwhile', 'nothing was written; try again')


def _look(path: str) -> tuple[bytes, os.stat_result]:
    # O_NONBLOCK: opening a FIFO would otherwise wait for someone to write into it.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise UserError(f'{path} is a directory', 'name the file in it')
        if not stat.S_ISREG(status.st_mode):
            raise UserError(f'{path} is not a regular file', 'name a Markdown file')
        with open(descriptor, 'rb', closefd=False) as file:
            return file.read(), status
    finally:
        _close(descriptor)


def _beside(target: str) -> tuple[str, str]:
    """The directory of *target*, and how the names of its temporary files begin."""
    directory, name = os.path.split(target)
    # A name may have 255 bytes, a character up to four.
    return directory, f'.{name[:40]}.roadmap-md.'


def _write_beside(
    path: str, target: str, status: os.stat_result, expect: bytes, new: bytes
) -> bool:
    """Write a new file and rename it over *target*; False where the directory forbids that."""
    import fcntl

    directory, prefix = _beside(target)
    temporary = os.path.join(directory, f'{prefix}{os.urandom(4).hex()}')
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        descriptor = os.open(temporary, flags, 0o600)
    except OSError as error:
        if error.errno in NOT_BESIDE:
            return False
        raise
    try:
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # alive: see remove_leftovers
        _write_all(descriptor, new)
        _keep(descriptor, target, status)
        os.fsync(descriptor)
        data, now = _look(target)
        if data != expect or (now.st_dev, now.st_ino) != (status.st_dev, status.st_ino):
            raise _changed(path)
        os.replace(temporary, target)
    except OSError as error:
        discard(temporary)
        if error.errno in NOT_BESIDE:
            return False
        raise
    except BaseException:
        discard(temporary)
        raise
    finally:
        _close(descriptor)
    _sync_directory(directory)
    return True


def _keep(descriptor: int, target: str, status: os.stat_result) -> None:
    """Give the new file owner, mode and extended attributes of *target*.

    Raises PermissionError where the owner cannot be kept.
    """
    now = os.fstat(descriptor)
    if (now.st_uid, now.st_gid) != (status.st_uid, status.st_gid):
        os.fchown(descriptor, status.st_uid, status.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    if not hasattr(os, 'listxattr'):  # macOS
        return
    try:
        for name in os.listxattr(target):
            os.setxattr(descriptor, name, os.getxattr(target, name))
    except OSError as error:
        if error.errno not in NOT_KEPT:
            raise


def _reserve(descriptor: int, size: int) -> None:
    """Find out about a full disk before the first byte changes."""
    if not hasattr(os, 'posix_fallocate'):  # macOS
        return
    try:
        os.posix_fallocate(descriptor, 0, max(size, 1))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise


def _write_in_place(target: str, expect: bytes, new: bytes) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_NOFOLLOW)
    try:
        _reserve(descriptor, len(new))
        _write_all(descriptor, new)
        os.ftruncate(descriptor, len(new))
        os.fsync(descriptor)
    except BaseException:
        _put_back(descriptor, target, expect)
        raise
    finally:
        _close(descriptor)


def _put_back(descriptor: int, target: str, data: bytes) -> None:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        _write_all(descriptor, data)
        os.ftruncate(descriptor, len(data))
    except OSError as error:
        from shlex import quote

        raise UserError(
            f'{target} is half written, and could not be put back ({error.strerror})',
            f'mend that, then git restore {quote(target)}',
        ) from error


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _sync_directory(directory: str) -> None:
    # The bytes are in place already: a file system that cannot do this is no reason to fail.
    with suppress(OSError):
        descriptor = os.open(directory or '.', os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            _close(descriptor)


def _close(descriptor: int) -> None:
    # What was written has been synced; what was read has been read.
    with suppress(OSError):
        os.close(descriptor)
