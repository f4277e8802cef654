"""How does a long curve fit into few bytes without hiding a spike?"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Curve = NDArray[np.float64]


def min_max(x: Curve, y: Curve, most: int) -> tuple[Curve, Curve]:
    """The curve in at most `most` points: of each stretch its lowest and its highest, so that every spike stays.

    Args:
        x: Shape (points,), growing.
        y: Shape (points,), finite.
        most: At least 4.

    Returns:
        x and y of the chosen points, in order; first and last are always among them.
    """
    if len(x) <= most:
        return x, y
    edges = np.linspace(0, len(x), (most - 2) // 2 + 1).astype(int)
    lows = [first + int(np.argmin(y[first:last])) for first, last in pairwise(edges)]
    highs = [first + int(np.argmax(y[first:last])) for first, last in pairwise(edges)]
    chosen = np.unique([0, *lows, *highs, len(x) - 1])
    return x[chosen], y[chosen]
