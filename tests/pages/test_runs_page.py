"""Runs: what was tried stands side by side; deleting can be undone."""

import time

from page_words import button, mounted, words
from streamlit.testing.v1 import AppTest

from builder.project.templates import template
from builder.runs.records import Event, EventKind, RunRecord, RunState
from builder.runs.store import Store


def finished(store: Store, loss: float) -> RunRecord:
    """A run as a worker leaves it: epochs, scores, an end."""
    run = store.create_run("local", template("mlp-digits").project)
    values = {"loss": loss, "val_loss": loss + 0.1, "accuracy": 0.9, "val_accuracy": 0.85}
    store.append(run.id, [Event(kind=EventKind.EPOCH, epoch=number, values=values) for number in (0, 1)])
    store.update_run(run.id, state=RunState.STARTING)
    best = {"epoch": 1, "val_loss": loss + 0.1, "val_accuracy": 0.85}
    store.update_run(
        run.id, state=RunState.FINISHED, ended_at=time.time(), metrics=values, best=best, epoch=1, seconds=2.0
    )
    return store.run(run.id)


def test_without_runs_the_page_says_what_will_stand_there(visit) -> None:
    at = visit("runs")
    assert "Runs will be listed here, with settings and scores." in words(at)
    assert button(at, "Go to Train")


def test_runs_are_listed_with_settings_scores_and_time(visit, store: Store) -> None:
    finished(store, 0.5)
    finished(store, 0.25)
    at = visit("runs")
    table = at.dataframe[0].value
    assert list(table["Run"]) == [2, 1]
    assert table["Best validation"][0].startswith("loss 0.35")
    assert list(table["Optimizer"]) == ["Adam", "Adam"]
    assert list(table["Data"]) == ["digits", "digits"]
    assert table["State"][0] == "finished"


def test_the_latest_run_is_shown_with_curves_and_model(visit, store: Store) -> None:
    run = finished(store, 0.5)
    at = visit("runs")
    assert mounted(at, "builder.live")[0]["runs"][0]["id"] == run.id
    assert "#### Model of run 1" in words(at)


def test_a_deleted_run_is_gone_and_undo_brings_it_back(visit, store: Store) -> None:
    run = finished(store, 0.5)
    at = visit("runs")
    button(at, "Delete").click().run()
    assert not at.exception
    assert store.runs("local") == []
    assert "1 run deleted." in words(at)
    button(at, "Undo").click().run()
    assert [kept.id for kept in store.runs("local")] == [run.id]
    assert store.events(run.id), "its history came back with it"


def test_a_runs_network_opens_as_a_project_of_its_own(visit, store: Store) -> None:
    run = finished(store, 0.5)
    at = visit("runs")
    button(at, "Open its network").click().run()
    assert not at.exception
    current = store.current_project("local")
    assert current is not None
    assert current.project == run.project


def test_everything_of_a_run_can_be_taken_away_the_model_only_once_it_has_ended(visit, store: Store) -> None:
    run = finished(store, 0.5)
    assert links(visit("runs")) == [
        f"/api/runs/{run.id}/export?format={wanted}" for wanted in ("keras", "python", "json", "tensorboard")
    ]
    waiting = store.create_run("local", run.project)
    assert f"/api/runs/{waiting.id}/export?format=tensorboard" in links(visit("runs"))
    assert f"/api/runs/{waiting.id}/export?format=keras" not in links(visit("runs"))


def links(at: AppTest) -> list[str]:
    return [element.proto.url for element in at.get("link_button")]
