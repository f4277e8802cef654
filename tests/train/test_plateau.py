import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.project.document import ReduceRate
from builder.train.plateau import Plateau

MEASURED = ("loss", "accuracy", "val_loss", "val_accuracy")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([0.1, 0.2, 0.20005, 0.3, math.nan]), min_size=1, max_size=14),
    st.integers(1, 3),
    st.sampled_from(["val_loss", "val_accuracy"]),
)
def test_it_lowers_the_rate_where_keras_lowers_it(values: list[float], patience: int, monitor: str) -> None:
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.1))
    mode = "max" if monitor == "val_accuracy" else "min"
    theirs = keras.callbacks.ReduceLROnPlateau(monitor, 0.5, patience, mode=mode, min_lr=0.02)
    theirs.set_model(model)
    theirs.on_train_begin()
    ours = Plateau(
        ReduceRate(monitor=monitor, factor=0.5, patience=patience, min_learning_rate=0.02), MEASURED
    )
    rate = model.optimizer.learning_rate
    mine = float(rate.numpy())
    for epoch, value in enumerate([0.25, *values]):
        if epoch == 4:  # it goes on in another process
            memory, ours = (
                ours.remember(),
                Plateau(
                    ReduceRate(monitor=monitor, factor=0.5, patience=patience, min_learning_rate=0.02),
                    MEASURED,
                ),
            )
            ours.recall(type(memory).model_validate_json(memory.model_dump_json()))
        theirs.on_epoch_end(epoch, {monitor: value})
        lower = ours.see({monitor: value}, mine)
        mine = mine if lower is None else lower
        assert mine == pytest.approx(float(rate.numpy()))


def test_without_the_setting_the_rate_stays() -> None:
    plateau = Plateau(None, MEASURED)
    assert [plateau.see({"val_loss": 1.0}, 0.1) for _ in range(20)] == [None] * 20
