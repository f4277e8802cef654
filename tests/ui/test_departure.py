"""What happens between a press on Train and the first step?"""

import time

import pytest

from builder.components.canvas.desk import Desk
from builder.design.document import Design, Edge, Node
from builder.errors import BuilderError, Faulty
from builder.project.document import Project
from builder.project.templates import templates
from builder.runs.records import RunState
from builder.train import launch
from builder.ui import departure, services, training

ROWS_AS_VALUES = Design(
    nodes=(
        Node(id="x", type="InputLayer", params={"shape": [8, 6]}),
        Node(id="rows", type="InputLayer", params={"shape": [7]}),
        Node(id="look", type="Attention"),
    ),
    edges=(
        Edge(source="x", target="look", target_port=("inputs", 0)),
        Edge(source="rows", target="look", target_port=("inputs", 1)),
    ),
)
"""Keras' symbolic check lets it pass; it fails when it is run."""
PERCEPTRON = next(each.project for each in templates() if each.name == "perceptron")


@pytest.fixture
def desk(app_home, monkeypatch):
    started = []
    monkeypatch.setattr(launch, "start", lambda store, run_id, *_: started.append(run_id))
    store = services.store()
    made = Desk(store, services.engine, store.save_project("ann", PERCEPTRON))
    made.started = started
    yield made
    services.engine.clear()


def drawn(design, data=True):
    return Project(
        name="n", design=design, data=PERCEPTRON.data if data else None, training=PERCEPTRON.training
    )


def waited(desk, prepared):
    deadline = time.monotonic() + 60
    while (run := departure.arrived(desk, prepared)) is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return run


def test_a_sound_network_is_rehearsed_and_then_begins(desk):
    prepared = departure.prepare(desk)
    assert waited(desk, prepared).state is RunState.QUEUED
    assert len(desk.started) == 1 and desk.notice is None and not desk.waits


def test_while_the_rehearsal_lasts_the_canvas_says_so_and_asks_again(desk):
    prepared = departure.prepare(desk)
    slow = departure.Departure(prepared.project, training.Rehearsal(), time.monotonic())
    assert departure.arrived(desk, slow) is None
    payload = desk.payload()
    assert payload["status"] == "checking" and "before it is trained" in payload["notice"]["text"]


def test_a_rehearsal_that_lasts_too_long_holds_nobody_up(desk):
    late = departure.Departure(desk.saved.project, training.Rehearsal(), time.monotonic() - 100)
    assert departure.arrived(desk, late) is not None


def test_a_fault_found_by_the_rehearsal_stands_on_its_node_and_no_run_is_made(desk):
    report = training.CheckReport.model_validate(
        training.rehearse(desk.saved.model_copy(update={"project": drawn(ROWS_AS_VALUES)})).result(60)
    )
    assert not report.ok
    answered = training.Rehearsal()
    answered.set_result(report.model_dump(mode="json"))
    with pytest.raises(Faulty):
        departure.arrived(desk, departure.Departure(desk.saved.project, answered, time.monotonic()))
    assert desk.meaning.painted["look"]["issues"]
    assert not desk.started and services.store().runs("ann") == []


def test_a_drawing_that_was_changed_meanwhile_is_not_trained(desk):
    prepared = departure.prepare(desk)
    desk.author(lambda project: project.model_copy(update={"design": ROWS_AS_VALUES}), "draw something else")
    with pytest.raises(BuilderError, match="Press Train again"):
        waited(desk, prepared)
    assert not desk.started


def test_a_network_with_faults_is_not_even_rehearsed(desk):
    nodes = PERCEPTRON.design.nodes[1:]
    desk.author(
        lambda project: project.model_copy(
            update={"design": project.design.model_copy(update={"nodes": nodes, "edges": ()})}
        ),
        "delete the input",
    )
    with pytest.raises(Faulty):
        departure.prepare(desk)


def test_an_engine_that_has_no_answer_does_not_stand_in_the_way(desk):
    failed = training.Rehearsal()
    failed.set_exception(BuilderError("The checker stopped while it worked on this."))
    assert departure.arrived(desk, departure.Departure(desk.saved.project, failed, time.monotonic()))


def test_pressing_twice_begins_one_run(desk):
    first = waited(desk, departure.prepare(desk))
    assert departure.prepare(desk) is None
    assert training.begin(desk.saved).id == first.id
