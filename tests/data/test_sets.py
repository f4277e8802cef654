"""The bundled sets: their cards tell the truth, and listing them costs nothing."""

import subprocess
import sys

import numpy as np
import pytest

from builder.data import registry
from builder.data.dataset import DataSet, Look, Task
from builder.data.points import REACH
from builder.errors import NotFound

NAMES = registry.names()


@pytest.fixture(params=NAMES)
def dataset(request: pytest.FixtureRequest) -> DataSet:
    return registry.load(request.param)


def test_digits_come_first_and_all_ten_sets_are_there():
    assert NAMES[0] == "digits"
    assert set(NAMES) >= {
        "iris",
        "wine",
        "breast_cancer",
        "diabetes",
        "circle",
        "xor",
        "gauss",
        "spiral",
        "plane",
    }


def test_listing_the_sets_imports_neither_scikit_learn_nor_tensorflow():
    code = (
        "import sys; from builder.data import registry, fit; registry.cards(); fit.default_project('wine');"
        "print(sorted({'sklearn', 'tensorflow', 'keras', 'streamlit'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_every_card_says_what_the_rows_are(dataset: DataSet):
    assert dataset.features.shape == (dataset.rows, dataset.feature_count)
    assert dataset.target.shape == (dataset.rows,)
    assert len(set(dataset.columns)) == dataset.feature_count + 1
    assert dataset.title and dataset.summary and dataset.source and dataset.licence


def test_every_card_knows_the_range_of_its_values(dataset: DataSet):
    for values, (low, high) in (
        (dataset.features, dataset.value_range),
        (dataset.target, dataset.target_range),
    ):
        assert low <= values.min() + 1e-6 and values.max() <= high + 1e-6
        assert values.max() - values.min() > 0.75 * (high - low)


def test_classes_are_whole_numbers_from_zero_and_all_occur(dataset: DataSet):
    if dataset.task is Task.CLASSIFICATION:
        assert dataset.target.dtype == np.int64
        assert np.array_equal(np.unique(dataset.target), np.arange(dataset.class_count))
    else:
        assert dataset.target.dtype == np.float32 and dataset.class_count == 0


def test_values_are_finite_and_raw_arrays_cannot_be_changed_by_accident(dataset: DataSet):
    assert np.isfinite(dataset.features).all() and np.isfinite(dataset.target).all()
    with pytest.raises(ValueError, match="read-only"):
        dataset.features[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        dataset.target[0] = 1


def test_a_set_is_read_once_and_generated_the_same_every_time(dataset: DataSet):
    assert registry.load(dataset.name) is dataset
    again = registry._found(dataset.name).load()
    assert np.array_equal(again.features, dataset.features) and np.array_equal(again.target, dataset.target)


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "diabetes", "digits"])
def test_names_of_columns_and_classes_are_those_of_scikit_learn(name: str):
    import sklearn.datasets

    loaded = getattr(sklearn.datasets, f"load_{name}")()
    card = registry.card(name)
    assert card.feature_names == tuple(map(str, loaded.feature_names))
    if card.task is Task.CLASSIFICATION:
        assert card.class_names == tuple(map(str, loaded.target_names))


@pytest.mark.parametrize("name", ["circle", "xor", "gauss", "spiral", "plane"])
def test_points_lie_within_six_and_the_classes_are_of_like_size(name: str):
    dataset = registry.load(name)
    assert dataset.look is Look.POINTS and dataset.rows == 500
    assert np.abs(dataset.features).max() <= REACH
    if dataset.class_count:
        assert np.bincount(dataset.target).min() >= 200


def test_a_line_parts_the_two_clouds_but_not_all_of_their_points():
    gauss = registry.load("gauss")
    right = (gauss.features.sum(axis=1) > 0) == gauss.target
    assert 0.95 < right.mean() < 1


def test_digits_are_images_of_eight_by_eight_from_0_to_16():
    digits = registry.load("digits")
    assert digits.image_shape == (8, 8) and digits.features.max() == 16 and digits.rows == 1797


def test_a_column_is_found_by_its_name_feature_or_target():
    wine = registry.load("wine")
    assert np.array_equal(wine.column("alcohol"), wine.features[:, 0])
    assert np.array_equal(wine.column("grower"), wine.target)


def test_an_unknown_column_or_set_is_told_with_the_nearest_name():
    with pytest.raises(NotFound, match=r"no column alcohl\. Did you mean alcohol\?"):
        registry.load("wine").column("alcohl")
    with pytest.raises(NotFound, match=r"no data set irys\. Did you mean iris\?"):
        registry.load("irys")
    with pytest.raises(NotFound, match=r"There is: digits, iris"):
        registry.card("q" * 5000)


def test_a_hostile_name_is_not_echoed_at_length():
    with pytest.raises(NotFound) as told:
        registry.load("x" * 100_000)
    assert len(str(told.value)) < 400
