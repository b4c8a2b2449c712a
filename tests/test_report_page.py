"""The page in a real browser: it asks for nothing, says nothing, and shows everybody everything."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import demo
import pypdfium2
import pytest
from chromium import Opened, browser
from npm import installed
from playwright.sync_api import Browser
from test_sinks import ACTING

from roadmap_md.__main__ import main
from roadmap_md.escape import visible
from roadmap_md.inline import plain
from roadmap_md.tracker import read_tracker

LONG = 'supercalifragilistic' * 40
TITLES = [
    '</style><style>body{display:none}</style>', '</title><script>alert(1)</script>',
    '<svg onload=alert(1)>', '<base href=https://evil.example>', '{{ 7*7 }}', '{% include "x" %}',
    '[a](https://evil.example/"onmouseover="alert(1))', '[a](JaVaScRiPt:alert(1))',
    '[a](data:text/html,<script>alert(1)</script>)', '[a](//evil.example)', '[a](vbscript:x)',
    '![a](https://evil.example/x.png)', '**[a](javascript:alert(1))**', '`<script>`', LONG,
    '<meta http-equiv=refresh content="0;url=https://evil.example">', '\u202eesrever',
    *(title for title in ACTING if not set('\r\x0b\x0c\x85\u2028\u2029') & set(title)),
]  # fmt: skip
HOSTILE = ''.join(f'- [{" x/"[at % 3]}] {title}\n' for at, title in enumerate(TITLES))
HOSTILE = f'# <script>alert(1)</script> plan\n\n## {TITLES[0]}\n\n- {TITLES[1]}\n\n{HOSTILE}'


@pytest.fixture(scope='module')
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope='module')
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the demo repository."""
    folder = demo.make(tmp_path_factory.mktemp('demo'))
    page = folder / 'report.html'
    command = [sys.executable, '-m', 'roadmap_md', 'report', '-o', page, '--today', demo.TODAY]
    subprocess.run(command, cwd=folder, check=True)
    return page


