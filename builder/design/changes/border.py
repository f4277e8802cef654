"""What becomes of the wires around a block when it gets more or fewer inputs and outputs inside?"""

from builder.design.changes.kind import changed, with_node
from builder.design.changes.naming import re_referenced
from builder.design.changes.region import Port, reference, with_outputs
from builder.design.changes.sharing import held
from builder.design.changes.wires import close_gaps
from builder.design.document import Design, Edge, Node
from builder.design.order import drawn_outputs, input_keys, port_of


def realigned(before: Design, after: Design) -> Design:
    """`after` with the wires of its blocks leading to the inputs and outputs that they led to before.

    An output that is used outside stays one while its layer is there, if need be by writing the outputs down. Wires of
    an input or output that is gone go too. As long as a block has as many as before, its places stay: the layer at a
    place may then be another one.
    """
    after = _pinned(before, after)
    for node in after.nodes:
        old, new = _called(before, before.node(node.id)), _called(after, node)
        if old is not None and new is not None and old is not new:
            after = _outputs_kept(_inputs_kept(after, node.id, old, new), node.id, old, new)
    return after


def _pinned(before: Design, after: Design) -> Design:
    """A wire taken off inside, to be drawn anew, must not cost the wires outside."""
    for node in after.nodes:
        old = before.node(node.id)
        if old is None or old.graph is None or node.graph is None or old.graph is node.graph:
            continue
        if not isinstance(node.graph.outputs, dict):
            wanted = _wanted(_ends(old.graph), node.graph, _used(after, node.id))
            after = with_node(after, node.id, graph=with_outputs(node.graph, wanted))
    return after


def _used(design: Design, block: str) -> set[int]:
    """The outputs of a block that feed something or are named, of its calls too."""
    callers = {block} | {node.id for node in design.nodes if node.of == block}
    ports = [(edge.source, edge.source_port) for edge in design.edges]
    ports += [(name, port) for _, name, port in drawn_outputs(design)]
    return {port for name, port in ports if name in callers}


def _wanted(was: list[Port], graph: Design, used: set[int]) -> tuple[Port, ...]:
    now, there = _ends(graph), {node.id for node in graph.nodes}
    lost = [end for n, end in enumerate(was) if n in used and end not in now and end[0] in there]
    if len(was) == len(now) or not lost:
        return tuple(now)
    stay = [end for end in was if end in now or end in lost]
    return (*stay, *(end for end in now if end not in stay))


def _called(design: Design, node: Node | None) -> Design | None:
    holder = held(design, node.of) if node and node.type == "Call" and node.of else node
    return holder.graph if holder else None


def _inputs_kept(design: Design, block: str, old: Design, new: Design) -> Design:
    was, now = input_keys(old), input_keys(new)
    if len(was) == len(now) or any(key is not None for key, _ in (*was, *now)):
        return design
    ids = [node_id for _, node_id in now]
    numbers = {number: ids.index(node_id) for number, (_, node_id) in enumerate(was) if node_id in ids}
    edges = (
        _aimed(edge, numbers, len(was), len(now)) if edge.target == block else edge for edge in design.edges
    )
    return changed(design, edges=tuple(edge for edge in edges if edge is not None))


def _aimed(edge: Edge, numbers: dict[int, int], was: int, now: int) -> Edge | None:
    """The wire at the new number of its input; None: that input is gone."""
    place = edge.target_port[1] if edge.target_port and len(edge.target_port) > 1 else None
    if place is None and was > 1:
        return edge
    number = numbers.get(0 if place is None else int(place))
    if number is None:
        return None
    return edge.model_copy(update={"target_port": ("inputs", number) if now > 1 else None})


def _outputs_kept(design: Design, block: str, old: Design, new: Design) -> Design:
    was, now = _ends(old), _ends(new)
    if len(was) == len(now):
        return design
    places = {(block, n): (block, now.index(end)) for n, end in enumerate(was) if end in now}
    gone = {(block, n) for n in range(len(was))} - set(places)
    edges = (_led(edge, places) for edge in design.edges if (edge.source, edge.source_port) not in gone)
    kept = changed(design, edges=close_gaps(design, edges))

    def follow(text: str) -> str | None:
        port = port_of(text)
        return None if port in gone else reference(places[port]) if port in places else text

    return re_referenced(kept, follow)


def _ends(graph: Design) -> list[Port]:
    """The outputs in Keras' flatten order: keys sorted."""
    return [(name, port) for _, name, port in sorted(drawn_outputs(graph), key=lambda end: end[0] or "")]


def _led(edge: Edge, places: dict[Port, Port]) -> Edge:
    source, port = places.get((edge.source, edge.source_port), (edge.source, edge.source_port))
    return edge.model_copy(update={"source": source, "source_port": port})
