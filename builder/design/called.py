"""What is left of a drawing once its bypassed layers are taken out? The network as it is called."""

from builder.design.bypass import passing
from builder.design.document import Design, Edge
from builder.design.order import output_references


def as_called(design: Design) -> Design:
    """The design without its bypassed layers; what they fed is fed by what fed them first.

    A wire from a later output of a bypassed layer stays as drawn: nothing passes through there.
    """
    passed = passing(design)
    if not passed:
        return design
    nodes = tuple(node for node in design.nodes if node.id not in passed)
    edges = [edge for edge in design.edges if edge.target not in passed]
    through = tuple(wire for edge in edges if (wire := _through(edge, passed.get(edge.source, _AS_DRAWN))))
    references = {str(key): f"{node_id}:{port}" for key, node_id, port in output_references(design)}
    outputs = (
        references
        if isinstance(design.outputs, dict)
        else tuple(f"{node_id}:{port}" for _, node_id, port in output_references(design))
    )
    return design.model_copy(update={"nodes": nodes, "edges": through, "outputs": outputs})


_AS_DRAWN = ("", -1)


def _through(edge: Edge, end: tuple[str, int] | None) -> Edge | None:
    """The wire from where its signal comes; None where a bypassed layer has nothing to pass on."""
    if end == _AS_DRAWN or edge.source_port:
        return edge
    return edge.model_copy(update={"source": end[0], "source_port": end[1]}) if end else None
