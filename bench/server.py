"""How fast the language server tells what is wrong while somebody types, and what memory it takes.

    python bench/server.py [--edits 1000] [--tasks 2000] [--every 0.1]

A tracker of 2,000 tasks is opened, and edited as people do: mostly letters into titles, now and
then a box, a new task, a line taken away. Each edit is answered by diagnostics; how
long that takes is measured by the editor, from the moment it sends. The promise: a median of
100 ms at most, 250 ms for 95 of 100, and memory that does not grow.
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / 'tests'))
from editor import Editor, editing
from lsprotocol import types

WORDS = ['lists', 'tuples', 'sets', '字典', 'generators', '🎯', 'files', 'errors', 'é', 'tests']


def plan(tasks: int) -> str:
    rows = ['# Plan', '', 'No skipping. Tick daily.', '']
    for task in range(tasks):
        if task % 5 == 0:
            rows += [f'## Week {task // 5 + 1}', '']
        box = 'x' if task < tasks // 2 else ' '
        rows.append(f'- [{box}] Day {task % 5 + 1}: {WORDS[task % 10]} and {WORDS[task % 7]}')
        if task % 5 == 4:
            rows.append('')
    return '\n'.join(rows)


def edit(editor: Editor, dice: random.Random) -> str:
    """Make one edit; what kind it was."""
    lines = editor.text.split('\n')
    at = dice.choice([at for at, line in enumerate(lines) if line.startswith('- [')])
    kind = dice.choices(['letter', 'box', 'new task', 'line away'], [90, 4, 3, 3])[0]
    if kind == 'letter':
        where = dice.randint(len('- [x] Day 1: '), len(lines[at]))
        editor.type(at, where, where, dice.choice('abcdefgh é字🎯'))
    elif kind == 'box':
        editor.type(at, 3, 4, ' ' if lines[at][3] == 'x' else 'x')
    elif kind == 'new task':
        editor.type(at, len(lines[at]), len(lines[at]), '\n- [ ] Day 9: one more')
    else:
        editor.type(at, 0, len(lines[at]), '')
    return kind


def memory(process: int) -> float:
    """The resident memory of *process* in MiB."""
    status = Path(f'/proc/{process}/status').read_text()
    return int(status.split('VmRSS:')[1].split()[0]) / 1024


def cpu(process: int) -> float:
    """The seconds that *process* has computed."""
    fields = Path(f'/proc/{process}/stat').read_text().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


async def measure(edits: int, tasks: int, every: float) -> None:
    dice = random.Random(8)
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / 'ROADMAP.md'
        path.write_text(plan(tasks))
        begun = time.perf_counter()
        async with editing(path) as editor:
            editor.client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)(lambda _: None)
            await editor.diagnostics()
            print(f'open: {1000 * (time.perf_counter() - begun):.0f} ms, with the start of Python')
            server = editor.client._server.pid
            held, computed = list[str](), cpu(server)
            for number in range(edits):
                if number % (edits // 10) == 0:
                    held.append(f'{memory(server):.0f}')
                begun = time.perf_counter()
                kind = edit(editor, dice)
                await editor.diagnostics()
                passed = time.perf_counter() - begun
                taken.setdefault(kind, []).append(1000 * passed)
                await asyncio.sleep(max(0, every - passed))
            held.append(f'{memory(server):.0f}')
            computed = 1000 * (cpu(server) - computed) / edits
    for kind, times in taken.items():
        print(f'{kind:<10} {len(times):>5} edits, median {statistics.median(times):.0f} ms')
    times = sorted(time for some in taken.values() for time in some)
    p95 = times[int(0.95 * len(times))]
    print(
        f'all: median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, most {times[-1]:.0f} ms'
    )
    print(f'cpu: {computed:.0f} ms an edit, of the server')
    print(f'memory: {" ".join(held)} MiB, from the first edit to the last')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--edits', type=int, default=1000)
    parser.add_argument('--tasks', type=int, default=2000)
    parser.add_argument('--every', type=float, default=0.1, help='seconds between two edits')
    given = parser.parse_args()
    asyncio.run(measure(given.edits, given.tasks, given.every))
