import errno
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builder.project.document import EarlyStopping, Project
from builder.runs import artifacts, keepsake
from builder.runs.records import RunState
from builder.runs.store import Store
from builder.train import devices, explain, keeping, worker
from builder.train.keeping import Keeper
from builder.train.session import Session, open_session
from builder.train.watch import Watch


@pytest.fixture
def run_id(store: Store, project: Project) -> str:
    return store.create_run("ann", project).id


@pytest.fixture
def session(project: Project) -> Session:
    return open_session(project)


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The worker's program can run in here: no memory limit stays behind, nor its answer to signals."""
    monkeypatch.setattr(devices, "limit_memory", lambda: None)
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def kernel(path: Path) -> np.ndarray:
    import keras

    return keras.models.load_model(path).get_layer("kind").get_weights()[0]


def trained(session: Session, watch: Watch, losses: list[float]) -> list[np.ndarray]:
    """Kernels after epochs that are told to have had these losses."""
    layer, kernels = session.model.get_layer("kind"), []
    for epoch, loss in enumerate(losses, 1):
        layer.kernel.assign(layer.kernel + 1)
        watch.see(epoch, {"val_loss": loss}, session.model.get_weights)
        kernels.append(layer.kernel.numpy())
    return kernels


@pytest.mark.parametrize("restores", [True, False])
def test_last_best_and_final_model_hold_the_weights_of_their_epochs(
    store: Store, run_id: str, session: Session, restores: bool
) -> None:
    watch = Watch(EarlyStopping() if restores else None, ["loss", "val_loss"])
    keeper = Keeper(store, run_id, session, watch)
    kernels = trained(session, watch, [3.0, 1.0, 2.0])
    keeper.finish(3)
    folder = artifacts.folder(run_id)
    assert np.array_equal(kernel(folder / artifacts.LAST), kernels[2])
    assert np.array_equal(kernel(folder / artifacts.BEST), kernels[1])
    assert np.array_equal(kernel(folder / artifacts.MODEL), kernels[1 if restores else 2])
    assert np.array_equal(session.model.get_layer("kind").kernel.numpy(), kernels[1 if restores else 2])


def test_weights_are_kept_from_time_to_time_while_training(
    store: Store, run_id: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "FIRST_S", 0.0)
    keeper = Keeper(store, run_id, session, Watch(None, ["loss", "val_loss"]))
    keeper.offer(1)
    first = artifacts.sizes(run_id)
    assert {artifacts.LAST, artifacts.RECORD} == set(first)
    (artifacts.folder(run_id) / artifacts.LAST).unlink()
    keeper.offer(2)  # just saved: not again
    assert artifacts.LAST not in artifacts.sizes(run_id)


def test_a_full_disk_ends_the_run_in_words_and_leaves_the_last_good_files(
    store: Store, run_id: str, in_process: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keras

    monkeypatch.setattr(keeping, "FIRST_S", 0.0)
    monkeypatch.setattr(keeping, "EVERY_S", 0.0)
    monkeypatch.setattr(keeping, "COST_SHARE", 1e9)
    save, saved = keras.Model.save, []

    def save_until_full(model: Any, path: Path) -> None:
        save(model, path)
        saved.append(path)
        if len(saved) > 3:
            Path(path).write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(keras.Model, "save", save_until_full)
    store.update_run(run_id, state=RunState.STARTING)
    assert worker.main([run_id]) == 0
    run = store.run(run_id)
    assert (run.state, run.error) == (RunState.FAILED, explain.NO_DISK)
    assert run.epoch >= 2
    for name in (artifacts.LAST, artifacts.BEST):
        assert zipfile.ZipFile(artifacts.folder(run_id) / name).testzip() is None
    assert keepsake.read(artifacts.folder(run_id) / artifacts.RECORD).run.error == run.error


def test_a_run_that_is_not_waiting_is_not_trained(store: Store, run_id: str, in_process: None) -> None:
    assert worker.main([run_id]) == 1
    assert store.run(run_id).state is RunState.QUEUED
