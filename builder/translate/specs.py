"""What is known about a tensor before any data comes? Its shape and dtype; here also how shapes are said in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.translate.wiring import Tensor, Wired

Dim = int | None


@dataclass(frozen=True, slots=True)
class Spec:
    """Shape (batch first) and dtype of one tensor."""

    shape: tuple[Dim, ...]
    dtype: str
    sparse: bool = False

    @property
    def sample(self) -> tuple[Dim, ...]:
        """The shape of one row: without the batch."""
        return self.shape[1:]

    @property
    def words(self) -> str:
        """The shape of one row, as in 28×28×16; n where the length is not known."""
        return shape_words(self.sample)


SpecTree = Spec | tuple["SpecTree", ...] | tuple[tuple[str, "SpecTree"], ...]
"""Specs in the structure of an argument; dicts as sorted pairs, so that it can be a key."""


def shape_words(shape: Sequence[Dim]) -> str:
    """28×28×16, n where unknown; a single length as it stands, nothing at all as "one number"."""
    return "×".join("n" if dim is None else str(dim) for dim in shape) if shape else "one number"


def things_words(spec: Spec) -> str:
    """What comes in, as a person would name it: rows of 64 numbers, sequences 20×8, images 28×28×1."""
    if spec.dtype == "string":
        return "text"
    whole = spec.dtype.startswith(("int", "uint"))
    if len(spec.sample) < 2:
        numbers = "whole numbers" if whole else "numbers"
        return f"rows of {spec.words} {numbers}" if spec.sample else f"single {numbers}"
    kind = {2: "sequences", 3: "images", 4: "volumes"}.get(len(spec.sample), "arrays")
    return f"{kind} {spec.words}{' of whole numbers' if whole else ''}"


def spec_tree(wired: Wired, known: Mapping[Tensor, Spec]) -> SpecTree:
    """The specs of an argument's tensors, in its structure."""
    if isinstance(wired, Tensor):
        return known[wired]
    if isinstance(wired, dict):
        return tuple((key, spec_tree(wired[key], known)) for key in sorted(wired))
    return tuple(spec_tree(part, known) for part in wired)


def keras_tree(tree: Any, rows: int | None = None) -> Any:
    """The same with `KerasTensor`s: one, a list, or a dict; of so many rows, where the batch is open."""
    import keras

    if isinstance(tree, Spec):
        shape = (rows if tree.shape[0] is None else tree.shape[0], *tree.sample) if tree.shape else ()
        return keras.KerasTensor(shape, dtype=tree.dtype, sparse=tree.sparse)
    if tree and isinstance(tree[0], tuple) and len(tree[0]) == 2 and isinstance(tree[0][0], str):
        return {key: keras_tree(part, rows) for key, part in tree}
    return [keras_tree(part, rows) for part in tree]


def specs_of(outputs: Any) -> tuple[Spec, ...]:
    """The specs of what Keras returned, flattened in its own order."""
    import keras

    flat = keras.tree.flatten(outputs)
    return tuple(
        Spec(
            tuple(each.shape),
            keras.backend.standardize_dtype(each.dtype),
            bool(getattr(each, "sparse", False)),
        )
        for each in flat
    )
