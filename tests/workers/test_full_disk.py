"""The disk on which store, weights and log lie fills up while a run trains."""

import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from live_runs import FOREVER, end_all, ended, project, started, waited
from small_disk import SmallDisk, small_disk

from builder.runs import artifacts, keepsake
from builder.runs.records import EventKind, RunState
from builder.runs.store import Store
from builder.train import explain

TOLD_S = 50.0
"""Ten times what is promised."""


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", monkeypatch) as made:
        monkeypatch.setenv("LAYERLOOM_HOME", str(made.path))
        yield made


@pytest.fixture
def store(disk: SmallDisk) -> Iterator[Store]:
    """On the small disk."""
    made = Store()
    yield made
    end_all(made)


def test_a_run_whose_disk_fills_up_stops_says_disk_and_keeps_what_was_saved(
    store: Store, disk: SmallDisk
) -> None:
    run_id = started(store, project(epochs=FOREVER))
    assert waited(90, lambda: artifacts.LAST in artifacts.sizes(run_id)), store.run(run_id)
    reached = store.run(run_id).epoch
    disk.fill()
    filled = time.monotonic()
    run = ended(store, run_id, seconds=TOLD_S)
    assert time.monotonic() - filled < TOLD_S
    assert (run.state, run.error) == (RunState.FAILED, explain.NO_DISK)
    assert run.epoch >= reached
    for name in artifacts.sizes(run_id):
        if name.endswith(".keras"):
            assert zipfile.ZipFile(artifacts.folder(run_id) / name).testzip() is None
    kept = [event.epoch for event in store.events(run_id, limit=10**6, kinds=[EventKind.EPOCH])]
    assert kept == list(range(run.epoch + 1))
    disk.free()
    again = ended(store, started(store, project(epochs=2)))
    assert again.state is RunState.FINISHED
    assert keepsake.read(artifacts.folder(again.id) / artifacts.RECORD) is not None


def test_a_run_on_a_nearly_full_disk_says_disk_before_it_fills_it(store: Store, disk: SmallDisk) -> None:
    disk.fill(leave=8_000_000)
    run = ended(store, started(store, project(epochs=FOREVER)))
    assert (run.state, run.error) == (RunState.FAILED, explain.NO_DISK)
    disk.free()
