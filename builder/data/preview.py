"""What is there to see in a data set? Pure values for the page: pictures, rows, counts, sizes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from builder.data.dataset import DataSet, Task
from builder.data.split import Split
from builder.data.words import figure

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Sample:
    """One row that is an image."""

    row: int
    label: str
    pixels: NDArray[np.float32]
    """Shape (height, width), raw values."""


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many rows a class has, in each part of the split."""

    name: str
    train: int
    validation: int
    test: int

    @property
    def rows(self) -> int:
        """Rows in all parts."""
        return self.train + self.validation + self.test


@dataclass(frozen=True, slots=True)
class PartSize:
    """One part of the split."""

    name: str
    rows: int
    share: float
    """Of all rows, 0 to 1."""


def label(dataset: DataSet, row: int) -> str:
    """The target of one row in words: its class, or its number."""
    value = dataset.target[row]
    return dataset.class_names[int(value)] if dataset.task is Task.CLASSIFICATION else figure(float(value))


def samples(dataset: DataSet, per_class: int = 1) -> tuple[Sample, ...]:
    """The first images of each class, class after class in turn; empty when rows are no images."""
    if dataset.image_shape is None:
        return ()
    firsts = [np.flatnonzero(dataset.target == number)[:per_class] for number in range(dataset.class_count)]
    rows = [int(rows[turn]) for turn in range(per_class) for rows in firsts if turn < len(rows)]
    return tuple(Sample(row, label(dataset, row), image(dataset, row)) for row in rows)


def image(dataset: DataSet, row: int) -> NDArray[np.float32]:
    """One row as an image, shape (height, width).

    Raises:
        ValueError: Rows of this set are no images.
    """
    if dataset.image_shape is None:
        raise ValueError(f"Rows of {dataset.name} are no images.")
    pixels: NDArray[np.float32] = dataset.features[row].reshape(dataset.image_shape)
    return pixels


def table(dataset: DataSet, rows: int = 200) -> "pd.DataFrame":
    """The first rows with all columns; the target comes first, classes by name."""
    import pandas as pd

    frame = pd.DataFrame(dataset.features[:rows], columns=list(dataset.feature_names))
    target = dataset.target[:rows]
    if dataset.task is Task.CLASSIFICATION:
        frame.insert(0, dataset.target_name, [dataset.class_names[number] for number in target])
    else:
        frame.insert(0, dataset.target_name, target)
    return frame


def class_counts(dataset: DataSet, split: Split) -> tuple[ClassCount, ...]:
    """Rows of each class in each part; empty for regression."""
    parts = [_counts(dataset, rows) for rows in (split.train, split.validation, split.test)]
    return tuple(
        ClassCount(name, *(int(part[number]) for part in parts))
        for number, name in enumerate(dataset.class_names)
    )


def part_rows(split: Split) -> tuple[PartSize, ...]:
    """The three parts with their sizes and shares; empty parts too."""
    total = sum(split.sizes)
    names = ("training", "validation", "test")
    return tuple(PartSize(name, rows, rows / total) for name, rows in zip(names, split.sizes, strict=True))


def _counts(dataset: DataSet, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.bincount(dataset.target[rows].astype(np.int64), minlength=dataset.class_count)
