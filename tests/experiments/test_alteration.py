"""A fork changes one thing, says it in words, and refuses what cannot be."""

import pytest

from builder.errors import BuilderError
from builder.experiments.alteration import Thing, altered, current, things
from builder.project.templates import template

PROJECT = template("mlp-digits").project
CNN = template("cnn-digits").project


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("learning_rate", "0.0001", "learning rate 0.005 to 0.0001"),
        ("batch_size", 64, "batch size 32 to 64"),
        ("epochs", "40", "epochs 15 to 40"),
        ("seed", 7, "seed 0 to 7"),
        ("optimizer", "SGD", "optimizer Adam to SGD"),
        ("l2", 0.01, "L2 strength none to 0.01"),
        ("optimizer.params.beta_1", 0.8, "beta 1 none to 0.8"),
    ],
)
def test_each_thing_is_changed_and_told(key: str, value: object, words: str) -> None:
    found = altered(PROJECT, key, value)
    assert found.words == words
    assert found.project != PROJECT
    assert found.project.name == PROJECT.name


def test_early_stopping_is_switched_on_changed_and_off() -> None:
    on = altered(PROJECT, "early_stopping", 4)
    assert on.project.training.early_stopping.patience == 4
    assert on.words == "early stopping none to 4"
    assert altered(on.project, "early_stopping", 6).words == "early stopping 4 to 6"
    assert altered(on.project, "early_stopping", "none").project == PROJECT


def test_an_unchanged_value_makes_no_fork() -> None:
    with pytest.raises(BuilderError, match=r"learning rate is 0\.005 already"):
        altered(PROJECT, "learning_rate", 0.005)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("learning_rate", "fast", "must be a number"),
        ("dropout", 0.5, "no dropout layer"),
        ("l2", -1, "at least 0"),
        ("early_stopping", "soon", "Patience cannot be soon"),
        ("augmentation", "none", "varies its input"),
        ("augmentation", "strong", "can be left out"),
        ("speed", 3, "no setting"),
        ("seed.x", 3, "no setting"),
        ("epochs", 0, "epochs"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(key: str, value: object, told: str) -> None:
    with pytest.raises(BuilderError, match=told):
        altered(PROJECT, key, value)


def test_only_what_the_network_has_can_be_chosen() -> None:
    assert Thing.DROPOUT not in things(PROJECT)
    assert Thing.LEARNING_RATE in things(PROJECT)
    assert current(PROJECT, Thing.LEARNING_RATE) == 0.005
