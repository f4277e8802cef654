"""How do the looks at the layers of a run become histograms and curves for TensorBoard?"""

from collections.abc import Iterator

import numpy as np

from builder.runs import layer_pictures
from builder.runs.layer_pictures import Histogram, Picture
from builder.runs.records import RunRecord
from builder.runs.tensorboard import messages


def layer_messages(run: RunRecord) -> Iterator[bytes]:
    """Histograms `weights/<layer>` and `activations/<layer>`, curves `layer_<figure>/<layer>`, at completed epochs.

    The counts are relative: the fullest bin has 255. When a look was taken is not kept; it is written as the beginning
    of the run.
    """
    steps: set[int] = set()
    for picture in layer_pictures.read(run.id):
        if (step := round(picture.at)) not in steps:  # one look for each step: the first
            steps.add(step)
            yield from _of(picture, run.created_at, step)


def _of(picture: Picture, at: float, step: int) -> Iterator[bytes]:
    for what, drawn in (("weights", picture.weights), ("activations", picture.activations)):
        for layer, kept in drawn.items():
            yield messages.histogram(at, step, f"{what}/{layer}", _spread(kept))
    figures = {
        f"layer_{name}/{layer}": float(value)
        for layer, told in picture.figures.items()
        for name, value in told.model_dump(exclude={"units"}, exclude_none=True).items()
    }
    if figures:
        yield messages.scalars(at, step, figures)


def _spread(kept: Histogram) -> messages.Histogram:
    edges = np.linspace(kept.low, kept.high, len(kept.heights) + 1)
    return messages.Histogram(edges, np.array(kept.heights, np.float64))
