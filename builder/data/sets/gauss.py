"""Two clouds that a straight line parts."""

import numpy as np

from builder.data.dataset import Bundled, Rows
from builder.data.points import COUNT, card, halves, within_reach

CENTRE = 2.0
SPREAD = 1.3
"""Standard deviation: the clouds touch, and a few points lie on the wrong side."""


def _read() -> Rows:
    rng = np.random.default_rng(0)
    colour = halves()
    centres = np.where(colour == 0, -CENTRE, CENTRE)[:, None]
    return within_reach(centres + rng.normal(scale=SPREAD, size=(COUNT, 2))), colour


GAUSS = Bundled(card("gauss", "Gauss", "Two clouds that a straight line parts"), _read)
