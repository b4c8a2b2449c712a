"""Learners who all `sync` one tick at the same time: to one branch, or each to their own.

    python bench/crowd.py [--clones N ...]

One ``git http-backend`` on this machine, which the clones share with it; whoever gives up runs it
again. CPU is that of learners and server. In the end all ticks are there, or there is no figure.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / 'tests'))

from serving import by_http  # noqa: E402

SYNC = [sys.executable, '-m', 'roadmap_md', 'sync', '--json']


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith('GIT_')}
    kept.pop('PYTHONDONTWRITEBYTECODE', None)
    who = ('AUTHOR_NAME', 'AUTHOR_EMAIL', 'COMMITTER_NAME', 'COMMITTER_EMAIL')
    return {
        **kept, **{f'GIT_{name}': 'a@x.org' for name in who}, 'GIT_CONFIG_NOSYSTEM': '1',
        'GIT_CONFIG_GLOBAL': os.devnull, 'LC_ALL': 'C.UTF-8', 'PYTHONPATH': str(ROOT),
    }  # fmt: skip


def sh(folder: Path, script: str) -> str:
    command = ['sh', '-euc', script]
    return subprocess.run(
        command, cwd=folder, env=environment(), check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def cpu() -> float:
    """Seconds, of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def plan(tasks: int) -> str:
    return '# Plan\n\n' + ''.join(f'- [ ] thing {at}, to do\n' for at in range(tasks))


def send(clone: Path) -> tuple[int, int]:
    """How often somebody was first, and how often sync gave up."""
    for gave_up in range(1_000):
        ended = subprocess.run(SYNC, cwd=clone, env=environment(), capture_output=True)
        if not ended.returncode:
            return json.loads(ended.stdout)['retries'], gave_up
        if b'somebody else was first' not in ended.stderr:
            raise SystemExit(ended.stderr.decode())
    raise SystemExit('it never came to an end')


def crowd(top: Path, clones: int, own: bool) -> str:
    sh(top, 'git init -q -b main --bare there; git -C there config http.receivepack true')
    with by_http(top) as url:
        sh(top, f'git clone -q {url}/there one 2>words')
        (top / 'one/ROADMAP.md').write_text(plan(clones))
        sh(top / 'one', 'git add .; git commit -qm "docs: plan"; git push -q -u origin main')
        for at in range(clones):
            branch = f'git switch -q -c l{at}; git push -q -u origin l{at}' if own else ':'
            sh(top, f'cp -r one {at}; cd {at}; {branch}\n'
                    f'sed -i "s/ ] thing {at},/x] thing {at},/" ROADMAP.md')  # fmt: skip
        begun, used = time.perf_counter(), cpu()
        with ThreadPoolExecutor(clones) as pool:
            ended = [*pool.map(send, [top / f'{at}' for at in range(clones)])]
        took, used = time.perf_counter() - begun, cpu() - used
    total = int(sh(top / 'there', 'git rev-list --count --all'))
    assert total == clones + 1, 'a tick was lost'
    retries, gave_up = (sum(numbers) for numbers in zip(*ended, strict=True))
    kind = 'each to their own branch' if own else 'all to one branch'
    return (
        f'{clones:4} at once, {kind}: {took:.1f} s, {took / clones * 1000:.0f} ms each, '
        f'{used / clones * 1000:.0f} ms of CPU each, {retries} retries, {gave_up} gave up'
    )


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--clones', type=int, nargs='+', default=[5, 10, 20, 40])
    for number in parser.parse_args().clones:
        for own in (True, False):
            with tempfile.TemporaryDirectory() as folder:
                print(crowd(Path(folder), number, own), flush=True)
