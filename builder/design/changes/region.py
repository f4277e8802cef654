"""What goes into and comes out of some selected layers? What they share with the rest of the drawing."""

from collections.abc import Iterable
from dataclasses import dataclass

from builder.design.changes.kind import known
from builder.design.document import Design
from builder.design.order import downstream_of, drawn_outputs
from builder.errors import EditRefused

ROW = 96.0
"""Pixels from one row of nodes to the next."""
COLUMN = 336.0
"""Pixels from one column to the next, where the drawing runs to the right."""

Port = tuple[str, int]
"""Node id and output."""


@dataclass(frozen=True, slots=True)
class Region:
    """Selected layers, inputs left out, and the ports at their border."""

    ids: tuple[str, ...]
    """In the order of the document; at least one."""
    entries: tuple[Port, ...]
    """Ports outside that feed into the region, each once, in the order of the wires."""
    exits: tuple[Port, ...]
    """Ports inside that are used outside or are outputs of the network, in the order of the nodes."""


def region(design: Design, ids: Iterable[str]) -> Region:
    """The region of these nodes.

    Raises:
        EditRefused: Unknown names, no layer among them, or a path that leaves them and comes back.
    """
    wanted = {known(design, node_id).id for node_id in ids}
    inside = [node.id for node in design.nodes if node.id in wanted and node.type != "InputLayer"]
    if not inside:
        raise EditRefused("Only inputs are selected, and they stay outside.", "", "Select a layer too.")
    chosen = frozenset(inside)
    _refuse_return(design, chosen)
    into = [edge for edge in design.edges if edge.target in chosen and edge.source not in chosen]
    entries = tuple(dict.fromkeys((edge.source, edge.source_port) for edge in into))
    return Region(tuple(inside), entries, _exits(design, inside))


def _refuse_return(design: Design, chosen: frozenset[str]) -> None:
    """A block is called at once: what needs its output cannot also feed it."""
    outside = {edge.target for edge in design.edges if edge.source in chosen} - chosen
    behind = outside | downstream_of(design, outside)
    for edge in design.edges:
        if edge.target in chosen and edge.source in behind and edge.source not in chosen:
            raise EditRefused(
                f"{edge.source} lies between the selected layers: they feed it, and it feeds {edge.target}.",
                "",
                f"Select {edge.source} too.",
            )


def _exits(design: Design, inside: list[str]) -> tuple[Port, ...]:
    ports: dict[str, set[int]] = {node_id: set() for node_id in inside}
    for edge in design.edges:
        if edge.source in ports and edge.target not in ports:
            ports[edge.source].add(edge.source_port)
    for _, node_id, port in drawn_outputs(design):
        if node_id in ports:
            ports[node_id].add(port)
    if not any(ports.values()):
        feeding = {edge.source for edge in design.edges}
        ports |= {node_id: {0} for node_id in inside if node_id not in feeding}
    return tuple((node_id, port) for node_id in inside for port in sorted(ports[node_id]))


def reference(port: Port) -> str:
    """The port as inputs and outputs name it: `id`, or `id:1`."""
    return f"{port[0]}:{port[1]}" if port[1] else port[0]


def with_outputs(design: Design, wanted: tuple[Port, ...]) -> Design:
    """The design with these outputs: written down only where the drawing alone would say something else."""
    undecided = design.model_copy(update={"outputs": None})
    implied = tuple((node_id, port) for _, node_id, port in drawn_outputs(undecided))
    if implied == wanted or not wanted:
        return undecided
    return design.model_copy(update={"outputs": tuple(reference(port) for port in wanted)})


def runs_right(design: Design) -> bool:
    """Whether the data runs to the right on the canvas; else downwards."""
    return design.ui.get("direction") == "right"
