"""Name as many axes in an equation as came in: the last one is multiplied, all before it stay."""

from collections.abc import Iterator
from string import ascii_lowercase
from typing import cast

from pydantic import JsonValue

from builder.translate.candidates import Candidate, Proposer, set_values
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    if scene.type != "EinsumDense" or scene.holder is None or not scene.incoming:
        return
    shape = scene.incoming[0].shape
    if not shape:
        return
    axes, held = len(shape) + 1, scene.holder.params.get("output_shape")
    units = held[-1] if isinstance(held, list) and held else held if isinstance(held, int) else 32
    kept, last, out = ascii_lowercase[: axes - 1], ascii_lowercase[axes - 1], ascii_lowercase[axes]
    equation = f"{kept}{last},{last}{out}->{kept}{out}"
    sizes = cast(JsonValue, [*shape[:-1], units])
    yield set_values(scene, scene.holder, {"equation": equation, "output_shape": sizes}, f"Write {equation}")


EINSUM = Proposer(_propose)
