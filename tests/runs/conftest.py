from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.runs.store import Store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A fresh store in a home of its own."""
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path / "home"))
    made = Store()
    yield made
    made.close()
