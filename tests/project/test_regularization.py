"""Dropout, L2 and augmentation are read from a network and written into it, nested layers included."""

from builder.design.document import Design, Edge, Node
from builder.project.regularization import (
    augmenting,
    dropout_rates,
    l2_strength,
    with_dropout,
    with_l2,
    without_augmentation,
)

INNER = Design(
    name="block",
    nodes=(
        Node(id="in", type="InputLayer", params={"shape": [8]}),
        Node(id="drop", type="SpatialDropout1D", params={"rate": 0.2}),
        Node(id="lstm", type="LSTM", params={"units": 4}),
    ),
)
DRAWN = Design(
    nodes=(
        Node(id="flip", type="RandomFlip"),
        Node(id="dense", type="Dense", params={"units": 4, "kernel_regularizer": "l1"}),
        Node(id="out", type="Dense", params={"units": 1}),
        Node(id="drop", type="Dropout", params={"rate": 0.5}),
        Node(id="off", type="Dropout", params={"rate": 0.5}, bypass=True),
        Node(id="block", type="Model", graph=INNER),
        Node(id="in", type="InputLayer", params={"shape": [8, 8, 1]}),
    ),
    edges=(Edge(source="in", target="flip"),),
)


def test_every_dropout_layer_is_found_by_its_path_and_set_alone_or_with_the_others() -> None:
    assert dropout_rates(DRAWN) == {"drop": 0.5, "block/drop": 0.2}
    assert dropout_rates(with_dropout(DRAWN, 0.1)) == {"drop": 0.1, "block/drop": 0.1}
    assert dropout_rates(with_dropout(DRAWN, 0.1, "block/drop")) == {"drop": 0.5, "block/drop": 0.1}


def test_l2_is_put_on_every_kernel_and_leaves_other_regularizers_alone() -> None:
    strong = with_l2(DRAWN, 0.001)
    assert l2_strength(DRAWN) == 0.0
    assert l2_strength(strong) == 0.001
    assert strong.node("dense") == DRAWN.node("dense"), "L1 was meant"
    assert strong.node("out").params["kernel_regularizer"] == {"type": "L2", "params": {"l2": 0.001}}
    lstm = strong.node("block").graph.node("lstm")
    assert set(lstm.params) == {"units", "kernel_regularizer", "recurrent_regularizer"}


def test_l2_of_zero_is_the_network_as_it_was() -> None:
    assert with_l2(with_l2(DRAWN, 0.001), 0.0) == DRAWN


def test_keras_names_of_l2_are_understood() -> None:
    named = Design(nodes=(Node(id="a", type="Dense", params={"units": 1, "kernel_regularizer": "l2"}),))
    assert l2_strength(named) == 0.01
    assert l2_strength(with_l2(named, 0.0)) == 0.0


def test_layers_that_vary_the_input_are_left_out_and_stay_drawn() -> None:
    assert augmenting(DRAWN) == ["flip"]
    without = without_augmentation(DRAWN)
    assert augmenting(without) == []
    assert without.node("flip").bypass