@pytest.fixture(scope='module')
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a tracker whose every title tries to do something."""
    folder = tmp_path_factory.mktemp('hostile')
    (folder / 'plan.md').write_text(HOSTILE, encoding='utf-8')
    assert main(['report', str(folder / 'plan.md'), '-o', str(folder / 'report.html')]) == 0
    return folder / 'report.html'


@pytest.fixture(scope='module')
def sheet(page: Path) -> Path:
    """The sheet of the same, which is a page of its own."""
    to = page.with_name('sheet.html')
    assert main(['report', str(page.with_name('ROADMAP.md')), '--sheet', '-o', str(to)]) == 0
    return to


LOOKS = {'light': (1200, 'light'), 'dark': (1200, 'dark'), 'phone': (360, 'light')}


@pytest.mark.parametrize('name', ['page', 'sheet', 'hostile'])
def test_it_is_quiet_and_accessible(
    name: str, chromium: Browser, request: pytest.FixtureRequest, long: bool
) -> None:
    path: Path = request.getfixturevalue(name)
    axe = installed(request, 'axe-4', 'axe-core@4') / 'node_modules/axe-core/axe.min.js'
    for look in LOOKS.values() if name == 'page' or long else [LOOKS['phone']]:
        opened = Opened(chromium, path, *look)
        assert opened.said == []
        wide = opened.page.evaluate('document.documentElement.scrollWidth')
        assert wide <= look[0]
        opened.page.evaluate(axe.read_text())
        found = opened.page.evaluate("axe.run({resultTypes: ['violations']})")
        assert len(found['passes']) > 10
        assert [(one['id'], one['nodes'][0]['html']) for one in found['violations']] == []
        opened.page.close()


def test_hostile_titles_are_text(hostile: Path, chromium: Browser) -> None:
    page = Opened(chromium, hostile, 360).page
    tracker = read_tracker(HOSTILE.encode())
    shown = page.locator('.task .title').all_text_contents()
    expected = [visible(plain(task.text or task.key)) for task in tracker.tasks]
    assert len(shown) == len(tracker.tasks) > 100
    for got, wanted in zip(shown, expected, strict=True):
        assert ' '.join(got.split()) == ' '.join(wanted.split())
    assert page.locator('script, img, base, iframe, object, form, [onload], [onerror]').count() == 0
    assert page.locator('style').count() == page.locator('meta[http-equiv]').count() == 1
    links = {
        link.split(':')[0] for link in page.eval_on_selector_all('a', 'all => all.map(a => a.href)')
    }
    assert links <= {'http', 'https', 'mailto', 'file'}
    assert all(
        link.startswith('#')
        for link in page.eval_on_selector_all('a', 'all => all.map(a => a.getAttribute("href"))')
        if not link.startswith(('http:', 'https:', 'mailto:'))
    )


def test_its_policy_holds(hostile: Path, chromium: Browser) -> None:
    """What would get into the page all the same could do nothing."""
    opened = Opened(chromium, hostile)
    failed: list[str | None] = []
    opened.page.on('requestfailed', lambda request: failed.append(request.failure))
    opened.page.evaluate("""() => {
        document.body.insertAdjacentHTML('beforeend', '<img id=i src=https://evil.example/x.png onerror=alert(1)>'
            + '<style>body{display:none}</style><p id=p style="color:red">x</p><form action=https://evil.example>');
        const script = document.createElement('script');
        script.text = 'document.title = "owned"';
        document.body.append(script);
    }""")
    with opened.page.expect_console_message(lambda message: 'form-action' in message.text):
        opened.page.eval_on_selector('form', 'form => form.requestSubmit()')
    assert opened.page.url == hostile.as_uri()
    assert opened.page.title() != 'owned'
    assert opened.page.is_visible('body')
    assert opened.page.eval_on_selector('#p', 'p => getComputedStyle(p).color') != 'rgb(255, 0, 0)'
    assert failed == ['csp']
    refused = ' '.join(opened.said)
    for directive in ('img-src', 'style-src', 'script-src', 'form-action'):
        assert directive in refused


WEEKS = {f'Week {week}': [f'Day {day}' for day in range(1, 6)] for week in range(1, 11)}


def check_sheet(pdf: bytes, size: tuple[int, int]) -> None:
    """It has all weeks, none torn, the rules at its end, and nothing of the screen."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) <= 2  # one, with the fonts of most machines
    for page in document:
        assert page.get_size() == pytest.approx(size, abs=1)
    for week in WEEKS:
        (text,) = [page for page in pages if f'{week} ' in page or f'{week}\r' in page]
        after = text[text.index(week) :]
        assert after.count('Day ') >= 5 or week == 'Week 10'
        assert [line[:5] for line in after.splitlines() if line.startswith('Day ')][:5] == WEEKS[
            week
        ]
    whole = ''.join(''.join(pages).split())
    for said in ('Tick daily', 'No skipping.', '“If 10,000 users use this tomorrow, what breaks?”'):
        assert said.replace(' ', '') in whole
    for not_said in ('Whereyouare', 'Whatwaslearnt', 'RM104', 'Pace'):
        assert not_said.casefold() not in whole.casefold()


@pytest.mark.parametrize('paper, size', [('A4', (596, 842)), ('Letter', (612, 792))])
def test_printed_it_is_a_sheet(
    paper: str, size: tuple[int, int], page: Path, chromium: Browser
) -> None:
    check_sheet(Opened(chromium, page).page.pdf(format=paper), size)


def test_pdf(page: Path, tmp_path: Path) -> None:
    tracker, to = page.with_name('ROADMAP.md'), tmp_path / 'sheet.pdf'
    assert main(['report', str(tracker), '--pdf', '--paper', 'letter', '-o', str(to)]) == 0
    check_sheet(to.read_bytes(), (612, 792))


def test_a_list_that_is_longer_than_a_page_begins_on_the_first(tmp_path: Path) -> None:
    plan, to = tmp_path / 'plan.md', tmp_path / 'sheet.pdf'
    plan.write_text('# Plan\n\n' + ''.join(f'- [ ] Day {day} – x\n' for day in range(1, 201)))
    assert main(['report', str(plan), '--pdf', '-o', str(to)]) == 0
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(to)]
    assert 'Day 1 –' in pages[0] and 'Day 200 –' in pages[-1]
    assert [page.count('Day ') > 60 for page in pages] == [True] * len(pages)
