"""Wire an open port to what is drawn near it."""

from collections.abc import Iterator

from builder.design import order
from builder.design.document import Edge, Node
from builder.design.edits import Connect
from builder.translate.candidates import Candidate, Proposer
from builder.translate.open_ports import OpenPort, open_ports
from builder.translate.scene import Scene

TRIED = 4


def _propose(scene: Scene) -> Iterator[Candidate]:
    for port in open_ports(scene):
        for number, source in enumerate(_near(scene, port)[:TRIED]):
            edge = Edge(source=source.id, target=port.node.id, target_port=port.path)
            detail = f"Wire {source.id} into {port.node.id}."
            yield Candidate(
                f"Wire {source.id} into {port.node.id}", detail, (Connect(edge=edge),), scene.path, number + 1
            )


def _near(scene: Scene, port: OpenPort) -> list[Node]:
    """Nodes that may feed it: those that feed nothing yet first, then the nearest on the canvas."""
    behind = order.downstream(scene.graph, port.node.id) | {port.node.id}
    there = {edge.source for edge in scene.graph.into(port.node.id)}
    free = [node for node in scene.graph.nodes if node.id not in behind and node.id not in there]
    fed = {edge.source for edge in scene.graph.edges}
    x, y = port.node.position

    def distance(node: Node) -> tuple[bool, bool, float]:
        below = node.position[1] > y
        return node.id in fed, below, abs(node.position[0] - x) + abs(node.position[1] - y)

    return sorted(free, key=distance)


MISSING_WIRE = Proposer(_propose)
