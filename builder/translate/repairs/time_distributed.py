"""Apply the layer to each step by itself: where one axis more came in than it takes."""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.catalog import lookup
from builder.design.edits import Retype
from builder.translate.candidates import CHANGED, Candidate, Proposer
from builder.translate.scene import Scene
from builder.translate.wishes import wanted_axes


def _propose(scene: Scene) -> Iterator[Candidate]:
    axes, node = wanted_axes(scene), scene.node
    if axes is None or node is None or node.type == "Call" or len(scene.incoming[0].shape or ()) != axes + 1:
        return
    wrapper = lookup.layer("TimeDistributed")
    inner = next((param for param in wrapper.params if param.name == "layer"), None) if wrapper else None
    if inner is None or scene.type not in inner.choices:
        return
    layer = cast(JsonValue, {"type": scene.type, "params": node.params})
    edit = Retype(id=node.id, type="TimeDistributed", params={"layer": layer})
    detail = f"Wrap {node.id} in TimeDistributed: it then works on each step by itself."
    yield Candidate(f"Apply {node.id} to each step", detail, (edit,), scene.path, CHANGED)


TIME_DISTRIBUTED = Proposer(_propose)
