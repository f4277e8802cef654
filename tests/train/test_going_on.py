import threading
import time
from typing import Any

import numpy as np
import pytest
from breaking_off import (
    SESSIONS,
    Bystander,
    Place,
    assert_same,
    break_off,
    commands,
    told,
    trained,
)
from small_runs import PLAIN, digits, in_small_steps, layer

from builder.errors import Conflict
from builder.project.document import OptimizerSpec, Project
from builder.runs import artifacts
from builder.runs.records import EventKind, Origin, RunState, Values
from builder.runs.store import Store
from builder.train import attending, checkpoints, launch, orders, saving, session, worker
from builder.train.observing.observer import Moment

__all__ = ["in_small_steps"]
pytestmark = pytest.mark.usefixtures("in_small_steps")

RANDOM = digits(
    layer("turned", "RandomRotation", factor=0.1),
    layer("flipped", "RandomFlip"),
    layer("noisy", "GaussianNoise", stddev=0.3),
    layer("flat", "Flatten"),
    layer("hidden", "Dense", units=16, activation="relu"),
    layer("steady", "BatchNormalization"),
    layer("gaps", "Dropout", rate=0.3),
)
RECURRENT = digits(
    layer("rows", "Reshape", target_shape=[8, 8]),
    layer("memory", "LSTM", units=8, dropout=0.2, recurrent_dropout=0.3),
    epochs=3,
)


def optimized(kind: str, **params: Any) -> Project:
    return digits(*PLAIN, epochs=3, optimizer=OptimizerSpec(type=kind, params=params).model_dump())


@pytest.mark.parametrize(
    ("project", "broken_at"),
    [
        pytest.param(RANDOM, (2, 6), id="Dropout, noise, augmentation, BatchNormalization, within an epoch"),
        pytest.param(RANDOM, (1, 2), id="right at the beginning"),
        pytest.param(RECURRENT, (2, 4), id="LSTM with recurrent dropout"),
        pytest.param(optimized("SGD", learning_rate=0.1, momentum=0.9, nesterov=True), (2, 2), id="SGD"),
        pytest.param(optimized("RMSprop", learning_rate=0.01, momentum=0.5), (2, 2), id="RMSprop"),
        pytest.param(
            optimized("AdamW", learning_rate=0.01), (2, 12), id="AdamW, before the epoch is measured"
        ),
    ],
)
def test_a_run_that_goes_on_equals_one_that_was_never_broken_off(
    store: Store, monkeypatch: pytest.MonkeyPatch, project: Project, broken_at: Place
) -> None:
    whole, broken = (store.create_run("ann", project).id for _ in range(2))
    trained(monkeypatch, store, whole)
    run = trained(monkeypatch, store, broken, Bystander(broken_at, break_off))
    assert run.state is RunState.FAILED and run.epoch < project.training.epochs
    again = trained(monkeypatch, store, broken)
    assert again.state is RunState.FINISHED
    assert_same(store, whole, broken)
    assert [epoch for epoch, _ in told(store, broken)] == list(range(project.training.epochs + 1))
    assert store.events(broken, kinds=[EventKind.RESUMED])[0].seq == again.rewound


STOPPING = {"monitor": "val_loss", "patience": 2, "restore_best_weights": True}
LOWERING = {"monitor": "val_loss", "factor": 0.5, "patience": 1, "min_learning_rate": 1e-5}
HASTY = OptimizerSpec(type="SGD", params={"learning_rate": 1.5, "momentum": 0.9}).model_dump()


