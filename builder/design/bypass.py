"""What passes through a layer that is bypassed? Its first input, unchanged, to all that the layer feeds."""

from builder.design.document import Design, Edge

FIRST = frozenset({"inputs", "data", "x", "sequences", "x1", "query", "xs"})
"""What Keras calls the first tensor argument of a layer or operation (all names in the catalogue)."""

Passed = dict[str, tuple[str, int] | None]


def passing(design: Design) -> Passed:
    """For each bypassed node the `(node id, port)` that stands in for it; None where nothing comes in.

    Chains of bypassed nodes are followed. Inputs cannot be bypassed: there the mark means nothing.
    """
    bypassed = {node.id for node in design.nodes if node.bypass and node.type != "InputLayer"}
    if not bypassed:
        return {}
    feeds: Passed = dict.fromkeys(bypassed)
    wires: dict[str, list[Edge]] = {}
    for edge in design.edges:
        if edge.target in bypassed:
            wires.setdefault(edge.target, []).append(edge)
    for node_id, ends in wires.items():
        first = min(ends, key=_rank)
        feeds[node_id] = first.source, first.source_port
    return {node_id: _followed(node_id, feeds) for node_id in feeds}


def _rank(edge: Edge) -> tuple[bool, int]:
    """The first argument comes first, and in a list its first place; ties keep the order of the wires."""
    port = edge.target_port or ()
    is_later = bool(port) and str(port[0]) not in FIRST
    number = port[-1] if len(port) > 1 else 0
    return is_later, number if isinstance(number, int) else 0


def _followed(node_id: str, feeds: Passed) -> tuple[str, int] | None:
    seen = {node_id}
    end = feeds[node_id]
    while end is not None and end[0] in feeds:
        if end[0] in seen:
            return None
        seen.add(end[0])
        end = feeds[end[0]]
    return end
