"""Do layers within layers, cells within cells and whole networks within a layer pass the whole way?

Check, model, saved file, printed code, drawing saved and read, one training step.
"""

import itertools
import math

import numpy as np
import pytest
from layer_models import tensors, train_once

from builder.design.document import Design, Edge, Node
from builder.design.read import read_design
from builder.translate.ghost import check
from builder.translate.keras_model import build_model
from builder.translate.python_code import design_code

pytestmark = pytest.mark.oracle


def chain(*nodes, name="network"):
    edges = tuple(Edge(source=a.id, target=b.id) for a, b in itertools.pairwise(nodes))
    return Design(name=name, nodes=nodes, edges=edges)


def entry(*shape, id="in0"):
    return Node(id=id, type="InputLayer", params={"shape": list(shape)})


def network(*nodes):
    """A network as the value of an argument."""
    return {"type": "Model", "graph": chain(*nodes).model_dump(mode="json")}


def within(layer, *shape):
    node = Node(id="layer", type=layer["type"], params=layer["params"])
    behind = (Node(id="row", type="Flatten"), Node(id="answer", type="Dense", params={"units": 1}))
    return chain(entry(*shape), node, *behind)


def layer(type_name, **params):
    return {"type": type_name, "params": params}


def dense(units, id="dense", **params):
    return Node(id=id, type="Dense", params={"units": units, **params})


def each_step(value):
    return layer("TimeDistributed", layer=value)


SMALL = network(
    entry(6), dense(4, activation="relu"), dense(3, "out", kernel_regularizer=layer("L2", l2=0.1))
)
STACK = layer("StackedRNNCells", cells=[layer("LSTMCell", units=3), layer("GRUCell", units=2)])
SKIP = Design(
    nodes=(entry(6), dense(6), Node(id="add", type="Add")),
    edges=(
        Edge(source="in0", target="dense"),
        Edge(source="dense", target="add", target_port=("inputs", 0)),
        Edge(source="in0", target="add", target_port=("inputs", 1)),
    ),
)
DEEP = network(
    entry(6),
    Node(id="skip", type="Model", graph=SKIP),
    Node(id="again", type="Call", of="skip"),
)
CASES = {
    "network at each step": (each_step(SMALL), (8, 6)),
    "network with a skip, called twice, at each step": (each_step(DEEP), (8, 6)),
    "network within a network within a layer": (
        each_step(network(entry(3, 6), Node(id="td", type="TimeDistributed", params={"layer": SMALL}))),
        (4, 3, 6),
    ),
    "recurrent network at each step": (
        each_step(network(entry(8, 6), Node(id="lstm", type="LSTM", params={"units": 3}))),
        (4, 8, 6),
    ),
    "network with batch normalization at each step": (
        each_step(network(entry(6), dense(4), Node(id="even", type="BatchNormalization"))),
        (8, 6),
    ),
    "network at each step of each step": (each_step(each_step(SMALL)), (2, 3, 6)),
    "dense at each step of each step": (each_step(each_step(layer("Dense", units=2))), (2, 3, 6)),
    "both directions at each step": (
        each_step(layer("Bidirectional", layer=layer("LSTM", units=3))),
        (4, 8, 6),
    ),
    "spectral dense at each step": (
        each_step(layer("SpectralNormalization", layer=layer("Dense", units=3))),
        (8, 6),
    ),
    "cells on top of each other": (layer("RNN", cell=STACK), (8, 6)),
    "list of cells": (layer("RNN", cell=layer("LSTMCell", units=3, dropout=0.1)), (8, 6)),
    "cells in both directions": (layer("Bidirectional", layer=layer("RNN", cell=STACK)), (8, 6)),
    "another layer backwards": (
        layer(
            "Bidirectional",
            layer=layer("LSTM", units=3),
            backward_layer=layer("GRU", units=3, go_backwards=True),
        ),
        (8, 6),
    ),
    "cells at each step": (each_step(layer("RNN", cell=STACK)), (2, 8, 6)),
    "spectral depthwise convolution": (
        layer("SpectralNormalization", layer=layer("DepthwiseConv2D", kernel_size=3)),
        (8, 8, 3),
    ),
    "spectral embedding of objects": (
        layer(
            "SpectralNormalization",
            layer=layer("Dense", units=3, kernel_initializer=layer("HeNormal", seed=1)),
        ),
        (6,),
    ),
}


def printed_model(design):
    names = {}
    exec(compile(design_code(design), "<printed>", "exec"), names)
    return names["model"]


