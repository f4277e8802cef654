import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.project.document import EarlyStopping
from builder.train.watch import Watch

MEASURED = ("loss", "accuracy", "val_loss", "val_accuracy")


def seen(watch: Watch, *values: float) -> list[bool]:
    return [
        watch.see(epoch, {watch.monitor: value}, lambda value=value: [value])
        for epoch, value in enumerate(values, 1)
    ]


def test_without_early_stopping_the_best_epoch_is_known_and_nothing_stops() -> None:
    watch = Watch(None, MEASURED)
    assert seen(watch, 3.0, 1.0, 2.0, 2.0) == [True, True, False, False]
    assert (watch.best, watch.weights) == ({"epoch": 2, "val_loss": 1.0}, [1.0])
    assert not watch.is_out_of_patience and not watch.restores


def test_accuracy_is_better_when_higher() -> None:
    watch = Watch(EarlyStopping(monitor="val_accuracy", patience=2), MEASURED)
    seen(watch, 0.5, 0.8, 0.8, 0.7)
    assert watch.best == {"epoch": 2, "val_accuracy": 0.8}
    assert watch.is_out_of_patience
    assert (
        watch.verdict
        == "Stopped early: validation accuracy has not improved for 2 epochs. The best was epoch 2."
    )


@pytest.mark.parametrize(
    ("wanted", "measured", "watched"),
    [
        ("val_loss", ("loss",), "loss"),
        ("val_accuracy", ("loss", "val_loss", "val_digit_accuracy"), "val_loss"),
        ("accuracy", ("loss", "val_loss"), "loss"),
        ("val_accuracy", MEASURED, "val_accuracy"),
    ],
)
def test_what_is_not_measured_gives_way_to_the_nearest_value(
    wanted: str, measured: tuple[str, ...], watched: str
) -> None:
    assert Watch(EarlyStopping(monitor=wanted), measured).monitor == watched


def test_training_values_are_watched_as_keras_does_by_their_running_mean() -> None:
    watch = Watch(EarlyStopping(monitor="loss"), MEASURED)
    watch.see(1, {"loss": 0.5, "keras_loss": 0.9}, list)
    assert watch.best == {"epoch": 1, "loss": 0.9}


def test_a_value_that_is_no_number_is_never_the_best() -> None:
    assert seen(Watch(None, MEASURED), math.nan, math.inf, 1.0, math.nan) == [False, False, True, False]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.4]), min_size=1, max_size=12), st.integers(1, 4))
def test_it_stops_where_keras_stops_and_keeps_what_keras_keeps(values: list[float], patience: int) -> None:
    import keras

    theirs = keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    theirs.set_model(model)
    theirs.on_train_begin()
    model.stop_training = False
    ours = Watch(EarlyStopping(patience=patience), MEASURED)
    for epoch, value in enumerate(values):
        model.set_weights([np.array([[value]])])
        theirs.on_epoch_end(epoch, {"val_loss": value})
        ours.see(epoch + 1, {"val_loss": value}, lambda value=value: [value])
        assert ours.is_out_of_patience == model.stop_training
        if model.stop_training:
            break
    assert theirs.best_epoch + 1 == ours.best["epoch"]
    assert ours.weights == [pytest.approx(float(theirs.best_weights[0].item()))]
