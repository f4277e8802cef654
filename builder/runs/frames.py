"""What does a chart need to know about a run, and how little of it can be sent?

`points` is the answer of the live route: everything so far at first (at most 30 kB, however long the run), then only
what is new. `history` and `initial` are the whole truth, one value an epoch.
"""

from collections.abc import Iterable

import numpy as np
from pydantic import BaseModel, ConfigDict

from builder.runs.event_rows import NEWEST, BatchPoint
from builder.runs.marks import Mark, marks
from builder.runs.news import News
from builder.runs.progress import Place, Progress, progress, short
from builder.runs.records import Choice, Event, EventKind, Origin, RunRecord, RunState, Values
from builder.runs.store import Store
from builder.runs.thinning import Curve, min_max, stride

FIRST_BYTES = 24_000
"""Room for curves in the first answer; with marks and frame it stays below 30 kB."""
BYTES_PER_S = 650
"""Room for curves afterwards, for each second since the last answer; with its frame about 1 kB."""
BATCHES_SHARE = 30
"""Per cent of the room that batches may take; the rest is for epochs."""
BATCH_POINT_BYTES = 20
WHOLE_EPOCHS = 100
"""A run of so few epochs is told whole, however fast it goes: about 12 kB in all, and nobody misses an epoch."""

NO_METRICS = frozenset({"learning_rate", "penalty"})

EpochRow = tuple[int, Values]


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

    whole: bool = False
    """Everything is told again: whoever knows something of this run forgets it first."""
    is_thinned: bool = False
    """The batch losses are the lowest and the highest of each stretch, not all."""
    every: int = 1
    """Of a whole answer: every how manieth epoch is there in any case; those between are there for being extreme."""
    marks: list[Mark] = []
    """What happened since: fractional epoch, kind of event, words."""
    phase: str | None = None
    """What the process does before the first step, in words."""
    queue: Place | None = None
    """Where it stands while it waits for its turn."""
    vitals: dict[str, float] | None = None
    """Newest figures of its process: `memory_mb`, `cpu_percent` (100 is one core)."""
    choices: tuple[Choice, ...] | None = None
    origin: Origin | None = None
    at: list[float] = []
    """Seconds since the beginning, for each row of `epoch`; pauses count."""


def history(events: Iterable[Event]) -> dict[str, list[float | None]]:
    """One value an epoch for each metric, from epoch 1; None where a metric was not measured."""
    epochs = [event.values for event in _epochs(events) if event.epoch]
    names = dict.fromkeys(name for values in epochs for name in values)
    return {name: [values.get(name) for values in epochs] for name in names}


def initial(events: Iterable[Event]) -> Values:
    """The values before training; empty as long as they are not known."""
    return next((event.values for event in _epochs(events) if event.epoch == 0), {})


def metric_names(values: Iterable[str]) -> list[str]:
    """The metrics behind a row's names, without `val_` and `keras_`; the loss comes first.

    The learning rate, the penalty and standard errors stand in the rows too and are no metrics.
    """
    names = [
        name
        for name in values
        if not name.startswith(("val_", "keras_")) and not name.endswith("_se") and name not in NO_METRICS
    ]
    return sorted(dict.fromkeys(["loss", *names]), key=lambda name: name != "loss")


def points(
    store: Store, run: RunRecord, after: int = 0, queue: Place | None = None, lean: bool = False
) -> Points:
    """What happened in `run` after event `after`, thinned to what a chart can show.

    Args:
        store: Where the events are.
        run: Read just before, with its owner checked.
        after: `seq` of the last answer; 0 asks for everything, as does a number from before the run was rewound.
        queue: Its place while it waits for its turn.
        lean: The answer will be packed, see `packing`: more rows have room.
    """
    upto = store.newest(run.id)
    after = 0 if after < run.rewound else min(after, NEWEST)  # whatever a browser asks for
    news = News(store, run.id, after, upto)
    losses = news.losses()
    room = _room(news.span_s)
    room_of_batches = min(room * BATCHES_SHARE // 100, len(losses) * BATCH_POINT_BYTES)
    best = int(run.best["epoch"]) if run.best else None
    most_epochs = _most(run, room - room_of_batches, lean)
    rows = news.epochs(most_epochs, best)
    last_epoch = rows[-1] if rows else news.newest(EventKind.EPOCH)
    steps, most = _steps_of(store, run, losses), max(4, room_of_batches // BATCH_POINT_BYTES)
    return Points(
        **{
            name: getattr(run, name)
            for name in (
                "number",
                "name",
                "state",
                "epochs",
                "best",
                "rows",
                "phase",
                "vitals",
                "choices",
                "origin",
            )
        },
        run=run.id,
        seq=upto,
        steps=run.steps_per_epoch,
        progress=progress(run, news.newest(EventKind.BATCH), last_epoch),
        epoch=[(row.epoch or 0, {name: short(value) for name, value in row.values.items()}) for row in rows],
        batch=_thinned(losses, steps, most),
        metrics=metric_names(last_epoch.values if last_epoch else ()),
        message=run.error or _text(news.newest(EventKind.NOTE)),
        whole=after == 0,
        every=stride(store.count_epochs(run.id), most_epochs) if after == 0 else 1,
        is_thinned=len(losses) > most,
        marks=marks(news.happened(), run.steps_per_epoch or 1),
        queue=queue if run.state is RunState.QUEUED else None,
        at=_since_the_beginning(run, rows),
    )


def _epochs(events: Iterable[Event]) -> list[Event]:
    return [event for event in events if event.kind is EventKind.EPOCH]


def _room(span_s: float | None) -> int:
    """Bytes for the curves of this answer: by the time since the last one."""
    return FIRST_BYTES if span_s is None else int(min(FIRST_BYTES, BYTES_PER_S * max(0.25, span_s)))


def _most(run: RunRecord, room: int, lean: bool) -> int:
    """Epochs that have room in an answer."""
    if run.epochs <= WHOLE_EPOCHS:
        return WHOLE_EPOCHS + 1
    names = run.metrics or ()
    row_bytes = 12 + 8 * len(names) if lean else 20 + sum(len(name) + 12 for name in names)
    return max(1, room // row_bytes)


def _since_the_beginning(run: RunRecord, rows: list[Event]) -> list[float]:
    begun = run.started_at or run.created_at
    return [round(max(0.0, row.at - begun), 1) for row in rows]


def _steps_of(store: Store, run: RunRecord, losses: list[BatchPoint]) -> Curve | int:
    """Steps in an epoch; for each of the points, where the batch size was changed while the run went on."""
    if not losses or not run.rows or "batch_size" not in (run.live or {}):
        return run.steps_per_epoch or 1
    epochs = np.array(losses, np.float64)[:, 0]
    steps = np.full(len(epochs), -(-run.rows["train"] // run.project.training.batch_size), np.float64)
    for event in store.events(run.id, kinds=[EventKind.CHANGE]):
        if "batch_size" in event.values:
            first = (event.epoch or 0) + (1 if event.step else 0)
            steps[epochs >= first] = -(-run.rows["train"] // int(event.values["batch_size"]))
    return steps


def _thinned(losses: list[BatchPoint], steps: Curve | int, most: int) -> list[tuple[float, float]]:
    if not losses:
        return []
    epoch, step, loss = np.array(losses, np.float64).T
    x, y = min_max(epoch - 1 + step / steps, loss, most)
    return [(round(float(at), 4), short(float(value))) for at, value in zip(x, y, strict=True)]


def _text(event: Event | None) -> str | None:
    return event.text if event else None
