"""Set the units or filters of a drawn layer, so that what it puts out fits where it goes."""

from collections.abc import Iterator

from builder.translate.candidates import Candidate, Proposer, set_values
from builder.translate.scene import Scene
from builder.translate.wishes import wishes


def _propose(scene: Scene) -> Iterator[Candidate]:
    for wish in wishes(scene):
        wanted = wish.shape[-1] if wish.shape else None
        if len(wish.had) != len(wish.shape) or wanted is None or wanted == wish.had[-1]:
            continue
        found = scene.sets_width(wish.came.edge.source)
        if found:
            node, name = found
            yield set_values(
                scene, node, {name: wanted}, f"Set {node.id} to {wanted} {name.replace('_', ' ')}",
                f"{scene.issue.node} needs {wanted} here",
            )  # fmt: skip


WIDTH = Proposer(_propose)
