"""How do the layers of a block come back into the drawing? The inverse of grouping."""

from dataclasses import dataclass
from typing import Literal

from builder.design.changes.grouping import block_place
from builder.design.changes.kind import EditKind, changed, known
from builder.design.changes.naming import re_referenced, renamed, repathed
from builder.design.changes.region import Port, reference, runs_right, with_outputs
from builder.design.changes.wires import close_gaps
from builder.design.document import Design, Edge, Node
from builder.design.names import fresh_id
from builder.design.order import drawn_outputs, input_keys, port_of
from builder.errors import EditRefused


class Ungroup(EditKind):
    """Take the layers of a `Model` node out into the drawing around it."""

    kind: Literal["ungroup"] = "ungroup"
    id: str


@dataclass(frozen=True, slots=True)
class _Opened:
    """A block on its way out."""

    nodes: tuple[Node, ...]
    """What comes out: everything but the block's inputs, under names that are free outside."""
    edges: tuple[Edge, ...]
    outputs: tuple[Port | None, ...]
    """What stands for each output of the block; None: nothing comes in there."""


def ungroup(design: Design, edit: Ungroup) -> Design:
    """The design with the block's layers in its place; wires, calls, references and outputs follow.

    Raises:
        EditRefused: It is no block, it is called again or bypassed, or it is called with arguments.
    """
    block, graph = _block(design, edit.id)
    opened = _opened(design, block, graph)
    wanted = tuple(
        end
        for _, name, port in drawn_outputs(design)
        if (end := _end((name, port), block.id, opened)) is not None
    )
    around = repathed(design, ungrouped_paths(design, edit))
    nodes = tuple(
        each for node in around.nodes for each in (opened.nodes if node.id == block.id else (node,))
    )
    outer = (_outer(edge, block.id, opened) for edge in design.edges if edge.target != block.id)
    edges = [*(edge for edge in outer if edge is not None), *opened.edges]
    apart = changed(design, nodes=nodes)
    out = changed(apart, edges=close_gaps(apart, edges))
    if isinstance(design.outputs, dict):
        return re_referenced(out, lambda text: _output(text, block.id, opened))
    return with_outputs(out, wanted)


def ungrouped_paths(design: Design, edit: Ungroup) -> dict[str, str]:
    """`{old path: new name}` of what comes out of the block."""
    block, graph = _block(design, edit.id)
    return {f"{block.id}/{old}": new for old, new in _names(design, block, graph).items()}


def _block(design: Design, node_id: str) -> tuple[Node, Design]:
    node = known(design, node_id)
    if node.type != "Model" or node.graph is None:
        raise EditRefused(f"{node_id} is no block:", "there is nothing in it to take out.")
    callers = [other.id for other in design.nodes if other.of == node_id]
    if callers:
        raise EditRefused(
            f"{callers[0]} uses {node_id} again.", "", f"Give {callers[0]} a copy of its own, or delete it."
        )
    if node.bypass or node.args:
        what = "is bypassed" if node.bypass else f"is called with {next(iter(node.args))}"
        raise EditRefused(f"{node_id} {what},", "which its layers would not be.", "Reset that first.")
    return node, node.graph


def _names(design: Design, block: Node, graph: Design) -> dict[str, str]:
    taken = {node.id for node in design.nodes if node.id != block.id}
    inputs = {node_id for _, node_id in input_keys(graph)}
    names: dict[str, str] = {}
    for node in graph.nodes:
        if node.id not in inputs:
            names[node.id] = fresh_id(node.id, taken | set(names.values()))
    return names


def _opened(design: Design, block: Node, graph: Design) -> _Opened:
    feeds = _feeds(design, block, graph)
    names = _names(design, block, graph)
    inner = renamed(graph, {**{node_id: f"/{node_id}" for node_id in feeds}, **names})
    marked = {f"/{node_id}": port for node_id, port in feeds.items()}
    members = tuple(node for node in inner.nodes if node.id not in marked)
    edges = (_fed(edge, marked) for edge in inner.edges if edge.target not in marked)
    ends = sorted(drawn_outputs(inner), key=lambda end: end[0] or "")
    outputs = tuple(marked.get(name, (name, port)) for _, name, port in ends)
    home = block_place(members, runs_right(graph))
    shift = block.position[0] - home[0], block.position[1] - home[1]
    placed = tuple(node.model_copy(update={"position": _shifted(node, shift)}) for node in members)
    return _Opened(placed, tuple(edge for edge in edges if edge is not None), outputs)


def _feeds(design: Design, block: Node, graph: Design) -> dict[str, Port | None]:
    """What feeds each input of the block, by the input's id; None: no wire."""
    inputs = input_keys(graph)
    feeds: dict[str, Port | None] = {node_id: None for _, node_id in inputs}
    places: dict[str | int, str] = {key or number: node_id for number, (key, node_id) in enumerate(inputs)}
    wires = design.into(block.id)
    taken = {_place(edge) for edge in wires}
    free = [place for place in places if place not in taken]
    for edge in wires:
        place = _place(edge)
        node_id = places.get((free.pop(0) if free else "") if place is None else place)
        if node_id is not None:
            feeds[node_id] = (edge.source, edge.source_port)
    return feeds


def _place(edge: Edge) -> str | int | None:
    """Number or key of the input that a wire is meant for; None: the next free one."""
    return edge.target_port[1] if edge.target_port and len(edge.target_port) > 1 else None


def _fed(edge: Edge, marked: dict[str, Port | None]) -> Edge | None:
    if edge.source not in marked:
        return edge
    end = marked[edge.source]
    return edge.model_copy(update={"source": end[0], "source_port": end[1]}) if end else None


def _shifted(node: Node, shift: tuple[float, float]) -> tuple[float, float]:
    return node.position[0] + shift[0], node.position[1] + shift[1]


def _end(port: Port, block: str, opened: _Opened) -> Port | None:
    if port[0] != block:
        return port
    return opened.outputs[port[1]] if port[1] < len(opened.outputs) else None


def _outer(edge: Edge, block: str, opened: _Opened) -> Edge | None:
    end = _end((edge.source, edge.source_port), block, opened)
    return edge.model_copy(update={"source": end[0], "source_port": end[1]}) if end else None


def _output(text: str, block: str, opened: _Opened) -> str | None:
    end = _end(port_of(text), block, opened)
    return reference(end) if end else None
