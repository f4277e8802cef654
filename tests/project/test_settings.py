"""Settings by name, as the command line gives them, and projects as files give them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.errors import BuilderError, Faulty, Unreadable
from builder.project.document import OptimizerSpec, Project, SplitSpec, Training
from builder.project.optimizers import ARGUMENTS, Optimizer
from builder.project.read import is_design, read_document
from builder.project.settings import with_optimizer, with_settings
from builder.project.templates import template

MLP = template("mlp-digits").project


def test_settings_reach_every_depth() -> None:
    pairs = [
        ("epochs", "20"),
        ("optimizer.params.learning_rate", "0.02"),
        ("early_stopping.patience", "3"),
        ("jit", "off"),
    ]
    training = with_settings(Training(), pairs)
    assert training.epochs == 20
    assert training.optimizer.params["learning_rate"] == 0.02
    assert training.early_stopping is not None
    assert training.early_stopping.patience == 3
    assert training.jit == "off"


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("epochs", "0", "at least 1"),
        ("epochs", "2.5", "whole number"),
        ("epochs", "1e400", "epochs"),
        ("batch_size", "true", "batch_size"),
        ("seed", "-1", "at least 0"),
        ("nonsense", "1", "there are loss"),
        ("epochs.deeper", "1", "epochs.deeper"),
        ("optimizer.type", "Adamant", "AdamW"),
        ("optimizer.params.learning_rate", "0", "above 0"),
        ("optimizer.params.rho", "0.5", "no argument"),
        ("optimizer.params.learning_rate", '"fast"', "must be a number"),
        ("early_stopping.monitor", "moon", "val_loss"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(key: str, text: str, words: str) -> None:
    with pytest.raises(Faulty) as caught:
        with_settings(Training(), [(key, text)])
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_setting_whatever_ends_in_anything_but_a_clear_line(key: str, text: str) -> None:
    try:
        with_settings(Training(), [(key, text)])
    except BuilderError as error:
        assert len(str(error)) < 500


def test_another_optimizer_brings_its_own_rate_and_keeps_what_both_know() -> None:
    adam = Training(optimizer=OptimizerSpec(params={"learning_rate": 0.5, "clipnorm": 2.0, "beta_1": 0.8}))
    sgd = with_optimizer(adam, "sgd").optimizer
    assert sgd.type is Optimizer.SGD
    assert sgd.params == {"clipnorm": 2.0, "learning_rate": 0.01}
    assert with_optimizer(adam, "adam").optimizer == adam.optimizer


@pytest.mark.oracle
@pytest.mark.parametrize("optimizer", Optimizer)
def test_keras_knows_every_argument_that_is_offered(optimizer: Optimizer) -> None:
    import keras

    made = getattr(keras.optimizers, optimizer.value)
    made(**{name: argument.default for name, argument in ARGUMENTS[optimizer].items()})


def test_shares_of_a_split_must_add_up() -> None:
    with pytest.raises(ValueError, match="add up to 1"):
        SplitSpec(train=0.5, validation=0.1, test=0.1)
    with pytest.raises(ValueError, match="train must be above 0"):
        SplitSpec(train=0.0, validation=0.5, test=0.5)


def test_a_project_reads_back_equal_and_a_design_becomes_a_project() -> None:
    assert read_document(MLP.model_dump_json()) == MLP
    read = read_document(MLP.design.model_dump_json())
    assert (read.design, read.data, read.name) == (MLP.design, None, MLP.design.name)
    assert is_design(MLP.design.model_dump_json())
    assert not is_design(MLP.model_dump_json())


def test_a_project_without_a_design_or_of_a_newer_version_is_refused_in_words() -> None:
    with pytest.raises(Unreadable, match="no design"):
        read_document('{"format": "layerloom-project/1", "name": "x"}')
    with pytest.raises(Faulty, match="layerloom-project/7"):
        read_document('{"format": "layerloom-project/7"}')


def test_a_fault_in_a_projects_settings_names_the_setting() -> None:
    raw = json.loads(MLP.model_dump_json())
    raw["training"]["epochs"] = "lots"
    with pytest.raises(Faulty) as caught:
        read_document(json.dumps(raw))
    assert caught.value.issues[0].argument == "training.epochs"


def test_an_empty_project_is_a_valid_one() -> None:
    assert read_document(Project().model_dump_json()) == Project()
