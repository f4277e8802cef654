"""What does a chart need to know about a run, and how little of it can be sent?

`points` is the answer of the live route: everything so far at first (at most 30 kB, however long the run), then only
what is new. `history` and `initial` are the whole truth, one value an epoch.
"""

from collections.abc import Iterable

import numpy as np
from pydantic import BaseModel, ConfigDict

from builder.runs.event_rows import NEWEST, BatchPoint
from builder.runs.records import Event, EventKind, RunRecord, RunState, Values
from builder.runs.store import Store
from builder.runs.thinning import min_max

FIRST_BYTES = 27_000
"""Room for curves in the first answer; with its frame it stays below 30 kB."""
BYTES_PER_S = 650
"""Room for curves afterwards, for each second since the last answer; with its frame about 1 kB."""
BATCH_POINT_BYTES = 20
WHOLE_EPOCHS = 100
"""A run of so few epochs is told whole, however fast it goes: about 12 kB in all, and nobody misses an epoch."""

EpochRow = tuple[int, Values]


class Progress(BaseModel):
    """How far a run is."""

    model_config = ConfigDict(frozen=True)

    epoch: int = 0
    """The epoch under way, from 1; 0 before the first."""
    step: int = 0
    steps_per_s: float | None = None
    seconds_left: float | None = None
    elapsed: float = 0.0
    """Seconds of training so far."""


class Points(BaseModel):
    """The answer of the live route."""

    model_config = ConfigDict(frozen=True)

    run: str
    number: int
    name: str
    state: RunState
    seq: int
    """Ask with `after=seq` next time."""
    epochs: int
    steps: int | None
    """Steps in an epoch."""
    progress: Progress
    epoch: list[EpochRow]
    """New epochs: number and values; 0 is before training."""
    batch: list[tuple[float, float]]
    """New batch losses: fractional epoch and loss."""
    metrics: list[str]
    """In order; the first is the loss."""
    best: dict[str, int | float] | None
    message: str | None
    rows: dict[str, int] | None


def history(events: Iterable[Event]) -> dict[str, list[float | None]]:
    """One value an epoch for each metric, from epoch 1; None where a metric was not measured."""
    epochs = [event.values for event in _epochs(events) if event.epoch]
    names = dict.fromkeys(name for values in epochs for name in values)
    return {name: [values.get(name) for values in epochs] for name in names}


def initial(events: Iterable[Event]) -> Values:
    """The values before training; empty as long as they are not known."""
    return next((event.values for event in _epochs(events) if event.epoch == 0), {})


def metric_names(values: Iterable[str]) -> list[str]:
    """The metrics behind a row's names, without `val_` and `keras_`; the loss comes first."""
    names = [name for name in values if not name.startswith(("val_", "keras_"))]
    return sorted(dict.fromkeys(["loss", *names]), key=lambda name: name != "loss")


def points(store: Store, run: RunRecord, after: int = 0) -> Points:
    """What happened in `run` after event `after`, thinned to what a chart can show.

    Args:
        store: Where the events are.
        run: Read just before, with its owner checked.
        after: `seq` of the last answer; 0 asks for everything.
    """
    after = min(after, NEWEST)  # whatever a browser asks for
    newest = store.last_event(run.id)
    upto = newest.seq if newest else 0
    room = _room(store, run.id, after, newest)
    row_bytes = 14 + sum(len(name) + 12 for name in run.metrics or ())
    best = int(run.best["epoch"]) if run.best else None
    most = max(2, room * 2 // 3 // row_bytes)
    if run.epochs <= WHOLE_EPOCHS:
        most = WHOLE_EPOCHS + 1
    rows = store.epoch_events(run.id, after, upto, most, best)
    losses = store.batch_points(run.id, after, upto)
    last_epoch = rows[-1] if rows else store.last_event(run.id, EventKind.EPOCH, upto)
    return Points(
        **{name: getattr(run, name) for name in ("number", "name", "state", "epochs", "best", "rows")},
        run=run.id,
        seq=upto,
        steps=run.steps_per_epoch,
        progress=_progress(run, store.last_event(run.id, EventKind.BATCH, upto), last_epoch),
        epoch=[(row.epoch or 0, {name: short(value) for name, value in row.values.items()}) for row in rows],
        batch=_thinned(losses, run.steps_per_epoch or 1, max(4, room // 3 // BATCH_POINT_BYTES)),
        metrics=metric_names(last_epoch.values if last_epoch else ()),
        message=_message(store, run, upto),
    )


def short(value: float) -> float:
    """The number to five digits: more than a screen can show."""
    return float(f"{value:.5g}")


def _epochs(events: Iterable[Event]) -> list[Event]:
    return [event for event in events if event.kind is EventKind.EPOCH]


def _room(store: Store, run_id: str, after: int, newest: Event | None) -> int:
    """Bytes for the curves of this answer: by the time since the last one."""
    last = store.last_event(run_id, upto=after) if after else None
    if last is None or newest is None:
        return FIRST_BYTES
    return int(min(FIRST_BYTES, BYTES_PER_S * max(0.5, newest.at - last.at)))


def _thinned(losses: list[BatchPoint], steps: int, most: int) -> list[tuple[float, float]]:
    if not losses:
        return []
    epoch, step, loss = np.array(losses, np.float64).T
    x, y = min_max(epoch - 1 + step / steps, loss, most)
    return [(round(float(at), 4), short(float(value))) for at, value in zip(x, y, strict=True)]


def _progress(run: RunRecord, batch: Event | None, epoch: Event | None) -> Progress:
    """From the newest batch, or from the end of an epoch, whichever is later."""
    steps, done = run.steps_per_epoch or 1, (epoch.epoch or 0) if epoch else 0
    at, step = (done, steps if done else 0)
    if batch is not None and batch.epoch is not None and batch.epoch > done:
        at, step = batch.epoch, batch.step or 0
    elapsed = run.seconds or 0.0
    part = (max(0, at - 1) * steps + step) / (run.epochs * steps)
    return Progress(
        epoch=at,
        step=step,
        steps_per_s=short(batch.values["steps_per_s"]) if batch and "steps_per_s" in batch.values else None,
        seconds_left=short(elapsed * (1 - part) / part) if part and elapsed and not run.ended else None,
        elapsed=short(elapsed),
    )


def _message(store: Store, run: RunRecord, upto: int) -> str | None:
    note = store.last_event(run.id, EventKind.NOTE, upto)
    return run.error or (note.text if note else None)
