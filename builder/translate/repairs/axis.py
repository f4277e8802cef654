"""Work along an axis that there is: or, for a join, along the one in which the shapes differ."""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.translate.candidates import Candidate, Proposer, set_values
from builder.translate.scene import Scene

ARGUMENTS = ("axis", "axes", "attention_axes", "dims")
MOST_AXES = 5


def _propose(scene: Scene) -> Iterator[Candidate]:
    node = scene.holder
    if node is None or not scene.incoming or scene.incoming[0].shape is None:
        return
    axes = len(scene.incoming[0].shape)
    if scene.type == "Permute":
        yield from _orders(scene, axes)
        return
    held = node.args if node.type.startswith("ops.") else node.params
    named = scene.issue.argument if scene.issue.argument in ARGUMENTS else None
    joins = (
        "axis"
        if scene.type in ("Concatenate", "ops.concatenate")
        else "axes"
        if scene.type == "Dot"
        else None
    )
    name = named or (joins if scene.issue.code == "shape_mismatch" else None)
    if name is None:
        return
    if name in held and scene.type != "Dot":
        yield set_values(scene, node, {}, f"Put {name} back to its default", reset=(name,)).sized(4)
    for axis in (-1, *range(1, min(axes, MOST_AXES) + 1)):
        if held.get(name) != axis:
            where = "the last axis" if axis == -1 else f"axis {axis}"
            yield set_values(scene, node, {name: axis}, f"Work along {where}")


def _orders(scene: Scene, axes: int) -> Iterator[Candidate]:
    node = scene.holder
    if node is None or axes == 0:
        return
    for dims in ([*range(2, axes + 1), 1], list(range(1, axes + 1))):
        words = ", ".join(map(str, dims))
        yield set_values(scene, node, {"dims": cast(JsonValue, dims)}, f"Set dims to {words}")


AXIS = Proposer(_propose)
