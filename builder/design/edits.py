"""What can be done to a design? Each change is a small typed value, applied by one pure function.

The canvas applies the same edits in TypeScript; both pass the table tests/design/edit_cases.json. Undo is keeping the
design from before.
"""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from builder.design.document import Design, Edge, Node, NodeId, Params, PortPath
from builder.design.names import fresh_id
from builder.design.order import cycle, downstream
from builder.errors import EditRefused


class _Edit(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AddNode(_Edit):
    """Put a node on the canvas, unconnected."""

    kind: Literal["add_node"] = "add_node"
    node: Node


class RemoveNodes(_Edit):
    """Take nodes away; `reconnect` joins what fed each to what it fed."""

    kind: Literal["remove_nodes"] = "remove_nodes"
    ids: tuple[str, ...]
    reconnect: bool = False


class Connect(_Edit):
    """Draw a wire; `replace` first takes away what was in the same port of the target."""

    kind: Literal["connect"] = "connect"
    edge: Edge
    replace: bool = False


class Disconnect(_Edit):
    """Take one wire away."""

    kind: Literal["disconnect"] = "disconnect"
    edge: Edge


class MoveNodes(_Edit):
    """Place nodes; the network stays the same."""

    kind: Literal["move_nodes"] = "move_nodes"
    positions: dict[str, tuple[float, float]]


class SetParams(_Edit):
    """Set arguments of one node and put those in `reset` back to Keras' default."""

    kind: Literal["set_params"] = "set_params"
    id: str
    params: Params = Field(default_factory=dict)
    reset: tuple[str, ...] = ()


class SetArgs(_Edit):
    """Set call arguments that are not tensors."""

    kind: Literal["set_args"] = "set_args"
    id: str
    args: Params = Field(default_factory=dict)
    reset: tuple[str, ...] = ()


class RenameNode(_Edit):
    """Give a node another name, everywhere it is named."""

    kind: Literal["rename_node"] = "rename_node"
    id: str
    to: NodeId


class InsertOnEdge(_Edit):
    """Cut a wire and put a new node between."""

    kind: Literal["insert_on_edge"] = "insert_on_edge"
    edge: Edge
    node: Node


class Paste(_Edit):
    """Add copies of nodes and the wires among them, under fresh names, moved by `offset`."""

    kind: Literal["paste"] = "paste"
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    offset: tuple[float, float] = (0.0, 0.0)


class SetName(_Edit):
    """Name the network."""

    kind: Literal["set_name"] = "set_name"
    name: str = Field(max_length=200)


Edit = Annotated[
    AddNode
    | RemoveNodes
    | Connect
    | Disconnect
    | MoveNodes
    | SetParams
    | SetArgs
    | RenameNode
    | InsertOnEdge
    | Paste
    | SetName,
    Field(discriminator="kind"),
]
EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)


def apply(design: Design, edit: Edit) -> Design:
    """The design after `edit`; the given one stays as it was.

    Raises:
        EditRefused: The edit does not apply: unknown or taken names, a circle, a wire that exists already.
    """
    change: Callable[[Design, Any], Design] = _CHANGES[edit.kind]
    return change(design, edit)


def _known(design: Design, node_id: str) -> Node:
    node = design.node(node_id)
    if node is None:
        raise EditRefused(f"There is no layer called {node_id}.")
    return node


def _with(design: Design, **changes: object) -> Design:
    return design.model_copy(update=changes)


def _with_node(design: Design, node_id: str, **changes: object) -> Design:
    nodes = tuple(node.model_copy(update=changes) if node.id == node_id else node for node in design.nodes)
    return _with(design, nodes=nodes)


def _add_node(design: Design, edit: AddNode) -> Design:
    if design.node(edit.node.id):
        raise EditRefused(f"{edit.node.id} is taken already;", "every name may stand once.")
    return _with(design, nodes=(*design.nodes, edit.node))


