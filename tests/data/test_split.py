"""Splits: every row once, sizes right, classes in proportion, the same for the same seed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.data import registry
from builder.data.split import dealt, part_sizes, split_rows
from builder.errors import BuilderError
from builder.project.document import SplitKind, SplitSpec

SHARES = st.tuples(*[st.integers(0, 100)] * 3).filter(lambda shares: shares[0] > 0)


@given(shares=SHARES, rows=st.integers(3, 400), seed=st.integers(0, 2**31 - 1), classes=st.integers(1, 7))
def test_every_row_is_dealt_exactly_once(shares: tuple[int, int, int], rows: int, seed: int, classes: int):
    labels = np.random.default_rng(seed).integers(0, classes, rows)
    sizes = part_sizes(rows, shares)
    parts = dealt(labels, sizes, seed)
    assert [len(part) for part in parts] == sizes
    assert np.array_equal(np.sort(np.concatenate(parts)), np.arange(rows))


@given(shares=SHARES, rows=st.integers(3, 2000))
def test_sizes_are_within_a_row_of_their_shares_and_no_wanted_part_is_empty(
    shares: tuple[int, int, int], rows: int
):
    sizes = part_sizes(rows, shares)
    exact = [rows * share / sum(shares) for share in shares]
    assert sum(sizes) == rows
    assert all((size > 0) == (share > 0) for size, share in zip(sizes, shares, strict=True))
    if min(each for each in exact if each) >= 1:
        assert all(abs(size - each) < 1 for size, each in zip(sizes, exact, strict=True))


@given(shares=SHARES, rows=st.integers(20, 600), seed=st.integers(0, 1000))
def test_every_class_keeps_its_share_within_two_rows(shares: tuple[int, int, int], rows: int, seed: int):
    labels = np.random.default_rng(seed).integers(0, 4, rows)
    sizes = part_sizes(rows, shares)
    for part, size in zip(dealt(labels, sizes, seed), sizes, strict=True):
        for number in range(4):
            wanted = (labels == number).sum() * size / rows
            assert abs((labels[part] == number).sum() - wanted) <= 2


@pytest.mark.parametrize("name", registry.names())
def test_the_same_seed_deals_the_same_rows_and_another_seed_others(name: str):
    dataset = registry.load(name)
    first, again = split_rows(dataset, SplitSpec()), split_rows(dataset, SplitSpec())
    other = split_rows(dataset, SplitSpec(seed=1))
    assert all(
        np.array_equal(getattr(first, part), getattr(again, part)) for part in ("train", "validation", "test")
    )
    assert not np.array_equal(first.train, other.train)
    assert first.train.dtype == np.int64


def test_digits_are_split_by_largest_remainder():
    assert split_rows(registry.load("digits"), SplitSpec()).sizes == (1258, 270, 269)


def test_sorted_classes_do_not_spoil_a_random_split():
    iris = registry.load("iris")
    split = split_rows(iris, SplitSpec(kind=SplitKind.RANDOM))
    assert set(iris.target[split.validation]) == {0, 1, 2}


def test_regression_is_split_at_random_whichever_way_is_asked():
    plane = registry.load("plane")
    stratified = split_rows(plane, SplitSpec())
    random = split_rows(plane, SplitSpec(kind=SplitKind.RANDOM))
    assert np.array_equal(stratified.train, random.train)


def test_a_share_of_zero_leaves_its_part_empty():
    split = split_rows(registry.load("iris"), SplitSpec(train=0.8, validation=0.2, test=0))
    assert split.sizes == (120, 30, 0)


def test_a_tiny_share_still_gets_a_row():
    assert split_rows(registry.load("iris"), SplitSpec(train=0.998, validation=0.001, test=0.001)).sizes == (
        148,
        1,
        1,
    )


def test_too_few_rows_are_told_with_the_numbers_and_what_to_do():
    wine = registry.load("wine")
    two = replace(wine, features=wine.features[:2], target=wine.target[:2])
    with pytest.raises(BuilderError, match=r"2 rows cannot be split into 3 parts\..*share of a part to 0"):
        split_rows(two, SplitSpec())
    with pytest.raises(BuilderError, match=r"^1 row cannot"):
        part_sizes(1, (0.5, 0.5))
