"""A real browser, Debian's chromium, and what it says while it shows a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from npm import unavailable
from playwright.sync_api import Browser, Page, sync_playwright


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser; where there is none, the test is skipped."""
    path = shutil.which('chromium')
    if not path:
        unavailable('chromium is not installed')
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path)


class Opened:
    """A *page* that shows the file at *path*, and all that the browser *said* meanwhile.

    That are console messages, dialogs, errors, and requests for anything but the file.
    """

    def __init__(self, browser: Browser, path: Path, width: int = 1200, scheme: str = 'light'):
        self.page: Page = browser.new_context(
            viewport={'width': width, 'height': 900}, color_scheme=scheme
        ).new_page()
        self.said: list[str] = []
        self.page.on('console', lambda message: self.said.append(message.text))
        self.page.on('pageerror', lambda error: self.said.append(str(error)))
        self.page.on('dialog', lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on('request', lambda request: self.said.append(request.url))
        self.page.goto(path.as_uri())
        self.page.wait_for_load_state('networkidle')
        self.said.remove(path.as_uri())
