"""Numbers as people read them."""

import pytest

from builder.figures import numbers


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (4640, "4\u2009640"),
        (9999, "9\u2009999"),
        (12_345, "12.3 k"),
        (4_200_000, "4.2 M"),
        (1_100_000_000, "1.1 G"),
        (-2320, "\u22122\u2009320"),
    ],
)
def test_counts_are_full_up_to_9999_and_short_beyond(value: int, written: str) -> None:
    assert numbers.count(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.44, "0.4 s"),
        (8, "8.0 s"),
        (42, "42 s"),
        (130, "2 min 10 s"),
        (59.7, "1 min 0 s"),
        (3840, "1 h 4 min"),
    ],
)
def test_times_take_the_unit_that_fits(value: float, written: str) -> None:
    assert numbers.seconds(value) == written


def test_a_share_of_few_rows_claims_no_decimals() -> None:
    assert numbers.percent(0.967, rows=270) == "96.7 %"
    assert numbers.percent(0.967, rows=27) == "97 %"


@pytest.mark.parametrize(
    ("found", "written"),
    [((28, 28, 16), "28×28×16"), ((None, 8), "n×8"), ((), "1"), (((2,), (3, None)), "2, 3×n"), (None, "")],
)
def test_shapes_stand_without_the_batch(found: tuple, written: str) -> None:
    assert numbers.shapes(found) == written


@pytest.mark.parametrize(
    ("size", "written"), [(640, "640 B"), (28_500, "28.5 kB"), (1_200_000, "1.2 MB"), (3.4e9, "3.4 GB")]
)
def test_sizes_take_the_unit_that_fits(size: float, written: str) -> None:
    assert numbers.size(size) == written


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (5, "just now"),
        (240, "4 min ago"),
        (3 * 3600, "3 h ago"),
        (86400, "1 day ago"),
        (2.5 * 86400, "2 days ago"),
        (-50, "just now"),
    ],
)
def test_moments_are_told_by_how_long_ago_they_were(passed: float, said: str) -> None:
    assert numbers.ago(1000 - passed, 1000) == said


def test_a_spread_has_as_many_decimals_as_its_mean() -> None:
    assert numbers.loss_within(0.1148, 0.00823) == "0.115 ± 0.008"
    assert numbers.loss_within(12.34, 1.5) == "12.3 ± 1.5"
    assert numbers.loss_within(2e-7, 1e-8) == "2e\u221207 ± 1e\u221208"
