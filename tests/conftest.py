"""What tests of several parts need: a store of their own for the app's services, and no processes left behind."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_supervisor_stays() -> Iterator[None]:
    """The supervisors that a test has started end with it."""
    yield
    presence = sys.modules.get("builder.train.presence")
    started = presence._started if presence else {}
    for process in started.values():
        process.kill()
        process.wait()
    started.clear()


@pytest.fixture
def app_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty `LAYERLOOM_HOME`; the store that pages and routes share is opened anew in it."""
    from builder.ui import services

    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path))
    services.store.clear()
    yield tmp_path
    services.store.clear()
