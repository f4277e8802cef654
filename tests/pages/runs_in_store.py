"""Runs as workers leave them in the store, for tests of pages: no process stands behind them."""

import time

from builder.project.document import Project
from builder.project.templates import template
from builder.runs import artifacts
from builder.runs.records import Event, EventKind, Origin, RunRecord, RunState
from builder.runs.store import Store

PROJECT = template("mlp-digits").project


def at_work(
    store: Store, state: RunState = RunState.RUNNING, project: Project = PROJECT, series: str | None = None
) -> RunRecord:
    """A run in its third epoch."""
    run = store.create_run("local", project, series=series)
    _tell_epochs(store, run, 2)
    store.update_run(run.id, state=state, epoch=2, steps_per_epoch=40, heartbeat_at=time.time())
    return store.run(run.id)


def ended(
    store: Store,
    state: RunState = RunState.FINISHED,
    project: Project = PROJECT,
    accuracy: float = 0.9,
    series: str | None = None,
    origin: Origin | None = None,
) -> RunRecord:
    """A run that came to its end after two epochs."""
    run = store.create_run("local", project, series=series, origin=origin)
    _tell_epochs(store, run, 2)
    store.update_run(run.id, state=RunState.STARTING)
    store.update_run(
        run.id,
        state=state,
        ended_at=time.time(),
        epoch=2,
        best={"epoch": 2, "val_loss": 0.3, "val_accuracy": accuracy},
        test={"loss": 0.3, "accuracy": accuracy},
        rows={"train": 1258, "validation": 270, "test": 269},
        seconds=2.0,
        error="The process was killed." if state in (RunState.FAILED, RunState.LOST) else None,
    )
    return store.run(run.id)


def keep(run: RunRecord, *epochs: int) -> None:
    """Leave files of kept epochs, as far as their names matter."""
    folder = artifacts.folder(run.id) / "kept"
    folder.mkdir(exist_ok=True)
    for epoch in epochs:
        (folder / f"{epoch}.npz").write_bytes(b"kept")


def _tell_epochs(store: Store, run: RunRecord, count: int) -> None:
    values = {"loss": 0.4, "val_loss": 0.5, "accuracy": 0.9, "val_accuracy": 0.85}
    store.append(
        run.id, [Event(kind=EventKind.EPOCH, epoch=number, values=values) for number in range(count + 1)]
    )
