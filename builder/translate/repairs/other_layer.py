"""Call another layer again: one that is drawn, where the named one is not."""

import difflib
from collections.abc import Iterator

from builder.design import order
from builder.translate.candidates import Candidate, Proposer, swap
from builder.translate.scene import Scene

TRIED = 4


def _propose(scene: Scene) -> Iterator[Candidate]:
    node = scene.node
    if node is None or node.type != "Call" or scene.issue.argument != "of":
        return
    behind = order.downstream(scene.graph, node.id) | {node.id}
    names = [
        each.id
        for each in scene.graph.nodes
        if each.id not in behind and each.type not in ("InputLayer", "Call")
    ]
    near = difflib.get_close_matches(node.of or "", names, n=TRIED, cutoff=0.0)
    for name in near:
        again = node.model_copy(update={"of": name})
        yield swap(scene, node, again, f"Call {name} again", f"{node.id} shares the weights of {name}.")


OTHER_LAYER = Proposer(_propose)
