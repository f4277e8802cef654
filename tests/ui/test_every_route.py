"""Every route of the API, those of tomorrow too: whose is what is asked before anything is told.

A new route needs no line here if its path names a run or a project. One that names neither must be listed as public.
"""

import re

import pytest
from starlette.routing import Route

from builder.project.templates import template
from builder.runs.records import Event, EventKind, RunState
from builder.runs.store import Store
from builder.ui import owners, routes

PUBLIC = {"/api/catalog/{version}", "/api/{path:path}"}
"""The same for everybody: the catalogue, and what does not exist."""
MISSING = "f" * 16
OTHERS = {"node": "hidden", "epoch": "1", "layer": "hidden", "unit": "0"}
"""What else stands in paths, as it is for the network of these tests."""

MLP = template("mlp-digits").project


def owned() -> list[Route]:
    return [route for route in routes.all_routes() if route.path not in PUBLIC]


def at(route: Route, run: str, project: str) -> str:
    values = {"run": run, "project": project} | OTHERS
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: values[found[1]], route.path)


def test_every_route_is_read_only() -> None:
    assert {method for route in routes.all_routes() for method in route.methods} == {"GET", "HEAD"}


@pytest.mark.parametrize("route", owned(), ids=lambda route: route.path)
def test_a_route_names_the_run_or_project_whose_owner_it_checks(route: Route) -> None:
    assert {"run", "project"} & set(route.param_convertors), (
        f"{route.path} is neither owned nor listed as public"
    )


@pytest.mark.parametrize("route", owned(), ids=lambda route: route.path)
@pytest.mark.parametrize("query", ["", "?format=json", "?format=keras", "?after=0&node=hidden&units=hidden"])
def test_what_is_foreign_is_answered_like_what_is_missing_and_unlike_ones_own(
    client, store: Store, monkeypatch: pytest.MonkeyPatch, route: Route, query: str
) -> None:
    monkeypatch.setenv("LAYERLOOM_MODE", "classroom")
    ann, bob, nobody = client(), client(), client()
    for browser in (ann, bob):
        browser.get("/api/", headers={"accept": "text/html"})
    owner = owners.owner_of(dict(ann.cookies))
    run = store.create_run(owner, MLP)
    store.append(run.id, [Event(kind=EventKind.EPOCH, epoch=0, values={"loss": 1.0})])
    store.update_run(run.id, state=RunState.STARTING)
    project = store.save_project(owner, MLP)
    own = ann.get(at(route, run.id, project.id) + query)
    for stranger in (bob, nobody):
        foreign = stranger.get(at(route, run.id, project.id) + query)
        missing = stranger.get(at(route, MISSING, MISSING) + query)
        assert foreign.status_code == missing.status_code == 404
        plain = foreign.text.replace(run.id, MISSING).replace(project.id, MISSING)
        assert plain == missing.text
        assert (own.status_code, own.text) != (foreign.status_code, foreign.text)


def test_hidden_runs_are_out_of_sight_on_every_route(client, store: Store) -> None:
    run = store.create_run("local", MLP)
    store.hide_run(run.id, "local")
    for route in owned():
        if "run" in route.param_convertors:
            assert client().get(at(route, run.id, MISSING)).status_code == 404, route.path
