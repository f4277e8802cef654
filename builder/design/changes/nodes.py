"""How do nodes come and go?"""

from typing import Literal

from builder.design.changes.kind import EditKind, changed, known
from builder.design.changes.naming import re_referenced, taken
from builder.design.changes.sharing import without_nodes
from builder.design.changes.wires import close_gaps, wired
from builder.design.document import Design, Edge, Node


class AddNode(EditKind):
    """Put a node on the canvas, unconnected."""

    kind: Literal["add_node"] = "add_node"
    node: Node


class RemoveNodes(EditKind):
    """Take nodes away; `reconnect` joins what fed each to what it fed."""

    kind: Literal["remove_nodes"] = "remove_nodes"
    ids: tuple[str, ...]
    reconnect: bool = False


class InsertOnEdge(EditKind):
    """Cut a wire and put a new node between."""

    kind: Literal["insert_on_edge"] = "insert_on_edge"
    edge: Edge
    node: Node


def add_node(design: Design, edit: AddNode) -> Design:
    """The design with one more node; refuses a name that is taken."""
    if design.node(edit.node.id):
        raise taken(edit.node.id)
    return changed(design, nodes=(*design.nodes, edit.node))


def insert_on_edge(design: Design, edit: InsertOnEdge) -> Design:
    """The design with the node between the two ends of the wire."""
    wired(design, edit.edge)
    design = add_node(design, AddNode(node=edit.node))
    before = Edge(source=edit.edge.source, target=edit.node.id, source_port=edit.edge.source_port)
    after = Edge(source=edit.node.id, target=edit.edge.target, target_port=edit.edge.target_port)
    # The second half stays in the cut wire's place: the order of wires is the order of a Concatenate's inputs.
    edges = tuple(after if edge == edit.edge else edge for edge in design.edges)
    return changed(design, edges=(*edges, before))


def remove_nodes(design: Design, edit: RemoveNodes) -> Design:
    """The design without the nodes and their wires."""
    for node_id in edit.ids:
        known(design, node_id)
        design = _without(_bridged(design, node_id) if edit.reconnect else design, node_id)
    return design


def heirs(design: Design, edit: RemoveNodes) -> dict[str, str]:
    """For each removed layer that leaves itself to a call of it: `{its name: that call}`."""
    moved: dict[str, str] = {}
    for node_id in edit.ids:
        heir = next((n.id for n in design.nodes if n.type == "Call" and n.of == node_id), None)
        design = remove_nodes(design, RemoveNodes(ids=(node_id,)))
        moved = {old: heir if heir and now == node_id else now for old, now in moved.items()}
        if heir is not None:
            moved[node_id] = heir
    return moved


def _bridged(design: Design, node_id: str) -> Design:
    """What fed the node first now also feeds all that the node fed."""
    feeds = design.into(node_id)
    if not feeds:
        return design
    source, port = feeds[0].source, feeds[0].source_port
    edges: list[Edge] = []
    for edge in design.edges:
        bridge = (
            edge.model_copy(update={"source": source, "source_port": port})
            if edge.source == node_id
            else edge
        )
        if bridge not in edges:
            edges.append(bridge)
    return changed(design, edges=tuple(edges))


def _without(design: Design, node_id: str) -> Design:
    edges = close_gaps(design, (e for e in design.edges if node_id not in (e.source, e.target)))
    left = changed(without_nodes(design, frozenset([node_id])), edges=edges)
    return re_referenced(left, lambda text: None if text.partition(":")[0] == node_id else text)
