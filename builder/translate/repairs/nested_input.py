"""Draw the input inside a nested network for what comes in."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from pydantic import JsonValue

from builder.translate.candidates import Candidate, Proposer, set_values
from builder.translate.scene import Scene
from builder.translate.specs import shape_words
from builder.translate.wishes import inner_inputs


def _propose(scene: Scene) -> Iterator[Candidate]:
    holder = scene.holder
    if (
        holder is None
        or holder.type != "Model"
        or holder.graph is None
        or scene.issue.code != "shape_mismatch"
    ):
        return
    inside = replace(scene, path=(*scene.path, holder.id), graph=holder.graph)
    for inner_id, came in inner_inputs(scene):
        node = holder.graph.node(inner_id)
        if node is not None and came.shape and list(came.shape) != node.params.get("shape"):
            title = f"Let {holder.id} take {shape_words(came.shape)}"
            yield set_values(inside, node, {"shape": cast(JsonValue, list(came.shape))}, title)


NESTED_INPUT = Proposer(_propose)
