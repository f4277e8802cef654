"""What is a data set here? A table of numbers with one column to predict, and the facts that describe it.

Values are raw, exactly as the source gives them: scaling is drawn as a layer, in the open.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from builder.data.nearest import did_you_mean
from builder.errors import NotFound

Features = NDArray[np.float32]
Target = NDArray[np.int64] | NDArray[np.float32]


class Task(StrEnum):
    """What the target column asks for."""

    CLASSIFICATION = "classification"
    """One of several classes, as whole numbers from 0."""
    REGRESSION = "regression"
    """A number."""


class Look(StrEnum):
    """How rows are best shown."""

    IMAGES = "images"
    POINTS = "points"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The facts about a data set, known without reading it."""

    name: str
    """File name in `sets/`, and `source` in a project."""
    title: str
    summary: str
    """One short line in plain words."""
    task: Task
    look: Look
    rows: int
    feature_names: tuple[str, ...]
    target_name: str
    class_names: tuple[str, ...] = ()
    """In the order of their numbers; empty for regression."""
    image_shape: tuple[int, int] | None = None
    """Height and width in pixels, if a row is an image; features are its pixels row by row."""
    value_range: tuple[float, float]
    """All features lie between these two."""
    target_range: tuple[float, float]
    """The target lies between these two."""
    source: str
    licence: str

    @property
    def feature_count(self) -> int:
        """Numbers in one row, without the target."""
        return len(self.feature_names)

    @property
    def class_count(self) -> int:
        """Number of classes; 0 for regression."""
        return len(self.class_names)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns by name, the target last."""
        return (*self.feature_names, self.target_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet(Card):
    """A data set that has been read. Its arrays are shared and read-only."""

    features: Features
    """Shape (rows, features), float32, raw values."""
    target: Target
    """Shape (rows,): int64 class numbers, or float32."""

    def column(self, name: str) -> Target:
        """One column by its name, shape (rows,): a feature or the target.

        Raises:
            NotFound: There is no such column; the nearest name is told.
        """
        if name == self.target_name:
            return self.target
        if name not in self.feature_names:
            raise NotFound(f"{self.name} has no column {name}.", did_you_mean(name, self.columns))
        values: Features = self.features[:, self.feature_names.index(name)]
        return values


Rows = tuple[NDArray[np.generic], NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Bundled:
    """A data set that comes with the program: its card, and how its rows are read."""

    card: Card
    read: Callable[[], Rows]
    """Features (rows, features) and target (rows,); heavy packages are imported in here only."""

    def load(self) -> DataSet:
        """Read the rows now."""
        features, target = self.read()
        classes = self.card.task is Task.CLASSIFICATION
        values: Target = target.astype(np.int64) if classes else target.astype(np.float32)
        dataset = DataSet(**asdict(self.card), features=features.astype(np.float32), target=values)
        dataset.features.setflags(write=False)
        dataset.target.setflags(write=False)
        return dataset
