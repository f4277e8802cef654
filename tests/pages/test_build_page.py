"""Build: the canvas is given the drawing, its meaning, and all that stands around it."""

import time

from page_words import mounted
from streamlit.testing.v1 import AppTest

from builder.runs.store import Store
from builder.ui import services


def given(at: AppTest) -> dict:
    """What the canvas was told, once the engine has answered."""
    deadline = time.monotonic() + 100
    told = mounted(at, "builder.canvas")[0]
    while told["status"] == "checking" and time.monotonic() < deadline:
        time.sleep(0.2)
        told = mounted(at.run(), "builder.canvas")[0]
    return told


def test_the_canvas_gets_the_drawing_with_shapes_counts_and_no_fault(visit) -> None:
    told = given(visit("build"))
    assert [node["id"] for node in told["design"]["nodes"]] == ["pixels", "scale", "hidden", "digit"]
    assert told["annotations"]["hidden"]["shape"] == [64]
    assert told["annotations"]["hidden"]["params"] == 4160
    assert told["totals"]["params"] == 4810
    assert told["issues"] == told["fit"] == []
    assert told["data"]["name"] == "digits"
    assert len(told["templates"]) == 6


def test_a_network_that_does_not_fit_its_data_says_so_on_the_canvas(visit, store: Store) -> None:
    visit("start")
    record = store.current_project("local")
    assert record is not None
    data = record.project.data.model_copy(update={"source": "iris", "target": None})
    store.save_project("local", record.project.model_copy(update={"data": data}), record.id)
    told = given(visit("build"))
    assert told["issues"] == []
    assert {issue["code"] for issue in told["fit"]} == {"data_mismatch"}
    assert {issue["node"] for issue in told["fit"]} >= {"pixels", "digit"}


def test_a_dead_engine_becomes_words_on_the_canvas_and_the_drawing_stays(visit, monkeypatch) -> None:
    from concurrent.futures import Future

    from builder.errors import EngineFailed

    class Dead:
        state = "down"

        def submit(self, owner: str, request: dict) -> Future:
            failed: Future = Future()
            failed.set_exception(EngineFailed("The engine could not be started.", "", "It is tried again."))
            return failed

    monkeypatch.setattr(services, "engine", Dead)
    told = mounted(visit("build"), "builder.canvas")[0]
    assert told["status"] == "engine_down"
    assert "could not be started" in told["notice"]["text"]
    assert len(told["design"]["nodes"]) == 4
