"""A picture says what the model says, changes nothing of it, and is drawn only while somebody looks."""

import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builder.data.plane import plane
from builder.data.starter import default_project
from builder.design.document import Edge, Node
from builder.project.document import Project
from builder.runs import artifacts, pictures
from builder.runs.pictures import REACH, Frame, Grid
from builder.train.observing import field
from builder.train.observing import picture as observing
from builder.train.observing.observer import Moment
from builder.train.observing.picture import Picture, picture
from builder.train.session import Session, open_session

RUN = "r1"
END = Moment(1, 11, is_epoch_end=True)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path))
    artifacts.folder(RUN)


def chained(project: Project, *nodes: Node) -> Project:
    """The project with these layers between its input and its answer."""
    design = project.design
    all_nodes = (design.nodes[0], *nodes, design.nodes[-1])
    edges = tuple(Edge(source=a.id, target=b.id) for a, b in pairwise(all_nodes))
    return project.model_copy(
        update={"design": design.model_copy(update={"nodes": all_nodes, "edges": edges})}
    )


def node(name: str, kind: str, **params: Any) -> Node:
    return Node(id=name, type=kind, params=params)


FORGETFUL = (
    node("wide", "Dense", units=6),
    node("steady", "BatchNormalization"),
    node("bend", "Activation", activation="tanh"),
    node("gaps", "Dropout", rate=0.5),
    node("narrow", "Dense", units=3, activation="sigmoid"),
)


def opened(project: Project) -> tuple[Session, Picture]:
    session = open_session(project)
    for epoch in range(2):
        session.passes.begin(epoch)
        session.passes.train(0, session.passes.steps)
    made = picture(RUN, session)
    assert made is not None
    return session, made


def last_drawn() -> tuple[Frame, list[Grid]]:
    found = pictures.read(RUN)
    assert found is not None
    return pictures.unpacked(found[1])


def everything(model: Any) -> list[Any]:
    """Weights, statistics, seeds, metrics and what the optimizer remembers."""
    every = (*model.variables, *model.metrics_variables, *model.optimizer.variables)
    return [variable.numpy().copy() for variable in every]


def test_the_field_of_two_classes_is_what_the_model_predicts() -> None:
    session, made = opened(default_project("circle"))
    made.close()
    frame, grids = last_drawn()
    over = plane(session.project)
    assert over is not None and frame.kind == "two" and frame.is_last
    places = field.grid(over, (frame.width, frame.height))
    predicted = session.model.predict(places, verbose=0)[:, 1]
    told = 1 / (1 + np.exp(-(grids[0].reshape(-1) / 255 * 2 - 1) * REACH))
    assert np.abs(told - predicted).max() < 0.01
    assert places[0] == pytest.approx([over.x[0], over.y[1]]), "the first row is the upper edge"
    sure = session.model.predict(over.train.place, verbose=0).argmax(axis=1) == over.train.value
    assert frame.train == (sure.sum(), 350)


def test_one_unit_for_two_classes_is_the_probability_of_the_second() -> None:
    answer = node("colour", "Dense", units=1, activation="sigmoid")
    circle = default_project("circle")
    nodes = (*circle.design.nodes[:-1], answer)
    training = circle.training.model_copy(update={"loss": {"colour": "binary_crossentropy"}})
    design = circle.design.model_copy(update={"nodes": nodes})
    session, made = opened(circle.model_copy(update={"design": design, "training": training}))
    made.close()
    frame, grids = last_drawn()
    over = plane(session.project)
    assert over is not None
    predicted = session.model.predict(field.grid(over, (frame.width, frame.height)), verbose=0)[:, 0]
    told = 1 / (1 + np.exp(-(grids[0].reshape(-1) / 255 * 2 - 1) * REACH))
    assert np.abs(told - predicted).max() < 0.01


