"""On which training rows is the clean training loss measured, and how many may they be?

Always the same rows, so that the curve shows training and not luck: the first so many of one shuffled order. Their
number is settled once, when an epoch's steps and an evaluation are timed, so that measuring stays below 5 % of the run.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from builder.train.passes.contract import Rows

LEAST = 256
SHARE = 0.04
"""Of the time of an epoch's steps; 5 % is promised."""


class Sample:
    """The measured training rows of one run."""

    def __init__(
        self, count: int, seed: int, take: Callable[[NDArray[np.int64]], Rows], size: int | None = None
    ) -> None:
        """`count` training rows; `take` fetches those at given places; `size`: as it was settled before."""
        self._order = np.random.default_rng([seed, count]).permutation(count)
        self._take = take
        self.is_settled = size is not None or count <= LEAST
        self.rows = self._first(size or LEAST)

    def settle(self, epoch_s: float, row_s: float) -> None:
        """Decide the number of rows for good, from the seconds of an epoch's steps and of one evaluated row."""
        self.rows = self._first(affordable(epoch_s, row_s, len(self._order)))
        self.is_settled = True

    def _first(self, size: int) -> Rows:
        return self._take(np.sort(self._order[:size]))


def affordable(epoch_s: float, row_s: float, count: int) -> int:
    """Rows that may be measured: `LEAST` or twice, four times … as many, or all that there are.

    In powers of two, so that two runs of one seed hardly ever differ.
    """
    wanted, size = SHARE * epoch_s / max(row_s, 1e-12), LEAST
    if wanted >= count:
        return count
    while 2 * size <= wanted:
        size *= 2
    return min(size, count)
