"""How does a network look at the size of a stamp? Boxes from left to right, as tall as wide.

Only numbers and colours of our own reach the SVG; names that a person typed are escaped.
"""

import math
from dataclasses import dataclass

from builder.catalog import lookup
from builder.design.document import Design, Edge, Node
from builder.design.order import in_order
from builder.figures.theme import Appearance, family_colour, family_tint, tokens

WIDTH, HEIGHT = 232, 104
SHOWN_HEIGHT = 78
"""On a card of the start page."""
MARGIN = 22
BOX_W = 20.0
SMALLEST, TALLEST = 18.0, 66.0


@dataclass(frozen=True, slots=True)
class Box:
    """One node in the sketch: its middle, its size in pixels, its layer family."""

    x: float
    y: float
    width: float
    height: float
    family: str


def boxes(design: Design) -> dict[str, Box]:
    """Where each node goes: depth from left to right, its place on the canvas from top to bottom."""
    depth = depths(design)
    columns = max(depth.values(), default=0)
    step = (WIDTH - 2 * MARGIN) / max(columns, 1)
    width = min(BOX_W, step * 0.62)
    return {
        node.id: Box(
            x=MARGIN + depth[node.id] * step if columns else WIDTH / 2,
            y=_row(node, design, depth),
            width=width,
            height=_height(node, width),
            family=_family(node),
        )
        for node in design.nodes
        if node.id in depth
    }


def depths(design: Design) -> dict[str, int]:
    """Longest way from an input to each node, counted in wires."""
    depth: dict[str, int] = {}
    for node in in_order(design):
        depth[node.id] = max(
            (depth[edge.source] + 1 for edge in design.into(node.id) if edge.source in depth), default=0
        )
    return depth


def _row(node: Node, design: Design, depth: dict[str, int]) -> float:
    """Nodes of one depth share the height among them, in the order of their places on the canvas."""
    peers = sorted(
        (other.position[0], other.id) for other in design.nodes if depth.get(other.id) == depth[node.id]
    )
    rank = peers.index((node.position[0], node.id))
    spread = min(44.0, (HEIGHT - 30) / len(peers))
    return HEIGHT / 2 + (rank - (len(peers) - 1) / 2) * spread


def _height(node: Node, width: float) -> float:
    size = node.params.get("units")
    shape = node.params.get("shape")
    if isinstance(shape, list) and len(shape) == 1:
        size = shape[0]
    if not isinstance(size, int) or size < 4:
        return min(SMALLEST, width)
    return min(TALLEST, max(width, SMALLEST + 8.0 * math.log2(size / 4)))


def _family(node: Node) -> str:
    spec = lookup.layer(node.type)
    return spec.family if spec else "core"


def sketch(design: Design, appearance: Appearance) -> str:
    """The network as an SVG of 232 × 104."""
    placed, stroke = boxes(design), tokens(appearance)["edge"]
    wires = "".join(
        _wire(edge, placed) for edge in design.edges if edge.source in placed and edge.target in placed
    )
    drawn = "".join(_box(box, appearance) for box in placed.values())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" aria-hidden="true">'
        f'<g fill="none" stroke="{stroke}" stroke-width="1.4">{wires}</g>{drawn}</svg>'
    )


def _wire(edge: Edge, placed: dict[str, Box]) -> str:
    start, end = placed[edge.source], placed[edge.target]
    x1, x2 = start.x + start.width / 2, end.x - end.width / 2
    if _passes_others(start, end, placed):
        top = min(start.y, end.y) - 34
        return _curve((start.x, start.y), (start.x, top), (end.x, top), (end.x, end.y))
    middle = (x1 + x2) / 2
    return _curve((x1, start.y), (middle, start.y), (middle, end.y), (x2, end.y))


def _curve(*points: tuple[float, float]) -> str:
    """A cubic from the first point to the last, pulled by those between."""
    first, *others = (f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="M{first}C{" ".join(others)}"/>'


def _passes_others(start: Box, end: Box, placed: dict[str, Box]) -> bool:
    between = (box for box in placed.values() if start.x < box.x - 1 and box.x + 1 < end.x)
    return any(abs(box.y - (start.y + end.y) / 2) < 12 for box in between)


def _box(box: Box, appearance: Appearance) -> str:
    return (
        f'<rect x="{box.x - box.width / 2:.1f}" y="{box.y - box.height / 2:.1f}" width="{box.width:.1f}" '
        f'height="{box.height:.1f}" rx="4" fill="{family_tint(box.family, appearance)}" '
        f'stroke="{family_colour(box.family, appearance)}" stroke-width="1.5"/>'
    )
