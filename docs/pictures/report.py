"""The report in light, in dark and on a phone, and the sheet on A4, as a browser shows them.

It takes Debian's chromium, fonts-inter and fonts-noto-color-emoji: other fonts make other pictures.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import demo
import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = '/usr/bin/chromium'
LOOKS = {'light': (1180, 'light'), 'dark': (1180, 'dark'), 'phone': (390, 'light')}
LONGEST = 1500  # pixels
SHEET = 1.3  # pixels for a point


def pictures() -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        work = demo.make(Path(folder))
        report = ('-m', 'roadmap_md', 'report', '-o', 'report.html', '--today', demo.TODAY)
        subprocess.run([sys.executable, *report], cwd=work, check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        address = (work / 'report.html').as_uri()
        for name, look in LOOKS.items():
            yield f'report-{name}.png', _page(browser, address, *look)
        yield 'report-sheet.png', _sheet(browser, address)


def _page(browser: Browser, address: str, width: int, scheme: str) -> bytes:
    """The page down to where the plan begins, if that is not too far."""
    page = browser.new_page(viewport={'width': width, 'height': 900}, color_scheme=scheme)
    page.goto(address)
    height = min(page.locator('.plan').bounding_box()['y'], LONGEST)
    clip = {'x': 0, 'y': 0, 'width': width, 'height': height}
    return _small(Image.open(BytesIO(page.screenshot(clip=clip, full_page=True))))


def _sheet(browser: Browser, address: str) -> bytes:
    page = browser.new_page()
    page.goto(address)
    printed = pypdfium2.PdfDocument(page.pdf(format='A4'))
    return _small(printed[0].render(scale=SHEET).to_pil())


def _small(image: Image.Image) -> bytes:
    file = BytesIO()
    image.convert('RGB').save(file, 'PNG', optimize=True)
    return file.getvalue()
