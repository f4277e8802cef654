"""Lay the same numbers out in another shape: rows as images or sequences, a vector so that it spreads over an image."""

from collections.abc import Iterator
from math import isqrt, prod

from builder.translate.candidates import Candidate, Proposer, insert
from builder.translate.report import Shape
from builder.translate.scene import Arriving, Scene
from builder.translate.specs import shape_words
from builder.translate.wishes import ELEMENTWISE, Wish, wanted_axes, wishes


def _propose(scene: Scene) -> Iterator[Candidate]:
    axes = wanted_axes(scene)
    if axes is not None and axes > 1:
        for number, shape in enumerate(_layouts(scene, scene.incoming[0], axes)):
            yield _laid_out(scene, scene.incoming[0], shape).sized(2 + number)
    for wish in wishes(scene):
        if prod(length or 0 for length in wish.shape) == wish.came.count:
            yield _laid_out(scene, wish.came, wish.shape)
        elif scene.type in ELEMENTWISE and len(wish.had) == 1 and len(wish.shape) > 1:
            yield from _spread(scene, wish)


def _laid_out(scene: Scene, came: Arriving, shape: Shape) -> Candidate:
    title = f"Reshape to {shape_words(shape)}"
    # An unknown length is worked out from the rest.
    target = [-1 if length is None else length for length in shape]
    return insert(scene, came.edge, ("Reshape", {"target_shape": list(target)}), title=title)


def _spread(scene: Scene, wish: Wish) -> Iterator[Candidate]:
    """A vector as an image of one place: joining repeats it over all places."""
    channels = wish.shape[-1]
    if channels is None:
        return
    target = [1] * (len(wish.shape) - 1) + [channels]
    flat = ("Reshape", {"target_shape": list(target)})
    if wish.had[0] == channels:
        yield insert(scene, wish.came.edge, flat, title=f"Spread {wish.came.edge.source} over all places")
    else:
        chain = (("Dense", {"units": channels}), flat)
        yield insert(scene, wish.came.edge, *chain, title=f"Spread {wish.came.edge.source} over all places")


def _layouts(scene: Scene, came: Arriving, axes: int) -> Iterator[Shape]:
    """Shapes with so many axes that hold the same numbers, the most likely first."""
    shape, count = came.shape or (), came.count
    yield from _earlier(scene, came, axes)
    if count is not None and len(shape) == 1:
        yield from _from_row(count, axes)
    if len(shape) + 1 == axes:
        yield (*shape, 1)
    if len(shape) == axes + 1 and axes > 1:
        first, second, *rest = shape
        yield (None if None in (first, second) else (first or 1) * (second or 1), *rest)
        *most, last_but_one, last = shape
        if last is not None and last_but_one is not None:
            yield (*most, last_but_one * last)
    if not shape:
        yield (1,) * axes


def _earlier(scene: Scene, came: Arriving, axes: int) -> Iterator[Shape]:
    """The shape that the same numbers had further up, before they were laid flat."""
    for node in list(scene.upwards(came.edge.source))[1:]:
        before = scene.shape(node.id)
        if before is None or len(before) != axes or None in before:
            continue
        if prod(length or 1 for length in before) == came.count:
            yield before
            return


def _from_row(count: int, axes: int) -> Iterator[Shape]:
    for channels in (1, 3):
        side = isqrt(count // channels)
        if side > 1 and side * side * channels == count and axes == 3:
            yield side, side, channels
    if axes == 2:
        side = isqrt(count)
        if side > 1 and side * side == count:
            yield side, side
        yield count, 1
    if axes == 3:
        yield 1, count, 1
    if axes > 3:
        yield (*(1,) * (axes - 2), count, 1)


RESHAPING = Proposer(_propose)
