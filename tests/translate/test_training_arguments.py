"""Does a project train with the losses, metrics and optimizer that it says, or that its data asks for?"""

import pytest
from drawings import chain, image, node, wired

from builder.errors import Faulty
from builder.project.document import DataSpec, OptimizerSpec, Project, Training
from builder.translate.keras_model import build_model
from builder.translate.training import aims, compile_arguments

MLP = chain([64], ("Dense", {"units": 10, "activation": "softmax"}))
TWO = wired(
    image([4]),
    node("kind", "Dense", units=3),
    node("size", "Dense", units=1),
    ("image", "kind"),
    ("image", "size"),
)


def project(design=MLP, source="digits", **training):
    return Project(
        design=design, data=DataSpec(source=source) if source else None, training=Training(**training)
    )


def test_losses_and_metrics_follow_the_data_where_nothing_is_said():
    (aim,) = aims(project())
    assert (aim.name, aim.loss, aim.metrics) == ("l0", "sparse_categorical_crossentropy", ("accuracy",))


def test_a_number_is_learned_by_squared_error():
    (aim,) = aims(project(chain([10], ("Dense", {"units": 1})), "diabetes"))
    assert aim.loss == "mean_squared_error"


def test_what_is_said_goes_before():
    (aim,) = aims(project(loss={"l0": "mean_squared_error"}, metrics=["mean_absolute_error"]))
    assert (aim.loss, aim.metrics) == ("mean_squared_error", ("mean_absolute_error",))


def test_several_outputs_have_lists_in_their_order():
    arguments = compile_arguments(
        project(TWO, None, loss={"size": "mse", "kind": "mae"}, metrics={"kind": ["mae"]})
    )
    assert (arguments["loss"], arguments["metrics"]) == (["mae", "mse"], [["mae"], []])


def test_named_outputs_have_dicts():
    design = TWO.model_copy(update={"outputs": {"a": "kind", "b": "size"}})
    arguments = compile_arguments(project(design, None, loss="mse"))
    assert arguments["loss"] == {"a": "mse", "b": "mse"}


@pytest.mark.parametrize("design", [MLP, TWO, TWO.model_copy(update={"outputs": {"a": "kind", "b": "size"}})])
def test_keras_takes_the_arguments(design):
    build_model(design).compile(**compile_arguments(project(design, None, loss="mse", metrics=["mae"])))


def test_the_optimizer_has_its_arguments():
    spec = OptimizerSpec(type="SGD", params={"learning_rate": 0.5, "momentum": 0.9, "nesterov": True})
    made = compile_arguments(project(optimizer=spec))["optimizer"]
    assert (type(made).__name__, float(made.learning_rate), made.momentum, made.nesterov) == (
        "SGD",
        0.5,
        0.9,
        True,
    )


@pytest.mark.parametrize(
    ("training", "argument"),
    [
        ({"loss": {"ghost": "mse"}}, "training.loss"),
        ({"metrics": {"ghost": ["mae"]}}, "training.metrics"),
        ({"loss": "no_such_loss"}, "training.loss"),
        ({"loss": "__import__('os')"}, "training.loss"),
        ({"metrics": ["no_such_metric"]}, "training.metrics"),
    ],
)
def test_a_setting_that_keras_does_not_take_is_named(training, argument):
    with pytest.raises(Faulty) as caught:
        compile_arguments(project(**training))
    (issue,) = caught.value.issues
    assert issue.argument == argument
    assert "Error" not in issue.message


def test_an_output_without_data_or_loss_is_told():
    with pytest.raises(Faulty, match="l0 has no loss"):
        aims(project(source=None))
