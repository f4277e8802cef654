"""How are wires drawn, cut and numbered?"""

from collections.abc import Iterable
from typing import Literal

from builder.design.changes.kind import EditKind, changed, known
from builder.design.changes.sharing import held
from builder.design.document import Design, Edge, Node, PortPath
from builder.design.order import downstream
from builder.errors import EditRefused


class Connect(EditKind):
    """Draw a wire; `replace` first takes away what was in the same port of the target."""

    kind: Literal["connect"] = "connect"
    edge: Edge
    replace: bool = False


class Disconnect(EditKind):
    """Take one wire away."""

    kind: Literal["disconnect"] = "disconnect"
    edge: Edge


def connect(design: Design, edit: Connect) -> Design:
    """The design with the wire; refuses doubles, circles and unknown ends."""
    edge = edit.edge
    known(design, edge.source)
    known(design, edge.target)
    kept = tuple(e for e in design.edges if not (edit.replace and _same_port(e, edge)))
    if edge in kept:
        raise EditRefused(f"{edge.source} feeds {edge.target} there already.")
    if edge.source == edge.target or edge.source in downstream(design, edge.target):
        raise EditRefused(f"{edge.source} already depends on {edge.target}: the wires would run in a circle.")
    return changed(design, edges=(*kept, edge))


def _same_port(one: Edge, other: Edge) -> bool:
    return one.target == other.target and one.target_port == other.target_port


def disconnect(design: Design, edit: Disconnect) -> Design:
    """The design without the wire; lists close up."""
    wired(design, edit.edge)
    return changed(design, edges=close_gaps(design, (e for e in design.edges if e != edit.edge)))


def wired(design: Design, edge: Edge) -> None:
    """Refuses when the wire is not drawn."""
    if edge not in design.edges:
        raise EditRefused(f"No such wire leads from {edge.source} to {edge.target}.")


def close_gaps(design: Design, edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Number list ports 0, 1, 2 … again, in the order of their old numbers.

    Not those of a block in `design`: there a number stands for one certain input, which stays open.
    """
    kept = tuple(edges)
    blocks = {node.id for node in design.nodes if _calls_block(design, node)}
    used: dict[tuple[str, PortPath], list[int]] = {}
    for edge in kept:
        if edge.target_port and isinstance(edge.target_port[-1], int) and edge.target not in blocks:
            used.setdefault((edge.target, edge.target_port[:-1]), []).append(edge.target_port[-1])
    ranks = {
        port: {old: new for new, old in enumerate(sorted(set(numbers)))} for port, numbers in used.items()
    }
    return tuple(_renumbered(edge, ranks) for edge in kept)


def _calls_block(design: Design, node: Node) -> bool:
    called = held(design, node.of) if node.type == "Call" and node.of else node
    return called is not None and called.type == "Model"


def _renumbered(edge: Edge, ranks: dict[tuple[str, PortPath], dict[int, int]]) -> Edge:
    ranked = ranks.get((edge.target, edge.target_port[:-1])) if edge.target_port else None
    if not edge.target_port or ranked is None or not isinstance(edge.target_port[-1], int):
        return edge
    number = ranked[edge.target_port[-1]]
    return edge.model_copy(update={"target_port": (*edge.target_port[:-1], number)})
