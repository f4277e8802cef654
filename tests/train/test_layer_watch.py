"""What is seen of layers agrees with numpy on networks made by hand, and looking leaves no trace in the model."""

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from builder.design.document import Design, Edge, Node
from builder.project.document import DataSpec, Project, Training
from builder.runs import layer_pictures, layers
from builder.runs.store import Store
from builder.train.observing import measures
from builder.train.observing.activations import Ending
from builder.train.observing.glance import Glance
from builder.train.observing.layers import LayerWatch
from builder.train.observing.observer import Moment
from builder.train.passes.contract import Rows
from builder.train.session import Session, open_session


def compiled(*stack: object, rows: int = 40, width: int = 3, outputs: int = 2) -> tuple[object, Rows]:
    """A model of these layers for regression with mean squared error and SGD of 0.1, and rows for it."""
    import keras

    keras.utils.set_random_seed(5)
    model = keras.Sequential([keras.Input((width,)), *stack])
    model.compile(keras.optimizers.SGD(0.1), "mean_squared_error")
    random = np.random.default_rng(0)
    x, y = random.normal(size=(rows, width)), random.normal(size=(rows, outputs))
    return model, Rows(x.astype(np.float32), y.astype(np.float32), rows)


def trained(session: Session, watch: LayerWatch | None, epochs: int = 3) -> list[np.ndarray]:
    """All that the model and its optimizer hold after some epochs, looked at after every step or never."""
    if watch:
        watch.see(Moment(0, 0, is_epoch_end=True), {})
    passes = session.passes
    for epoch in range(1, epochs + 1):
        passes.begin(epoch - 1)
        for step in range(passes.steps):
            passes.train(step, step + 1)
            if watch:
                watch._look(Moment(epoch, step + 1))
    if watch:
        watch.close()
    model = session.model
    held = [*model.variables, *model.optimizer.variables, *model.metrics_variables]
    return [np.array(variable.numpy()) for variable in held]


def test_gradient_and_weights_of_a_linear_layer_are_those_that_numpy_finds() -> None:
    import keras

    model, rows = compiled(keras.layers.Dense(2, name="line"))
    kernel, bias = (np.array(weight, float) for weight in model.get_weights())
    seen = Glance(model, rows, 8).look(0).figures["line"]
    error = rows.x @ kernel + bias - rows.y
    slope = rows.x.T @ error / error.size * 2
    assert seen.grad_rms == pytest.approx(math.sqrt(np.mean(slope**2)), rel=0.01)
    assert seen.weight_norm == pytest.approx(math.sqrt(np.mean(kernel**2)), rel=0.01)
    assert (seen.update_ratio, seen.dead, seen.saturated) == (None, None, None)


def test_the_update_of_one_step_is_the_change_of_the_weights_relative_to_them() -> None:
    import keras

    model, rows = compiled(keras.layers.Dense(2, name="line"))
    glance = Glance(model, rows, 8)
    glance.note()
    before = np.array(model.get_weights()[0])
    model.train_on_batch(rows.x, rows.y)
    after = np.array(model.get_weights()[0])
    told = glance.look(1).figures["line"].update_ratio
    assert told == pytest.approx(np.linalg.norm(after - before) / np.linalg.norm(after), rel=0.01)
    assert glance.look(4).figures["line"].update_ratio == pytest.approx(told / 4, rel=0.01)


def test_units_with_a_bias_of_minus_100_are_dead_and_leaky_ones_never_are() -> None:
    import keras

    bias = keras.initializers.Constant(-100.0)
    model, rows = compiled(
        keras.layers.Dense(8, "relu", name="dead", bias_initializer=bias),
        keras.layers.Dense(8, "leaky_relu", name="leaky", bias_initializer=bias),
        keras.layers.Dense(8, name="plain", bias_initializer=bias),
        keras.layers.ReLU(name="own"),
        keras.layers.Dense(2, "relu", name="end", bias_initializer=bias),
    )
    seen = Glance(model, rows, 8).look(0).figures
    assert (seen["dead"].dead, seen["dead"].units) == (1.0, 8)
    assert seen["dead"].grad_rms == 0
    assert seen["leaky"].dead is None
    assert (seen["own"].dead, seen["own"].weight_norm) == (1.0, None)
    assert seen["end"].dead is None  # what the network gives out may be 0


