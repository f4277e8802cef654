"""Everything that can be asked of a run, tomorrow's orders too: a stranger's is answered like one for a missing run."""

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from builder.errors import NotFound
from builder.project.templates import template
from builder.runs.records import RunState
from builder.runs.store import Store
from builder.train import launch, orders

MLP = template("mlp-digits").project
MADE_UP: dict[str, Any] = {
    "setting": "learning_rate",
    "node": None,
    "value": 0.01,
    "epochs": 3,
    "name": "stop",
    "document": MLP,
    "project": MLP,
    "base": 1,
    "rev": 1,
    "version_id": 1,
}
"""What else these functions take."""


def owned(place: ModuleType | type) -> list[Callable[..., Any]]:
    """Functions that act on one run or project in somebody's name."""
    found = [
        thing for name, thing in inspect.getmembers(place, inspect.isfunction) if not name.startswith("_")
    ]
    return [
        each for each in found if {"owner"} < set(inspect.signature(each).parameters) and _names_one(each)
    ]


def _names_one(function: Callable[..., Any]) -> bool:
    return bool({"run_id", "project_id"} & set(inspect.signature(function).parameters))


ORDERS = [*owned(orders), *owned(launch), *owned(Store)]


def test_there_is_something_to_try() -> None:
    names = {each.__name__ for each in ORDERS}
    assert {
        "pause",
        "resume",
        "keep",
        "change",
        "start",
        "stop",
        "command",
        "delete_run",
        "hide_run",
    } <= names


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.__name__)
@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING, RunState.FINISHED])
def test_a_stranger_asks_in_vain_and_changes_nothing(
    store: Store, order: Callable[..., Any], state: RunState
) -> None:
    run, project = store.create_run("ann", MLP), store.save_project("ann", MLP)
    if state is not RunState.QUEUED:
        store.update_run(run.id, state=state)
    before, drawn = store.run(run.id), store.project(project.id)
    answers = [_asked(store, order, *ids) for ids in ((run.id, project.id), ("f" * 16, "f" * 16))]
    assert answers[0] == answers[1], "foreign and missing sound alike"
    assert answers[0] == "NotFound" or answers[0] in (False, [], None)
    assert store.run(run.id) == before and store.project(project.id) == drawn
    assert store.take_commands(run.id) == []


def _asked(store: Store, order: Callable[..., Any], run_id: str, project_id: str) -> object:
    known = {
        "self": store,
        "store": store,
        "owner": "bob",
        "run_id": run_id,
        "project_id": project_id,
    } | MADE_UP
    parameters = inspect.signature(order).parameters.values()
    named = ("owner", "run_id", "project_id")
    needed = [each.name for each in parameters if each.name in named or each.default is each.empty]
    try:
        return order(**{name: known[name] for name in needed})
    except NotFound:
        return "NotFound"
