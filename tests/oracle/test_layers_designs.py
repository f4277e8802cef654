"""Does a drawing with each layer, as it is dropped, pass the whole way: check, model, code, training?

What is shown must be what is built and what is printed. A layer counts as supported only if it is in this test.
"""

import math

import numpy as np
import pytest
from layer_designs import design_of
from layer_inputs import values_for
from layer_models import tensors, train_once

from builder.catalog.lookup import catalog
from builder.translate.ghost import check
from builder.translate.keras_model import build_model
from builder.translate.python_code import design_code

pytestmark = pytest.mark.oracle
SPECS = [spec for spec in catalog().layers if spec.type != "InputLayer"]


def printed_model(design):
    names = {}
    exec(compile(design_code(design), "<printed>", "exec"), names)
    return names["model"]


def answers(model, values):
    import keras

    return keras.ops.convert_to_numpy(model(tensors(values), training=False))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.type)
def test_a_drawing_with_this_layer_is_checked_built_printed_and_trained_alike(spec):
    import keras

    keras.utils.set_random_seed(0)
    design, values = design_of(spec), values_for(spec)
    report = check(design, has_data=True)
    assert report.ok, [issue.line for issue in report.issues]

    model = build_model(design)
    assert report.totals.params == model.count_params()
    assert list(report.nodes["answer"].shape) == list(model.output.shape[1:])
    if spec.category != "ops":  # get_layer raises if the layer has dropped out of the model
        assert bool(model.get_layer("layer").trainable_weights) == spec.trainable

    printed = printed_model(design)
    printed.set_weights(model.get_weights())
    np.testing.assert_array_equal(answers(printed, values), answers(model, values))

    assert math.isfinite(train_once(model, values))