def test_only_units_that_no_row_wakes_are_dead() -> None:
    import keras

    model, rows = compiled(keras.layers.Dense(4, "relu", name="hidden"), keras.layers.Dense(2, name="end"))
    kernel, bias, *rest = model.get_weights()
    bias[:] = [0, -100, 0, -100]
    model.set_weights([kernel, bias, *rest])
    alive = np.maximum(0, rows.x @ kernel + bias).max(axis=0) > 0
    seen = Glance(model, rows, 8).look(0).figures["hidden"]
    assert seen.dead == np.mean(~alive) == 0.5


def test_channels_of_a_convolution_are_its_units() -> None:
    import keras

    model = keras.Sequential(
        [
            keras.Input((6, 6, 1)),
            keras.layers.Conv2D(4, 3, activation="relu", name="conv"),
            keras.layers.Flatten(),
            keras.layers.Dense(1),
        ]
    )
    model.compile("sgd", "mean_squared_error")
    kernel, _, *rest = model.get_weights()
    model.set_weights([kernel, np.array([-100, 1, 1, 1], np.float32), *rest])
    random = np.random.default_rng(1)
    rows = Rows(random.random((20, 6, 6, 1), np.float32), np.ones((20, 1), np.float32), 20)
    seen = Glance(model, rows, 8).look(0).figures["conv"]
    assert (seen.dead, seen.units) == (0.25, 4)


def test_large_weights_saturate_a_tanh_and_a_sigmoid() -> None:
    import keras

    wide = keras.initializers.RandomNormal(stddev=100.0)
    narrow = keras.initializers.RandomNormal(stddev=0.01)
    model, rows = compiled(
        keras.layers.Dense(8, "tanh", name="flat", kernel_initializer=wide),
        keras.layers.Dense(8, "tanh", name="soft", kernel_initializer=narrow),
        keras.layers.Dense(8, "sigmoid", name="ends", kernel_initializer=wide),
        keras.layers.Dense(2, name="end"),
    )
    seen = Glance(model, rows, 8).look(0).figures
    assert seen["flat"].saturated > 0.9
    assert seen["soft"].saturated == 0
    assert seen["ends"].saturated < 0.9  # its inputs are small
    assert measures.saturated_share(np.array([0.01, 0.5, 0.99, 0.97]), Ending.SIGMOID) == 0.5


def test_gradients_vanish_through_sigmoids_and_explode_through_large_weights() -> None:
    import keras

    small = keras.initializers.RandomNormal(stddev=0.05)
    large = keras.initializers.RandomNormal(stddev=30.0)
    deep = [keras.layers.Dense(6, "sigmoid", name=f"s{n}", kernel_initializer=small) for n in range(6)]
    model, rows = compiled(*deep, keras.layers.Dense(2, name="end"))
    seen = Glance(model, rows, 8).look(0).figures
    assert seen["s0"].grad_rms < 1e-3 * seen["end"].grad_rms
    deep = [keras.layers.Dense(6, name=f"l{n}", kernel_initializer=large) for n in range(6)]
    model, rows = compiled(*deep, keras.layers.Dense(2, name="end"))
    assert Glance(model, rows, 8).look(0).figures["l0"].grad_rms > 1e6


def test_a_fresh_batch_normalization_does_not_look_like_a_vanishing_gradient() -> None:
    import keras

    small = keras.initializers.RandomNormal(stddev=0.02)
    deep = itertools.chain.from_iterable(
        (
            keras.layers.Dense(16, name=f"d{n}", kernel_initializer=small),
            keras.layers.BatchNormalization(name=f"n{n}"),
            keras.layers.Activation("relu", name=f"r{n}"),
        )
        for n in range(4)
    )
    model, rows = compiled(*deep, keras.layers.Dense(2, name="end"))
    seen = Glance(model, rows, 8).look(0).figures
    assert seen["d0"].grad_rms > 0.01 * seen["end"].grad_rms
    assert seen["n0"].weight_norm is not None
    assert seen["r0"].dead is not None


