"""The names of losses and metrics: Keras knows them all, and each suits something."""

import pytest

from builder.data.columns import Goal, Kind
from builder.data.losses import (
    LOSSES,
    METRICS,
    default_loss,
    default_metrics,
    fitting_losses,
    fitting_metrics,
    loss_complaint,
    metric_complaint,
)

GOALS = [
    (Goal("species", Kind.CLASS, ("a", "b", "c")), 3),
    (Goal("colour", Kind.CLASS, ("a", "b")), 1),
    (Goal("colour", Kind.CLASS, ("a", "b")), 2),
    (Goal("height", Kind.NUMBER), 1),
    (Goal("$inputs", Kind.INPUTS), 64),
]


@pytest.mark.parametrize(("goal", "units"), GOALS)
def test_what_is_chosen_by_default_suits(goal: Goal, units: int):
    assert default_loss(goal, units) in fitting_losses(goal, units)
    assert set(default_metrics(goal)) <= fitting_metrics(goal, units)


@pytest.mark.parametrize(("goal", "units"), GOALS)
def test_every_other_name_is_refused_in_words_that_name_it(goal: Goal, units: int):
    for name in LOSSES - fitting_losses(goal, units):
        assert str(loss_complaint(name, "y", goal, units)).startswith(f"{name} ")
    for name in METRICS - fitting_metrics(goal, units):
        assert str(metric_complaint(name, "y", goal, units)).startswith(f"{name} ")


def test_class_names_of_keras_mean_the_same_as_function_names():
    goal, units = GOALS[3]
    assert loss_complaint("MeanSquaredError", "y", goal, units) is None
    assert metric_complaint("R2Score", "y", goal, units) is None


def test_an_unknown_metric_is_told_with_the_nearest():
    goal, units = GOALS[0]
    assert "Did you mean accuracy?" in str(metric_complaint("acuracy", "y", goal, units))


@pytest.mark.oracle
def test_keras_knows_every_name():
    import keras

    for name in LOSSES:
        assert keras.losses.get(name) is not None
    for name in METRICS - {"acc"}:  # compile() itself understands "acc"
        assert keras.metrics.get(name) is not None
