"""The canvas is told of the right run, in few bytes, and only of what is new."""

import json
from dataclasses import replace

import numpy as np
import pytest

from builder.project.document import Project
from builder.project.templates import template
from builder.runs import layer_pictures, layers
from builder.runs.layer_pictures import Picture, histogram
from builder.runs.layers import LayerFigures, Look
from builder.runs.records import RunRecord, RunState
from builder.runs.store import Store
from builder.ui import live_layers

MLP = template("mlp-digits").project
FIGURES = LayerFigures(grad_rms=0.00123, weight_norm=0.145, update_ratio=0.00278, dead=0.234, units=64)


def begun(store: Store, project: Project = MLP) -> RunRecord:
    run = store.create_run("local", project)
    store.update_run(run.id, state=RunState.STARTING)
    store.update_run(run.id, state=RunState.RUNNING)
    return store.run(run.id)


def ended(store: Store, project: Project = MLP) -> RunRecord:
    run = begun(store, project)
    store.update_run(run.id, state=RunState.FINISHED)
    return store.run(run.id)


def changed(project: Project = MLP, **more: object) -> Project:
    """With another number of units, and whatever else is asked for."""
    nodes = tuple(
        node.model_copy(update={"params": {**node.params, "units": 7}}) if node.id == "hidden" else node
        for node in project.design.nodes
    )
    return project.model_copy(update={"design": project.design.model_copy(update={"nodes": nodes}), **more})


def look(seq: int, count: int = 10) -> Look:
    return Look(seq=seq, at=1.25, rows=256, layers={f"block/conv_{n}": FIGURES for n in range(count)})


def test_the_newest_figures_of_ten_layers_take_less_than_a_kilobyte(client, store: Store) -> None:
    run = begun(store)
    layers.write_newest(run.id, look(3))
    answer = client().get(f"/api/runs/{run.id}/layers")
    assert len(answer.content) < 1000
    told = answer.json()
    assert told["layers"]["block/conv_0"] == [0.00123, 0.145, 0.00278, 0.234, None, 64]
    assert (told["seq"], told["at"], told["rows"]) == (3, 1.25, 256)
    assert (told["number"], told["state"], told["epochs"]) == (1, "running", MLP.training.epochs)


def test_figures_are_told_again_only_when_there_are_new_ones(client, store: Store) -> None:
    run = begun(store)
    assert client().get(f"/api/runs/{run.id}/layers").json()["seq"] == 0
    layers.write_newest(run.id, look(3))
    again = client().get(f"/api/runs/{run.id}/layers?after=3")
    assert "layers" not in again.json()
    assert len(again.content) < 100
    layers.write_newest(run.id, look(4))
    assert "layers" in client().get(f"/api/runs/{run.id}/layers?after=3").json()
    assert "layers" in client().get(f"/api/runs/{run.id}/layers?after=9").json()  # a run that went back


@pytest.mark.parametrize("after", ["-1", "x", "1e9", "", "٣", "9" * 400])
def test_nonsense_after_a_look_is_answered_without_a_fault(client, store: Store, after: str) -> None:
    run = begun(store)
    layers.write_newest(run.id, look(3))
    for path in ("layers", "layers/block/conv_1/histograms"):
        assert client().get(f"/api/runs/{run.id}/{path}", params={"after": after}).status_code == 200


def test_histograms_come_whole_at_first_and_then_only_what_was_added(client, store: Store) -> None:
    run = begun(store)
    drawn = histogram(np.random.default_rng(0).normal(size=999))
    path = "block/conv"
    first = Picture(1, 0.0, {path: FIGURES}, {path: drawn}, {path: drawn})
    layer_pictures.write(run.id, [first, replace(first, id=2, at=1.0)])
    address = f"/api/runs/{run.id}/layers/{path}/histograms"
    whole = client().get(address).json()
    assert [shot["at"] for shot in whole["pictures"]] == [0, 1]
    assert (whole["newest"], whole["kept"]) == (2, [1, 2])
    low, high, heights = whole["pictures"][0]["weights"]
    assert low < 0 < high
    assert len(heights) == 32
    layer_pictures.write(run.id, [first, replace(first, id=5, at=2.0)])
    news = client().get(f"{address}?after=2").json()
    assert [shot["id"] for shot in news["pictures"]] == [5]
    assert news["kept"] == [1, 5]
    assert client().get(f"/api/runs/{run.id}/layers/other/histograms").json()["pictures"] == []


def test_forty_pictures_of_a_layer_take_less_than_twenty_kilobytes(client, store: Store) -> None:
    run = begun(store)
    drawn = histogram(np.random.default_rng(0).normal(size=999))
    layer_pictures.write(
        run.id, [Picture(n, n, {"conv": FIGURES}, {"conv": drawn}, {"conv": drawn}) for n in range(40)]
    )
    assert len(client().get(f"/api/runs/{run.id}/layers/conv/histograms").content) < 20_000


def test_the_run_that_is_going_is_shown_before_any_that_ended(store: Store) -> None:
    ended(store)
    going = begun(store)
    ended(store)
    assert live_layers.shown_run(store, "local", MLP).id == going.id


def test_a_run_that_is_going_is_shown_though_the_drawing_has_changed_since(store: Store) -> None:
    going = begun(store)
    shown = live_layers.shown_run(store, "local", changed())
    assert shown.id == going.id
    assert live_layers.told(shown, changed(), "/lab")["same"] is False
    assert live_layers.told(shown, MLP, "/lab")["same"] is True
    assert live_layers.told(shown, MLP, "/lab")["url"] == f"/lab/api/runs/{going.id}/layers"


def test_of_runs_that_ended_the_last_with_the_drawn_network_is_shown(store: Store) -> None:
    wanted = ended(store)
    ended(store, changed())
    assert live_layers.shown_run(store, "local", MLP).id == wanted.id
    moved = MLP.model_copy(
        update={
            "design": MLP.design.model_copy(
                update={"nodes": tuple(n.model_copy(update={"position": (5, 5)}) for n in MLP.design.nodes)}
            )
        }
    )
    assert live_layers.shown_run(store, "local", moved).id == wanted.id


def test_runs_of_other_projects_and_people_are_not_shown(store: Store) -> None:
    begun(store, changed(name="other"))
    store.create_run("somebody", MLP)
    assert live_layers.shown_run(store, "local", MLP) is None
    assert live_layers.told(None, MLP, "") is None


def test_what_a_page_is_told_of_a_run_is_plain_json(store: Store) -> None:
    told = live_layers.told(begun(store), MLP, "")
    assert json.loads(json.dumps(told))["state"] == "running"
