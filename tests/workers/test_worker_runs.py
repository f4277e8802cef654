import math
import os
import re
import subprocess
import sys
import time
import zipfile

import pytest
from live_runs import FOREVER, ended, learning, project, started, waited

from builder.errors import Conflict, NotFound
from builder.project.document import DataSpec, EarlyStopping, OptimizerSpec
from builder.runs import artifacts, frames, keepsake, processes
from builder.runs.records import EventKind, RunState
from builder.runs.store import Store
from builder.train import launch
from builder.train.follow import follow


def test_a_run_trains_to_its_end_and_tells_everything_on_the_way(store: Store) -> None:
    run_id = started(store, project(epochs=5))
    events = list(follow(store, run_id))
    kinds = [event.kind for event in events if event.kind is not EventKind.BATCH]
    assert kinds == [EventKind.QUEUED, EventKind.STARTED, *[EventKind.EPOCH] * 6, EventKind.FINISHED]
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    run = ended(store, run_id)
    assert (run.state, run.error, run.epoch, run.steps_per_epoch) == (RunState.FINISHED, None, 5, 40)
    assert run.rows == {"train": 1258, "validation": 270, "test": 269, "measured": run.rows["measured"]}
    assert run.rows["measured"] >= 256
    history, before = frames.history(events), frames.initial(events)
    measured = {"loss", "loss_se", "accuracy", "val_loss", "val_loss_se", "val_accuracy"}
    assert measured | {"keras_loss", "keras_accuracy", "learning_rate"} == set(history)
    assert all(len(values) == 5 for values in history.values())
    assert before["val_loss"] > history["val_loss"][-1] and run.metrics["loss"] == history["loss"][-1]
    best = history["val_loss"].index(min(history["val_loss"]))
    assert run.best == {
        "epoch": 1 + best,
        "val_loss": history["val_loss"][best],
        "val_accuracy": history["val_accuracy"][best],
    }
    assert list(run.best)[1] == "val_loss", "the watched value stands first"
    assert run.test["accuracy"] > 0.8
    assert frames.points(store, run).progress.epoch == 5


def test_a_finished_run_leaves_whole_models_and_its_own_record(store: Store) -> None:
    run = ended(store, started(store, project(epochs=2)))
    checkpoints = {artifacts.CHECKPOINT, artifacts.OLDER}
    models = {artifacts.LAST, artifacts.BEST, artifacts.MODEL}
    assert models | checkpoints | {artifacts.LOG, artifacts.RECORD} <= set(artifacts.sizes(run.id))
    assert run.epoch in artifacts.kept_epochs(run.id)
    for name in (artifacts.LAST, artifacts.BEST, artifacts.MODEL):
        assert zipfile.ZipFile(artifacts.folder(run.id) / name).testzip() is None
    kept = keepsake.read(artifacts.folder(run.id) / artifacts.RECORD)
    assert kept.run.model_copy(update={"heartbeat_at": run.heartbeat_at}) == run
    assert frames.history(kept.events) == frames.history(store.events(run.id))


def test_the_same_project_gives_the_same_curve(store: Store) -> None:
    first, second = (started(store, project(epochs=3)) for _ in range(2))
    curves = [frames.history(store.events(ended(store, run_id).id)) for run_id in (first, second)]
    assert curves[0] == curves[1]


def test_stop_works_within_a_second_and_keeps_what_was_learned(store: Store) -> None:
    run = learning(store, project(epochs=FOREVER))
    asked = time.monotonic()
    launch.stop(store, run.id, "ann")
    told = ended(store, run.id, seconds=10)  # a second on a quiet machine
    assert time.monotonic() - asked < 10
    assert (told.state, told.error) == (RunState.STOPPED, None)
    assert told.epoch >= 2 and {artifacts.LAST, artifacts.BEST} <= set(artifacts.sizes(run.id))
    assert store.events(run.id, limit=100_000)[-1].text == "Stopped by request."


def test_a_run_is_stopped_before_its_first_step_without_waiting_for_imports(store: Store) -> None:
    run_id = started(store, project(epochs=FOREVER))
    launch.stop(store, run_id, "ann")
    assert ended(store, run_id).state is RunState.STOPPED
    assert store.run(run_id).epoch == 0


def test_a_run_that_was_never_started_is_stopped_at_once(store: Store) -> None:
    run_id = store.create_run("ann", project()).id
    launch.stop(store, run_id, "ann")
    assert store.run(run_id).state is RunState.STOPPED
    with pytest.raises(Conflict):
        launch.start(store, run_id)


