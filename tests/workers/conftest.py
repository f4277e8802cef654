from collections.abc import Iterator
from pathlib import Path

import pytest
from live_runs import end_all

from builder.runs.store import Store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A fresh store; whatever runs at the end is killed, the supervisor first, and must be gone."""
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path / "home"))
    made = Store()
    yield made
    end_all(made)
