"""The page of a course in a real browser: light, quiet, and everybody is on it."""

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from chromium import Opened, browser
from npm import installed
from playwright.sync_api import Browser, Page
from worktree import done, sh

from roadmap_md.cohort import Changed, Learner
from roadmap_md.course import Course
from roadmap_md.output.cohort import Shown
from roadmap_md.output.report.cohort import html
from roadmap_md.output.report.edits import Edits, Way, edits
from roadmap_md.output.report.histogram import bars
from roadmap_md.standing import Range, Standing, spread
from roadmap_md.stats import Counts

NAMES = [
    '<script>alert(1)</script>', '</table><img/src=x/onerror=alert(1)>', '"onmouseover="alert(1)',
    "'x", '</style><plaintext>', '{{7+7}}', '{%x%}', '&lt;b&gt;', '\u202eesrever',
    '田中', '🦊', 'émile', 'x' * 100,
    *(f'learner-{at:03}' for at in range(200)),
]  # fmt: skip
TITLES = [
    'Lists',
    '</td><script>alert(1)</script>',
    '[a](javascript:alert(1))',
    'タプル 🎉',
    'x' * 200,
]
TODAY = '2026-03-27'
START = 1_772_000_000  # in February


def plan(done: int, more: str = '') -> bytes:
    rows = (f'- [{" x"[at < done]}] Day {at + 1} – {title}' for at, title in enumerate(TITLES))
    return '\n'.join(('# Plan of 🎯 <b>', '', '## Week 1', *rows, more, '')).encode()


def imported(names: list[str]) -> Iterator[bytes]:
    """A commit for the plan, and each learner's ticks on top of it."""
    yield commit('main', START, plan(0), '')
    for at, name in enumerate(names):
        last = at % (len(TITLES) + 1)
        for number in range(last):
            own = '- [ ] Day 6 – mine' * (at % 60 == 7)
            when = START + (at % 9 + number) * 86_400
            yield commit(
                name, when, plan(number + 1, own), '' if number else 'from refs/heads/main\n'
            )
        if not last:
            yield f'reset refs/heads/{name}\nfrom refs/heads/main\n\n'.encode()
    yield b'commit refs/heads/lost\ncommitter T <t@x.org> 1772000000 +0000\ndata 0\n\n'


def commit(name: str, when: int, text: bytes, begins: str) -> bytes:
    head = f'commit refs/heads/{name}\ncommitter T <t@x.org> {when} +0000\ndata 0\n{begins}'
    return f'{head}M 100644 inline ROADMAP.md\ndata {len(text)}\n'.encode() + text + b'\n'


