"""Real repositories for tests, each made by a few lines of shell."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

LIST = '# Days\n\n' + ''.join(f'- [ ] Day {number} – something\n' for number in range(1, 10))


class Snapshot(NamedTuple):
    """All that a refused commit must leave as it was."""

    file: bytes | None
    index: bytes | None
    head: str
    status: str
    staged: str


class Work(NamedTuple):
    """A work tree with a list of days in ROADMAP.md."""

    top: Path

    @property
    def file(self) -> Path:
        return self.top / 'ROADMAP.md'

    def git(self, *arguments: str) -> str:
        return self.bytes(*arguments).decode(errors='replace').strip()

    def bytes(self, *arguments: str) -> bytes:
        done = subprocess.run(['git', '-C', self.top, *arguments], capture_output=True)
        return done.stdout

    def sh(self, script: str) -> None:
        """Run *script* in the work tree; it fails where one of its lines does."""
        done = subprocess.run(
            ['sh', '-euc', script], cwd=self.top, capture_output=True, text=True, errors='replace'
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def hook(self, name: str, script: str) -> None:
        hooks = Path(self.git('rev-parse', '--path-format=absolute', '--git-path', 'hooks'))
        hooks.mkdir(exist_ok=True)
        (hooks / name).write_text('#!/bin/sh\n' + script)
        (hooks / name).chmod(0o755)

    def directory(self) -> Path:
        return Path(self.git('rev-parse', '--absolute-git-dir'))

    def snapshot(self) -> Snapshot:
        index = self.directory() / 'index'
        return Snapshot(
            self.file.read_bytes() if self.file.exists() else None,
            index.read_bytes() if index.exists() else None,
            self.git('rev-parse', 'HEAD'),
            self.git('--no-optional-locks', 'status', '--porcelain', '--branch'),
            self.git('diff', '--cached'),
        )

    def edits(self, *arguments: str) -> list[str]:
        """The lines that ``git diff`` shows as removed and added."""
        lines = self.git('diff', '-U0', *arguments).splitlines()
        return [line for line in lines if line[:1] in '+-' and line[:3] not in ('+++', '---')]


def work_tree(top: Path, days: str = LIST, *options: str) -> Work:
    """A repository whose first commit has *days* and two other files."""
    top.mkdir(parents=True, exist_ok=True)
    work = Work(top)
    subprocess.run(['git', 'init', '-q', '-b', 'main', *options, top], check=True)
    work.file.write_bytes(days.encode())
    (top / 'other.md').write_text('one\ntwo\n')
    (top / 'third.md').write_text('one\ntwo\n')
    # Signatures, identities and dates come from the seal; background jobs would disturb timing.
    work.sh('git config maintenance.auto false; git add .; git commit -qm first')
    return work


@contextmanager
def ready(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of a session of its own, with our code on its path, that has said it is ready."""
    process = subprocess.Popen(
        command, env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[1])},
        start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        assert process.stdout
        assert process.stdout.readline() == b'ready\n'
        yield process


def sh(directory: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """*script*, which ends where one of its lines fails, with roadmap-md on the path."""
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH']))
    return subprocess.run(
        ['sh', '-euc', script], cwd=directory, env={**os.environ, 'PATH': path, **variables},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding='utf-8',
    )  # fmt: skip


def done(directory: Path, script: str, **variables: str) -> str:
    """What *script* prints; it ends well."""
    ended = sh(directory, script, **variables)
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


def contents(directory: Path) -> dict[str, bytes]:
    """The bytes of every file beneath *directory*, but for git's own."""
    files = (p for p in directory.rglob('*') if p.is_file() and '.git' not in p.parts)
    return {str(path.relative_to(directory)): path.read_bytes() for path in files}
