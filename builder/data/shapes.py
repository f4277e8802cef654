"""Does a row of n numbers fit into this shape? Shapes are those of one sample, without the batch."""

from collections.abc import Sequence
from math import prod

Shape = Sequence[int | None]
"""Sizes of one sample; None is an unknown length."""


def fits(shape: Shape, numbers: int) -> bool:
    """Whether `numbers` values fill this shape exactly; one unknown length takes what is left."""
    known = prod(size for size in shape if size is not None)
    unknown = sum(size is None for size in shape)
    if not unknown:
        return known == numbers
    return unknown == 1 and known > 0 and numbers > 0 and numbers % known == 0


def row_shape(numbers: int, image: tuple[int, int] | None, like: Shape | None) -> list[int]:
    """The shape to draw for rows of `numbers` values, as near as may be to the shape `like` that is drawn now.

    Images stay images (8×8×1) where the drawing takes images; all else is one row of numbers.
    """
    if like is not None and fits(like, numbers) and None not in like:
        return [size for size in like if size is not None]
    if like is not None and len(like) > 1 and image is not None and image[0] * image[1] == numbers:
        return [*image] if len(like) == 2 else [*image, 1]
    return [numbers]
