"""What the page shows of a data set."""

import numpy as np
import pytest

from builder.data import preview
from builder.data.registry import load, names
from builder.data.split import split_rows
from builder.project.document import SplitSpec


def test_one_image_of_each_digit_comes_in_order():
    found = preview.samples(load("digits"))
    assert [sample.label for sample in found] == list("0123456789")
    assert np.array_equal(found[3].pixels.ravel(), load("digits").features[found[3].row])


def test_more_images_come_in_turns_and_none_from_tables():
    assert [sample.label for sample in preview.samples(load("digits"), 2)] == list("0123456789" * 2)
    assert preview.samples(load("iris")) == ()
    with pytest.raises(ValueError, match="no images"):
        preview.image(load("iris"), 0)


@pytest.mark.parametrize("name", names())
def test_the_table_begins_with_the_target_in_words(name: str):
    dataset = load(name)
    shown = preview.table(dataset, rows=7)
    assert list(shown.columns) == [dataset.target_name, *dataset.feature_names] and len(shown) == 7
    assert dataset.class_count == 0 or set(shown[dataset.target_name]) <= set(dataset.class_names)


@pytest.mark.parametrize("name", names())
def test_counts_and_parts_add_up_to_all_rows(name: str):
    dataset = load(name)
    split = split_rows(dataset, SplitSpec())
    counted = preview.class_counts(dataset, split)
    assert sum(one.rows for one in counted) == (dataset.rows if dataset.class_count else 0)
    parts = preview.part_rows(split)
    assert [part.name for part in parts] == ["training", "validation", "test"]
    assert sum(part.rows for part in parts) == dataset.rows
    assert sum(part.share for part in parts) == pytest.approx(1)


def test_labels_are_class_names_or_numbers():
    assert preview.label(load("iris"), 0) == "setosa"
    assert preview.label(load("diabetes"), 0) == "151"
