"""Is the work of each kind of layer what its formula by hand says? Multiply-adds; FLOPs are twice as many."""

import pytest
from drawings import chain, image, join, node, wired

from builder.catalog.lookup import catalog
from builder.translate.ghost import check
from builder.translate.sizing.call import Call
from builder.translate.sizing.flops import flops
from builder.translate.specs import Spec

T, D, H, K = 7, 6, 3, 5
CELL = {"type": "LSTMCell", "params": {"units": 4}}
STACKED = {"type": "StackedRNNCells", "params": {"cells": [CELL, CELL]}}
DENSE = {"type": "Dense", "params": {"units": 3}}
CONV = {"type": "Conv2D", "params": {"filters": 2, "kernel_size": 3}}
LSTM = {"type": "LSTM", "params": {"units": 4, "return_sequences": True}}
LSTM_ADDS = T * 4 * 4 * (D + 4)


@pytest.mark.parametrize(
    ("shape", "layer", "params", "adds"),
    [
        ([9, 9, 3], "SeparableConv2D", {"filters": 8, "kernel_size": 3}, 7 * 7 * (9 * 3 + 3 * 8)),
        ([9, 3], "SeparableConv1D", {"filters": 8, "kernel_size": 3}, 7 * (3 * 3 + 3 * 8)),
        ([9, 3], "DepthwiseConv1D", {"kernel_size": 3}, 7 * 3 * 3),
        ([9, 3], "Conv1D", {"filters": 4, "kernel_size": 3, "strides": 2, "padding": "causal"}, 5 * 3 * 3 * 4),
        ([4, 8, 8, 2], "Conv3D", {"filters": 5, "kernel_size": 2}, 3 * 7 * 7 * 8 * 2 * 5),
        ([8, 2], "Conv1DTranspose", {"filters": 4, "kernel_size": 4, "strides": 2}, 8 * 4 * 2 * 4),
        ([4, 4, 4, 2], "Conv3DTranspose", {"filters": 3, "kernel_size": 2}, 4**3 * 8 * 2 * 3),
        ([8, 8, 2], "Conv2D", {"filters": 4, "kernel_size": 3, "dilation_rate": 2}, 4 * 4 * 9 * 2 * 4),
        ([T, D], "GRU", {"units": 4}, T * 3 * 4 * (D + 4)),
        ([T, D], "SimpleRNN", {"units": 4}, T * 4 * (D + 4)),
        ([T, D], "RNN", {"cell": CELL}, LSTM_ADDS),
        ([T, D], "RNN", {"cell": STACKED}, LSTM_ADDS + T * 4 * 4 * (4 + 4)),
        ([T, D], "Bidirectional", {"layer": LSTM}, 2 * LSTM_ADDS),
        ([T, D], "TimeDistributed", {"layer": DENSE}, T * D * 3),
        ([T, 8, 8, 3], "TimeDistributed", {"layer": CONV}, T * 6 * 6 * 9 * 3 * 2),
        ([T, 8, 8, 3], "ConvLSTM2D", {"filters": 2, "kernel_size": 3}, T * 6 * 6 * 9 * (3 + 2) * 4 * 2),
        ([T, 8, 3], "ConvLSTM1D", {"filters": 2, "kernel_size": 3, "return_sequences": True}, T * 6 * 3 * (3 + 2) * 8),
        ([T, D], "EinsumDense", {"equation": "abc,cd->abd", "output_shape": [T, 9]}, T * D * 9),
        ([T, D], "EinsumDense", {"equation": "...c,cd->...d", "output_shape": [9]}, T * D * 9),
        ([D], "EinsumDense", {"equation": "ab,bcd->acd", "output_shape": [2, 9]}, D * 2 * 9),
        ([D], "SpectralNormalization", {"layer": DENSE}, D * 3),
        ([T, D], "LayerNormalization", {}, T * D),
        ([T], "Embedding", {"input_dim": 100, "output_dim": 8}, 0),
        ([T], "ReversibleEmbedding", {"input_dim": 100, "output_dim": 8}, 0),
        ([8, 8, 3], "UpSampling2D", {}, 0),
    ],
)  # fmt: skip
def test_a_layer_works_as_its_formula_says(shape, layer, params, adds):
    report = check(chain(shape, (layer, params)))
    assert report.ok, report.issues
    assert report.nodes["l0"].flops == 2 * adds
    assert report.totals.flops == 2 * adds


def attending(kind, query, value, **params):
    """A layer of this kind whose query and value have these shapes."""
    ports = ("query", "value")
    wires = [(name, 0, "look", (name,)) for name in ports]
    return wired(image(query, "query"), image(value, "value"), node("look", kind, **params), *wires)


def test_attention_projects_compares_all_pairs_and_projects_back():
    s, v = 11, 4
    report = check(attending("MultiHeadAttention", [T, D], [s, v], num_heads=H, key_dim=K, value_dim=2))
    projections = T * D * H * K + s * v * H * K + s * v * H * 2
    assert report.nodes["look"].flops == 2 * (projections + T * s * H * (K + 2) + T * H * 2 * D)


