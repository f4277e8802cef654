"""A disc inside a ring: no straight line parts them, one bend does."""

import numpy as np

from builder.data.dataset import Bundled, Rows
from builder.data.points import COUNT, card, halves, within_reach

DISC = (0.0, 2.5)
RING = (3.5, 5.0)
"""Inner and outer radius."""
NOISE = 0.25


def _read() -> Rows:
    rng = np.random.default_rng(0)
    colour = halves()
    radius = np.where(colour == 0, rng.uniform(*RING, COUNT), rng.uniform(*DISC, COUNT))
    angle = rng.uniform(0, 2 * np.pi, COUNT)
    points = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return within_reach(points + rng.normal(scale=NOISE, size=points.shape)), colour


CIRCLE = Bundled(card("circle", "Circle", "A disc inside a ring"), _read)
