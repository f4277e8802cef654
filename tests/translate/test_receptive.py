"""How much of the input does each layer see? Against sums by hand, and against what gradients reach in Keras."""

import numpy as np
import pytest
from drawings import chain, image, node, wired

from builder.project.document import Project
from builder.translate.analysis import analyse
from builder.translate.keras_model import build_model

INNER = {"type": "Conv2D", "params": {"filters": 1, "kernel_size": 3}}
UP = ("Conv2DTranspose", {"filters": 1, "kernel_size": 4, "strides": 2})


def conv(size, **params):
    return ("Conv2D", {"filters": 1, "kernel_size": size, **params})


def seen(design):
    return {row.id: row.receptive_field for row in analyse(Project(design=design)).rows}


@pytest.mark.parametrize(
    ("shape", "layers", "field"),
    [
        ([32, 32, 3], [conv(3)] * 3, (7, 7)),
        (
            [32, 32, 3],
            [conv(3, strides=2), ("MaxPooling2D", {}), conv([3, 1])],
            (13, 5),
        ),
        ([32, 3], [("Conv1D", {"filters": 1, "kernel_size": 3, "dilation_rate": 4})], (9,)),
        ([16, 16, 16, 1], [("Conv3D", {"filters": 1, "kernel_size": [1, 2, 3]})], (1, 2, 3)),
        ([32, 32, 3], [("MaxPooling2D", {}), ("UpSampling2D", {}), conv(3)], (4, 4)),
        ([32, 32, 3], [("BatchNormalization", {}), ("Dense", {"units": 2})], (1, 1)),
        ([64], [("Reshape", {"target_shape": [8, 8, 1]}), conv(3)], (3, 3)),
        ([20], [("Embedding", {"input_dim": 9, "output_dim": 4}), ("Conv1D", {"filters": 1, "kernel_size": 5})], (5,)),
        ([4, 8, 8, 1], [("TimeDistributed", {"layer": INNER})], (1, 3, 3)),
        ([8, 8, 3], [("AdaptiveAveragePooling2D", {"output_size": 2})], (4, 4)),
        ([8, 8, 3], [conv(3), ("Flatten", {})], "whole"),
        ([8, 3], [("LSTM", {"units": 2, "return_sequences": True})], "whole"),
        ([8, 8, 3], [("GlobalMaxPooling2D", {}), ("Dense", {"units": 2})], "whole"),
        ([8], [("Dense", {"units": 2})], "whole"),
        ([8], [("RepeatVector", {"n": 3})], "whole"),
        ([8, 3], [("TimeDistributed", {"layer": {"type": "Dense", "params": {"units": 2}}})], (1,)),
        ([8, 6, 3], [conv(3), ("Permute", {"dims": [2, 1, 3]})], (3, 3)),
        ([8, 6, 3], [("Permute", {"dims": [3, 1, 2]})], None),
        ([8], [("Rescaling", {"scale": 2.0})], None),
        ([8, 8, 3], [("Resizing", {"height": 4, "width": 4})], None),
    ],
)  # fmt: skip
def test_a_chain_sees_as_far_as_its_windows_add_up(shape, layers, field):
    assert seen(chain(shape, *layers))[f"l{len(layers) - 1}"] == field


def test_over_branches_the_widest_counts():
    conv = {"filters": 3, "padding": "same"}
    design = wired(
        image([16, 16, 3]),
        node("near", "Conv2D", kernel_size=1, **conv),
        node("far", "Conv2D", kernel_size=[5, 3], **conv),
        node("add", "Add"),
        ("image", "near"), ("image", "far"), ("near", "add"), ("far", "add"),
    )  # fmt: skip
    assert seen(design)["add"] == (5, 3)


def test_a_nested_network_adds_its_windows_to_what_came_before():
    inner = chain([14, 14, 2], ("Conv2D", {"filters": 2, "kernel_size": 3}))
    design = wired(
        image([16, 16, 3]),
        node("stem", "Conv2D", filters=2, kernel_size=3),
        node("block", "Model").model_copy(update={"graph": inner}),
        ("image", "stem"), ("stem", "block"),
    )  # fmt: skip
    found = seen(design)
    assert (found["block"], found["block/l0"]) == ((5, 5), (5, 5))


@pytest.mark.parametrize(
    "layers",
    [
        [conv(3, strides=2), ("AveragePooling2D", {"pool_size": 2}), conv([3, 2])],
        [conv(3, dilation_rate=2), UP, conv(3)],
        [
            ("SeparableConv2D", {"filters": 1, "kernel_size": 5}),
            ("UpSampling2D", {"interpolation": "bilinear"}),
            conv(3),
        ],
    ],
)  # fmt: skip
def test_the_window_is_as_wide_as_what_the_gradient_of_one_output_reaches(layers):
    """Dilated kernels leave holes, so the extent is compared; beside a transposed one the widest of all places."""
    import tensorflow as tf

    design = chain([48, 48, 1], *layers)
    model = build_model(design)
    for weight in model.trainable_weights:
        weight.assign(np.ones(weight.shape))
    x = tf.ones((1, 48, 48, 1))
    reached = [_extent(model, x, place) for place in range(3)]
    widest = tuple(max(axis) for axis in zip(*reached, strict=True))
    field = seen(design)[f"l{len(layers) - 1}"]
    assert all(told - 1 <= found <= told for told, found in zip(field, widest, strict=True))


def _extent(model, x, place):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(x)
        out = model(x)
        middle = out[0, out.shape[1] // 2 + place, out.shape[2] // 2 + place, 0]
    rows, columns = np.nonzero(tape.gradient(middle, x)[0, :, :, 0])
    return np.ptp(rows) + 1, np.ptp(columns) + 1
