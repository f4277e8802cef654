import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from live_runs import waited

from builder.runs import processes
from builder.runs.store import Store
from builder.train import presence


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A fresh store; whatever runs at the end is killed, the supervisor first, and must be gone."""
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path / "home"))
    made = Store()
    yield made
    supervisor = presence.supervisor()
    if supervisor is not None:
        with suppress(ProcessLookupError):
            os.kill(supervisor, signal.SIGKILL)
        assert waited(10, lambda: presence.supervisor() is None)
    for run in made.runs(None):
        if run.pid and processes.is_alive(run.pid, run.pid_started):
            os.kill(run.pid, signal.SIGKILL)
        assert waited(10, lambda run=run: not processes.is_alive(run.pid, run.pid_started))
    made.close()
