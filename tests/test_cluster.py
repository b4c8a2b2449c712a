"""The same learners told of by the workers of a Dask cluster, one of which may die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from serving import free_port
from worktree import done, sh

pytest.importorskip('distributed')
PLAN = '# Plan\n\n## Week 1\n' + ''.join(f'- [ ] Day {at} – thing {at}\n' for at in range(1, 7))
START = "import sys; from distributed.cli.{0} import main; sys.argv[0] = '{0}'; main()"


@contextmanager
def running(kind: str, *options: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, '-c', START.format(kind), *options]
    with (folder / f'{kind}.log').open('ab') as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own; its address, and the workers."""
    port = free_port()
    address = f'tcp://127.0.0.1:{port}'
    scheduler = ('--host', '127.0.0.1', '--port', f'{port}', '--no-dashboard')
    worker = (
        address, '--nthreads', '1', '--no-nanny', '--no-dashboard', '--local-directory', str(folder),
    )  # fmt: skip
    with (
        running('dask_scheduler', *scheduler, folder=folder),
        running('dask_worker', *worker, folder=folder) as one,
        running('dask_worker', *worker, folder=folder) as other,
    ):
        from distributed import Client

        with Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, [one, other]


@pytest.fixture(scope='module')
def clones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred repositories of learners; each seventh is broken."""
    top = tmp_path_factory.mktemp('clones')
    for at in range(100):
        plan = PLAN.replace('[ ]', '[x]', at % 7)
        (top / f'{at}').mkdir()
        (top / f'{at}/ROADMAP.md').write_text(plan if at % 7 else '')
        done(top / f'{at}', 'git init -q; git add .; git commit -qm plan')
    return top


def test_the_same_with_workers(clones: Path, tmp_path: Path) -> None:
    command = 'roadmap-md cohort --history --sort name --output-format jsonl *'
    alone = sh(clones, command)
    assert alone.returncode == 1
    assert alone.stdout.count('has no tasks') == 15
    with cluster(tmp_path) as (address, workers):
        shared = sh(clones, f'{command} --scheduler {address}')
        assert (shared.returncode, shared.stdout) == (1, alone.stdout)
        with subprocess.Popen(
            ['sh', '-c', f'{command} --scheduler {address}'],
            cwd=clones, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, 'PATH': os.path.dirname(sys.executable) + ':' + os.environ['PATH']},
        ) as again:  # fmt: skip
            wait_until_some_are_done(address)
            workers[0].send_signal(signal.SIGKILL)
            assert again.stdout
            said = again.stdout.read().decode()
        assert (again.returncode, said) == (1, alone.stdout)
        assert workers[1].poll() is None


def wait_until_some_are_done(address: str) -> None:
    """Return when the work is under way: some of it is done, most is not."""
    from distributed import Client

    def left(dask_scheduler: object) -> int:
        return len(dask_scheduler.tasks)  # type: ignore[attr-defined]

    with Client(address) as client:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if 20 < client.run_on_scheduler(left) < 95:
                return
    raise TimeoutError


@pytest.mark.parametrize(
    'address, said',
    [
        ('tcp://127.0.0.1:1', 'no scheduler answers at tcp://127.0.0.1:1'),
        ('nonsense', 'no scheduler answers at nonsense'),
        ('bad://x', 'no scheduler answers at bad://x'),
    ],
)
def test_no_cluster(address: str, said: str, clones: Path) -> None:
    ended = sh(clones, f'roadmap-md cohort --scheduler {address} 1 2')
    assert ended.returncode == 2
    assert ended.stdout.splitlines()[-2].endswith(said)
    assert 'Traceback' not in ended.stdout


def test_workers_with_other_code_are_refused(clones: Path, tmp_path: Path) -> None:
    other = tmp_path / 'other'
    other.mkdir()
    package = Path(__file__).parent.parent / 'roadmap_md'
    done(other, f'cp -r "{package}" .; echo "# newer" >>roadmap_md/stats.py')
    with cluster(other) as (address, _):
        ended = sh(clones, f'roadmap-md cohort --scheduler {address} 1 2')
        assert ended.returncode == 2
        assert 'has another version of roadmap-md' in ended.stdout
