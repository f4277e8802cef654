import numpy as np
import pytest

from builder.train.passes.contract import Rows
from builder.train.sample import Sample, affordable


def sample(count: int, size: int | None = None) -> Sample:
    return Sample(count, 5, lambda places: Rows(places, places, len(places)), size)


@pytest.mark.parametrize(
    ("epoch_s", "row_s", "count", "rows"),
    [
        (1.0, 1.0, 200, 200),  # fewer rows than the least: all of them
        (1.0, 1.0, 5000, 256),  # too dear: the least all the same
        (1.0, 0.04 / 600, 5000, 512),  # 600 would do
        (1.0, 0.04 / 5000, 5000, 5000),
        (100.0, 1e-6, 60_000, 60_000),
    ],
)
def test_as_many_rows_are_measured_as_four_percent_of_an_epoch_pay_for(
    epoch_s: float, row_s: float, count: int, rows: int
) -> None:
    assert affordable(epoch_s, row_s, count) == rows


def test_the_rows_are_the_same_in_each_run_of_one_seed_and_grow_by_being_added_to() -> None:
    assert np.array_equal(sample(5000).rows.x, sample(5000).rows.x)
    assert set(sample(5000).rows.x) < set(sample(5000, 512).rows.x)


def test_a_small_set_and_a_given_size_are_settled_from_the_beginning() -> None:
    assert sample(100).is_settled
    assert sample(100).rows.count == 100
    assert sample(5000, 512).is_settled
    assert not sample(5000).is_settled