def test_attention_over_one_axis_compares_pairs_of_that_axis_only():
    report = check(
        attending("MultiHeadAttention", [4, T, D], [4, T, D], num_heads=H, key_dim=K, attention_axes=[2])
    )
    tokens = 4 * T
    assert report.nodes["look"].flops == 2 * (4 * tokens * D * H * K + 2 * tokens * T * H * K)


def test_grouped_attention_has_fewer_heads_for_keys_and_values():
    report = check(
        attending("GroupQueryAttention", [T, D], [T, D], head_dim=K, num_query_heads=4, num_key_value_heads=2)
    )
    projections = T * D * 4 * K + 2 * T * D * 2 * K + T * 4 * K * D
    assert report.nodes["look"].flops == 2 * (projections + 2 * T * T * 4 * K)


@pytest.mark.parametrize("kind", ["Attention", "AdditiveAttention"])
def test_plain_attention_scores_all_pairs_and_averages_values(kind):
    report = check(join(kind, [T, D], [9, D]))
    assert report.nodes["join"].flops == 2 * 2 * T * 9 * D


def test_products_of_tensors_count_what_is_summed_over():
    assert check(join("ops.matmul", [T, D], [D, 9])).nodes["join"].flops == 2 * T * D * 9
    assert check(join("Dot", [T, D], [9, D], axes=2)).nodes["join"].flops == 2 * T * D * 9
    assert check(join("Dot", [D], [D], axes=1)).nodes["join"].flops == 2 * D


def test_a_network_inside_a_wrapper_works_in_every_step():
    import keras

    row = keras.Input((D,))
    inner = keras.Model(row, keras.layers.Dense(2)(keras.ops.relu(keras.layers.Dense(4)(row))))
    layer = keras.layers.TimeDistributed(inner)
    out = layer(keras.KerasTensor((None, T, D)))
    specs = {"inputs": (Spec((None, T, D), "float32"),)}
    call = Call("TimeDistributed", "rnn", layer, specs, (Spec(tuple(out.shape), "float32"),))
    assert flops(call) == 2 * T * (D * 4 + 4 * 2)


def test_only_an_open_length_leaves_the_work_unknown():
    assert check(chain([None, D], ("LSTM", {"units": 4}))).nodes["l0"].flops is None
    assert (
        check(chain([None, D], ("GlobalAveragePooling1D", {}), ("Dense", {"units": 2}))).nodes["l1"].flops
        == 24
    )
    assert check(chain([None, None, 3], ("MaxPooling2D", {}))).nodes["l0"].flops == 0


def test_a_fault_leaves_the_work_of_the_sound_part_known():
    design = wired(
        image([8, 8, 3]),
        node("a", "Dense", units=4),
        node("bad", "Dense", units=0),
        ("image", "a"),
        ("a", "bad"),
    )
    assert check(design).totals.flops == 2 * 64 * 3 * 4


def test_a_bidirectional_lstm_counts_as_two_with_all_its_parameters():
    report = check(chain([100, 32], ("Bidirectional", {"layer": {"type": "LSTM", "params": {"units": 64}}})))
    assert report.nodes["l0"].params == 2 * 4 * 64 * (32 + 64 + 1)
    assert report.nodes["l0"].flops == 2 * 2 * 100 * 4 * 64 * (32 + 64)


def test_a_transformer_block_counts_as_its_published_terms():
    t, d, heads, wide = 128, 64, 8, 256
    parts = [
        image([t, d]),
        node("look", "MultiHeadAttention", num_heads=heads, key_dim=d // heads),
        node("add", "Add"), node("norm", "LayerNormalization"),
        node("up", "Dense", units=wide, activation="gelu"), node("down", "Dense", units=d),
        node("add2", "Add"), node("norm2", "LayerNormalization"),
        ("image", 0, "look", ("query",)), ("image", 0, "look", ("value",)),
        ("image", "add"), ("look", "add"), ("add", "norm"), ("norm", "up"), ("up", "down"),
        ("norm", "add2"), ("down", "add2"), ("add2", "norm2"),
    ]  # fmt: skip
    report = check(wired(*parts))
    assert report.totals.params == 4 * d * d + 4 * d + 2 * d * wide + wide + d + 4 * d
    # 4 projections of d · d, scores and their use t · t · d each, two layers of d · wide, two norms
    assert report.totals.flops == 2 * (4 * t * d * d + 2 * t * t * d + 2 * t * d * wide + 2 * t * d)


def test_no_layer_of_the_catalogue_is_left_without_a_number():
    """Each as it is dropped, behind what it takes: only an unknown layer may have no count."""
    from builder.translate.sizing.flops import _FREE, FORMULAS

    wrappers = {"TimeDistributed", "Bidirectional", "SpectralNormalization"}
    left = [
        spec.type
        for spec in catalog().layers
        if spec.type not in FORMULAS
        and spec.type not in wrappers
        and spec.category not in _FREE | {"normalization"}
    ]
    assert left == []
