"""Where does a new node go on the canvas? Between the ends of its wire, with room made where there is none."""

from collections.abc import Iterable

from builder.design.document import Design, Edge, Node
from builder.design.edits import Edit, MoveNodes

Place = tuple[float, float]

ROW = 92.0
"""From one node to the next below it, in pixels: 52 of the node, 40 for its wire and its fault line."""
COLUMN = 300.0
"""From one node to the next beside it: 264 to 276 of the node, and a gap."""
HIGH, WIDE = 64.0, 280.0
"""Room that a node needs."""


def on_wire(design: Design, edge: Edge, count: int) -> tuple[list[Place], list[Edit]]:
    """Places for `count` new nodes on a wire, first the nearest to its source, and the edits that make room.

    Directly below its source a row is opened: what lies lower moves down. A wire that passes other nodes gets the
    new ones beside them, where nothing has to move.
    """
    source, target = design.node(edge.source), design.node(edge.target)
    if source is None or target is None:
        return [(0.0, ROW * number) for number in range(count)], []
    if _sideways(design):
        return _sideways_places(design, source, target, count)
    beside = abs(source.position[0] - target.position[0]) > WIDE / 2
    passed = _between(design, source, target)
    if beside or passed:
        return _in_lane(design, source, target, count, passed), []
    return _opened(design, source, target, count)


def _sideways(design: Design) -> bool:
    return design.ui.get("direction") == "right"


def _opened(design: Design, source: Node, target: Node, count: int) -> tuple[list[Place], list[Edit]]:
    """One row each, below the source; all from the target on down moves as far as is needed."""
    x, y = target.position
    missing = (count + 1) * ROW - (y - source.position[1])
    places = [(x, source.position[1] + ROW * (number + 1)) for number in range(count)]
    if missing <= 0:
        step = (y - source.position[1]) / (count + 1)
        return [(x, round(source.position[1] + step * (number + 1))) for number in range(count)], []
    lower = {
        node.id: (node.position[0], node.position[1] + missing)
        for node in design.nodes
        if node.position[1] >= y and node.id != source.id
    }
    return places, [MoveNodes(positions=lower)] if lower else []


def _between(design: Design, source: Node, target: Node) -> list[Node]:
    """Nodes in the column of the target that stand between both ends."""
    low, high = sorted((source.position[1], target.position[1]))
    return [
        node
        for node in design.nodes
        if low < node.position[1] < high and abs(node.position[0] - target.position[0]) < WIDE / 2
    ]


def _in_lane(design: Design, source: Node, target: Node, count: int, passed: Iterable[Node]) -> list[Place]:
    """Free places beside what the wire passes, half way; left first, as the wire runs there."""
    column = target.position[0] if list(passed) else source.position[0]
    middle = (source.position[1] + target.position[1]) / 2
    first = round(middle - ROW * (count - 1) / 2)
    for offset in (0.0, -COLUMN, COLUMN, -2 * COLUMN, 2 * COLUMN, -3 * COLUMN, 3 * COLUMN):
        places = [(column + offset, first + ROW * number) for number in range(count)]
        if all(_is_free(design, place) for place in places):
            return places
    return [(column - 4 * COLUMN, first + ROW * number) for number in range(count)]


def _is_free(design: Design, place: Place) -> bool:
    return all(
        abs(node.position[0] - place[0]) >= WIDE or abs(node.position[1] - place[1]) >= HIGH
        for node in design.nodes
    )


def _sideways_places(
    design: Design, source: Node, target: Node, count: int
) -> tuple[list[Place], list[Edit]]:
    """The same from left to right: a column is opened."""
    missing = (count + 1) * COLUMN - (target.position[0] - source.position[0])
    y = target.position[1]
    places = [(source.position[0] + COLUMN * (number + 1), y) for number in range(count)]
    farther = {
        node.id: (node.position[0] + missing, node.position[1])
        for node in design.nodes
        if node.position[0] >= target.position[0] and node.id != source.id
    }
    return places, [MoveNodes(positions=farther)] if missing > 0 and farther else []


def above(design: Design, node: Node) -> Place:
    """A free place one row above a node, for what will feed it."""
    x, y = node.position
    if _sideways(design):
        return x - COLUMN, y
    for offset in (0.0, -COLUMN, COLUMN, -2 * COLUMN, 2 * COLUMN):
        if _is_free(design, (x + offset, y - ROW)):
            return x + offset, y - ROW
    return x, y - ROW
