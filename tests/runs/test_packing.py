import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from builder.project.document import Project, Training
from builder.runs import packing
from builder.runs.progress import Place
from builder.runs.records import Choice, Event, EventKind, RunRecord, RunState
from builder.runs.store import Store

TEN = ("loss", *(f"sparse_categorical_accuracy_{index}" for index in range(9)))
TOLD = (
    *TEN,
    *(f"val_{name}" for name in TEN),
    *(f"keras_{name}" for name in TEN),
    "val_loss_se",
    "learning_rate",
)
REASON = "Convolutions on a processor are slower with XLA: 3.5 times, measured on two cores."


def epoch(number: int, at: float = 1.0, **values: float) -> Event:
    return Event(kind=EventKind.EPOCH, at=at, epoch=number, values=values or {"loss": 0.5, "val_loss": 0.6})


def batch(number: int, step: int, loss: float, at: float = 1.0) -> Event:
    return Event(
        kind=EventKind.BATCH, at=at, epoch=number, step=step, values={"loss": loss, "steps_per_s": 812.3}
    )


def running(store: Store, epochs: int = 10, steps: int = 40) -> RunRecord:
    run = store.create_run("ann", Project(name="digits", training=Training(epochs=epochs)))
    store.update_run(run.id, state=RunState.RUNNING, steps_per_epoch=steps, seconds=2.0)
    return store.run(run.id)


def asked(store: Store, run: RunRecord, after: int = 0, stamp: str = "", queue: Place | None = None) -> Any:
    told = packing.packed(store, store.run(run.id), after, stamp, queue)
    return None if told is None else json.loads(told)


def test_the_first_answer_holds_everything(store: Store) -> None:
    run = running(store)
    store.append(run.id, [epoch(0), batch(1, 10, 0.4), epoch(1)])
    told = asked(store, run)
    assert told["whole"] and told["about"]["name"] == "digits" and told["now"]["state"] == "running"
    assert (told["names"], [row[0] for row in told["table"]]) == (["loss", "val_loss"], [0, 1])
    assert told["batch"] == [[0.25, 0.4]]


def test_what_the_chart_knows_already_is_not_told_again(store: Store) -> None:
    run = running(store)
    store.append(run.id, [epoch(0)])
    first = asked(store, run)
    store.append(run.id, [epoch(1)])
    second = asked(store, run, first["seq"], first["stamp"])
    assert [row[0] for row in second["table"]] == [1]
    assert not {"whole", "about", "now", "best", "vitals", "batch", "marks"} & set(second)
    store.update_run(run.id, state=RunState.PAUSED)
    assert asked(store, run, second["seq"], second["stamp"])["now"]["state"] == "paused"


def test_without_news_there_is_no_answer(store: Store) -> None:
    run = running(store)
    store.append(run.id, [epoch(0)])
    first = asked(store, run)
    assert asked(store, run, first["seq"], first["stamp"]) is None


@pytest.mark.parametrize(
    "fields",
    [{"vitals": {"memory_mb": 212.0}}, {"phase": "Reading the rows"}, {"epochs": 20}, {"error": "Broke."}],
)
def test_a_change_of_the_run_alone_is_news(store: Store, fields: Mapping[str, object]) -> None:
    run = running(store)
    store.append(run.id, [epoch(0)])
    first = asked(store, run)
    store.update_run(run.id, **dict(fields))
    assert asked(store, run, first["seq"], first["stamp"]) is not None


def test_a_better_place_in_the_queue_is_news(store: Store) -> None:
    run = store.create_run("ann", Project())
    first = asked(store, run, queue=Place(place=3, of=5, wait_s=120))
    assert first["now"]["queue"] == {"place": 3, "of": 5, "wait_s": 120}
    second = asked(store, run, first["seq"], first["stamp"], Place(place=2, of=5, wait_s=60))
    assert second["now"]["queue"]["place"] == 2