def test_the_surface_of_numbers_is_what_the_model_predicts() -> None:
    session, made = opened(default_project("plane"))
    made.close()
    frame, grids = last_drawn()
    over = plane(session.project)
    assert over is not None and frame.kind == "value" and (frame.low, frame.high) == over.values
    predicted = session.model.predict(field.grid(over, (frame.width, frame.height)), verbose=0)[:, 0]
    told = frame.low + grids[0].reshape(-1) / 255 * (frame.high - frame.low)
    assert np.abs(told - np.clip(predicted, *over.values)).max() < 0.01
    errors = np.abs(session.model.predict(over.train.place, verbose=0)[:, 0] - over.train.value)
    assert frame.train == pytest.approx((errors.mean(), 350), rel=1e-3)


def test_several_classes_are_told_by_the_likeliest_and_its_lead() -> None:
    probabilities = np.array([[0.7, 0.2, 0.1], [0.1, 0.45, 0.45]])
    odds = field.log_odds(probabilities, 3)
    assert odds.argmax(axis=1).tolist() == [0, 1]
    assert odds[0, 0] - odds[0, 1] == pytest.approx(np.log(3.5))


def test_logits_are_taken_as_they_are() -> None:
    logits = np.array([[2.0, -1.0], [0.5, 3.0]])
    assert np.array_equal(field.log_odds(logits, 2), logits)


def test_each_hidden_unit_is_what_its_layer_answers_in_evaluation_mode() -> None:
    import keras

    session, made = opened(chained(default_project("circle"), *FORGETFUL))
    made.close()
    frame, grids = last_drawn()
    assert [(units.layer, units.of) for units in frame.units] == [("bend", 6), ("narrow", 3)]
    over = plane(session.project)
    assert over is not None
    at = 1
    for units in frame.units:
        inside = keras.Model(session.model.inputs, session.model.get_layer(units.layer).output)
        answers = inside.predict(field.grid(over, (units.width, units.height)), verbose=0)
        for unit, reach in enumerate(units.reach):
            told = units.middle + (grids[at].reshape(-1).astype(float) - 128) / 127 * reach
            assert np.abs(told - answers[:, unit]).max() < reach / 100
            at += 1
    assert at == len(grids)


def test_a_picture_changes_nothing_of_what_is_trained() -> None:
    session, made = opened(chained(default_project("circle"), *FORGETFUL))
    model = session.model
    before = everything(model)
    layers = [id(layer) for layer in model.layers]
    pictures.want(RUN, units=True)
    made.see(END, {})
    made.close()
    assert all(np.array_equal(one, other) for one, other in zip(before, everything(model), strict=True))
    assert layers == [id(layer) for layer in model.layers]


def test_training_goes_on_the_same_with_and_without_somebody_looking() -> None:
    project = chained(default_project("circle"), *FORGETFUL)
    told = []
    for is_looked_at in (True, False):
        session, made = opened(project)
        if is_looked_at:
            pictures.want(RUN, units=True)
            made.see(END, {})
        session.passes.begin(2)
        told.append(session.passes.train(0, session.passes.steps).values)
    assert told[0] == told[1]


def test_nothing_is_drawn_while_nobody_looks() -> None:
    _, made = opened(default_project("xor"))
    for _ in range(3):
        made.see(END, {})
    assert pictures.read(RUN) is None
    pictures.want(RUN, units=False)
    made._asked_at = float("-inf")
    made.see(END, {})
    frame, grids = last_drawn()
    assert (frame.epoch, frame.is_epoch_end, frame.units, len(grids)) == (1, True, (), 1)


def test_a_second_picture_waits_for_its_time_and_a_long_epoch_is_drawn_on_the_way() -> None:
    _, made = opened(default_project("xor"))
    pictures.want(RUN, units=False)
    on_the_way = Moment(2, 5)
    made.see(on_the_way, {})
    assert last_drawn()[0].step == 5, "the first comes at once"
    made._turns._next_at = made._turns._next_cpu = 0.0
    made.see(Moment(2, 6), {})
    assert last_drawn()[0].step == 5
    made.see(END, {})
    assert last_drawn()[0].is_epoch_end
    made._turns._next_at = time.monotonic() + 60
    made.see(Moment(2, 11, is_epoch_end=True), {})
    assert last_drawn()[0].epoch == 1


