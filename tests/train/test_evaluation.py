from itertools import pairwise

import numpy as np
import pytest

from builder.design.document import Design, Edge, Node
from builder.project import templates
from builder.project.document import DataSpec, Project, Training
from builder.train.passes.contract import Rows
from builder.train.passes.tensorflow import TensorFlowPasses
from builder.train.session import Session, open_session


def penalised(project: Project) -> Project:
    """The same network with penalties on weights and on activities."""
    extra = {"kernel_regularizer": {"type": "L2", "params": {"l2": 0.05}}}
    extra |= {"activity_regularizer": {"type": "L2", "params": {"l2": 0.01}}}
    nodes = tuple(
        node.model_copy(update={"params": node.params | extra}) if node.id == "hidden" else node
        for node in project.design.nodes
    )
    return project.model_copy(update={"design": project.design.model_copy(update={"nodes": nodes})})


def moved(session: Session) -> Session:
    """After some training, so that penalties and losses are not those of the beginning."""
    session.passes.begin(0)
    session.passes.train(0, session.passes.steps)
    return session


def by_keras(session: Session, rows: Rows) -> dict[str, float]:
    told: dict[str, float] = session.model.evaluate(
        rows.x, rows.y, batch_size=rows.count, verbose=0, return_dict=True
    )
    return told


def test_the_loss_is_without_penalties_and_the_penalty_beside_it(project: Project) -> None:
    session = moved(open_session(penalised(project)))
    values, theirs = session.passes.evaluate(session.validation), by_keras(session, session.validation)
    assert values["penalty"] > 0.01
    assert values["loss"] + values["penalty"] == pytest.approx(theirs["loss"], rel=1e-5)
    plain = -np.log(
        np.take_along_axis(
            session.model.predict(session.validation.x, verbose=0), session.validation.y.reshape(-1, 1), 1
        )
    )
    assert values["loss"] == pytest.approx(plain.mean(), rel=1e-4)
    for name in set(theirs) - {"loss"}:
        assert values[name] == pytest.approx(theirs[name], abs=1e-6), name


def test_a_model_without_penalties_tells_none(project: Project) -> None:
    session = open_session(project)
    assert "penalty" not in session.passes.evaluate(session.measured)


def test_the_standard_error_is_that_of_the_rows_losses(project: Project) -> None:
    session = moved(open_session(project))
    session.passes._test_size = 30  # several batches: what they find is put together
    values = session.passes.evaluate(session.measured)
    guesses = session.model.predict(session.measured.x, verbose=0)
    losses = -np.log(np.take_along_axis(guesses, session.measured.y.reshape(-1, 1), 1)).ravel()
    assert values["loss_se"] == pytest.approx(losses.std(ddof=1) / np.sqrt(len(losses)), rel=1e-4)
    assert values["loss"] == pytest.approx(losses.mean(), rel=1e-4)


def test_the_losses_of_several_outputs_are_summed_by_row() -> None:
    (project,) = [each.project for each in templates.templates() if each.name == "two-in-two-out"]
    session = moved(open_session(project))
    rows, model = session.validation, session.model
    values = session.passes.evaluate(rows)
    guesses = model.predict(rows.x, verbose=0)
    total = 0.0
    for path, loss, _, _ in model._compile_loss._flat_losses:
        true, guess = rows.y, guesses
        for key in path:
            true, guess = true[key], guess[key]
        total = total + np.asarray(loss.call(true.reshape(len(true), -1), guess))
    assert values["loss_se"] == pytest.approx(total.std(ddof=1) / np.sqrt(len(total)), rel=1e-3)


def test_a_row_of_many_targets_counts_as_one_row() -> None:
    layers = [
        Node(id="image", type="InputLayer", params={"shape": [8, 8, 1]}),
        Node(id="again", type="Conv2D", params={"filters": 1, "kernel_size": 3, "padding": "same"}),
    ]
    edges = tuple(Edge(source=a.id, target=b.id) for a, b in pairwise(layers))
    project = Project(
        design=Design(nodes=tuple(layers), edges=edges),
        data=DataSpec(source="digits", target="$inputs"),
        training=Training(loss="mean_squared_error", batch_size=64),
    )
    session = open_session(project)
    rows = session.validation
    values = session.passes.evaluate(rows)
    far = np.square(session.model.predict(rows.x, verbose=0) - rows.y)
    each = far.reshape(rows.count, -1).mean(axis=1)
    assert values["loss_se"] == pytest.approx(each.std(ddof=1) / np.sqrt(rows.count), rel=1e-3)


def test_a_small_spread_around_a_large_loss_is_not_lost_to_rounding(project: Project) -> None:
    import keras

    inputs = keras.Input((1,))
    model = keras.Model(inputs, keras.layers.Rescaling(1.0)(inputs))
    model.compile("sgd", "mean_absolute_error")
    x = np.linspace(0, 1, 400, dtype="float32").reshape(-1, 1)
    rows = Rows(x, np.full_like(x, 10_000.0), 400)
    values = TensorFlowPasses(model, rows, 32, 0).evaluate(rows)
    expected = np.abs(rows.y - x).astype("float64").std(ddof=1) / 20
    assert values["loss_se"] == pytest.approx(expected, rel=1e-2)


def test_batches_of_another_size_and_compiling_anew_change_nothing_else(project: Project) -> None:
    session = open_session(project)
    before = session.passes.evaluate(session.validation)
    session.passes.resize(50)
    session.passes.renew()
    assert session.passes.steps == 3
    assert session.passes.evaluate(session.validation) == pytest.approx(before, abs=1e-6)
    session.passes.begin(0)
    assert session.passes.train(0, 3).step == 3
