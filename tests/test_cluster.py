"""The same learners told of by the workers of a Dask cluster, one of which may die."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from terminal import wait
from worktree import done, sh

pytest.importorskip('distributed')
PLAN = '# Plan\n\n## Week 1\n' + ''.join(f'- [ ] Day {at} – thing {at}\n' for at in range(1, 7))
START = "import sys; from distributed.cli.{0} import main; sys.argv[0] = '{0}'; main()"


# The git of the workers: while there is a gate, nobody gets past the first twenty learners.
GIT = """#!/bin/sh
case "$PWD $* " in
*/[2-4][0-9]/*|*/[2-4][0-9]\\ *) while test -e {gate}; do sleep 0.05; done ;;
esac
exec {git} "$@"
"""


@contextmanager
def running(kind: str, *options: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, '-c', START.format(kind), *options]
    path = f'{folder}:{os.environ["PATH"]}'
    with (folder / f'{kind}.log').open('ab') as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env={**os.environ, 'PATH': path}
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own; its address, and the workers."""
    file = folder / 'scheduler.json'
    known = ('--scheduler-file', str(file), '--no-dashboard')
    scheduler = ('--host', '127.0.0.1', '--port', '0')
    worker = ('--nthreads', '1', '--no-nanny', '--local-directory', str(folder))
    with (
        running('dask_scheduler', *known, *scheduler, folder=folder),
        running('dask_worker', *known, *worker, folder=folder) as one,
        running('dask_worker', *known, *worker, folder=folder) as other,
    ):
        from distributed import Client

        wait(file.exists)
        address = json.loads(file.read_text())['address']
        with Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, [one, other]


@pytest.fixture(scope='module')
def clones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifty repositories of learners; each seventh is broken."""
    top = tmp_path_factory.mktemp('clones')
    for at in range(7):
        plan = PLAN.replace('[ ]', '[x]', at)
        (top / f'{at}').mkdir()
        (top / f'{at}/ROADMAP.md').write_text(plan if at else '')
        done(top / f'{at}', 'git init -q; git add .; git commit -qm plan')
    done(top, 'for at in $(seq 7 49); do cp -r $((at % 7)) $at; done')
    return top


def test_the_same_with_workers(clones: Path, tmp_path: Path) -> None:
    gate = tmp_path / 'gate'
    (tmp_path / 'git').write_text(GIT.format(gate=gate, git=shutil.which('git')))
    (tmp_path / 'git').chmod(0o755)
    command = 'roadmap-md cohort --history --sort name --output-format json-lines *'
    alone = sh(clones, command)
    assert alone.returncode == 1
    assert alone.stdout.count('has no tasks') == 8
    with cluster(tmp_path) as (address, workers):
        shared = sh(clones, f'{command} --scheduler {address}')
        assert (shared.returncode, shared.stdout) == (1, alone.stdout)
        gate.touch()
        with subprocess.Popen(
            ['sh', '-c', f'{command} --scheduler {address}'],
            cwd=clones, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, 'PATH': os.path.dirname(sys.executable) + ':' + os.environ['PATH']},
        ) as again:  # fmt: skip
            wait_until_some_are_done(address)
            workers[0].send_signal(signal.SIGKILL)
            gate.unlink()
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
        wait(lambda: 20 < client.run_on_scheduler(left) < 45)


# Somebody who does not wait for as long.
IMPATIENT = 'import sys; from roadmap_md import cluster, __main__; cluster._PATIENCE = 2; sys.exit(__main__.main())'


@pytest.mark.parametrize(
    'address, said',
    [
        ('tcp://127.0.0.1:1', 'no scheduler answers at tcp://127.0.0.1:1'),
        ('nonsense', 'no scheduler answers at nonsense'),
        ('bad://x', 'no scheduler answers at bad://x'),
    ],
)
def test_no_cluster(address: str, said: str, clones: Path) -> None:
    ended = sh(clones, f"python -c '{IMPATIENT}' cohort --scheduler {address} 1 2")
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
