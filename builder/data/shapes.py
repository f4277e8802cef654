"""Does a row of n numbers fit into this shape?"""

from collections.abc import Sequence
from math import prod

Shape = Sequence[int | None]
"""Sizes of one sample; None is an unknown length."""


def without_batch(shape: Shape) -> tuple[int | None, ...]:
    """The shape of one sample: a leading None of a longer shape is the batch and is dropped."""
    return tuple(shape[1:]) if len(shape) > 1 and shape[0] is None else tuple(shape)


def fits(shape: Shape, numbers: int) -> bool:
    """Whether `numbers` values fill this sample shape exactly; one unknown length takes what is left."""
    known = prod(size for size in shape if size is not None)
    unknown = sum(size is None for size in shape)
    if not unknown:
        return known == numbers
    return unknown == 1 and known > 0 and numbers > 0 and numbers % known == 0


def size(shape: Shape) -> int | None:
    """How many numbers one sample has; None when a length is unknown."""
    return None if None in shape else prod(length for length in shape if length is not None)
