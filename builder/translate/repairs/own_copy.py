"""Give another call weights of its own: where the shared ones were made for another length."""

from collections.abc import Iterator

from builder.design.edits import OwnCopy
from builder.translate.candidates import CHANGED, Candidate, Proposer
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    node, holder = scene.node, scene.holder
    if node is None or node.type != "Call" or holder is None or holder is node:
        return
    detail = (
        f"{node.id} becomes a layer of its own with the arguments of {holder.id}; nothing is shared any more."
    )
    yield Candidate(
        f"Give {node.id} its own weights", detail, (OwnCopy(id=node.id),), scene.path, CHANGED + 1
    )


OWN_COPY = Proposer(_propose)