@pytest.fixture(scope='module')
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp('course')
    done(folder, 'git init -q -b main')
    stream = b''.join(imported(NAMES))
    subprocess.run(['git', '-C', folder, 'fast-import', '--quiet'], input=stream, check=True)
    for name, options in {
        'page': '--history',
        'nameless': '--anonymous --history',
        'bare': '--lint',
    }.items():
        command = f'roadmap-md cohort --template main {options} --output-format html -o {name}.html'
        ended = sh(folder, f'{command} --today {TODAY}')
        assert (ended.returncode, ended.stdout) == (1, ''), ended.stdout  # one is lost
    return folder


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.mark.parametrize(
    'name, width, scheme',
    [('page', 1200, 'light'), ('page', 360, 'dark'), ('bare', 1200, 'dark')],
)
def test_it_is_quiet_and_accessible(
    name: str, width: int, scheme: str, course: Path, chromium: Browser,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    axe = installed(request, 'axe-4', 'axe-core@4') / 'node_modules/axe-core/axe.min.js'
    opened = Opened(chromium, course / f'{name}.html', width, scheme)
    assert opened.said == []
    assert opened.page.evaluate('document.documentElement.scrollWidth') <= width
    opened.page.evaluate(axe.read_text())
    found = opened.page.evaluate("axe.run({resultTypes: ['violations']})")
    assert len(found['passes']) > 10
    assert [(one['id'], one['nodes'][0]['html']) for one in found['violations']] == []
    opened.page.close()


def names_on(page: Page) -> list[str]:
    own = 'all => all.map(one => one.firstChild.data.trim())'
    found: list[str] = page.eval_on_selector_all('.rows tbody th', own)
    return found


def test_everybody_is_there_as_text(course: Path, chromium: Browser) -> None:
    page = Opened(chromium, course / 'page.html').page
    shown = [name.replace('\u202e', '\\u{202e}') for name in sorted(NAMES)]
    assert names_on(page) == shown
    assert page.locator('script, img, [onmouseover], [onerror], [style]').count() == 0
    assert page.locator('style').count() == 1
    assert page.locator('.index a').all_text_contents()[0].endswith(f'to {shown[99]}')
    said = [page.locator(f'.rows i:text-is("{word}")').count() for word in ('stuck', 'own plan')]
    assert said == [sum(0 < at % 6 < 5 for at in range(len(NAMES))), 4]
    assert page.locator('.lost').inner_text().startswith('lost')
    heads = page.locator('.steps thead th').all_text_contents()
    assert heads == ['task', 'have passed it', 'are there now']  # none was ever in progress


def test_what_is_not_looked_at_is_not_drawn(course: Path, chromium: Browser) -> None:
    page = Opened(chromium, course / 'page.html').page
    drawn = """() => [...document.querySelectorAll('.rows')].map(
        group => group.querySelector('td').checkVisibility({contentVisibilityAuto: true}))"""
    assert page.evaluate(drawn) == [False, False, True]
    page.goto(page.url + '#g2')
    page.wait_for_function(f'({drawn})()[1]')


def test_the_search_of_the_browser_finds_everybody(course: Path, chromium: Browser) -> None:
    page = Opened(chromium, course / 'page.html').page
    assert page.evaluate("[window.find('learner-020'), window.find('learner-999')]") == [
        True,
        False,
    ]
    page.wait_for_function("""() => {
        const place = getSelection().getRangeAt(0).getBoundingClientRect();
        return place.top > 0 && place.bottom < innerHeight;
    }""")


def test_without_names_nothing_tells_who(course: Path) -> None:
    text = (course / 'nameless.html').read_text()
    assert 'learner 213' in text
    commits = done(course, 'git for-each-ref --format="%(objectname:short)"').split()
    assert not [word for word in (*commits, 'learner-', '田中', 'émile', 'refs/') if word in text]


def test_printed_it_has_all(course: Path, chromium: Browser) -> None:
    page = Opened(chromium, course / 'page.html', scheme='dark').page
    document = pypdfium2.PdfDocument(page.pdf(format='A4'))
    whole = ''.join(one.get_textpage().get_text_range() for one in document)
    assert [name for name in NAMES[-200:] if name not in whole] == []


def test_it_stays_light() -> None:
    counts = Counts(31, 2, 17, 0, 0)
    course = Course(date(2026, 3, 1), 20, 3, 2.5)
    one = Learner('learner/000000', '', '', '', counts, 'week-7/day-2', 'Retrieval', course)
    two, many = (
        html(Shown('Plan', [one] * number, (), (), ()), 'name', date(2026, 3, 2))
        for number in (2, 5_000)
    )
    assert (len(many) - len(two)) / 5_000 < 130


def test_what_is_not_installed_is_named(course: Path) -> None:
    code = 'import sys; sys.modules["jinja2"] = None; from roadmap_md.__main__ import main; sys.exit(main())'
    ended = sh(course, f"python -c '{code}' cohort --output-format html")
    assert ended.returncode == 2
    assert 'jinja2, which is not installed' in ended.stdout
    assert "pip install 'roadmap-md[report]'" in ended.stdout


def test_spread() -> None:
    found = spread([0, 0, 1, 9, 10, 55, 99, 100])
    assert [one.learners for one in found] == [2, 2, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1]
    assert (found[0], found[-2]) == (Range(0, 0, 2), Range(90, 99, 1))
    assert [bar.height for bar in bars(found)[:3]] == [154, 154, 77]


@pytest.mark.parametrize(
    'percents, median, middle',
    [([7], 7, (7, 7)), ([0, 100], 50, (25, 75)), ([0, 10, 20, 30, 40], 20, (10, 30))],
)
def test_standing(percents: list[int], median: float, middle: tuple[float, float]) -> None:
    of = Standing(percents, 0, 0)
    assert (of.median, of.middle) == (median, middle)


def test_of_many_edits_the_first_are_told() -> None:
    one = Changed('p', 2, tuple(map(str, range(9))), ('x',), (('a', 'b'),))
    told = ['added 0', 'added 1', 'added 2', 'added 3', 'added 4', 'added 5', 'added 3 more']
    assert edits([one] * 41) == Edits(
        82, [Way('2 learners', [*told, 'removed x', 'renamed a → b'])] * 40, 1
    )
