"""Give the second of two layers of one name a name of its own. Its wires stay with the first."""

from collections.abc import Iterator

from builder.design.edits import AddNode, Connect, Edit, RemoveNodes
from builder.design.names import fresh_id
from builder.translate.candidates import CHANGED, Candidate, Proposer
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    if scene.issue.code != "duplicate_id" or scene.node is None:
        return
    name = scene.node.id
    taken = {node.id for node in scene.graph.nodes}
    edits: list[Edit] = [RemoveNodes(ids=(name,))]
    fresh: list[str] = []
    for number, node in enumerate(each for each in scene.graph.nodes if each.id == name):
        if number:
            fresh.append(fresh_id(name, taken | set(fresh)))
            node = node.model_copy(update={"id": fresh[-1]})
        edits.append(AddNode(node=node))
    wires = [edge for edge in scene.graph.edges if name in (edge.source, edge.target)]
    edits += [Connect(edge=edge) for edge in wires]
    detail = f"The second {name} becomes {' and '.join(fresh)}; its wires stay with the first."
    yield Candidate(f"Call the second {fresh[0]}", detail, tuple(edits), scene.path, CHANGED)


RENAME_DOUBLE = Proposer(_propose)
