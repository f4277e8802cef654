"""A tilted plane with a little noise: the height is a number to predict, from about -1 to 1."""

import numpy as np

from builder.data.dataset import Bundled, Rows, Task
from builder.data.points import COUNT, REACH, card

NOISE = 0.05


def _read() -> Rows:
    rng = np.random.default_rng(0)
    points = rng.uniform(-REACH, REACH, size=(COUNT, 2))
    height = points.sum(axis=1) / (2 * REACH) + rng.normal(scale=NOISE, size=COUNT)
    return points, height


PLANE = Bundled(card("plane", "Plane", "A tilted plane: predict its height", Task.REGRESSION), _read)
