"""How do selected layers become a block: a `Model` node with a network of its own?"""

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from builder.design.changes.kind import EditKind, changed
from builder.design.changes.naming import re_referenced, repathed, taken
from builder.design.changes.region import (
    COLUMN,
    ROW,
    Port,
    Region,
    reference,
    region,
    runs_right,
    with_outputs,
)
from builder.design.document import Design, Edge, Node, NodeId, Params
from builder.design.names import fresh_id
from builder.design.order import drawn_outputs
from builder.errors import EditRefused

Shape = tuple[Annotated[int, Field(ge=0)] | None, ...]
"""Without the batch dimension; None: any length."""


class Group(EditKind):
    """Put layers into a `Model` node of their own.

    For each port outside that feeds them the block gets an `InputLayer`; its shape and dtype must be told, as they are
    not in the document.
    """

    kind: Literal["group"] = "group"
    ids: tuple[str, ...]
    id: NodeId
    """Name of the block."""
    shapes: dict[str, Shape] = Field(default_factory=dict)
    """By `"id:port"` of what feeds the layers from outside."""
    dtypes: dict[str, str] = Field(default_factory=dict)
    """As `shapes`; left out: float32."""


def group(design: Design, edit: Group) -> Design:
    """The design with the block in place of the layers; calls, references and outputs follow.

    Raises:
        EditRefused: The name is taken, a path leaves the layers and comes back, nothing feeds them, a shape is not
            told, or one of them calls a layer that stays outside.
    """
    around = region(design, edit.ids)
    inside = frozenset(around.ids)
    if edit.id not in inside and design.node(edit.id):
        raise taken(edit.id)
    if not around.entries:
        raise EditRefused("Nothing feeds the selected layers.", "", "Wire an input into them first.")
    _refuse_split_sharing(design, inside)
    block = _block(design, edit, around)
    return _replaced(design, block, around)


def grouped_paths(design: Design, edit: Group) -> dict[str, str]:
    """`{old path: new path}` of what goes into the block."""
    return {node_id: f"{edit.id}/{node_id}" for node_id in region(design, edit.ids).ids}


def _refuse_split_sharing(design: Design, inside: frozenset[str]) -> None:
    for node in design.nodes:
        if node.id in inside and node.of is not None and (of := node.of.partition("/")[0]) not in inside:
            raise EditRefused(
                f"{node.id} calls {of} again, which would stay outside.", "", f"Select {of} too."
            )


def _block(design: Design, edit: Group, around: Region) -> Node:
    members = tuple(node for node in design.nodes if node.id in around.ids)
    right = runs_right(design)
    place = block_place(members, right)
    names = _entry_names(around)
    inputs = tuple(
        Node(
            id=names[port],
            type="InputLayer",
            params=_input(edit, port),
            position=_before(place, number, names, right),
        )
        for number, port in enumerate(around.entries)
    )
    edges = tuple(_inner(edge, names) for edge in design.edges if edge.target in around.ids)
    looks: Params = {"direction": "right"} if right else {}
    drawn = Design(name=edit.id, nodes=(*inputs, *members), edges=edges, ui=looks)
    return Node(id=edit.id, type="Model", graph=with_outputs(drawn, around.exits), position=place)


def block_place(members: tuple[Node, ...], right: bool) -> tuple[float, float]:
    """Where a block stands: level with the first of its layers, in the middle across."""
    if not members:
        return (0.0, 0.0)
    xs, ys = [node.position[0] for node in members], [node.position[1] for node in members]
    return (min(xs), _middle(ys)) if right else (_middle(xs), min(ys))


def _middle(places: list[float]) -> float:
    return (min(places) + max(places)) / 2


def _before(
    place: tuple[float, float], number: int, names: dict[Port, str], right: bool
) -> tuple[float, float]:
    """A row of inputs before the layers."""
    across = number - (len(names) - 1) / 2
    if right:
        return place[0] - COLUMN, place[1] + across * ROW
    return place[0] + across * COLUMN, place[1] - ROW


def _entry_names(around: Region) -> dict[Port, str]:
    """An input is called after what feeds it."""
    names: dict[Port, str] = {}
    for port in around.entries:
        wanted = f"{port[0]}_{port[1]}" if port[1] else port[0]
        names[port] = fresh_id(wanted, {*around.ids, *names.values()})
    return names


def _input(edit: Group, port: Port) -> Params:
    key = f"{port[0]}:{port[1]}"
    if key not in edit.shapes:
        raise EditRefused(
            f"It is not known yet what {port[0]} gives.",
            "",
            "Mend what is wrong before it, then group again.",
        )
    shape: list[JsonValue] = list(edit.shapes[key])
    dtype = edit.dtypes.get(key, "float32")
    return {"shape": shape} if dtype == "float32" else {"shape": shape, "dtype": dtype}


def _inner(edge: Edge, names: dict[Port, str]) -> Edge:
    name = names.get((edge.source, edge.source_port))
    return edge.model_copy(update={"source": name, "source_port": 0}) if name else edge


def _replaced(design: Design, block: Node, around: Region) -> Design:
    """The drawing with the block: at the place of its first layer, fed and feeding as its layers were."""
    outputs = {port: (block.id, number) for number, port in enumerate(around.exits)}
    wanted = tuple(outputs.get((name, port), (name, port)) for _, name, port in drawn_outputs(design))
    nodes = tuple(
        block if node.id == around.ids[0] else node
        for node in design.nodes
        if node.id == around.ids[0] or node.id not in around.ids
    )
    outer = [_outer(edge, outputs) for edge in design.edges if edge.target not in around.ids]
    grouped = changed(design, nodes=nodes, edges=(*outer, *_feeds(block.id, around.entries)))
    moved = repathed(grouped, {node_id: f"{block.id}/{node_id}" for node_id in around.ids})
    if design.outputs is None:
        return with_outputs(moved, wanted)
    return re_referenced(moved, lambda text: _output(text, outputs))


def _outer(edge: Edge, outputs: dict[Port, Port]) -> Edge:
    source, port = outputs.get((edge.source, edge.source_port), (edge.source, edge.source_port))
    return edge.model_copy(update={"source": source, "source_port": port})


def _feeds(block: str, entries: tuple[Port, ...]) -> tuple[Edge, ...]:
    several = len(entries) > 1
    return tuple(
        Edge(source=source, source_port=port, target=block, target_port=("inputs", k) if several else None)
        for k, (source, port) in enumerate(entries)
    )


def _output(text: str, outputs: dict[Port, Port]) -> str:
    node_id, _, port = text.partition(":")
    key = (node_id, int(port) if port.isascii() and port.isdigit() else 0)
    return reference(outputs[key]) if key in outputs else text
