"""Four quarters, coloured crosswise: the classic that one straight line cannot solve."""

import numpy as np

from builder.data.dataset import Bundled, Rows
from builder.data.points import COUNT, card, within_reach

HALF_WIDTH = 5.0
GAP = 0.3
"""Every point is pushed this far away from both axes."""
NOISE = 0.2


def _read() -> Rows:
    rng = np.random.default_rng(0)
    points = rng.uniform(-HALF_WIDTH, HALF_WIDTH, size=(COUNT, 2))
    points += GAP * np.sign(points)
    colour = (points.prod(axis=1) > 0).astype(np.int64)
    return within_reach(points + rng.normal(scale=NOISE, size=points.shape)), colour


XOR = Bundled(card("xor", "Xor", "Four quarters, coloured crosswise"), _read)
