"""A Reshape whose lengths do not hold as many numbers as came: work one of them out, or lay them in one row."""

from collections.abc import Iterator
from math import prod
from typing import cast

from pydantic import JsonValue

from builder.translate.candidates import Candidate, Proposer, set_values, value_words
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    name = {"Reshape": "target_shape", "ops.reshape": "newshape"}.get(scene.type)
    if name is None or scene.holder is None or not scene.incoming:
        return
    batch = [-1] if scene.type == "ops.reshape" else []
    held = scene.holder.args if batch else scene.holder.params
    target = held.get(name)
    sizes = [size for size in target if isinstance(size, int)] if isinstance(target, list) else []
    for number, shape in enumerate(_shapes(sizes[len(batch) :], scene.incoming[0].count)):
        value = cast(JsonValue, [*batch, *shape])
        words = "one row" if shape == [-1] else value_words(cast(JsonValue, shape))
        yield set_values(scene, scene.holder, {name: value}, f"Lay out as {words}").sized(3 + number)


def _shapes(sizes: list[int], count: int | None) -> Iterator[list[int]]:
    """The drawn lengths with one of them changed, the last first; then one row."""
    if count is not None:
        for at in reversed(range(len(sizes))):
            others = prod(size for number, size in enumerate(sizes) if number != at)
            if others > 0 and count % others == 0:
                yield [*sizes[:at], count // others, *sizes[at + 1 :]]
    yield [-1]


TARGET_SHAPE = Proposer(_propose)