def answers(model, values):
    import keras

    return keras.ops.convert_to_numpy(model(tensors(values), training=False))


@pytest.mark.parametrize("name", CASES)
def test_what_is_drawn_inside_passes_the_whole_way(name, tmp_path):
    import keras

    keras.utils.set_random_seed(0)
    value, shape = CASES[name]
    design = within(value, *shape)
    values = [np.random.default_rng(0).uniform(0.1, 1.0, (4, *shape)).astype("float32")]
    report = check(design)
    assert report.ok, [issue.line for issue in report.issues]
    assert read_design(design.model_dump_json()) == design
    assert check(design) == report  # nothing that was read has been changed

    model = build_model(design)
    assert report.totals.params == model.count_params()
    assert list(report.nodes["layer"].shape) == list(model.get_layer("layer").output.shape[1:])
    printed = printed_model(design)
    printed.set_weights(model.get_weights())
    np.testing.assert_array_equal(answers(printed, values), answers(model, values))

    assert math.isfinite(train_once(model, values))
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(answers(loaded, values), answers(model, values))


def only_issue(value, *shape):
    issues = [issue for issue in check(within(value, *shape)).issues if issue.severity == "error"]
    assert len(issues) == 1, issues
    assert issues[0].node == "layer"
    return issues[0]


def test_a_network_inside_with_faults_is_told_on_the_layer_that_holds_it():
    issue = only_issue(each_step(network(entry(6), dense(-1))), 8, 6)
    assert issue.argument == "layer" and "Inside layer" in issue.message and "units" in issue.message


def test_a_network_inside_whose_shapes_do_not_fit_each_other_is_told_in_its_own_words():
    conv = Node(id="conv", type="Conv2D", params={"filters": 2, "kernel_size": 3})
    issue = only_issue(each_step(network(entry(6), conv)), 8, 6)
    assert "conv needs images" in issue.message


def test_a_network_inside_for_another_length_is_refused():
    issue = only_issue(each_step(SMALL), 8, 5)
    assert "6" in issue.message and "5" in issue.message


def test_a_network_inside_has_one_input_and_one_output():
    two = Design(
        nodes=(entry(6), entry(6, id="in1"), Node(id="add", type="Add")),
        edges=(Edge(source="in0", target="add"), Edge(source="in1", target="add")),
    )
    value = {"type": "Model", "graph": two.model_dump(mode="json")}
    assert "one input and one output" in only_issue(each_step(value), 8, 6).message


def test_a_layer_that_learns_from_rows_cannot_stand_inside():
    value = network(entry(6), Node(id="even", type="Normalization"))
    assert "training rows" in only_issue(each_step(value), 8, 6).message


@pytest.mark.parametrize(
    "value", [{"type": "Model"}, {"type": "Model", "graph": 3}, {"type": "Model", "graph": {}}]
)
def test_a_network_without_a_drawing_is_refused(value):
    assert only_issue(each_step(value), 8, 6).argument == "layer"


def test_a_network_cannot_be_read_in_both_directions():
    assert only_issue(layer("Bidirectional", layer=SMALL), 8, 6).argument == "layer"


def test_networks_within_networks_end_somewhere():
    value = SMALL
    for _ in range(9):
        value = network(entry(6), Node(id="td", type="TimeDistributed", params={"layer": value}))
    assert only_issue(each_step(value), 8, 6).code == "too_large"


@pytest.mark.parametrize("type_name", ["SpatialDropout1D", "Dense", "LSTM", "Dropout", "Masking"])
def test_every_layer_can_be_frozen(type_name):
    from builder.catalog.lookup import layer as spec_of

    start = {p.name: p.start for p in spec_of(type_name).params if p.start is not None}
    design = within(layer(type_name, **start, trainable=False), 8, 6)
    assert check(design).ok
    assert printed_model(design).count_params() == build_model(design).count_params()
    assert build_model(design).get_layer("layer").trainable_weights == []


def test_bins_can_be_frozen():
    design = within(layer("Discretization", bin_boundaries=[0.5], trainable=False), 6)
    assert check(design).ok
    assert build_model(design) is not None and printed_model(design) is not None


@pytest.mark.parametrize("name", ["mean", "sum", "max", "min", "var", "std"])
def test_an_operation_reduces_several_axes_at_once(name):
    node = Node(id="layer", type=f"ops.{name}", args={"axis": [1, 2]})
    design = chain(entry(8, 8, 3), node, dense(1, "answer"))
    assert check(design).nodes["layer"].shape == (3,)
    assert printed_model(design).count_params() == build_model(design).count_params() == 4
