"""A file is read whole or refused in one line, and replaced whole or left alone."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from roadmap_md import files
from roadmap_md.errors import UserError

OLD, NEW = b'- [ ] Day 1\n', b'- \xe2\x9c\x85 Day 1\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / 'ROADMAP.md'
    path.write_bytes(OLD)
    return path


UNREADABLE = [
    pytest.param('rm ROADMAP.md', 'there is no such file: check the path', id='missing'),
    pytest.param(
        'rm ROADMAP.md; mkdir ROADMAP.md', 'is a directory: name the file in it', id='dir'
    ),
    pytest.param('rm ROADMAP.md; mkfifo ROADMAP.md', 'is not a regular file', id='FIFO'),
    pytest.param('rm ROADMAP.md; ln -s /dev/zero ROADMAP.md', 'is not a regular file', id='device'),
    pytest.param(
        'rm ROADMAP.md; ln -s ROADMAP.md ROADMAP.md', 'symbolic links', id='link to itself'
    ),
    pytest.param('rm ROADMAP.md; ln -s gone ROADMAP.md', 'no such file', id='link to nothing'),
]


@pytest.mark.parametrize(('script', 'words'), UNREADABLE)
def test_what_cannot_be_read_is_said_at_once(file: Path, script: str, words: str) -> None:
    subprocess.run(['sh', '-ec', script], cwd=file.parent, check=True)
    for attempt in (files.read, lambda path: files.replace(path, OLD, NEW)):
        with pytest.raises(UserError, match=words) as raised:
            attempt(str(file))
        assert str(file) in raised.value.message
        assert '\n' not in str(raised.value)


def test_reads_through_a_link(file: Path) -> None:
    (file.parent / 'link').symlink_to('ROADMAP.md')
    assert files.read(str(file.parent / 'link')) == OLD


def test_replaces_and_keeps_all_but_the_bytes(file: Path) -> None:
    os.chmod(file, 0o640)
    if os.geteuid() == 0:
        os.chown(file, 12345, 54321)
    kept = {}
    if hasattr(os, 'setxattr'):
        os.setxattr(file, 'user.kept', b'1')
        kept['user.kept'] = b'1'
    before = file.stat()
    files.replace(str(file), OLD, NEW)
    after = file.stat()
    assert file.read_bytes() == NEW
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode, before.st_uid, before.st_gid,
    )  # fmt: skip
    assert after.st_ino != before.st_ino
    assert {name: os.getxattr(file, name) for name in kept} == kept
    assert os.listdir(file.parent) == ['ROADMAP.md']


def test_a_link_stays_and_its_target_is_written(file: Path) -> None:
    (file.parent / 'sub').mkdir()
    link = file.parent / 'sub' / 'link.md'
    link.symlink_to('../ROADMAP.md')
    files.replace(str(link), OLD, NEW, inside=str(file.parent))
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    with pytest.raises(UserError, match='outside of'):
        files.replace(str(link), NEW, OLD, inside=str(file.parent / 'sub'))
    assert file.read_bytes() == NEW


@pytest.mark.parametrize('new', [NEW, b'', b'x' * 100_000], ids=['longer', 'empty', 'huge'])
def test_a_hard_link_is_written_in_place(file: Path, new: bytes) -> None:
    other = file.parent / 'other'
    os.link(file, other)
    files.replace(str(file), OLD, new)
    assert file.read_bytes() == other.read_bytes() == new
    assert file.stat().st_nlink == 2


NOT_WRITTEN = [
    pytest.param('chmod a-w ROADMAP.md', 'is read-only: chmod', id='read-only'),
    pytest.param('echo more >>ROADMAP.md', 'was changed meanwhile', id='changed'),
]


@pytest.mark.parametrize(('script', 'words'), NOT_WRITTEN)
def test_is_not_written_when(file: Path, script: str, words: str) -> None:
    subprocess.run(['sh', '-ec', script], cwd=file.parent, check=True)
    before = file.read_bytes()
    with pytest.raises(UserError, match=words):
        files.replace(str(file), OLD, NEW)
    assert file.read_bytes() == before
    assert os.listdir(file.parent) == ['ROADMAP.md']


@pytest.mark.parametrize('shared', [False, True], ids=['alone', 'hard link'])
def test_a_full_disk_changes_nothing(file: Path, shared: bool) -> None:
    if shared:
        os.link(file, file.parent / 'other')
    limit = (
        'import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);'
        'resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));'
        'from roadmap_md import files;'
        'files.replace(sys.argv[1], sys.argv[2].encode(), b"x" * 5000)'
    )
    done = subprocess.run(
        [sys.executable, '-c', limit, file, OLD], capture_output=True, text=True,
        env={**os.environ, 'PYTHONPATH': str(Path(files.__file__).parents[1])},
    )  # fmt: skip
    assert 'cannot be written (File too large)' in done.stderr
    assert file.read_bytes() == OLD
    assert sorted(os.listdir(file.parent)) == sorted(['ROADMAP.md', *['other'] * shared])


@pytest.mark.skipif(os.geteuid() != 0, reason='only root can become somebody else')
def test_in_a_directory_of_somebody_else_it_is_written_in_place(file: Path) -> None:
    os.chown(file, 1000, 1000)
    file.parent.chmod(0o755)
    before = file.stat().st_ino
    pid = os.fork()
    if not pid:
        try:
            os.chdir(file.parent)  # whose parents only root may pass
            os.setgroups([])
            os.setgid(1000)
            os.setuid(1000)
            assert not files._write_beside('it', 'ROADMAP.md', os.stat('ROADMAP.md'), OLD, NEW)
            files._write_in_place('ROADMAP.md', OLD, NEW)
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(pid, 0)[1] == 0
    assert (file.read_bytes(), file.stat().st_ino) == (NEW, before)


def test_readers_see_the_old_file_or_the_new_one(file: Path) -> None:
    versions = [OLD * 5000, NEW * 5000]
    file.write_bytes(versions[0])
    seen = set()
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            seen.add(file.read_bytes())

    reader = threading.Thread(target=look)
    reader.start()
    for i in range(100):
        files.replace(str(file), versions[i % 2], versions[1 - i % 2])
    ended.set()
    reader.join()
    assert seen <= set(versions)


def test_what_a_killed_run_left_is_removed_and_nothing_else(file: Path) -> None:
    (file.parent / '.ROADMAP.md.roadmap-md.0123abcd').write_bytes(b'half')
    (file.parent / '.ROADMAP.md.swp').write_bytes(b'an editor')
    alive = file.parent / '.ROADMAP.md.roadmap-md.4567cdef'
    import fcntl

    with alive.open('wb') as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        files.remove_leftovers(str(file))
        assert sorted(os.listdir(file.parent)) == [
            '.ROADMAP.md.roadmap-md.4567cdef', '.ROADMAP.md.swp', 'ROADMAP.md',
        ]  # fmt: skip
    files.remove_leftovers(str(file))
    assert sorted(os.listdir(file.parent)) == ['.ROADMAP.md.swp', 'ROADMAP.md']


def test_a_name_of_255_bytes_can_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / ('ö' * 126 + '.md')
    path.write_bytes(OLD)
    files.replace(str(path), OLD, NEW)
    assert path.read_bytes() == NEW


def test_imports_no_git() -> None:
    done = subprocess.run(
        [sys.executable, '-c', 'import sys, roadmap_md.files; print(*sys.modules)'],
        env={**os.environ, 'PYTHONPATH': str(Path(files.__file__).parents[1])},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not {'subprocess', 'git', 'roadmap_md.git', 'tempfile'} & set(done.stdout.split())
