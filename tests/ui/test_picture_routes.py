"""The picture's routes: the owner's only, nothing when nothing is new, and asking means that somebody looks."""

import inspect
import threading
import time

import numpy as np
import pytest

from builder.data.starter import default_project
from builder.project.templates import template
from builder.runs import artifacts, pictures
from builder.runs.pictures import Frame
from builder.runs.records import RunRecord, RunState
from builder.runs.store import Store
from builder.ui import owners, routes

CIRCLE = default_project("circle")


def made(store: Store, owner: str = "local", ended: bool = True) -> RunRecord:
    run = store.create_run(owner, CIRCLE)
    artifacts.folder(run.id)
    store.update_run(run.id, state=RunState.STARTING)
    if ended:
        store.update_run(run.id, state=RunState.FINISHED, best={"epoch": 7, "val_loss": 0.1})
    return store.run(run.id)


def draw(run: RunRecord, epoch: int = 3) -> None:
    frame = Frame(
        kind="two", epoch=epoch, step=1, is_epoch_end=True, width=8, height=6, low=0, high=1, train=(1, 2),
        validation=None,
    )  # fmt: skip
    pictures.write(run.id, frame, [np.full((6, 8), 9, np.uint8)])


def test_the_newest_picture_comes_with_its_stamp_the_state_and_the_best_epoch(client, store: Store) -> None:
    run = made(store)
    assert client().get(f"/api/runs/{run.id}/picture").status_code == 204
    draw(run)
    answer = client().get(f"/api/runs/{run.id}/picture?after=")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content.startswith(b'{"kind":"two","epoch":3')
    told = [answer.headers[f"layerloom-{name}"] for name in ("stamp", "state", "best")]
    assert told == [pictures.stamp(run.id), "finished", "7"]
    again = client().get(f"/api/runs/{run.id}/picture", params={"after": told[0]})
    assert (again.status_code, again.headers["layerloom-state"]) == (204, "finished")


def test_an_answer_is_held_back_until_there_is_a_picture(client, store: Store) -> None:
    run = made(store, ended=False)
    threading.Timer(0.2, draw, [run]).start()
    begun = time.monotonic()
    answer = client().get(f"/api/runs/{run.id}/picture?after=")
    assert answer.status_code == 200 and time.monotonic() - begun > 0.1


def test_waiting_holds_no_thread() -> None:
    waiting = [route for route in routes.all_routes() if route.path.endswith("/picture")]
    assert [inspect.iscoroutinefunction(route.endpoint) for route in waiting] == [True]


@pytest.mark.parametrize(("units", "asked"), [("0", False), ("1", True), ("x", False)])
def test_asking_says_that_somebody_looks(client, store: Store, units: str, asked: bool) -> None:
    run = made(store)
    client().get(f"/api/runs/{run.id}/picture?after=1&units={units}")
    assert pictures.wanted(run.id) == pictures.Looking(field=True, units=asked)


def test_a_run_that_goes_on_has_no_best_epoch_to_come_back_to(client, store: Store) -> None:
    run = made(store, ended=False)
    store.update_run(run.id, best={"epoch": 7, "val_loss": 0.1})
    draw(run)
    assert client().get(f"/api/runs/{run.id}/picture").headers["layerloom-best"] == ""


def test_a_stranger_sees_nothing_and_has_nothing_drawn(client, store: Store, monkeypatch) -> None:
    monkeypatch.setenv("LAYERLOOM_MODE", "classroom")
    ann, bob = client(), client()
    for browser in (ann, bob):
        browser.get("/api/", headers={"accept": "text/html"})
    run = made(store, owners.owner_of(dict(ann.cookies)))
    draw(run)
    for path in ("picture", "rows2d"):
        assert bob.get(f"/api/runs/{run.id}/{path}").status_code == 404
    assert not pictures.wanted(run.id).field
    assert [ann.get(f"/api/runs/{run.id}/{path}").status_code for path in ("picture", "rows2d")] == [200, 200]


def test_the_rows_come_once_without_test_rows(client, store: Store) -> None:
    answer = client().get(f"/api/runs/{made(store).id}/rows2d")
    assert answer.headers["cache-control"].startswith("private")
    rows = answer.json()
    assert (rows["axes"], rows["classes"], rows["target"]) == (["x", "y"], ["violet", "green"], "colour")
    assert [rows[part]["rows"] for part in ("train", "validation")] == [350, 75]
    assert [len(rows[part]["points"]) for part in ("train", "validation")] == [350, 75]
    assert {value for _, _, value in rows["train"]["points"]} == {0.0, 1.0}
    assert len(answer.content) < 30_000


def test_a_network_that_takes_more_numbers_has_no_rows_in_the_plane(client, store: Store) -> None:
    run = store.create_run("local", template("mlp-digits").project)
    assert client().get(f"/api/runs/{run.id}/rows2d").status_code == 404
