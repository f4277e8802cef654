"""What was called, with what, and what came out? All that counting needs to know about one call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

from pydantic import JsonValue

from builder.translate.specs import Dim, Spec


class UnknownLength(Exception):
    """A length is not known before data comes, or no formula stands here: there is no number to tell."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a built layer or of an operation."""

    type: str
    """Class in `keras.layers`, or `ops.<name>`."""
    category: str
    """As in the catalogue; empty where it is not known."""
    layer: Any
    """The built layer; None for an operation."""
    tensors: Mapping[str, tuple[Spec, ...]]
    """What comes in, by argument, each flattened."""
    outputs: tuple[Spec, ...]
    args: Mapping[str, JsonValue] = field(default_factory=dict)
    """Constant call arguments."""

    @property
    def flat(self) -> tuple[Spec, ...]:
        """All that comes in, in the order of the arguments."""
        return tuple(spec for specs in self.tensors.values() for spec in specs)

    @property
    def came(self) -> tuple[Dim, ...]:
        """Shape of one row of what comes in first."""
        return self.flat[0].sample if self.flat else ()

    @property
    def out(self) -> tuple[Dim, ...]:
        """Shape of one row of the first output."""
        return self.outputs[0].sample if self.outputs else ()

    def weights(self, word: str) -> Iterator[tuple[int, ...]]:
        """Shapes of the weights whose name has this word."""
        return (tuple(weight.shape) for weight in self.layer.weights if word in weight.name)

    def numbers(self, word: str) -> int:
        """Numbers in the weights with this word in their name: each `kernel` is multiplied, biases are only added."""
        return sum(prod(shape) for shape in self.weights(word))

    def places(self, shape: Sequence[Dim]) -> Sequence[Dim]:
        """The positions a kernel is laid on: the shape without its channels."""
        return shape[1:] if getattr(self.layer, "data_format", "") == "channels_first" else shape[:-1]


def size(dims: Sequence[Dim]) -> int:
    """The product of these lengths.

    Raises:
        UnknownLength: One of them is open.
    """
    known = [dim for dim in dims if dim is not None]
    if len(known) < len(dims):
        raise UnknownLength
    return prod(known)
