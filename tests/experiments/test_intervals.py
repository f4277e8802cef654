"""Intervals are right: textbook values, and simulations in which the truth is known."""

import math

import numpy as np
import pytest

from builder.experiments import intervals
from builder.experiments.intervals import Difference

TIMES = 4000
RNG = np.random.default_rng


def alarms(found: list[Difference]) -> float:
    """Share of those that say "more than luck"."""
    return sum(one.is_more_than_luck for one in found) / len(found)


def near_one_in_ten(share: float) -> bool:
    # Three standard errors of a share of 0.1 among `TIMES`.
    return abs(share - 0.1) < 3 * math.sqrt(0.09 / TIMES)


@pytest.mark.parametrize("seeds", [2, 3, 5, 12])
def test_paired_runs_without_a_difference_raise_a_false_alarm_in_one_of_ten(seeds: int) -> None:
    drawn = RNG(seeds).normal(size=(TIMES, seeds))
    assert near_one_in_ten(alarms([intervals.paired(list(row)) for row in drawn]))


@pytest.mark.parametrize(("first", "second", "spread"), [(5, 5, 1.0), (10, 6, 2.0), (8, 8, 3.0)])
def test_unpaired_runs_without_a_difference_raise_a_false_alarm_in_one_of_ten(
    first: int, second: int, spread: float
) -> None:
    rng = RNG(first)
    found = [
        intervals.unpaired(list(rng.normal(size=first)), list(rng.normal(scale=spread, size=second)))
        for _ in range(TIMES)
    ]
    assert near_one_in_ten(alarms(found))


@pytest.mark.parametrize("others", [2, 5, 20])
def test_one_run_of_the_same_kind_raises_a_false_alarm_in_one_of_ten(others: int) -> None:
    rng = RNG(others)
    found = [intervals.one_against(rng.normal(), list(rng.normal(size=others))) for _ in range(TIMES)]
    assert near_one_in_ten(alarms(found))


@pytest.mark.parametrize(("share", "rows"), [(0.5, 100), (0.9, 267), (0.97, 400)])
def test_equal_accuracies_on_independent_rows_raise_a_false_alarm_in_about_one_of_ten(
    share: float, rows: int
) -> None:
    seen = RNG(rows).binomial(rows, share, (TIMES, 2)) / rows
    share_of_alarms = alarms([intervals.shares(one, rows, other, rows) for one, other in seen])
    assert 0.05 < share_of_alarms < 0.12


def test_a_large_difference_is_found_nearly_always() -> None:
    rng = RNG(1)
    found = [
        intervals.unpaired(list(rng.normal(3.0, 1.0, 5)), list(rng.normal(0.0, 1.0, 5))) for _ in range(500)
    ]
    assert alarms(found) > 0.95


def test_the_paired_interval_is_the_textbooks() -> None:
    # Five differences, mean 0.9, standard deviation 0.6: t with 4 degrees of freedom is 2.132 at 95 %.
    differences = [0.9 + 0.6 * x / math.sqrt(2.5) for x in (-2, -1, 0, 1, 2)]
    found = intervals.paired(differences)
    half = 2.1318 * 0.6 / math.sqrt(5)
    assert (found.value, found.low, found.high) == pytest.approx((0.9, 0.9 - half, 0.9 + half), abs=1e-4)


def test_wilson_is_the_textbooks_and_stays_between_none_and_all() -> None:
    # 90 of 100, z = 1.64485: middle (0.9 + 0.013528) / 1.027055, half 1.601518 * sqrt(0.00096764).
    low, high = intervals.wilson(0.9, 100)
    assert (low, high) == pytest.approx((0.83964, 0.93928), abs=1e-4)
    assert intervals.wilson(1.0, 10)[1] == 1.0
    assert intervals.wilson(0.0, 10)[0] == 0.0


def test_newcombes_example_comes_out() -> None:
    # His table II, row (a), method 10, 56/70 against 48/80, is at 95 %: at 90 % it must lie within.
    found = intervals.shares(56 / 70, 70, 48 / 80, 80)
    assert found.value == pytest.approx(0.2)
    assert 0.0524 < found.low < 0.2 < found.high < 0.3339


def test_runs_that_never_differ_are_no_difference() -> None:
    assert intervals.paired([0.0, 0.0, 0.0]) == Difference(0.0, 0.0, 0.0)
    assert not intervals.unpaired([0.5, 0.5], [0.5, 0.5]).is_more_than_luck


@pytest.mark.parametrize("values", [[], [1.0]])
def test_too_few_values_are_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="at least 2"):
        intervals.paired(values)
    with pytest.raises(ValueError, match="at least 2"):
        intervals.unpaired(values, [1.0, 2.0])
    with pytest.raises(ValueError, match="at least 2"):
        intervals.one_against(1.0, values)
