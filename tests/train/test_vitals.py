import time
from pathlib import Path

import pytest

from builder.project.document import Project
from builder.runs.store import Store
from builder.train import vitals
from builder.train.pulse import Pulse
from builder.train.vitals import Vitals


def busy(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_busy_process_is_told_from_one_that_sleeps() -> None:
    figures = Vitals()
    time.sleep(0.2)
    assert figures.look()["cpu_percent"] < 50
    busy(0.2)
    assert figures.look()["cpu_percent"] > 5


def test_memory_that_is_filled_is_told() -> None:
    before = vitals.resident_mb()
    held = bytearray(b"x" * 60_000_000)
    after = vitals.resident_mb()
    assert before is not None and after is not None
    assert after - before > 40
    del held


def test_without_proc_the_highest_memory_so_far_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(vitals, "STATM", tmp_path / "none")
    assert (vitals.resident_mb() or 0) > 10


def test_the_pulse_carries_the_figures_of_its_process(store: Store) -> None:
    run = store.create_run("ann", Project())
    with Pulse(store, run.id):
        pass
    told = store.run(run.id).vitals
    assert told is not None and told["memory_mb"] > 10
