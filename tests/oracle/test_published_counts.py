"""Are the counts of well-known networks those of Keras, and those that were published?"""

import pytest
from keras_designs import design_from

from builder.project.document import Project
from builder.translate.analysis import analyse
from builder.translate.ghost import check
from builder.translate.ghost_scope import ghost_scope

pytestmark = pytest.mark.oracle
MODELS = {
    "ResNet50": (25_636_712, 3_857_973_248, 483),
    "MobileNetV2": (3_538_984, 300_774_272, 491),
    "VGG16": (138_357_544, 15_470_264_320, 212),
}
"""Parameters (keras.io), multiply-adds of convolutions and dense layers (TensorFlow's profiler; published 3.8e9, 300e6,
15.5e9), receptive field of the last convolution (Araujo et al. 2019: 483, 491, 212)."""


def model(name):
    import keras

    with ghost_scope():  # 138 million random numbers are not needed for counting
        return getattr(keras.applications, name)(weights=None)


def by_hand(built):
    """Multiply-adds of all convolutions and dense layers, from Keras' own layers: kernel × places of the output."""
    import math

    adds = 0
    for layer in built.layers:
        kernels = [weight for weight in layer.weights if weight.name in ("kernel", "depthwise_kernel")]
        for kernel in kernels:
            adds += math.prod(kernel.shape) * math.prod(layer.output.shape[1:-1])
    return adds


@pytest.mark.parametrize("name", MODELS)
def test_parameters_and_work_of_a_published_network_are_right(name):
    params, adds, _ = MODELS[name]
    built = model(name)
    report = check(design_from(built))
    assert report.ok
    assert report.totals.params == built.count_params() == params
    norms = {layer.name for layer in built.layers if type(layer).__name__ == "BatchNormalization"}
    products = sum(node.flops for node_id, node in report.nodes.items() if node_id not in norms)
    assert products == 2 * adds == 2 * by_hand(built)
    assert report.totals.flops - products == 2 * sum(
        report.nodes[norm].shape[0] * report.nodes[norm].shape[1] * report.nodes[norm].shape[2]
        for norm in norms
    )


@pytest.mark.parametrize("name", MODELS)
def test_the_receptive_field_of_a_published_network_is_the_published_one(name):
    analysis = analyse(Project(name=name, design=design_from(model(name))))
    fields = [row.receptive_field for row in analysis.rows]
    assert next(field for field in reversed(fields) if field != "whole") == (MODELS[name][2],) * 2