def test_layers_in_nested_networks_are_told_by_their_full_path() -> None:
    import keras

    inner = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, "relu", name="conv")], name="block")
    model, rows = compiled(inner, keras.layers.Dense(2, name="end"))
    assert list(Glance(model, rows, 8).look(0).figures) == ["block/conv", "end"]


def test_frozen_layers_have_weights_but_neither_gradient_nor_update() -> None:
    import keras

    model, rows = compiled(keras.layers.Dense(4, name="frozen"), keras.layers.Dense(2, name="end"))
    model.get_layer("frozen").trainable = False
    glance = Glance(model, rows, 8)
    glance.note()
    seen = glance.look(1).figures["frozen"]
    assert seen.weight_norm > 0
    assert (seen.grad_rms, seen.update_ratio) == (None, None)


def test_penalties_belong_to_the_gradient_as_training_sees_it() -> None:
    import keras

    dense = keras.layers.Dense(2, name="line", kernel_regularizer=keras.regularizers.L2(1000.0))
    model, rows = compiled(dense)
    kernel = np.array(model.get_weights()[0])
    seen = Glance(model, rows, 8).look(0).figures["line"]
    assert seen.grad_rms == pytest.approx(2000 * math.sqrt(np.mean(kernel**2)), rel=0.02)


def noisy(project: Project) -> Project:
    """With a penalty and an activity penalty on top of Dropout, BatchNormalization and Normalization."""
    nodes = tuple(
        node.model_copy(
            update={"params": {**node.params, "kernel_regularizer": "l2", "activity_regularizer": "l1"}}
        )
        if node.id == "hidden"
        else node
        for node in project.design.nodes
    )
    return project.model_copy(update={"design": project.design.model_copy(update={"nodes": nodes})})


def test_a_run_that_is_looked_at_after_every_step_learns_bit_for_bit_the_same(
    store: Store, project: Project
) -> None:
    session = open_session(noisy(project))
    plain = trained(session, None)
    session = open_session(noisy(project))
    watched = trained(session, LayerWatch("run", session))
    assert len(plain) == len(watched)
    assert all(np.array_equal(one, other) for one, other in zip(plain, watched, strict=True))
    assert layers.newest("run") is not None


def test_the_run_of_the_whole_folder_is_told_in_order_and_stays_small(store: Store, project: Project) -> None:
    session = open_session(project)
    trained(session, LayerWatch("run", session), epochs=6)
    look = layers.newest("run")
    assert look is not None
    assert look.seq == 6 * session.passes.steps + 1
    assert look.at == 6
    assert list(look.layers) == ["hidden", "steady", "kind"]
    assert 0 < look.layers["kind"].update_ratio < 1
    pictures = layer_pictures.read("run")
    assert [picture.at for picture in pictures] == sorted(picture.at for picture in pictures)
    assert pictures[0].at == 0
    assert pictures[-1].at == 6
    assert len(pictures) <= 40
    assert set(pictures[-1].weights) == {"hidden", "steady", "kind"}
    assert set(pictures[-1].activations) == {"hidden", "steady", "kind"}


def test_a_run_that_goes_on_from_a_checkpoint_forgets_the_pictures_behind_it(
    store: Store, project: Project
) -> None:
    session = open_session(project)
    watch = LayerWatch("run", session)
    for at in range(5):
        watch._look(Moment(at, 0, is_epoch_end=True))
    watch.close()
    again = LayerWatch("run", session)
    again._look(Moment(2, 0, is_epoch_end=True))
    again.close()
    assert [picture.at for picture in layer_pictures.read("run")] == [0, 1, 2]
    newest = layers.newest("run")
    assert newest is not None
    assert newest.seq == 6


