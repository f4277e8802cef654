"""Train while a run is at work: its buttons, what can be changed, and where it can be forked."""

import pytest
from page_words import button, mounted, number, words
from runs_in_store import PROJECT, at_work, ended, keep
from streamlit.testing.v1 import AppTest

from builder.project.document import Project
from builder.project.templates import template
from builder.runs.records import RunState
from builder.runs.store import Store
from builder.train import launch, presence


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the runs that were put into the queue; no process comes of it."""
    ids: list[str] = []

    def start(store: Store, run_id: str, owner: str | None = None, forecast_mb: float | None = None) -> None:
        ids.append(run_id)

    monkeypatch.setattr(launch, "start", start)
    return ids


def primary(at: AppTest) -> list[str]:
    return [one.label for one in at.button if one.proto.type == "primary"]


def labels(at: AppTest) -> set[str]:
    return {one.label for one in at.button}


def slider(at: AppTest, label: str):
    return next(one for one in at.select_slider if one.label == label)


@pytest.mark.parametrize(
    ("state", "offered", "next_step"),
    [
        (RunState.QUEUED, {"Pause", "Keep this epoch", "Fork", "Stop"}, "Stop"),
        (RunState.RUNNING, {"Pause", "Keep this epoch", "Fork", "Stop"}, "Stop"),
        (RunState.PAUSED, {"Resume", "Keep this epoch", "Fork", "Stop"}, "Resume"),
        (RunState.STOPPING, {"Pause", "Keep this epoch", "Fork", "Stop"}, "Stop"),
    ],
)
def test_a_run_at_work_has_its_buttons_and_one_next_step(
    visit, store: Store, state: RunState, offered: set[str], next_step: str
) -> None:
    at_work(store, state)
    at = visit("train")
    assert offered <= labels(at)
    assert "Train" not in labels(at)
    assert primary(at) == [next_step]


@pytest.mark.parametrize("state", [RunState.FINISHED, RunState.STOPPED, RunState.FAILED, RunState.LOST])
def test_after_the_end_train_is_the_next_step_and_a_fork_is_offered(
    visit, store: Store, state: RunState
) -> None:
    ended(store, state)
    at = visit("train")
    assert primary(at) == ["Train"]
    assert "Fork" in labels(at)


def test_the_heading_tells_run_and_state(visit, store: Store) -> None:
    at_work(store, RunState.PAUSED)
    assert "run 1" in words(visit("train"))
    assert "yellow-badge[:small[paused]]" in words(visit("train"))


@pytest.mark.parametrize(
    ("label", "command"), [("Pause", "pause"), ("Keep this epoch", "checkpoint"), ("Stop", "stop")]
)
def test_each_button_gives_its_order_once(visit, store: Store, label: str, command: str) -> None:
    run = at_work(store)
    at = visit("train")
    button(at, label).click().run()
    assert not at.exception
    assert [one.name for one in store.take_commands(run.id)] == [command]


def test_another_learning_rate_is_asked_for_and_one_click_brings_the_old_one_back(
    visit, store: Store
) -> None:
    run = at_work(store)
    at = visit("train")
    assert slider(at, "Learning rate").value == 0.005
    slider(at, "Learning rate").set_value(0.0005).run()
    assert not at.exception
    asked = {"setting": "learning_rate", "node": None, "value": 0.0005}
    assert [(one.name, one.arguments) for one in store.take_commands(run.id)] == [("set", asked)]
    store.update_run(run.id, live={"learning_rate": 0.0005})
    at.run()
    assert slider(at, "Learning rate").value == 0.0005
    button(at, "Back to 0.005").click().run()
    assert [one.arguments["value"] for one in store.take_commands(run.id)] == [0.005]
    assert slider(at, "Learning rate").value == 0.005
    assert "Back to 0.005" not in labels(at)


def test_a_change_from_elsewhere_is_shown(visit, store: Store) -> None:
    run = at_work(store)
    at = visit("train")
    store.update_run(run.id, live={"learning_rate": 0.0042, "batch_size": 128, "l2": {"hidden": 0.001}})
    at.run()
    assert slider(at, "Learning rate").value == 0.0042
    assert number(at, "Batch size").value == 128
    assert slider(at, "L2 strength").value == 0.001
    assert store.take_commands(run.id) == []


def test_batch_size_and_frozen_layers_are_asked_for_by_name(visit, store: Store) -> None:
    run = at_work(store)
    at = visit("train")
    number(at, "Batch size").set_value(64).run()
    at.multiselect[0].set_value(["hidden"]).run()
    assert not at.exception
    assert [(one.arguments["setting"], one.arguments["value"]) for one in store.take_commands(run.id)] == [
        ("batch_size", 64),
        ("frozen", ["hidden"]),
    ]


def test_a_run_that_stops_takes_no_orders_any_more(visit, store: Store) -> None:
    at_work(store, RunState.STOPPING)
    at = visit("train")
    assert slider(at, "Learning rate").disabled
    assert all(button(at, label).disabled for label in ("Pause", "Keep this epoch", "Stop"))


def test_a_change_that_cannot_be_is_refused_in_words_and_the_old_value_shown(visit, store: Store) -> None:
    run = at_work(store)
    at = visit("train")
    at.multiselect[0].set_value(["hidden", "digit"]).run()
    assert not at.exception
    assert "One layer at least must go on learning." in words(at).replace("\\", "")
    assert at.multiselect[0].value == []
    assert store.take_commands(run.id) == []


@pytest.mark.parametrize("state", [RunState.STOPPED, RunState.FAILED, RunState.LOST])
def test_what_was_cut_short_can_be_resumed(visit, store: Store, state: RunState, monkeypatch) -> None:
    monkeypatch.setattr(presence, "ensure", lambda: None)
    run = ended(store, state)
    at = visit("train")
    assert "Resume" not in labels(at), "there is nothing to go on from"
    keep(run, 2)
    at = visit("train")
    button(at, "Resume").click().run()
    assert not at.exception
    assert store.run(run.id).state is RunState.QUEUED
    assert primary(at) == ["Stop"]


def test_a_finished_run_can_have_more_epochs(visit, store: Store, monkeypatch) -> None:
    monkeypatch.setattr(presence, "ensure", lambda: None)
    run = ended(store)
    keep(run, 2)
    at = visit("train")
    number(at, "Epochs to add").set_value(7).run()
    button(at, "Train 7 more").click().run()
    assert not at.exception
    assert (store.run(run.id).state, store.run(run.id).epochs) == (RunState.QUEUED, 9)


def test_a_fork_begins_at_a_kept_epoch_with_one_thing_changed_and_can_be_undone(
    visit, store: Store, begun: list[str]
) -> None:
    first = ended(store)
    keep(first, 1, 2)
    at = visit("train")
    button(at, "Fork").click().run()
    assert not at.exception
    assert "epochs 3 to 15 with learning rate 0.005 to 0.0005" in words(at).replace("\\", "")
    button(at, "Fork at epoch 2").click().run()
    assert not at.exception
    second = store.run(begun[0])
    assert second.origin is not None
    assert (second.origin.run, second.origin.epoch) == (first.id, 2)
    assert "Forked from run 1 at epoch 2" in words(at).replace("\\", "")
    chart = mounted(at, "builder.live")[0]
    assert chart["runs"][0]["id"] == second.id
    assert [ghost["id"] for ghost in chart["ghosts"]] == [first.id], "the shared past and the other branch"
    button(at, "Undo").click().run()
    assert [run.id for run in store.runs("local")] == [first.id]


def test_without_a_kept_epoch_the_dialog_says_what_to_do(visit, store: Store) -> None:
    at_work(store)
    at = visit("train")
    button(at, "Fork").click().run()
    assert "No epoch of this run is kept yet." in words(at)


def test_running_it_several_times_makes_one_series_also_when_clicked_twice(
    visit, store: Store, begun: list[str]
) -> None:
    at = visit("train")
    number(at, "Number of runs").set_value(3).run()
    button(at, "Run it 3 times").click().run()
    assert not at.exception
    runs = store.runs("local")
    assert sorted(begun) == sorted(run.id for run in runs)
    assert len({run.series for run in runs}) == 1
    assert sorted(run.project.training.seed for run in runs) == [0, 1, 2]
    assert "3 seeds of one training" in words(at).replace("\\", "")
    assert "Stop all 3" in labels(at)
    button(at, "Stop all 3").click().run()
    assert all(run.ended for run in store.runs("local"))


def test_runs_at_work_beside_the_shown_one_are_one_click_away(visit, store: Store) -> None:
    first, second = at_work(store, series="s"), at_work(store, series="s")
    at = visit("train")
    assert mounted(at, "builder.live")[0]["runs"][0]["id"] == first.id
    at.button_group[0].set_value(second.id).run()
    assert mounted(at, "builder.live")[0]["runs"][0]["id"] == second.id


def test_a_series_can_be_seen_as_one_band_on_train(visit, store: Store) -> None:
    first, second = ended(store, series="s"), at_work(store, series="s")
    at = visit("train")
    at.button_group[0].set_value("series_on_train").run()
    assert not at.exception
    chart = mounted(at, "builder.live")[0]
    assert chart["mode"] == "overlay"
    assert chart["groups"] == [{"label": "2 seeds", "runs": [first.id, second.id]}]
    assert primary(at) == ["Stop"], "the run at work stays in hand"
    at.button_group[0].set_value(first.id).run()
    assert mounted(at, "builder.live")[0]["runs"][0]["id"] == first.id


def test_earlier_runs_of_the_network_stand_behind_and_others_do_not(visit, store: Store) -> None:
    earlier = ended(store)
    ended(store, project=template("cnn-digits").project)
    at_work(store)
    chart = mounted(visit("train"), "builder.live")[0]
    assert [ghost["id"] for ghost in chart["ghosts"]] == [earlier.id]


def test_dropout_layers_have_sliders(visit, store: Store) -> None:
    run = at_work(store, project=with_dropout())
    at = visit("train")
    at.slider[0].set_value(0.25).run()
    assert not at.exception
    assert [one.arguments for one in store.take_commands(run.id)] == [
        {"setting": "dropout", "node": "drop", "value": 0.25}
    ]


def with_dropout() -> Project:
    from builder.design import edits
    from builder.design.document import Node

    edge = next(edge for edge in PROJECT.design.edges if edge.target == "digit")
    node = Node(id="drop", type="Dropout", params={"rate": 0.5})
    design = edits.apply(PROJECT.design, edits.AddNode(node=node))
    for edit in (
        edits.Disconnect(edge=edge),
        edits.Connect(edge=edge.model_copy(update={"target": "drop"})),
        edits.Connect(edge=edge.model_copy(update={"source": "drop"})),
    ):
        design = edits.apply(design, edit)
    return PROJECT.model_copy(update={"design": design})
