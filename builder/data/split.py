"""Which rows train, which choose, and which stay closed until the end?

Deterministic by seed, in numpy alone: the same rows in the page, in the worker and in the exported script.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.data.dataset import DataSet, Task
from builder.errors import BuilderError
from builder.project.document import SplitKind, SplitSpec

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Split:
    """Row numbers of the three parts, each sorted; together every row once."""

    train: Indices
    validation: Indices
    test: Indices

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Rows for training, validation, test."""
        return len(self.train), len(self.validation), len(self.test)


def split_rows(dataset: DataSet, spec: SplitSpec) -> Split:
    """Deal out the rows of a data set; stratified keeps every class's share in each part, within a row.

    Raises:
        BuilderError: There are fewer rows than parts.
    """
    stratified = spec.kind is SplitKind.STRATIFIED and dataset.task is Task.CLASSIFICATION
    classes = dataset.target if stratified else np.zeros(len(dataset.target), np.int64)
    sizes = part_sizes(len(classes), (spec.train, spec.validation, spec.test))
    return Split(*dealt(classes, sizes, spec.seed))


def part_sizes(rows: int, shares: tuple[float, ...]) -> list[int]:
    """Rows of each part by largest remainder; a part with a share above 0 gets at least one row.

    Raises:
        BuilderError: There are fewer rows than parts.
    """
    wanted = sum(share > 0 for share in shares)
    if rows < wanted:
        found = f"{rows} row" if rows == 1 else f"{rows} rows"
        raise BuilderError(
            f"{found} cannot be split into {wanted} parts.",
            "Each part needs a row.",
            "Use more rows, or set the share of a part to 0.",
        )
    exact = rows * np.array(shares) / sum(shares)
    sizes = np.floor(exact + 1e-9).astype(int)
    for part in np.argsort(sizes - exact, kind="stable")[: rows - sizes.sum()]:
        sizes[part] += 1
    for part in range(len(shares)):
        if shares[part] > 0 and sizes[part] == 0:
            sizes[part], sizes[np.argmax(sizes)] = 1, sizes.max() - 1
    return [int(size) for size in sizes]


def dealt(classes: NDArray[np.generic], sizes: list[int], seed: int) -> list[Indices]:
    """Deal rows like cards: shuffled, class after class, to the parts in turn by their sizes.

    The j-th card of a part of s rows has its turn at (j + 1/2) / s of the pack, so every stretch of the pack,
    and with it every class, is shared out in the same proportions.

    Args:
        classes: Shape (rows,); all equal for a split that ignores classes.
        sizes: Rows of each part; they add up to the number of rows.
        seed: The same seed deals the same rows.

    Returns:
        Sorted row numbers of each part.
    """
    shuffled = np.random.default_rng(seed).permutation(len(classes))
    pack = shuffled[np.argsort(classes[shuffled], kind="stable")]
    turns = np.concatenate([(np.arange(size) + 0.5) / size for size in sizes if size])
    owners = np.repeat(np.arange(len(sizes)), sizes)[np.argsort(turns, kind="stable")]
    return [np.sort(pack[owners == part]) for part in range(len(sizes))]