def test_a_look_that_fails_ends_the_looking_and_not_the_run(
    store: Store, project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    session = open_session(project)
    watch = LayerWatch("run", session)

    def broken(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(layers, "write_newest", broken)
    watch.see(Moment(0, 0, is_epoch_end=True), {})
    watch.see(Moment(1, 1), {})
    watch.close()
    assert capsys.readouterr().err.count("Traceback") == 1


def test_rows_that_are_text_can_be_looked_at(store: Store) -> None:
    import keras
    import tensorflow as tf

    look_up = keras.layers.StringLookup(vocabulary=["a", "b"], output_mode="one_hot")
    word = keras.Input((1,), dtype="string")
    model = keras.Model(word, keras.layers.Dense(2, name="end")(look_up(word)))
    model.compile("sgd", "mean_squared_error")
    rows = Rows(tf.constant([["a"], ["b"], ["c"]]), tf.zeros((3, 2)), 3)
    assert Glance(model, rows, 2).look(0).figures["end"].grad_rms > 0


def test_a_network_with_several_inputs_and_outputs_can_be_looked_at(store: Store, tmp_path: Path) -> None:
    from builder.project.templates import template

    session = open_session(template("two-in-two-out").project)
    before = [np.array(variable.numpy()) for variable in session.model.metrics_variables]
    watch = LayerWatch("run", session)
    watch.see(Moment(0, 0, is_epoch_end=True), {})
    look = layers.newest("run")
    assert look is not None
    assert all(figures.grad_rms is not None for figures in look.layers.values() if figures.weight_norm)
    after = [np.array(variable.numpy()) for variable in session.model.metrics_variables]
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


def test_a_recurrent_layer_is_not_judged_by_what_its_gates_squash(store: Store) -> None:
    nodes = (
        Node(id="flower", type="InputLayer", params={"shape": [4]}),
        Node(id="steps", type="Reshape", params={"target_shape": [4, 1]}),
        Node(id="memory", type="LSTM", params={"units": 5}),
        Node(id="kind", type="Dense", params={"units": 3, "activation": "softmax"}),
    )
    edges = tuple(Edge(source=a.id, target=b.id) for a, b in itertools.pairwise(nodes))
    project = Project(
        name="memory",
        design=Design(name="memory", nodes=nodes, edges=edges),
        data=DataSpec(source="iris"),
        training=Training(epochs=1, batch_size=16, seed=3),
    )
    session = open_session(project)
    seen = Glance(session.model, session.measured, 16).look(0).figures["memory"]
    assert seen.saturated is None
    assert seen.grad_rms > 0


def test_paths_of_layers_are_those_of_the_drawing_also_in_blocks_that_are_called_twice(store: Store) -> None:
    inner = Design(
        name="inner",
        nodes=(
            Node(id="x", type="InputLayer", params={"shape": [4]}),
            Node(id="mix", type="Dense", params={"units": 4, "activation": "relu"}),
        ),
        edges=(Edge(source="x", target="mix"),),
    )
    outer = Design(
        name="outer",
        nodes=(
            Node(id="x", type="InputLayer", params={"shape": [4]}),
            Node(id="deep", type="Model", graph=inner),
            Node(id="own", type="Dense", params={"units": 4}),
        ),
        edges=(Edge(source="x", target="deep"), Edge(source="deep", target="own")),
    )
    nodes = (
        Node(id="flower", type="InputLayer", params={"shape": [4]}),
        Node(id="block", type="Model", graph=outer),
        Node(id="again", type="Call", of="block"),
        Node(id="kind", type="Dense", params={"units": 3, "activation": "softmax"}),
    )
    edges = tuple(Edge(source=a.id, target=b.id) for a, b in itertools.pairwise(nodes))
    project = Project(
        name="blocks",
        design=Design(name="blocks", nodes=nodes, edges=edges),
        data=DataSpec(source="iris"),
        training=Training(epochs=1, batch_size=16, seed=3),
    )
    session = open_session(project)
    seen = Glance(session.model, session.measured, 16).look(0)
    assert set(seen.figures) == {"block/deep/mix", "block/own", "kind"}
    assert all(figures.grad_rms for figures in seen.figures.values())
    assert set(seen.activations) == set(seen.figures)
