"""Join several wires that end at one port: with Add where their shapes are equal, else side by side."""

from collections.abc import Iterator

from builder.design.document import Edge
from builder.design.edits import AddNode, Connect, Disconnect, Edit
from builder.translate import placing
from builder.translate.candidates import Candidate, Proposer, new_node
from builder.translate.repair import Ghost
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    node = scene.node
    wires = [came.edge for came in scene.incoming]
    port = scene.port(wires[0]) if wires else None
    if node is None or port is None or port.many or len(wires) < 2 or scene.issue.code != "shape_mismatch":
        return
    same = [edge for edge in wires if edge.target_port == wires[0].target_port]
    equal = len({came.shape for came in scene.incoming}) == 1
    for kind in ("Add", "Concatenate") if equal else ("Concatenate",):
        yield _joined(scene, kind, same)


def _joined(scene: Scene, kind: str, wires: list[Edge]) -> Candidate:
    target = wires[0].target
    near = scene.graph.node(target)
    place = placing.above(scene.graph, near) if near else (0.0, 0.0)
    node = new_node(scene, kind, {}).model_copy(update={"position": place})
    into = [Edge(source=edge.source, source_port=edge.source_port, target=node.id) for edge in wires]
    behind = Edge(source=node.id, target=target, target_port=wires[0].target_port)
    edits: tuple[Edit, ...] = (
        *(Disconnect(edge=edge) for edge in reversed(wires)),
        AddNode(node=node),
        *(Connect(edge=edge) for edge in (*into, behind)),
    )
    names = " and ".join(edge.source for edge in wires)
    ghost = Ghost(type=kind, name=node.id, text=names, near=scene.prefix + target, position=place)
    return Candidate(
        f"Join them with {kind}", f"Insert {kind} of {names} before {target}.", edits, scene.path, 3, ghost
    )


JOIN_WIRES = Proposer(_propose)
