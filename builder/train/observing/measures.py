"""Which few numbers tell how a layer fares? Pure arithmetic on arrays.

Formulas and limits: Glorot & Bengio 2010 (size of gradients, saturation), Lu et al. 2019 (dead units), Bottou 2012 and
Karpathy's CS231n notes (change of the weights in one step, about 0.001 of their size).
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.train.observing.activations import Ending

Array = NDArray[Any]
MOST_VALUES = 100_000
"""Of larger arrays every n-th value counts: the root mean square of 100 000 draws is within 1 % of the whole."""
FLAT = {Ending.TANH: 0.98, Ending.SIGMOID: 0.96}
"""Saturated is a tanh beyond 0.98, and a sigmoid outside 0.02 to 0.98 (2s - 1 beyond 0.96)."""


def stride(size: int, most: int = MOST_VALUES, avoid: int = 1) -> int:
    """Every how many-th value to take so that at most `most` are taken, not always of the same unit (`avoid`)."""
    every = -(-size // most)
    while math.gcd(every, avoid) > 1 and every > 1:
        every += 1
    return max(1, every)


def rms(parts: Sequence[Array], sizes: Sequence[int]) -> float | None:
    """Root mean square over all parts; `sizes`: how many values each stands for. None where it is beyond numbers."""
    if not sum(sizes):
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        squares = [float(np.mean(np.square(part, dtype=np.float64))) for part in parts]
    mean = sum(square * size for square, size in zip(squares, sizes, strict=True)) / sum(sizes)
    return math.sqrt(mean) if math.isfinite(mean) else None


def update_ratio(
    before: Sequence[Array], after: Sequence[Array], sizes: Sequence[int], steps: int
) -> float | None:
    """Size of one step, relative to the weights: rms(after - before) / steps / rms(after).

    The two are `steps` steps apart, 1 to 128 as a rule. Where steps point to one side this is the size of each of them;
    where they point all over it is less, down to 1/sqrt(steps) of it (with a momentum of 0.9 down to about a third).

    Returns:
        0.001 is usual, 0.0001 to 0.01 healthy. None where nothing was done in between, or the weights are all 0.
    """
    size = rms(after, sizes)
    if steps < 1 or not size:
        return None
    moved = rms([new - old for old, new in zip(before, after, strict=True)], sizes)
    return None if moved is None else moved / steps / size


def dead_share(highest: Array) -> float:
    """Share of units that are 0 or less for every row; `highest`: the largest value of each unit."""
    return float(np.mean(highest <= 0))


def saturated_share(values: Array, end: Ending) -> float:
    """Share of values at the flat ends of a tanh or sigmoid, where gradients vanish."""
    centred = 2 * values - 1 if end is Ending.SIGMOID else values
    return float(np.mean(np.abs(centred) > FLAT[end]))
