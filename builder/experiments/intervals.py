"""How far apart are two things really? Differences with the interval in which 90 of 100 such intervals hold the truth.

Plain numbers in, plain numbers out. An interval without 0 is what the pages call "more than luck": where there is no
difference, one in ten still says so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Difference:
    """First minus second, with its interval."""

    value: float
    low: float
    high: float

    @property
    def is_more_than_luck(self) -> bool:
        """Whether 0 lies outside."""
        return self.low > 0 or self.high < 0


def paired(differences: Sequence[float]) -> Difference:
    """Mean of differences between partners (the same seed twice): t with n-1 degrees of freedom.

    Args:
        differences: First minus second for each pair, at least two.

    Raises:
        ValueError: Fewer than two pairs.

    Source: Student, "The probable error of a mean", Biometrika 6 (1908).
    """
    count = len(differences)
    if count < 2:
        raise ValueError(f"{count} pairs; an interval needs at least 2")
    return _around(fmean(differences), variance(differences) / count, count - 1)


def unpaired(first: Sequence[float], second: Sequence[float]) -> Difference:
    """Difference of two means whose spreads may differ.

    Args:
        first: Independent values, at least two.
        second: Likewise.

    Raises:
        ValueError: A side has fewer than two values.

    Source: Welch, "The generalization of Student's problem when several different population variances are
    involved", Biometrika 34 (1947); degrees of freedom after Satterthwaite (1946).
    """
    if min(len(first), len(second)) < 2:
        raise ValueError(f"{len(first)} and {len(second)} values; an interval needs at least 2 of each")
    one, other = variance(first) / len(first), variance(second) / len(second)
    total = one + other
    freedom = 1.0
    if total > 0:
        freedom = total**2 / (one**2 / (len(first) - 1) + other**2 / (len(second) - 1))
    return _around(fmean(first) - fmean(second), total, freedom)


def one_against(value: float, others: Sequence[float]) -> Difference:
    """A single value against several: as far as it may lie from their mean if it were one of them.

    Assumes that the single one would spread as the others do.

    Args:
        value: What one run reached.
        others: What the others reached, at least two.

    Raises:
        ValueError: Fewer than two others.

    Source: Crawford & Howell, "Comparing an individual's test score against norms derived from small samples",
    The Clinical Neuropsychologist 12 (1998).
    """
    count = len(others)
    if count < 2:
        raise ValueError(f"{count} others; an interval needs at least 2")
    return _around(value - fmean(others), variance(others) * (1 + 1 / count), count - 1)


def shares(first: float, first_rows: int, second: float, second_rows: int) -> Difference:
    """Difference of two shares of rows, such as accuracies.

    Takes the rows as drawn independently for each; measured on the same rows the true interval is narrower, so that
    this one rather speaks of luck too often than too rarely.

    Args:
        first: Share from 0 to 1 of `first_rows`.
        first_rows: At least 1.
        second: Likewise.
        second_rows: Likewise.

    Source: Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17 (1998), method 10: made of two Wilson intervals.
    """
    low, high = wilson(first, first_rows)
    other_low, other_high = wilson(second, second_rows)
    gap = first - second
    return Difference(
        gap,
        gap - math.hypot(first - low, other_high - second),
        gap + math.hypot(high - first, second - other_low),
    )


def wilson(share: float, rows: int) -> tuple[float, float]:
    """Where the true share lies.

    Args:
        share: From 0 to 1, seen on `rows`.
        rows: At least 1.

    Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    z = _normal()
    middle = (share + z**2 / (2 * rows)) / (1 + z**2 / rows)
    half = z / (1 + z**2 / rows) * math.sqrt(share * (1 - share) / rows + z**2 / (4 * rows**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def means(first: float, first_error: float, second: float, second_error: float) -> Difference:
    """Difference of two means with known standard errors, taken as independent."""
    half = _normal() * math.hypot(first_error, second_error)
    return Difference(first - second, first - second - half, first - second + half)


def _around(value: float, squared_error: float, freedom: float) -> Difference:
    half = _student(freedom) * math.sqrt(squared_error)
    return Difference(value, value - half, value + half)


def _student(freedom: float) -> float:
    # Imported here: 0.2 s that a page pays only when something is compared.
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + CONFIDENCE) / 2))


def _normal() -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + CONFIDENCE) / 2))
