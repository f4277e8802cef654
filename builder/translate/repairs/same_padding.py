"""Keep the size: set padding same on the windows before a join that shrank what goes through them."""

from collections.abc import Iterator

from builder.catalog import lookup
from builder.design.document import Node
from builder.design.edits import Edit
from builder.translate.candidates import CHANGED, Candidate, Proposer, set_values
from builder.translate.repair import Change
from builder.translate.scene import Scene
from builder.translate.wishes import wishes


def _propose(scene: Scene) -> Iterator[Candidate]:
    for wish in wishes(scene):
        if len(wish.had) == len(wish.shape) and any(
            (here or 0) < (there or 0) for here, there in zip(wish.had[:-1], wish.shape[:-1], strict=True)
        ):
            shrinking = [node for node in _branch(scene, wish.came.edge.source, wish.by) if _shrinks(node)]
            for count in range(1, min(len(shrinking), 3) + 1):
                yield _all_same(scene, shrinking[:count])


def _branch(scene: Scene, source: str, other: str | None) -> Iterator[Node]:
    """Nodes of the branch, up to where the other one leaves it."""
    for node in scene.upwards(source):
        if node.id == other or (len(scene.graph.out_of(node.id)) > 1 and node.id != source):
            return
        yield node


def _shrinks(node: Node) -> bool:
    spec = lookup.layer(node.type)
    has_padding = spec is not None and any(
        param.name == "padding" and "same" in param.choices for param in spec.params
    )
    return has_padding and node.params.get("padding", "valid") == "valid"


def _all_same(scene: Scene, nodes: list[Node]) -> Candidate:
    each = [set_values(scene, node, {"padding": "same"}) for node in nodes]
    edits: tuple[Edit, ...] = tuple(edit for candidate in each for edit in candidate.edits)
    changes: tuple[Change, ...] = tuple(change for candidate in each for change in candidate.changes)
    names = " and ".join(node.id for node in nodes)
    detail = f"Set padding same in {names}: the edge is filled up, so that the size stays."
    return Candidate(
        f"Keep the size in {names}", detail, edits, scene.path, CHANGED + len(nodes) - 1, None, changes
    )


SAME_PADDING = Proposer(_propose)
