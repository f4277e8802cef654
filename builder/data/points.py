"""What do all drawn sets of points share? Two features x and y within ±6, and where they come from."""

import numpy as np
from numpy.typing import NDArray

from builder.data.dataset import Card, Look, Task

Floats = NDArray[np.float64]
COUNT = 500
"""Enough to see the shape, few enough that an epoch takes milliseconds."""
CLASSES = ("violet", "green")
REACH = 6.0
"""No coordinate is farther from 0 than this."""


def card(name: str, title: str, summary: str, task: Task = Task.CLASSIFICATION) -> Card:
    """The card of a set of points in the plane."""
    classes = task is Task.CLASSIFICATION
    return Card(
        name=name,
        title=title,
        summary=summary,
        task=task,
        look=Look.POINTS,
        rows=COUNT,
        feature_names=("x", "y"),
        target_name="colour" if classes else "height",
        class_names=CLASSES if classes else (),
        value_range=(-REACH, REACH),
        target_range=(0, 1) if classes else (-1.2, 1.2),
        source="Generated here, after the sets of TensorFlow Playground",
        licence="Apache-2.0",
    )


def within_reach(points: Floats) -> Floats:
    """The points, those beyond ±6 moved to the border; shape (rows, 2)."""
    return np.clip(points, -REACH, REACH)


def halves() -> NDArray[np.int64]:
    """Class numbers: the first half of the rows 0, the second half 1."""
    return np.repeat(np.arange(2), COUNT // 2)
