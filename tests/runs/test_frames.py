import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.project.document import Project, Training
from builder.runs import frames
from builder.runs.records import Event, EventKind, RunRecord, RunState
from builder.runs.store import Store
from builder.runs.thinning import min_max, stride, telling

METRICS = ("loss", "accuracy", "val_loss", "val_accuracy", "keras_loss", "keras_accuracy")


def epoch(number: int, at: float = 1.0) -> Event:
    values = {name: 0.123456789 + index for index, name in enumerate(METRICS)}
    return Event(kind=EventKind.EPOCH, at=at, epoch=number, values=values)


def batch(number: int, step: int, loss: float = 0.123456, at: float = 1.0) -> Event:
    return Event(
        kind=EventKind.BATCH, at=at, epoch=number, step=step, values={"loss": loss, "steps_per_s": 812.345678}
    )


def running(store: Store, epochs: int = 10, steps: int = 40) -> RunRecord:
    run = store.create_run("ann", Project(name="digits", training=Training(epochs=epochs)))
    store.update_run(
        run.id, state=RunState.RUNNING, steps_per_epoch=steps, metrics=epoch(1).values, seconds=2.0
    )
    return store.run(run.id)


def test_history_has_one_value_an_epoch_and_initial_the_one_before() -> None:
    events = [epoch(0), batch(1, 3), epoch(1), epoch(2)]
    assert frames.history(events)["loss"] == [0.123456789] * 2
    assert frames.initial(events)["accuracy"] == 1.123456789
    assert (frames.history([]), frames.initial([])) == ({}, {})


def test_a_metric_that_is_missing_in_an_epoch_leaves_a_gap() -> None:
    events = [Event(kind=EventKind.EPOCH, epoch=1, values={"loss": 1.0}), epoch(2)]
    assert frames.history(events)["val_loss"] == [None, 2.123456789]


def test_steps_lie_in_their_epochs_when_the_batch_size_was_changed(store: Store) -> None:
    run = running(store)  # 320 rows, 32 at a time; from epoch 2 on 8 at a time
    change = Event(kind=EventKind.CHANGE, epoch=1, step=5, values={"batch_size": 8.0})
    store.append(run.id, [batch(1, 5), change, batch(1, 10), batch(2, 20), batch(2, 40)])
    store.update_run(run.id, rows={"train": 320}, live={"batch_size": 8}, steps_per_epoch=40)
    assert [at for at, _ in frames.points(store, store.run(run.id)).batch] == [0.5, 1.0, 1.5, 2.0]


def test_the_first_answer_tells_everything_and_the_next_only_what_is_new(store: Store) -> None:
    run = running(store)
    store.append(run.id, [epoch(0), batch(1, 10), epoch(1)])
    first = frames.points(store, run)
    assert [row[0] for row in first.epoch] == [0, 1]
    assert first.batch == [(0.25, 0.12346)]
    assert first.metrics == ["loss", "accuracy"]
    store.append(run.id, [batch(2, 20, 0.5)])
    after = frames.points(store, run, first.seq)
    assert (after.epoch, after.batch, after.seq) == ([], [(1.5, 0.5)], 4)
    assert after.metrics == ["loss", "accuracy"]


def test_a_run_without_events_has_an_answer_too(store: Store) -> None:
    run = store.create_run("ann", Project())
    answer = frames.points(store, run)
    assert (answer.seq, answer.epoch, answer.batch, answer.metrics) == (0, [], [], ["loss"])
    assert json.loads(answer.model_dump_json())["state"] == "queued"


def test_asking_beyond_the_end_answers_nothing_new(store: Store) -> None:
    run = running(store)
    store.append(run.id, [epoch(0)])
    answer = frames.points(store, run, after=10**30)
    assert (answer.epoch, answer.batch, answer.seq) == ([], [], 1)


def test_progress_says_where_the_run_is_and_how_long_it_takes(store: Store) -> None:
    run = running(store, epochs=10, steps=40)
    store.append(run.id, [epoch(0), epoch(1), batch(2, 20)])
    progress = frames.points(store, run).progress
    assert (progress.epoch, progress.step, progress.steps_per_s, progress.elapsed) == (2, 20, 812.35, 2.0)
    assert progress.seconds_left == pytest.approx(2.0 / 0.15 - 2.0, rel=1e-4)


def test_the_message_is_the_reason_of_a_bad_end_or_the_last_note(store: Store) -> None:
    run = running(store)
    store.append(run.id, [Event(kind=EventKind.NOTE, text="Stopped early.")])
    assert frames.points(store, run).message == "Stopped early."
    store.update_run(run.id, state=RunState.FAILED, error="Training broke.")
    assert frames.points(store, store.run(run.id)).message == "Training broke."


def test_a_hundred_thousand_batches_fit_into_thirty_kilobytes(store: Store) -> None:
    run = running(store, epochs=5000, steps=40)
    losses = np.random.default_rng(0).random(100_000)
    losses[77_777] = 99.0
    events = [batch(1 + i // 40, 1 + i % 40, float(loss)) for i, loss in enumerate(losses)]
    store.append(run.id, [epoch(0), *events, *(epoch(number) for number in range(1, 2501))])
    store.update_run(run.id, best={"epoch": 1237, "val_loss": 0.1})
    answer = frames.points(store, store.run(run.id))
    assert len(answer.model_dump_json()) <= 30_000
    assert len(answer.batch) > 300 and len(answer.epoch) > 50
    assert max(loss for _, loss in answer.batch) == 99.0
    assert {0, 1237, 2500} <= {row[0] for row in answer.epoch}


def test_an_increment_stays_near_a_kilobyte_a_second(store: Store) -> None:
    run = running(store, epochs=5000)
    store.append(run.id, [epoch(0, at=100.0)])
    store.append(run.id, [e for i in range(1, 50) for e in (batch(i, 20, at=101.0), epoch(i, at=101.0))])
    answer = frames.points(store, run, after=1)
    assert len(answer.model_dump_json()) <= 1300
    assert answer.epoch[-1][0] == 49


def test_thinning_keeps_ends_and_spikes_in_order() -> None:
    y = np.sin(np.arange(10_000) / 300)
    y[[1234, 8765]] = 9, -9
    x, kept = min_max(np.arange(10_000.0), y, 100)
    assert len(x) <= 100
    assert (x[0], x[-1], kept.max(), kept.min()) == (0, 9999, 9, -9)
    assert np.all(np.diff(x) > 0)


@given(st.lists(st.floats(-1e6, 1e6), max_size=60), st.integers(4, 30))
def test_thinning_never_exceeds_its_limit_nor_invents_points(values: list[float], most: int) -> None:
    y = np.array(values, np.float64)
    x, kept = min_max(np.arange(float(len(y))), y, most)
    assert len(x) <= max(most, 0)
    assert all(y[int(at)] == value for at, value in zip(x, kept, strict=True))
    if values:
        assert (kept.max(), kept.min()) == (y.max(), y.min())


def test_a_long_run_is_told_by_every_so_manieth_epoch_and_the_extremes_between() -> None:
    values = np.random.default_rng(0).random(10_001)
    values[[4321, 8765]] = 9, -9
    told = [(2 * epoch + 1, epoch, float(value)) for epoch, value in enumerate(values)]
    chosen = [(seq - 1) // 2 for seq in telling(told, 300, best=77)]
    every = stride(len(told), 300)
    assert len(chosen) <= 310
    assert {0, 77, 4321, 8765, 10_000, *range(0, 10_001, every)} <= set(chosen)


def test_a_short_run_is_told_by_every_epoch() -> None:
    assert stride(100, 101) == 1
