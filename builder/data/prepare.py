"""Which arrays does training get? Inputs and targets by node, the split, and a fingerprint of it all.

Deterministic and without Keras: the same project gives the same arrays everywhere.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.data.columns import Goal, Kind, columns
from builder.data.dataset import DataSet
from builder.data.registry import load
from builder.data.shapes import Shape, fits
from builder.data.split import Indices, Split, split_rows
from builder.data.words import mismatch, times
from builder.design.document import Design
from builder.errors import Faulty
from builder.issues import Issue, has_errors
from builder.project.document import Project

Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """All rows of a data set, ready for a network; `split` says which are for what."""

    inputs: Arrays
    """By input node: float32, (rows, …) in the shape of the input."""
    targets: Arrays
    """By output node: int64 (rows,) for classes, float32 (rows, 1) for a number, or the input again."""
    split: Split
    fingerprint: str
    """sha256 over the arrays and the split."""

    def rows(self, indices: Indices) -> tuple[Arrays, Arrays]:
        """Inputs and targets of these rows only."""
        return _taken(self.inputs, indices), _taken(self.targets, indices)


def prepare(
    project: Project,
    input_ids: Sequence[str],
    output_ids: Sequence[str],
    input_shapes: Mapping[str, Shape] | None = None,
) -> Prepared:
    """The arrays for a network with these inputs and outputs.

    Args:
        project: Its `data` says which set, columns and split.
        input_ids: Input nodes, in the network's order.
        output_ids: Output nodes, in the network's order.
        input_shapes: Shape of each input without the batch; rows are reshaped to it where sizes agree
            (64 numbers to 8×8×1). None: as the design's `InputLayer` nodes say.

    Raises:
        Faulty: No data, unknown columns, or sizes that do not agree; each is named.
        NotFound: There is no such data set.
        BuilderError: The rows cannot be split as asked.
    """
    if project.data is None:
        raise Faulty([mismatch(None, "No data is chosen yet.", "Choose a data set.")])
    dataset = load(project.data.source)
    shared = columns(dataset, project.data, input_ids, output_ids)
    if has_errors(shared.issues):
        raise Faulty(shared.issues)
    shapes = drawn_shapes(project.design) if input_shapes is None else input_shapes
    inputs = _inputs(dataset, shared.inputs, shapes)
    targets = {output_id: _target(dataset, goal, inputs) for output_id, goal in shared.goals.items()}
    split = split_rows(dataset, project.data.split)
    return Prepared(inputs, targets, split, fingerprint(inputs, targets, split))


def drawn_shapes(design: Design) -> dict[str, Shape]:
    """Shapes without batch that the design's `InputLayer` nodes ask for; without a proper one they are left out."""
    found: dict[str, Shape] = {}
    for node in design.nodes:
        sizes = node.params.get("shape")
        if node.type == "InputLayer" and isinstance(sizes, list):
            known = tuple(size for size in sizes if size is None or isinstance(size, int))
            if len(known) == len(sizes):
                found[node.id] = known
    return found


def fingerprint(inputs: Arrays, targets: Arrays, split: Split) -> str:
    """sha256 over names, types, shapes and bytes of the arrays, and over the split: 64 hex digits."""
    digest = hashlib.sha256()
    parts = {"train": split.train, "validation": split.validation, "test": split.test}
    for group in (inputs, targets, parts):
        for name, array in group.items():
            digest.update(f"{name}|{array.dtype.str}|{array.shape}|".encode())
            digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def _inputs(dataset: DataSet, names: dict[str, tuple[str, ...]], shapes: Mapping[str, Shape]) -> Arrays:
    wrong = [_wrong_size(dataset, node, names[node], shapes[node]) for node in names if node in shapes]
    issues = [issue for issue in wrong if issue is not None]
    if issues:
        raise Faulty(issues)
    return {node: _reshaped(_table(dataset, chosen), shapes.get(node)) for node, chosen in names.items()}


def _wrong_size(dataset: DataSet, node: str, names: tuple[str, ...], shape: Shape) -> Issue | None:
    if fits(shape, len(names)):
        return None
    message = f"{node} takes {times(shape)}, but {dataset.name} gives it {len(names)} numbers."
    return mismatch(node, message, f"Set shape to {len(names)}.", argument="shape")


def _table(dataset: DataSet, names: tuple[str, ...]) -> NDArray[np.float32]:
    if names == dataset.feature_names:
        return dataset.features
    return np.stack([dataset.column(name) for name in names], axis=1).astype(np.float32)


def _reshaped(table: NDArray[np.float32], shape: Shape | None) -> NDArray[np.float32]:
    if shape is None:
        return table
    sizes = [-1 if size is None else size for size in shape]
    return table.reshape(len(table), *sizes)


def _target(dataset: DataSet, goal: Goal, inputs: Arrays) -> NDArray[np.generic]:
    if goal.kind is Kind.INPUTS:
        return next(iter(inputs.values()))
    if goal.kind is Kind.CLASS:
        return dataset.target
    return dataset.column(goal.column).astype(np.float32)[:, None]


def _taken(arrays: Arrays, indices: Indices) -> Arrays:
    return {name: array[indices] for name, array in arrays.items()}