def test_a_run_is_started_once_and_only_by_its_owner(store: Store) -> None:
    run_id = store.create_run("ann", project(epochs=1)).id
    with pytest.raises(NotFound):
        launch.start(store, run_id, "bob")
    launch.start(store, run_id, "ann")
    with pytest.raises(Conflict, match="Run 1 was started already"):
        launch.start(store, run_id, "ann")
    with pytest.raises(NotFound):
        launch.stop(store, run_id, "bob")
    assert ended(store, run_id).state is RunState.FINISHED


def test_early_stopping_ends_the_run_and_says_so(store: Store) -> None:
    patience = EarlyStopping(patience=2).model_dump()
    rate = OptimizerSpec(type="SGD", params={"learning_rate": 2.0, "momentum": 0.9}).model_dump()
    run = ended(store, started(store, project(epochs=500, early_stopping=patience, optimizer=rate)))
    assert run.state is RunState.FINISHED and run.epoch == run.best["epoch"] + 2 < 500
    folder = artifacts.folder(run.id)
    assert (folder / artifacts.MODEL).read_bytes() == (folder / artifacts.BEST).read_bytes()
    assert frames.points(store, run).message.startswith(
        "Stopped early: validation loss has not improved for 2 epochs."
    )


def test_a_deleted_run_takes_its_worker_along(store: Store) -> None:
    run = learning(store, project(epochs=FOREVER))
    store.delete_run(run.id, "ann")
    assert waited(30, lambda: not processes.is_alive(run.pid, run.pid_started))


def test_a_hidden_run_stops_and_comes_back_with_what_it_learned(store: Store) -> None:
    run = learning(store, project(epochs=FOREVER))
    store.hide_run(run.id, "ann")
    assert waited(30, lambda: not processes.is_alive(run.pid, run.pid_started))
    store.restore_run(run.id, "ann")
    assert store.run(run.id).state is RunState.STOPPED
    assert artifacts.MODEL in artifacts.sizes(run.id)


def test_training_that_breaks_is_told_in_plain_words(store: Store) -> None:
    broken = project(epochs=50, loss="mean_squared_error", metrics=[])
    design = broken.design.model_copy(
        update={
            "nodes": tuple(
                node.model_copy(
                    update={"params": {"units": 1} if node.id == broken.design.nodes[-1].id else node.params}
                )
                for node in broken.design.nodes
            )
        }
    )
    rate = OptimizerSpec(type="SGD", params={"learning_rate": 100.0})
    training = broken.training.model_copy(update={"optimizer": rate})
    run = ended(store, started(store, broken.model_copy(update={"design": design, "training": training})))
    assert run.state is RunState.FAILED
    words = r"Training broke at epoch \d+, step \d+: layer \w+ grew beyond numbers\. Try a tenth of the learning rate\."
    assert re.fullmatch(words, run.error), run.error
    assert all(math.isfinite(value) for event in store.events(run.id) for value in event.values.values())


def test_a_fault_in_the_project_is_told_in_one_line(store: Store) -> None:
    what = project(epochs=1).model_copy(update={"data": DataSpec(source="iris")})
    run = ended(store, started(store, what))
    assert run.state is RunState.FAILED
    assert "iris" in run.error and "\n" not in run.error and "Traceback" not in run.error
    assert "Traceback" in (artifacts.folder(run.id) / artifacts.LOG).read_text()
    assert list(follow(store, run.id))[-1].text == run.error


def test_data_that_is_not_there_any_more_is_told_in_words(store: Store) -> None:
    what = project(epochs=1)
    gone = what.model_copy(update={"data": DataSpec(source="last-years-flowers")})
    run = ended(store, started(store, gone))
    assert run.state is RunState.FAILED
    assert run.error is not None and "last-years-flowers" in run.error


def test_starting_and_following_needs_no_tensorflow() -> None:
    wanted = "builder.train.launch, builder.train.follow, builder.runs.frames"
    code = f"import sys, {wanted}; print({{'keras', 'tensorflow', 'sklearn'}} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_in_a_class_runs_leave_the_processor_to_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLOOM_MODE", "classroom")
    run = learning(store, project(epochs=5000))
    assert os.getpriority(os.PRIO_PROCESS, run.pid) == os.getpriority(os.PRIO_PROCESS, 0) + 10
