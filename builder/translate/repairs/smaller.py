"""Make a layer smaller that is beyond what can be built; or shrink what comes into it."""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.design.document import Node
from builder.translate.candidates import Candidate, Proposer, insert, set_values, value_words
from builder.translate.scene import Scene, width_argument

SIZES = (1024, 256, 64, 16)


def _propose(scene: Scene) -> Iterator[Candidate]:
    node = scene.holder
    if node is None or scene.issue.code != "too_large":
        return
    held = node.args if node.type.startswith("ops.") else node.params
    for name in dict.fromkeys((scene.issue.argument, width_argument(node))):
        if name and name in held:
            yield from _lowered(scene, node, name, held[name])
    for came in scene.incoming[:1]:
        axes = len(came.shape or ()) - 1
        if axes in (1, 2, 3):
            yield insert(scene, came.edge, (f"GlobalAveragePooling{axes}D", {})).sized(4)
            if axes == 2:
                yield insert(scene, came.edge, ("Resizing", {"height": 64, "width": 64})).sized(5)


def _lowered(scene: Scene, node: Node, name: str, value: JsonValue) -> Iterator[Candidate]:
    for size in SIZES:
        lower = _capped(value, size)
        if lower != value:
            yield set_values(scene, node, {name: lower}, f"Set {name} to {value_words(lower)}")


def _capped(value: JsonValue, most: int) -> JsonValue:
    if isinstance(value, list):
        return cast(JsonValue, [_capped(part, most) for part in value])
    return most if isinstance(value, int) and not isinstance(value, bool) and abs(value) > most else value


SMALLER = Proposer(_propose)
