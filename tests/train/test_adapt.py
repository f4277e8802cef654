import numpy as np
import pytest

from builder.train.adapt import adapt

ROWS = np.random.default_rng(0).normal(5, 3, (200, 4)).astype("float32")


def test_layers_further_in_and_in_nested_networks_see_what_arrives_there() -> None:
    import keras

    layers = keras.layers
    inner_in = keras.Input((4,))
    inner = keras.Model(inner_in, layers.Normalization(name="inner_even")(inner_in), name="block")
    first, second = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    doubled = layers.Rescaling(2.0)(second)
    model = keras.Model([first, second], [inner(doubled), layers.Normalization(name="even")(first)])
    adapt(model, [ROWS, ROWS + 1])
    assert model.get_layer("even").mean.numpy().ravel() == pytest.approx(ROWS.mean(axis=0), abs=1e-4)
    seen = inner.get_layer("inner_even").mean.numpy().ravel()
    assert seen == pytest.approx(2 * (ROWS.mean(axis=0) + 1), abs=1e-3)


def test_what_was_given_by_hand_is_left_alone() -> None:
    import keras

    given = keras.layers.Normalization(mean=[1.0] * 4, variance=[4.0] * 4)
    bins = keras.layers.Discretization(bin_boundaries=[0.0, 1.0])
    source = keras.Input((4,))
    adapt(keras.Model(source, [given(source), bins(source)]), ROWS)
    assert given.mean.numpy().ravel().tolist() == [1.0] * 4
