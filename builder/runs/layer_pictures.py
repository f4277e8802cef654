"""How did the weights and activations of each layer look as a run went on? Histograms, few and small.

At most 40 pictures are kept, spread evenly over the logarithm of the epoch: much happens at first, little later. They
lie in `layers.npz` in the run's folder: plain arrays, 104 bytes for a layer in a picture, so that 1000 layers fit too.
"""

import math
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder import paths
from builder.runs import artifacts
from builder.runs.layers import LayerFigures, rounded

FILE = "layers.npz"
BINS = 32
MOST = 40
MOST_BYTES = 1_900_000
"""Of all pictures together."""
_FIELDS = tuple(LayerFigures.model_fields)


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many values lie where: `BINS` bins of one width from `low` to `high`."""

    low: float
    high: float
    heights: tuple[int, ...]
    """0 to 255; the highest bin has 255."""


@dataclass(frozen=True, slots=True)
class Picture:
    """All layers at one moment."""

    id: int
    """Never given twice within a run."""
    at: float
    """Epochs done, with a part of an epoch where it was taken in one."""
    figures: dict[str, LayerFigures]
    """By full path of the layer, as are the others."""
    weights: dict[str, Histogram] = field(default_factory=dict)
    activations: dict[str, Histogram] = field(default_factory=dict)


def histogram(values: NDArray[Any]) -> Histogram | None:
    """Where these values lie; None where none of them is a finite number."""
    flat = np.asarray(values, np.float64).reshape(-1)
    flat = flat[np.isfinite(flat)]
    if not flat.size:
        return None
    low, high = float(flat.min()), float(flat.max())
    if not high > low:  # one value only: a narrow bin around it
        wide = max(abs(low) * 1e-3, 1e-6)
        low, high = low - wide, high + wide
    places = np.minimum(((flat - low) * (BINS / (high - low))).astype(np.int64), BINS - 1)
    counts = np.bincount(places, minlength=BINS)
    # what is there shall be seen, be it one value among thousands
    heights = np.maximum(np.round(counts * (255 / counts.max())), counts > 0)
    return Histogram(low, high, tuple(int(height) for height in heights))


def thinned(pictures: Sequence[Picture], most: int) -> list[Picture]:
    """At most so many of them; the first and the last two stay, the others evenly over the logarithm of the epoch."""
    kept = list(pictures)
    while len(kept) > most:
        logs = [math.log1p(picture.at) for picture in kept]
        gaps = [logs[i + 1] - logs[i - 1] for i in range(1, len(kept) - 2)]
        del kept[1 + int(np.argmin(gaps))]
    return kept


def most_pictures(layers: int) -> int:
    """So many pictures of so many layers fit into the file, 40 at most."""
    each = 4 * len(_FIELDS) + 2 * (8 + BINS)
    return max(4, min(MOST, MOST_BYTES // (each * max(1, layers))))


def read(run_id: str) -> list[Picture]:
    """All pictures of the run, oldest first; none where the file is missing or cannot be read."""
    try:
        path = paths.run_folder(run_id) / FILE
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            kept = {name: file[name] for name in ("names", "ids", "at", "figures", "ranges", "heights")}
        return [_picture([str(name) for name in kept["names"]], kept, row) for row in range(len(kept["ids"]))]
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile):
        return []


def write(run_id: str, pictures: Iterable[Picture]) -> None:
    """Let these be the pictures of the run, oldest first.

    Raises:
        OSError: The disk is full or cannot be written; the older file stays.
    """
    kept = list(pictures)
    names = list(dict.fromkeys(name for picture in kept for name in picture.figures))
    with artifacts.replacing(artifacts.folder(run_id) / FILE, is_lasting=False) as temporary:
        _save(temporary, names, kept)


def _save(path: Path, names: list[str], kept: list[Picture]) -> None:
    figures = np.full((len(kept), len(names), len(_FIELDS)), np.nan, np.float32)
    ranges = np.zeros((len(kept), len(names), 2, 2), np.float32)
    heights = np.zeros((len(kept), len(names), 2, BINS), np.uint8)
    for row, picture in enumerate(kept):
        for column, name in enumerate(names):
            known = picture.figures.get(name, LayerFigures())
            figures[row, column] = [_number(getattr(known, field)) for field in _FIELDS]
            for which, drawn in enumerate((picture.weights, picture.activations)):
                if (found := drawn.get(name)) is not None:
                    ranges[row, column, which] = found.low, found.high
                    heights[row, column, which] = found.heights
    ids, at = [picture.id for picture in kept], [picture.at for picture in kept]
    np.savez(
        path,
        names=np.array(names, dtype=str),
        ids=np.array(ids, np.int64),
        at=np.array(at, np.float64),
        figures=figures,
        ranges=ranges,
        heights=heights,
    )


def _picture(names: list[str], kept: Mapping[str, NDArray[Any]], row: int) -> Picture:
    return Picture(
        id=int(kept["ids"][row]),
        at=float(kept["at"][row]),
        figures={name: _figures(kept["figures"][row, column]) for column, name in enumerate(names)},
        weights=_histograms(names, kept, row, 0),
        activations=_histograms(names, kept, row, 1),
    )


def _histograms(
    names: list[str], kept: Mapping[str, NDArray[Any]], row: int, which: int
) -> dict[str, Histogram]:
    """Of weights (`which` 0) or activations (1); where nothing was drawn, all heights are 0."""
    found = {}
    for column, name in enumerate(names):
        heights = kept["heights"][row, column, which]
        if heights.any():
            low, high = (float(end) for end in kept["ranges"][row, column, which])
            found[name] = Histogram(low, high, tuple(int(height) for height in heights))
    return found


def _figures(values: NDArray[Any]) -> LayerFigures:
    told = {name: rounded(float(value)) for name, value in zip(_FIELDS, values, strict=True)}
    return LayerFigures.model_validate(told)


def _number(value: float | None) -> float:
    return math.nan if value is None else value
