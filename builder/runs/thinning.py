"""How does a long curve fit into few bytes without hiding a spike?"""

from collections.abc import Sequence
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


def stride(count: int, most: int) -> int:
    """Of so many epochs every how manieth is told, where `most` have room; half of the room is for extremes."""
    return 1 if count <= most else -(-count // max(1, most // 2))


def telling(told: Sequence[tuple[int, int, float]], most: int, best: int | None) -> list[int]:
    """Which epochs show a long curve: about `most` numbers of events, out of (number, epoch, value) in order.

    Every `stride`-th epoch, whose line is free of choice; and of each stretch the epochs of the lowest and the highest
    value, so that every spike stays. The last and the `best` one always; only the last where there is no room for more.
    """
    if most < 9:
        return [told[-1][0]]
    seq, epoch, value = np.array([tuple(row) for row in told], np.float64).T
    extremes, _ = min_max(seq, value, most // 2)
    regular = seq[(epoch % stride(len(told), most) == 0) | (epoch == best)]
    return sorted({int(one) for one in (*extremes, *regular)})