def test_early_stopping_and_the_plateau_remember_over_a_break(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = digits(*PLAIN, epochs=30, optimizer=HASTY, early_stopping=STOPPING, reduce_lr=LOWERING)
    whole, broken = (store.create_run("ann", project).id for _ in range(2))
    ended = trained(monkeypatch, store, whole)
    assert ended.epoch == ended.best["epoch"] + 2 < 30
    trained(monkeypatch, store, broken, Bystander((ended.epoch, 4), break_off))
    trained(monkeypatch, store, broken)
    assert_same(store, whole, broken)
    changes = [store.events(run, kinds=[EventKind.CHANGE]) for run in (whole, broken)]
    assert [e.text for e in changes[0]] == [e.text for e in changes[1]] != []
    rates = [values["learning_rate"] for epoch, values in told(store, whole) if epoch]
    counting = [event for event in changes[0] if event.epoch <= ended.epoch]
    assert counting and rates[-1] == pytest.approx(1.5 * 0.5 ** len(counting))


CHANGES = (
    ("set", {"setting": "learning_rate", "value": 0.01}),
    ("set", {"setting": "batch_size", "value": 10}),
    ("set", {"setting": "dropout", "value": 0.5, "node": "gaps"}),
    ("set", {"setting": "l2", "value": 0.01}),
    ("set", {"setting": "frozen", "value": ["hidden"]}),
)


def test_changes_made_while_it_ran_come_again_at_their_steps(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = digits(*PLAIN, layer("late", "Dropout", rate=0.0), epochs=5)
    whole, early, late = (store.create_run("ann", project).id for _ in range(3))
    for run in (whole, early, late):
        change = Bystander((2, 4), commands(store, run, *CHANGES))
        again = Bystander((3, 6), commands(store, run, ("set", {"setting": "dropout", "value": 0.2})))
        # the checkpoint from which it goes on is older than the changes, or younger
        breaks = {whole: (), early: (Bystander((2, 6), break_off),), late: (Bystander((4, 6), break_off),)}
        if run == early:
            monkeypatch.setattr(saving, "EVERY_S", 1e9)
        trained(monkeypatch, store, run, change, again, *breaks[run])
        monkeypatch.setattr(saving, "EVERY_S", 0.0)
    trained(
        monkeypatch,
        store,
        early,
        Bystander((3, 6), commands(store, early, ("set", {"setting": "dropout", "value": 0.2}))),
    )
    trained(monkeypatch, store, late)
    for run in (early, late):
        assert_same(store, whole, run)
        texts = [
            [(e.epoch, e.step, e.text) for e in store.events(each, kinds=[EventKind.CHANGE])]
            for each in (whole, run)
        ]
        assert texts[0] == texts[1]
    assert texts[0][:2] == [
        (2, 4, "Learning rate 0.001 to 0.01 from epoch 2, step 4."),
        (2, 4, "Batch size 16 to 10 from epoch 3."),
    ]
    record = store.run(whole)
    assert record.live == {
        "learning_rate": 0.01,
        "batch_size": 10,
        "dropout": {"gaps": 0.2, "late": 0.2},
        "l2": {"hidden": 0.01, "digit": 0.01},
        "frozen": ["hidden"],
    }
    assert record.steps_per_epoch == -(-record.rows["train"] // 10)
    values = dict(told(store, whole))
    assert "penalty" not in values[2] and values[3]["penalty"] > 0


def test_a_frozen_layer_stays_as_it_is_and_learns_again_when_it_is_thawed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = store.create_run("ann", digits(*PLAIN, epochs=5)).id
    seen: dict[int, list[np.ndarray]] = {}

    class Looker:
        def see(self, moment: Moment, values: Values) -> None:
            if moment.is_epoch_end:
                model = SESSIONS[-1].model
                seen[moment.epoch] = [model.get_layer(name).kernel.numpy() for name in ("hidden", "digit")]

        def close(self) -> None: ...

    freeze = Bystander((1, 2), commands(store, run, ("set", {"setting": "frozen", "value": ["hidden"]})))
    thaw = Bystander((3, 2), commands(store, run, ("set", {"setting": "frozen", "value": []})))
    trained(monkeypatch, store, run, Looker(), freeze, thaw)
    moved = {
        epoch: [not np.array_equal(a, b) for a, b in zip(seen[epoch - 1], seen[epoch], strict=True)]
        for epoch in range(1, 6)
    }
    assert moved == {1: [True, True], 2: [False, True], 3: [False, True], 4: [True, True], 5: [True, True]}


def test_more_epochs_after_the_end_equal_a_run_that_was_to_have_so_many(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders.presence, "ensure", lambda: None)
    whole = store.create_run("ann", digits(*PLAIN, epochs=5)).id
    more = store.create_run("ann", digits(*PLAIN, epochs=3)).id
    trained(monkeypatch, store, whole)
    assert trained(monkeypatch, store, more).state is RunState.FINISHED
    with pytest.raises(Conflict, match="Ask for more epochs instead"):
        orders.resume(store, more, "ann")
    orders.extend(store, more, 2, "ann")
    queued = store.run(more)
    assert (queued.state, queued.epochs, queued.test) == (RunState.QUEUED, 5, None)
    trained(monkeypatch, store, more)
    assert_same(store, whole, more)


def test_a_run_that_stopped_early_gets_its_patience_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders.presence, "ensure", lambda: None)
    run = store.create_run("ann", digits(*PLAIN, epochs=30, optimizer=HASTY, early_stopping=STOPPING)).id
    first = trained(monkeypatch, store, run)
    assert store.last_event(run, EventKind.NOTE).text.startswith("Stopped early")
    orders.extend(store, run, 1, "ann")
    again = trained(monkeypatch, store, run)
    assert (again.epoch, again.state) == (first.epoch + 1, RunState.FINISHED)
    assert store.last_event(run, EventKind.NOTE) is None


def test_a_fork_in_which_nothing_is_changed_equals_its_parent(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = digits(*RANDOM.design.nodes[1:-1], epochs=4)
    parent = store.create_run("ann", project)
    keep = Bystander((2, 4), commands(store, parent.id, ("checkpoint", {})))
    trained(monkeypatch, store, parent.id, keep)
    assert 2 in artifacts.kept_epochs(parent.id)
    told_kept = [(e.epoch, e.step, e.text) for e in store.events(parent.id, kinds=[EventKind.KEPT])]
    assert told_kept == [(2, 4, "Saved. Epoch 2 will be kept when it ends."), (2, None, "Epoch 2 is kept.")]
    fork = store.create_run("ann", project, origin=Origin(run=parent.id, number=1, epoch=2))
    trained(monkeypatch, store, fork.id)
    assert_same(store, parent.id, fork.id)
    assert store.run(fork.id).rewound == 0


def test_a_fork_takes_what_fits_and_says_what_begins_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = digits(*PLAIN, epochs=3)
    parent = store.create_run("ann", project)
    trained(monkeypatch, store, parent.id)
    wider = digits(PLAIN[0], layer("hidden", "Dense", units=9, activation="relu"), PLAIN[2], epochs=4)
    other = digits(*PLAIN, epochs=4, optimizer=HASTY)
    words = []
    for changed in (wider, other):
        fork = store.create_run("ann", changed, origin=Origin(run=parent.id, number=1, epoch=3))
        assert trained(monkeypatch, store, fork.id).state is RunState.FINISHED
        words.append(store.events(fork.id, kinds=[EventKind.STARTED])[0].text)
        assert told(store, fork.id)[:4] == told(store, parent.id)
    assert words[0].endswith(
        "Begins with epoch 3 of run 1. Fresh weights for hidden, digit: the epoch has none of their shape."
    )
    assert words[1].endswith("Begins with epoch 3 of run 1. The memory of Adam is left behind.")


def test_a_fork_from_an_epoch_that_is_gone_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fork = store.create_run("ann", digits(*PLAIN), origin=Origin(run="gone", number=7, epoch=3))
    run = trained(monkeypatch, store, fork.id)
    assert (run.state, run.error) == (
        RunState.FAILED,
        "Epoch 3 of run 7 is no longer kept. Fork from another epoch.",
    )


def test_a_damaged_checkpoint_gives_way_to_the_older_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = digits(*PLAIN, epochs=3)
    whole, broken = (store.create_run("ann", project).id for _ in range(2))
    trained(monkeypatch, store, whole)
    trained(monkeypatch, store, broken, Bystander((2, 6), break_off))
    path = artifacts.folder(broken) / artifacts.CHECKPOINT
    path.write_bytes(path.read_bytes()[:-400])
    trained(monkeypatch, store, broken)
    assert_same(store, whole, broken)
    assert store.events(broken, kinds=[EventKind.RESUMED])[0].text == (
        "The checkpoint checkpoint.npz is damaged. An older one is used. Goes on in epoch 2, step 4."
    )


def test_without_any_checkpoint_training_begins_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    project = digits(*PLAIN, epochs=2)
    whole, broken = (store.create_run("ann", project).id for _ in range(2))
    trained(monkeypatch, store, whole)
    trained(monkeypatch, store, broken, Bystander((2, 6), break_off))
    for file in artifacts.folder(broken).rglob("*.npz"):
        file.unlink()
    trained(monkeypatch, store, broken)
    assert_same(store, whole, broken)


def test_other_rows_than_before_are_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = store.create_run("ann", digits(*PLAIN, epochs=3)).id
    trained(monkeypatch, store, run, Bystander((2, 6), break_off))
    monkeypatch.setattr(session, "fingerprint", lambda *_: "other")
    assert trained(monkeypatch, store, run).error.startswith(
        "The data is not what this run was trained on before."
    )


def test_a_broken_training_leaves_the_last_sound_checkpoint(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = store.create_run("ann", digits(*PLAIN, epochs=20)).id
    burst = Bystander((2, 4), commands(store, run, ("set", {"setting": "learning_rate", "value": 1e30})))
    broken = trained(monkeypatch, store, run, burst)
    assert broken.state is RunState.FAILED and "grew beyond numbers" in broken.error
    kept = checkpoints.read(artifacts.folder(run) / artifacts.CHECKPOINT)
    assert all(np.all(np.isfinite(each)) for each in kept.state.model)
    assert (kept.facts.epoch, kept.facts.step) >= (1, 4)


def test_a_paused_run_holds_still_and_goes_on_as_if_nothing_had_happened(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = digits(*PLAIN, epochs=3)
    whole, paused = (store.create_run("ann", project).id for _ in range(2))
    trained(monkeypatch, store, whole)
    told_meanwhile: list[RunState] = []

    def later() -> None:
        time.sleep(0.5)
        told_meanwhile.append(store.run(paused).state)
        store.command(paused, "resume")

    def pause() -> None:
        commands(store, paused, ("pause", {}))()
        threading.Thread(target=later).start()

    run = trained(monkeypatch, store, paused, Bystander((2, 4), pause))
    assert (told_meanwhile, run.state) == ([RunState.PAUSED], RunState.FINISHED)
    assert_same(store, whole, paused)
    kinds = (EventKind.PAUSED, EventKind.RESUMED)
    words = [(e.kind, e.text) for e in store.events(paused, kinds=kinds)]
    assert words == [
        (EventKind.PAUSED, "Paused in epoch 2, step 4."),
        (EventKind.RESUMED, "Goes on in epoch 2, step 4."),
    ]


def test_a_long_pause_frees_the_process_and_the_run_goes_on_in_another(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attending, "HOLD_S", 0.1)
    monkeypatch.setattr(orders.presence, "ensure", lambda: None)
    project = digits(*PLAIN, epochs=3)
    whole, paused = (store.create_run("ann", project).id for _ in range(2))
    trained(monkeypatch, store, whole)
    at = (2, 4)
    run = trained(monkeypatch, store, paused, Bystander(at, commands(store, paused, ("pause", {}))))
    assert (run.state, run.pid, run.ended_at) == (RunState.PAUSED, None, None)
    assert (
        not store.note_death(paused, RunState.LOST, "gone") and store.mark_lost(now=time.time() + 1e6) == []
    )
    with pytest.raises(Conflict, match="It is not at work"):
        orders.keep(store, paused, "ann")
    orders.resume(store, paused, "ann")
    assert store.run(paused).state is RunState.QUEUED
    trained(monkeypatch, store, paused)
    assert_same(store, whole, paused)


def test_who_asks_a_run_to_go_on_while_it_makes_room_is_heard(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attending, "HOLD_S", 0.1)
    run = store.create_run("ann", digits(*PLAIN, epochs=3)).id
    finish = saving.Saver.finish

    def finish_and_ask(saver: saving.Saver) -> None:
        finish(saver)
        store.command(run, "resume")

    monkeypatch.setattr(saving.Saver, "finish", finish_and_ask)
    told_run = trained(monkeypatch, store, run, Bystander((2, 4), commands(store, run, ("pause", {}))))
    assert told_run.state is RunState.FINISHED and told_run.epoch == 3


def test_a_rested_run_that_is_stopped_keeps_what_it_learned(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attending, "HOLD_S", 0.1)
    run = store.create_run("ann", digits(*PLAIN, epochs=3)).id
    trained(monkeypatch, store, run, Bystander((2, 4), commands(store, run, ("pause", {}))))
    launch.stop(store, run, "ann")
    assert store.run(run).state is RunState.STOPPED
    assert artifacts.model_file(run).name == artifacts.BEST


def test_a_run_that_died_when_it_had_stopped_early_does_not_train_on(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = store.create_run("ann", digits(*PLAIN, epochs=30, optimizer=HASTY, early_stopping=STOPPING)).id
    with monkeypatch.context() as patch:
        patch.setattr(worker.Keeper, "finish", lambda *_: break_off())
        died = trained(patch, store, run)
    assert died.state is RunState.FAILED
    again = trained(monkeypatch, store, run)
    assert (again.epoch, again.state) == (died.epoch, RunState.FINISHED)
    assert store.last_event(run, EventKind.NOTE).text.startswith("Stopped early")
