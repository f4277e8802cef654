"""One browser for each module, one server and one fresh visitor for each test."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from find_browser import installed
from playwright.sync_api import Browser, Page, sync_playwright
from serving import Served

from builder.runs import processes
from builder.runs.store import Store

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# Of a module, not of the session: while one Playwright is open, the tests of another folder cannot open theirs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = installed()
    assert found, "There is no browser: run python tests/e2e/find_browser.py --install"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The app with an empty store; what still trains at the end is killed."""
    server = Served(tmp_path)
    yield server
    server.stop()
    for run in Store(tmp_path / "layerloom.db").runs(None):
        if run.pid and processes.is_alive(run.pid, run.pid_started):
            os.kill(run.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def canvas_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for all tests of a module: each visitor begins with an empty store of their own."""
    server = Served(tmp_path_factory.mktemp("canvas"))
    yield server.address
    server.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of 1440 × 900; what goes wrong in it fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []
