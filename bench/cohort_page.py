"""The page of 10,000 learners: how long it takes to make, how large it is, how soon it is there.

    python bench/cohort_page.py [--rounds N] [--learners N] [--repository FOLDER]

Each round opens the file in a new headless Chromium, at the size of a desk and of a phone; shown
are medians and the worst, in ms since the navigation began: first paint, and the load event.
"""

import argparse
import gzip
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from cohort import REFS, environment
from learners import make
from measure import run
from playwright.sync_api import Browser, sync_playwright

COMMAND = [sys.executable, '-m', 'roadmap_md', 'cohort', '--refs', REFS, '--today', '2021-02-01']
PAGES = (('states', ()), ('history and rules', ('--history', '--lint')))
SIZES = {'desk': (1200, 900), 'phone': (380, 800)}
TIMES = """() => [
    performance.getEntriesByName('first-contentful-paint')[0].startTime,
    performance.getEntriesByType('navigation')[0].loadEventEnd,
]"""
IS_PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length"


def times(browser: Browser, page: Path, size: tuple[int, int]) -> tuple[float, float]:
    """When it was painted first, and when it was loaded, in ms."""
    opened = browser.new_page(viewport={'width': size[0], 'height': size[1]})
    opened.goto(page.as_uri())
    opened.wait_for_function(IS_PAINTED)
    paint, load = opened.evaluate(TIMES)
    opened.close()
    return paint, load


def report(repository: Path, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name, options in PAGES:
            page = Path(folder) / 'page.html'
            words = [*COMMAND, *options, '--output-format', 'html', '-o', str(page)]
            cost, code, out = run(words, repository, environment())
            if code:
                raise SystemExit(out)
            data = page.read_bytes()
            packed = len(gzip.compress(data))
            print(
                f'{name}: made in {cost.wall:.1f} s, {len(data) / 1e6:.2f} MB'
                f' ({packed / 1e6:.2f} MB with gzip)'
            )
            for size, pixels in SIZES.items():
                found = []
                for _ in range(rounds):
                    browser = playwright.chromium.launch(executable_path=shutil.which('chromium'))
                    found.append(times(browser, page, pixels))
                    browser.close()
                paints, loads = zip(*found, strict=True)
                print(
                    f'  {size:5} first paint {statistics.median(paints):4.0f} ms (worst'
                    f' {max(paints):.0f}), loaded {statistics.median(loads):4.0f} ms (worst'
                    f' {max(loads):.0f})',
                    flush=True,
                )


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('--rounds', type=int, default=7)
    parser.add_argument('--learners', type=int, default=10_000)
    parser.add_argument('--repository', type=Path, help='One that learners.py has made.')
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.repository or Path(folder) / 'r'
        if not given.repository:
            make(place, given.learners, (20, 50))
        report(place, given.rounds)
