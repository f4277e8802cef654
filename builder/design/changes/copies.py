"""How are layers copied, with weights of their own? Beside the drawing, or in a chain behind themselves."""

from typing import Literal

from pydantic import Field

from builder.design.changes.kind import EditKind, changed
from builder.design.changes.naming import re_referenced, renamed
from builder.design.changes.region import COLUMN, ROW, Port, Region, reference, region, runs_right
from builder.design.changes.wires import close_gaps
from builder.design.document import Design, Edge, Node
from builder.design.names import fresh_id
from builder.design.order import cycle, downstream, port_of
from builder.errors import EditRefused

MOST_NODES = 5000
"""As many as a file may hold (`read.MAX_NODES`)."""


class Paste(EditKind):
    """Add copies of nodes and the wires among them, under fresh names, moved by `offset`."""

    kind: Literal["paste"] = "paste"
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    offset: tuple[float, float] = (0.0, 0.0)


class Repeat(EditKind):
    """Lay out layers `times` times in a chain, themselves first; each copy has weights of its own."""

    kind: Literal["repeat"] = "repeat"
    ids: tuple[str, ...]
    times: int = Field(ge=2, le=100)


def paste(design: Design, edit: Paste) -> Design:
    """The design with the copies; refuses copies that are themselves broken."""
    taken = {node.id for node in design.nodes}
    names: dict[str, str] = {}
    for node in edit.nodes:
        names[node.id] = fresh_id(node.id, taken | set(names.values()))
    copied = Design(nodes=edit.nodes, edges=_among(edit, set(names)))
    if len(names) < len(edit.nodes):
        raise EditRefused("Two of the copied layers have the same name.")
    if cycle(copied):
        raise EditRefused("The copied wires run in a circle.")
    copies = renamed(copied, names)
    moved = tuple(_moved(node, edit.offset) for node in copies.nodes)
    return changed(design, nodes=(*design.nodes, *moved), edges=(*design.edges, *copies.edges))


def _among(edit: Paste, ids: set[str]) -> tuple[Edge, ...]:
    edges = (edge for edge in dict.fromkeys(edit.edges) if edge.source in ids and edge.target in ids)
    return close_gaps(Design(nodes=edit.nodes), edges)


def _moved(node: Node, by: tuple[float, float]) -> Node:
    return node.model_copy(update={"position": (node.position[0] + by[0], node.position[1] + by[1])})


def repeat(design: Design, edit: Repeat) -> Design:
    """The design with the copies behind one another; what the layers fed is fed by the last copy.

    Raises:
        EditRefused: The layers have not exactly one way in and one way out, or there would be too many.
    """
    link = region(design, edit.ids)
    if len(link.entries) != 1 or len(link.exits) != 1:
        raise _no_chain(link)
    if len(design.nodes) + len(link.ids) * (edit.times - 1) > MOST_NODES:
        raise EditRefused(f"That would be more than {MOST_NODES} layers.", "", "Repeat them fewer times.")
    step = _step(design, link)
    grown, last = _moved_on(design, link, _times(step, edit.times - 1)), link.exits[0]
    for number in range(1, edit.times):
        grown, last = _behind(grown, link, last, _times(step, number))
    return _led_on(design, grown, link, last)


def _no_chain(link: Region) -> EditRefused:
    ways, what = (link.entries, "in") if len(link.entries) != 1 else (link.exits, "out")
    found = (
        f"{len(ways)} ways {what} ({', '.join(reference(way) for way in ways)})" if ways else f"no way {what}"
    )
    return EditRefused(f"The selected layers have {found};", "a chain needs exactly one.")


def _step(design: Design, link: Region) -> tuple[float, float]:
    """From one copy to the next, in the direction of the drawing."""
    right = runs_right(design)
    places = [node.position[0 if right else 1] for node in design.nodes if node.id in link.ids]
    extent = max(places) - min(places)
    return (extent + COLUMN, 0.0) if right else (0.0, extent + ROW)


def _times(step: tuple[float, float], count: int) -> tuple[float, float]:
    return step[0] * count, step[1] * count


def _moved_on(design: Design, link: Region, by: tuple[float, float]) -> Design:
    """Room for the copies: what hangs on the layers moves on."""
    behind = downstream(design, link.exits[0][0]) - set(link.ids)
    return changed(design, nodes=tuple(_moved(n, by) if n.id in behind else n for n in design.nodes))


def _behind(design: Design, link: Region, last: Port, by: tuple[float, float]) -> tuple[Design, Port]:
    """One more copy, fed by `last`; and the port that comes out of it."""
    taken = {node.id for node in design.nodes}
    names: dict[str, str] = {}
    for node_id in link.ids:
        names[node_id] = fresh_id(node_id, taken | set(names.values()))
    edges = tuple(edge for edge in design.edges if edge.target in names)
    members = tuple(_moved(node, by) for node in design.nodes if node.id in names)
    copies = renamed(Design(nodes=members, edges=edges), names)
    fed = (_from(last, edge) if _port(edge) == link.entries[0] else edge for edge in copies.edges)
    grown = changed(design, nodes=(*design.nodes, *copies.nodes), edges=(*design.edges, *fed))
    return grown, (names[link.exits[0][0]], link.exits[0][1])


def _port(edge: Edge) -> Port:
    return edge.source, edge.source_port


def _from(port: Port, edge: Edge) -> Edge:
    return edge.model_copy(update={"source": port[0], "source_port": port[1]})


def _led_on(design: Design, grown: Design, link: Region, last: Port) -> Design:
    """What the layers fed in `design` is fed by the last copy; outputs too."""
    end = link.exits[0]
    led = {edge for edge in design.edges if _port(edge) == end and edge.target not in link.ids}
    edges = tuple(_from(last, edge) if edge in led else edge for edge in grown.edges)
    moved = changed(grown, edges=edges)
    return re_referenced(moved, lambda text: reference(last) if port_of(text) == end else text)
