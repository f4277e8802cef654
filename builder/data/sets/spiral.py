"""Two arms wound around each other: the set that needs depth."""

import numpy as np

from builder.data.dataset import Bundled, Rows
from builder.data.points import COUNT, card, halves, within_reach

LENGTH = 5.0
TURNS = 1.75
NOISE = 0.15


def _read() -> Rows:
    rng = np.random.default_rng(0)
    colour = halves()
    along = np.tile(np.arange(COUNT // 2) / (COUNT // 2), 2)
    angle = 2 * np.pi * TURNS * along + np.pi * colour
    points = LENGTH * along[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return within_reach(points + rng.normal(scale=NOISE, size=points.shape)), colour


SPIRAL = Bundled(card("spiral", "Spiral", "Two arms wound around each other"), _read)
