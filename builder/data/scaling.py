"""Do the first layers get numbers that a network learns well from? Around 1, not thousands."""

from collections.abc import Iterator

from builder.data.dataset import Card
from builder.data.words import figure
from builder.design.called import as_called
from builder.design.document import Design, Node
from builder.design.order import input_ids

LARGE = 20.0
"""Above this the first steps are wild; digits (0 to 16) still learn as they are."""
SMALL = 0.25
"""Below this the first layers hardly see a difference."""


def scaling_hints(design: Design, card: Card) -> tuple[str, ...]:
    """In words, for each input whose numbers reach the first layers far too large or too small."""
    return tuple(_hints(design, card))


def _hints(design: Design, card: Card) -> Iterator[str]:
    reach = max(abs(value) for value in card.value_range)
    design = as_called(design)
    for input_id in input_ids(design):
        for edge in design.out_of(input_id):
            first = design.node(edge.target)
            if first is None or first.type in ("Normalization", "BatchNormalization", "Embedding"):
                continue
            scale = _scale(first)
            if scale is None and reach > LARGE:
                yield f"{input_id} brings numbers up to {figure(reach)}. Insert Normalization after it."
            elif scale is not None and not SMALL <= reach * scale <= LARGE:
                left = f"{first.id} leaves numbers up to {figure(reach * scale)}"
                yield f"{left}, as {card.name} reaches {figure(reach)}. Replace it with Normalization."


def _scale(node: Node) -> float | None:
    scale = node.params.get("scale") if node.type == "Rescaling" else None
    return abs(scale) if isinstance(scale, int | float) and not isinstance(scale, bool) else None
