"""Pages in an installed Chromium, driven with Playwright: a pytest plugin that the conftest names.

Nothing that a page asks for leaves this machine: what is neither a file nor served from 127.0.0.1 is refused, and the test
fails, as it does for a script that breaks or that the page's own policy had to stop. Without a browser or without
Playwright such tests are skipped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Locator, LocatorAssertions, Page, Route

BROWSERS = ("chromium", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
PATIENCE_MS = 20_000


def at_home(url: str) -> bool:
    """Whether an address stays on this machine."""
    parts = urlsplit(url)
    return parts.scheme in ("file", "data", "blob", "about") or parts.hostname == "127.0.0.1"


class Watch:
    """What went wrong in a page while a test looked elsewhere."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken: list[str] = []

    def route(self, route: Route) -> None:
        if at_home(route.request.url):
            route.continue_()
            return
        self.asked.append(route.request.url)
        route.abort()

    def console(self, message: ConsoleMessage) -> None:
        # An answer of 404 or 409 may be what a test is about; what was not answered stands in `asked`.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.broken.append(message.text)

    def settle(self) -> None:
        assert not self.asked, f"the page asked the network for {self.asked}"
        assert not self.broken, f"the page complained: {self.broken}"


def expect(locator: Locator) -> LocatorAssertions:
    """Playwright's assertions that wait, imported where there is a browser: a page's policy may forbid ``wait_for_function``."""
    from playwright.sync_api import expect as waiting

    return waiting(locator)


@contextmanager
def open_page(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page of its own (own storage, own downloads) with Playwright's ``options`` of a context; watched until it closes."""
    watch = Watch()
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE_MS)
    context.route("**/*", watch.route)
    context.on("console", watch.console)
    context.on("weberror", lambda error: watch.broken.append(str(error.error)))
    try:
        yield context.new_page()
    finally:
        context.close()
    watch.settle()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of this machine; one for a module, for Playwright holds the event loop while it runs."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright: pip install playwright")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("needs a browser: apt-get install chromium")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that is empty, 1400 pixels wide."""
    with open_page(browser, viewport={"width": 1400, "height": 900}) as made:
        yield made