@dataclass
class Clock:
    """A computer of its own: `now` seconds, of which all were computed in."""

    now: float = 100.0

    def monotonic(self) -> float:
        return self.now

    process_time = monotonic


@pytest.mark.parametrize(
    ("epoch_s", "cost_s", "least", "most"),
    [(0.004, 0.002, 112, 121), (0.03, 0.002, 110, 121), (0.5, 0.002, 19, 20), (0.01, 0.05, 15, 20)],
    ids=["short epochs", "longer epochs", "each epoch", "a tenth of the time"],
)
def test_twelve_pictures_a_second_are_drawn_or_each_epoch_or_a_tenth_of_the_time(
    monkeypatch: pytest.MonkeyPatch, epoch_s: float, cost_s: float, least: int, most: int
) -> None:
    clock, drawn = Clock(), 0
    monkeypatch.setattr(observing, "time", clock)
    turns = observing.Turns()
    while clock.now < 110:
        clock.now += epoch_s
        if turns.is_due:
            with turns.taken(is_measured=True):
                clock.now += cost_s
            drawn += 1
    assert least <= drawn <= most


def test_a_paused_run_is_drawn_once_for_whoever_comes_to_look_and_again_with_its_units() -> None:
    _, made = opened(default_project("xor"))
    made.see(END, {})
    made.rest()
    assert pictures.read(RUN) is None
    drawn = []
    for units in (False, False, True, True):
        pictures.want(RUN, units)
        made._asked_at = float("-inf")
        made._turns._next_at = 0.0
        made.rest()
        drawn.append(pictures.stamp(RUN))
    assert drawn[0] and drawn[0] == drawn[1] != drawn[2] == drawn[3]
    assert last_drawn()[0].units and last_drawn()[0].epoch == END.epoch


def test_a_network_that_is_not_over_the_plane_has_no_observer(project: Project) -> None:
    assert picture(RUN, open_session(project)) is None


def test_a_picture_that_cannot_be_drawn_or_written_does_not_end_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, made = opened(default_project("xor"))
    artifacts.remove(RUN)
    made.close()
    broken = picture(RUN, open_session(default_project("xor")))
    assert broken is not None
    monkeypatch.setattr(field.Field, "answers", lambda *_, **__: 1 / 0)
    broken.close()
    broken.close()
    assert pictures.read(RUN) is None


def test_pictures_on_the_way_say_the_same_as_the_last_one() -> None:
    session, made = opened(chained(default_project("circle"), *FORGETFUL))
    pictures.want(RUN, units=True)
    made.see(END, {})
    frame, (answers, *units) = last_drawn()
    over = plane(session.project)
    assert over is not None and not frame.is_last and len(units) == 9
    predicted = session.model.predict(field.grid(over, field.SIZE), verbose=0)[:, 1]
    told = 1 / (1 + np.exp(-(answers.reshape(-1) / 255 * 2 - 1) * REACH))
    assert np.abs(told - predicted).max() < 0.01


def test_a_very_wide_network_is_drawn_more_coarsely() -> None:
    import keras

    over = plane(default_project("circle"))
    assert over is not None
    point = keras.Input((2,))
    wide = keras.layers.Dense(40_000)(point)
    made = field.Field(keras.Model(point, keras.layers.Dense(2)(wide)), over)
    width, height = made.fitting(field.SIZE)
    assert width * height * 40_004 <= field.MOST_NUMBERS * 1.1
    narrow = field.Field(keras.Model(point, keras.layers.Dense(2)(point)), over)
    assert narrow.fitting(field.LAST_SIZE) == field.LAST_SIZE
