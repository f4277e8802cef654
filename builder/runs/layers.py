"""How does each layer of a run fare just now?

A worker writes `layers.json` into the run's folder, the newest look at all layers; beside it lie pictures of earlier
ones (`layer_pictures`). Reading needs no Keras.
"""

import math

from pydantic import BaseModel, ConfigDict, ValidationError

from builder import paths
from builder.runs import artifacts

NEWEST = "layers.json"
DIGITS = 3


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class LayerFigures(_Told):
    """Figures of one layer; None where there is nothing to measure, or where it is beyond numbers."""

    grad_rms: float | None = None
    """Root mean square of the gradient of the loss with respect to its weights."""
    weight_norm: float | None = None
    """Root mean square of its weights."""
    update_ratio: float | None = None
    """Change of its weights in one step, divided by `weight_norm`."""
    dead: float | None = None
    """Share of its units that give 0 or less for every probe row, 0 to 1; of layers that end in a relu."""
    saturated: float | None = None
    """Share of its values at the flat ends of a tanh or sigmoid, 0 to 1."""
    units: int | None = None
    """How many units `dead` is a share of."""


class Look(_Told):
    """All layers at one moment of training."""

    seq: int
    """Grows by one with each look at this run."""
    at: float
    """Epochs done: 0 before training, 2.5 in the middle of the third."""
    rows: int
    """Training rows that were put through the network for it."""
    layers: dict[str, LayerFigures]
    """By full path, `block/conv` inside nested networks, in the order of the model."""


def newest(run_id: str) -> Look | None:
    """The newest look at this run; None while there is none."""
    try:
        return Look.model_validate_json((paths.run_folder(run_id) / NEWEST).read_bytes())
    except (OSError, ValidationError):
        return None


def write_newest(run_id: str, look: Look) -> None:
    """Let this be the newest look.

    Raises:
        OSError: The disk is full or cannot be written; the older look stays.
    """
    text = look.model_dump_json(exclude_none=True)
    with artifacts.replacing(artifacts.folder(run_id) / NEWEST, is_lasting=False) as temporary:
        temporary.write_text(text, encoding="utf-8")


def rounded(value: float | None) -> float | None:
    """The number to three digits; None where it is infinite or none."""
    return None if value is None or not math.isfinite(value) else float(f"{value:.{DIGITS}g}")