def _connect(design: Design, edit: Connect) -> Design:
    edge = edit.edge
    _known(design, edge.source)
    _known(design, edge.target)
    kept = tuple(e for e in design.edges if not (edit.replace and _same_port(e, edge)))
    if edge in kept:
        raise EditRefused(f"{edge.source} feeds {edge.target} there already.")
    if edge.source == edge.target or edge.source in downstream(design, edge.target):
        raise EditRefused(f"{edge.source} already depends on {edge.target}: the wires would run in a circle.")
    return _with(design, edges=(*kept, edge))


def _same_port(one: Edge, other: Edge) -> bool:
    return one.target == other.target and one.target_port == other.target_port


def _disconnect(design: Design, edit: Disconnect) -> Design:
    if edit.edge not in design.edges:
        raise EditRefused(f"No such wire leads from {edit.edge.source} to {edit.edge.target}.")
    return _with(design, edges=_close_gaps(edge for edge in design.edges if edge != edit.edge))


def _close_gaps(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Number list ports 0, 1, 2 … again, in the order of their old numbers."""
    kept = tuple(edges)
    used: dict[tuple[str, PortPath], list[int]] = {}
    for edge in kept:
        if edge.target_port and isinstance(edge.target_port[-1], int):
            used.setdefault((edge.target, edge.target_port[:-1]), []).append(edge.target_port[-1])
    ranks = {
        port: {old: new for new, old in enumerate(sorted(set(numbers)))} for port, numbers in used.items()
    }
    return tuple(_renumbered(edge, ranks) for edge in kept)


def _renumbered(edge: Edge, ranks: dict[tuple[str, PortPath], dict[int, int]]) -> Edge:
    if not edge.target_port or not isinstance(edge.target_port[-1], int):
        return edge
    number = ranks[edge.target, edge.target_port[:-1]][edge.target_port[-1]]
    return edge.model_copy(update={"target_port": (*edge.target_port[:-1], number)})


def _remove_nodes(design: Design, edit: RemoveNodes) -> Design:
    for node_id in edit.ids:
        _known(design, node_id)
        if edit.reconnect:
            design = _bridged(design, node_id)
        design = _without(design, node_id)
    return design


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
    return _with(design, edges=tuple(edges))


def _without(design: Design, node_id: str) -> Design:
    nodes = _with_heir(design, node_id)
    edges = _close_gaps(edge for edge in design.edges if node_id not in (edge.source, edge.target))
    inputs = _unreferenced(design.inputs, node_id)
    outputs = _unreferenced(design.outputs, node_id)
    return _with(design, nodes=nodes, edges=edges, inputs=inputs, outputs=outputs)


def _with_heir(design: Design, node_id: str) -> tuple[Node, ...]:
    """The other nodes; the first `Call` of the removed layer becomes the layer, later ones call that."""
    removed = _known(design, node_id)
    heir = next((node for node in design.nodes if node.of == node_id and node.type == "Call"), None)
    nodes: list[Node] = []
    for node in design.nodes:
        if heir is not None and node.id == heir.id:
            inherited = {
                "type": removed.type,
                "params": removed.params,
                "graph": removed.graph,
                "of": removed.of,
            }
            nodes.append(node.model_copy(update=inherited))
        elif heir is not None and node.of == node_id and node.id != node_id:
            nodes.append(node.model_copy(update={"of": heir.id}))
        elif node.id != node_id:
            nodes.append(node)
    return tuple(nodes)


References = tuple[str, ...] | dict[str, str] | None


def _unreferenced(references: References, node_id: str) -> References:
    """The list without the node; None (decided from the drawing) when nothing is left."""
    if isinstance(references, dict):
        return {k: text for k, text in references.items() if text.partition(":")[0] != node_id} or None
    return tuple(text for text in references or () if text.partition(":")[0] != node_id) or None


def _move_nodes(design: Design, edit: MoveNodes) -> Design:
    for node_id in edit.positions:
        _known(design, node_id)
    places = edit.positions
    nodes = tuple(
        n.model_copy(update={"position": places[n.id]}) if n.id in places else n for n in design.nodes
    )
    return _with(design, nodes=nodes)


def _set_params(design: Design, edit: SetParams) -> Design:
    kept = _known(design, edit.id).params | edit.params
    return _with_node(design, edit.id, params={k: v for k, v in kept.items() if k not in edit.reset})


def _set_args(design: Design, edit: SetArgs) -> Design:
    kept = _known(design, edit.id).args | edit.args
    return _with_node(design, edit.id, args={k: v for k, v in kept.items() if k not in edit.reset})


def _rename_node(design: Design, edit: RenameNode) -> Design:
    _known(design, edit.id)
    if edit.to != edit.id and design.node(edit.to):
        raise EditRefused(f"{edit.to} is taken already;", "every name may stand once.")
    return renamed(design, {edit.id: edit.to})


def renamed(design: Design, names: dict[str, str]) -> Design:
    """The design with nodes renamed wherever they are named (nodes, wires, `of`, inputs, outputs)."""

    def name(node_id: str) -> str:
        return names.get(node_id, node_id)

    nodes = tuple(n.model_copy(update={"id": name(n.id), "of": _path(n.of, names)}) for n in design.nodes)
    edges = tuple(
        e.model_copy(update={"source": name(e.source), "target": name(e.target)}) for e in design.edges
    )
    inputs, outputs = _re_referenced(design.inputs, names), _re_referenced(design.outputs, names)
    return _with(design, nodes=nodes, edges=edges, inputs=inputs, outputs=outputs)


def _path(of: str | None, names: dict[str, str]) -> str | None:
    if of is None:
        return None
    first, slash, rest = of.partition("/")
    return names.get(first, first) + slash + rest


def _re_referenced(references: References, names: dict[str, str]) -> References:
    def text(reference: str) -> str:
        node_id, colon, port = reference.partition(":")
        return names.get(node_id, node_id) + colon + port

    if isinstance(references, dict):
        return {key: text(reference) for key, reference in references.items()}
    return None if references is None else tuple(text(reference) for reference in references)


def _insert_on_edge(design: Design, edit: InsertOnEdge) -> Design:
    if edit.edge not in design.edges:
        raise EditRefused(f"No such wire leads from {edit.edge.source} to {edit.edge.target}.")
    design = _add_node(design, AddNode(node=edit.node))
    before = Edge(source=edit.edge.source, target=edit.node.id, source_port=edit.edge.source_port)
    after = Edge(source=edit.node.id, target=edit.edge.target, target_port=edit.edge.target_port)
    # The second half stays in the cut wire's place: the order of wires is the order of a Concatenate's inputs.
    edges = tuple(after if edge == edit.edge else edge for edge in design.edges)
    return _with(design, edges=(*edges, before))


def _paste(design: Design, edit: Paste) -> Design:
    taken = {node.id for node in design.nodes}
    names: dict[str, str] = {}
    for node in edit.nodes:
        names[node.id] = fresh_id(node.id, taken | set(names.values()))
    copied = Design(nodes=edit.nodes, edges=_within(edit.edges, set(names)))
    if len(names) < len(edit.nodes):
        raise EditRefused("Two of the copied layers have the same name.")
    if cycle(copied):
        raise EditRefused("The copied wires run in a circle.")
    copies = renamed(copied, names)
    moved = tuple(node.model_copy(update={"position": _shifted(node, edit.offset)}) for node in copies.nodes)
    return _with(design, nodes=(*design.nodes, *moved), edges=(*design.edges, *copies.edges))


def _within(edges: Iterable[Edge], ids: set[str]) -> tuple[Edge, ...]:
    return _close_gaps(edge for edge in dict.fromkeys(edges) if edge.source in ids and edge.target in ids)


def _shifted(node: Node, offset: tuple[float, float]) -> tuple[float, float]:
    return node.position[0] + offset[0], node.position[1] + offset[1]


def _set_name(design: Design, edit: SetName) -> Design:
    return _with(design, name=edit.name)


_CHANGES: dict[str, Callable[[Design, Any], Design]] = {
    "add_node": _add_node,
    "remove_nodes": _remove_nodes,
    "connect": _connect,
    "disconnect": _disconnect,
    "move_nodes": _move_nodes,
    "set_params": _set_params,
    "set_args": _set_args,
    "rename_node": _rename_node,
    "insert_on_edge": _insert_on_edge,
    "paste": _paste,
    "set_name": _set_name,
}
