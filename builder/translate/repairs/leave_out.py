"""Take a layer out: one before that laid everything flat, or in the end the layer at fault itself."""

from collections.abc import Iterator

from builder.design.document import Node
from builder.design.edits import RemoveNodes
from builder.translate.candidates import REMOVED, Candidate, Proposer
from builder.translate.scene import Scene
from builder.translate.wishes import wanted_axes

FLATTENING = ("Flatten", "GlobalAveragePooling", "GlobalMaxPooling")
TRIED = 4
"""As many layers above the fault are looked at."""


def _propose(scene: Scene) -> Iterator[Candidate]:
    axes = wanted_axes(scene)
    if axes is not None and len(scene.incoming[0].shape or ()) < axes:
        for node in list(scene.upwards(scene.incoming[0].edge.source))[:TRIED]:
            if node.type.startswith(FLATTENING):
                yield _without(scene, node, "it lays everything flat before").sized(3)
    if scene.node is not None and scene.issue.code != "data_mismatch" and scene.graph.into(scene.node.id):
        yield _without(scene, scene.node, "what came in goes on without it")


def _without(scene: Scene, node: Node, why: str) -> Candidate:
    edit = RemoveNodes(ids=(node.id,), reconnect=True)
    return Candidate(
        f"Take {node.id} out", f"Delete {node.id} and close the gap: {why}.", (edit,), scene.path, REMOVED
    )


LEAVE_OUT = Proposer(_propose)
