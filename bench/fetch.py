"""``cohort --fetch``: a repository for each learner, fetched by http into one, and read there.

    python bench/fetch.py [--learners N ...]

One ``git http-backend`` on this machine; first all is new, then nothing is. CPU is that of both
sides.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from crowd import SYNC, cpu, plan, sh

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / 'tests'))

from serving import by_http  # noqa: E402

TASKS = 50


def fetched(top: Path, learners: int) -> str:
    sh(top, 'git init -q -b main one; git init -q --bare -b main there')
    (top / 'one/ROADMAP.md').write_text(plan(TASKS))
    sh(top / 'one', 'git add .; git commit -qm "docs: plan"; git push -q ../there main')
    sh(top, f'for at in $(seq {learners}); do cp -r there learner$at; done; mkdir all')
    command = f'{" ".join(SYNC[:-2])} cohort --fetch list --json >told'
    rows = []
    with by_http(top) as url:
        (top / 'all/list').write_text(''.join(f'{url}/learner{at + 1}\n' for at in range(learners)))
        for kind in ('all new', 'nothing new'):
            begun, used = time.perf_counter(), cpu()
            sh(top / 'all', command)
            took, used = time.perf_counter() - begun, cpu() - used
            assert (top / 'all/told').read_text().count('"learner": ') == learners
            rows.append(
                f'{kind} {took / learners * 1e3:.0f} ms each, CPU {used / learners * 1e3:.0f}'
            )
    return f'{learners} learners: {"; ".join(rows)}'


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--learners', type=int, nargs='+', default=[100, 1_000])
    for number in parser.parse_args().learners:
        with tempfile.TemporaryDirectory() as folder:
            print(fetched(Path(folder), number), flush=True)
