"""Pages without a browser: the frame script under AppTest, with a store of its own and one real engine for all."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from builder import paths
from builder.runs.store import Store
from builder.ui import services

FRAME = str(paths.PACKAGE / "frame.py")
Open = Callable[[str], AppTest]


@pytest.fixture(scope="session", autouse=True)
def _engines() -> Iterator[None]:
    """Warm before the first page: a cold engine is a case of its own, with a test of its own."""
    services.engine().submit("local", {"kind": "ping"}).result(120)
    yield
    services.engine.clear()
    services.jobs.clear()


@pytest.fixture
def store(app_home: Path) -> Store:
    return Store()


@pytest.fixture
def visit(app_home: Path) -> Open:
    """Open a page as a new visitor would: `visit("train")`."""

    def opened(name: str) -> AppTest:
        at = AppTest.from_file(FRAME, default_timeout=120).run()
        assert not at.exception
        if name != "start":
            at.switch_page(str(paths.PROJECT / "pages" / f"{name}_page.py")).run()
        assert not at.exception, at.exception
        return at

    return opened
