"""Hand out every step: set return_sequences on the recurrent layer before, where a sequence is needed behind it."""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.design.document import Node
from builder.translate.candidates import Candidate, Proposer, set_values
from builder.translate.scene import RECURRENT, Scene
from builder.translate.wishes import wanted_axes, wishes


def _propose(scene: Scene) -> Iterator[Candidate]:
    axes = wanted_axes(scene)
    short = [scene.incoming[0]] if axes is not None and len(scene.incoming[0].shape or ()) < axes else []
    short += [wish.came for wish in wishes(scene) if len(wish.had) < len(wish.shape)]
    long = [scene.incoming[0]] if axes is not None and len(scene.incoming[0].shape or ()) > axes else []
    long += [wish.came for wish in wishes(scene) if len(wish.had) > len(wish.shape)]
    for came, wanted in [(came, True) for came in short] + [(came, False) for came in long]:
        for node in scene.upwards(came.edge.source):
            if node.type in RECURRENT:
                yield from _switched(scene, node, wanted)
                break


def _switched(scene: Scene, node: Node, wanted: bool) -> Iterator[Candidate]:
    title = f"Hand out every step of {node.id}" if wanted else f"Hand out only the last step of {node.id}"
    inner = node.params.get("layer")
    if isinstance(inner, dict):
        params = inner.get("params")
        held = params if isinstance(params, dict) else {}
        if bool(held.get("return_sequences", False)) != wanted:
            layer = {**inner, "params": {**held, "return_sequences": wanted}}
            yield set_values(scene, node, {"layer": cast(JsonValue, layer)}, title)
    elif bool(node.params.get("return_sequences", False)) != wanted:
        values: dict[str, JsonValue] = {"return_sequences": True}
        yield (
            set_values(scene, node, values, title)
            if wanted
            else set_values(scene, node, {}, title, reset=("return_sequences",))
        ).sized(2 if wanted else 3)


SEQUENCES = Proposer(_propose)
