"""Is catalog.json what the installed Keras says, and are its values what Keras takes?"""

import random

import pytest
from layer_models import made, start_params
from layer_values import fine_values

from builder.catalog.arguments import check_arguments
from builder.catalog.lookup import FILE, catalog

pytestmark = pytest.mark.oracle
CLASSES = [spec for spec in catalog().layers if spec.category != "ops"]
MIXTURES = 20
NAMED = pytest.mark.parametrize("spec", CLASSES, ids=lambda spec: spec.type)


@pytest.fixture(scope="module")
def derived():
    from builder.catalog.derive import derive

    return derive()


def test_the_file_is_what_the_installed_keras_gives(derived):
    from builder.catalog.derive import written

    assert FILE.read_text(encoding="utf-8") == written(derived), "run: python -m builder.catalog.derive"


def test_deriving_twice_gives_the_same_text(derived):
    from builder.catalog.derive import derive, written

    assert written(derive()) == written(derived)


def test_every_layer_of_keras_is_offered_or_left_out_for_a_reason():
    import keras

    from builder.catalog.derive import LEFT_OUT, offered
    from builder.catalog.families import CATEGORIES, category

    classes = {value for value in vars(keras.layers).values() if isinstance(value, type)}
    familiar = {cls for cls in classes if category(cls) in CATEGORIES}
    left = {getattr(keras.layers, name) for name in LEFT_OUT}
    assert set(offered().values()) == familiar - left


def test_what_is_said_by_hand_is_said_of_layers_and_arguments_that_exist():
    from builder.catalog.derive import entries

    specs = {spec.type: spec for spec in CLASSES}
    assert set(entries()) == set(specs)
    for name, entry in entries().items():
        known = {param.name for param in specs[name].params}
        assert known >= entry.params.keys() | entry.start.keys(), name
        assert not known & entry.hide, name


@NAMED
def test_keras_makes_the_layer_from_every_single_value_that_is_called_fine(spec):
    for param in spec.params:
        for value in fine_values(param):
            params = {**start_params(spec), param.name: value}
            if not check_arguments(spec, params, "node"):
                made(spec.type, params)


@NAMED
def test_keras_makes_the_layer_from_every_mixture_that_is_called_fine(spec):
    chance = random.Random(spec.type)
    for _ in range(MIXTURES):
        mixed = chance.sample(spec.params, min(len(spec.params), chance.randint(1, 5)))
        params = start_params(spec) | {param.name: chance.choice(fine_values(param)) for param in mixed}
        if not check_arguments(spec, params, "node"):
            made(spec.type, params)


@NAMED
def test_most_values_at_and_within_limits_are_called_fine(spec):
    for param in spec.params:
        tried = fine_values(param)
        judged = [check_arguments(spec, {**start_params(spec), param.name: value}, "node") for value in tried]
        alone = [
            issue
            for issues in judged
            for issue in issues
            if issue.message.startswith(f"{param.name} must be ")
        ]
        told = ("odd", "below", "two numbers")
        assert all(any(word in issue.message for word in told) for issue in alone), param.name


@pytest.mark.parametrize("group", ["activation", "initializer", "regularizer", "constraint"])
def test_keras_reads_every_name_of_a_closed_set(group):
    import keras

    get = getattr(keras, group + "s").get
    for spec in catalog().objects:
        if spec.group == group:
            for name in spec.names:
                assert getattr(get(name), "__name__", type(get(name)).__name__) == spec.type


@pytest.mark.parametrize("group", ["initializer", "regularizer", "constraint"])
def test_keras_makes_every_object_from_every_value_that_is_called_fine(group):
    import keras

    for spec in catalog().objects:
        if spec.group == group:
            cls = getattr(getattr(keras, group + "s"), spec.type)
            for param in spec.params:
                for value in fine_values(param):
                    cls(**{param.name: value})