def test_who_knows_more_than_a_rewound_run_is_told_everything(store: Store) -> None:
    run = running(store)
    store.append(run.id, [epoch(0), epoch(1), batch(2, 20, 0.4), epoch(2)])
    first = asked(store, run)
    store.rewind(run.id, 1, 10, "Goes on from epoch 1, step 10.")
    second = asked(store, run, first["seq"], first["stamp"])
    assert second["whole"] and [row[0] for row in second["table"]] == [0, 1] and "batch" not in second
    assert second["marks"] == [[1.25, "resumed", "Goes on from epoch 1, step 10."]]
    store.append(run.id, [epoch(2)])
    third = asked(store, run, second["seq"], second["stamp"])
    assert "whole" not in third and [row[0] for row in third["table"]] == [2]


def test_a_hundred_thousand_epochs_of_ten_metrics_fit_into_thirty_kilobytes(store: Store) -> None:
    run = running(store, epochs=100_000, steps=1)
    numbers = np.random.default_rng(0).random((100_000, len(TOLD)))
    events = []
    for index, row in enumerate(numbers):
        values = dict(zip(TOLD, row.tolist(), strict=True))
        if index == 51_234:
            values["val_loss"] = 99.0
        events += [batch(index + 1, 1, row[0]), epoch(index, at=float(index), **values)]
    events += [
        Event(kind=EventKind.KEPT, epoch=kept, text=f"Kept epoch {kept}: ü" * 9) for kept in range(200)
    ]
    events += [Event(kind=EventKind.CHANGE, epoch=70_000, step=1, text="Learning rate 0.001 to 0.0001")]
    store.append(run.id, events)
    choices = [
        Choice(what=what, value="XLA off", reason=REASON * 2) for what in ("device", "precision", "jit")
    ]
    store.update_run(run.id, metrics=events[1].values, choices=choices, best={"epoch": 1237, "val_loss": 0.1})
    told = packing.packed(store, store.run(run.id), 0, "")
    assert told is not None and len(told) <= 30_000
    answer = json.loads(told)
    spikes = [row[2 + answer["names"].index("val_loss")] for row in answer["table"]]
    assert max(spikes) == 99.0 and len(spikes) > 40
    assert {0, 1237, 99_999} <= {row[0] for row in answer["table"]}
    assert answer["is_thinned"] and len(answer["batch"]) > 300
    assert answer["marks"][-1][1:] == ["change", "Learning rate 0.001 to 0.0001"]


@pytest.mark.parametrize(("names", "epochs_a_s"), [(TOLD, 20), (TOLD[:3], 50), (TOLD, 0.1)])
def test_afterwards_a_second_costs_a_kilobyte(
    store: Store, names: tuple[str, ...], epochs_a_s: float
) -> None:
    run = running(store, epochs=100_000, steps=7)
    store.append(run.id, [epoch(0, at=1000.0, **dict.fromkeys(names, 0.123456))])
    store.update_run(run.id, metrics=dict.fromkeys(names, 0.123456))
    answer, sent, done = asked(store, run), 0, 0.0
    ticks, tick_s = 60, 0.5
    for tick in range(1, ticks + 1):
        now = 1000 + tick * tick_s
        events = [batch(int(done) + 1, step, 0.123456 + step, at=now) for step in range(1, 6)]
        until = done + epochs_a_s * tick_s
        values = dict.fromkeys(names, 0.123456 + tick)
        events += [epoch(number, at=now, **values) for number in range(int(done) + 1, int(until) + 1)]
        done = until
        store.append(run.id, events)
        store.update_run(
            run.id,
            seconds=now - 1000,
            best={"epoch": int(done), "val_loss": 0.12345},
            vitals={"memory_mb": 200.0 + tick},
        )
        told = packing.packed(store, store.run(run.id), answer["seq"], answer["stamp"])
        assert told is not None
        answer, sent = json.loads(told), sent + len(told)
    assert sent / (ticks * tick_s) <= 1000
