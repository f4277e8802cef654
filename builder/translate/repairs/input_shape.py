"""Draw the input in another shape: one that the data or the layer behind need, or fixed where a length is not known."""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.data import registry
from builder.data.shapes import row_shape
from builder.design.document import Node
from builder.errors import NotFound
from builder.translate.candidates import Candidate, Proposer, insert, set_values, together
from builder.translate.report import Shape
from builder.translate.scene import Scene
from builder.translate.specs import shape_words
from builder.translate.wishes import wanted_axes

LENGTH = 32
"""Given to a length that was not known."""
USUAL = {1: (64,), 2: (20, 8), 3: (28, 28, 1), 4: (8, 16, 16, 1)}
"""By number of axes: a row, a sequence, an image, a volume."""


def _propose(scene: Scene) -> Iterator[Candidate]:
    if scene.issue.code == "shape_mismatch":
        yield from _fixed(scene)
        yield from _other_rank(scene)
        yield from _single(scene)


def _fixed(scene: Scene) -> Iterator[Candidate]:
    """Where weights depend on a length that is not known before data comes."""
    for came in scene.incoming:
        if came.shape is None or None not in came.shape:
            continue
        axes = len(came.shape) - 1
        if axes in (1, 2, 3) and came.shape[-1] is not None:
            yield insert(scene, came.edge, (f"GlobalAveragePooling{axes}D", {}))
        for node in scene.upwards(came.edge.source):
            shape = node.params.get("shape")
            if node.type == "InputLayer" and isinstance(shape, list) and None in shape:
                sizes = tuple(size if isinstance(size, int) else LENGTH for size in shape)
                yield _reshaped(scene, node, sizes, f"Fix {node.id} to {shape_words(sizes)}")


def _other_rank(scene: Scene) -> Iterator[Candidate]:
    """Where the layer takes another kind: of the data's own shape, else of a usual one."""
    axes = wanted_axes(scene)
    if axes is None:
        return
    for node in list(scene.upwards(scene.incoming[0].edge.source)):
        if node.type == "InputLayer":
            known = _from_data(scene, axes)
            shape = known or USUAL.get(axes)
            if shape is not None:
                title = f"Let {node.id} be {shape_words(shape)}"
                yield _reshaped(scene, node, shape, title).sized(3 if known else 7)


def _single(scene: Scene) -> Iterator[Candidate]:
    """One value a row, for layers that read a single text or cross single values."""
    if scene.type not in ("TextVectorization", "HashedCrossing"):
        return
    each = [
        _reshaped(scene, node, (1,), f"Let {node.id} be one value a row")
        for came in scene.incoming
        for node in scene.upwards(came.edge.source)
        if node.type == "InputLayer"
    ]
    if each:
        yield together(each)


def _from_data(scene: Scene, axes: int) -> Shape | None:
    if scene.project is None or scene.project.data is None:
        return None
    try:
        card = registry.card(scene.project.data.source)
    except NotFound:
        return None
    shape = tuple(row_shape(card.feature_count, card.image_shape, (None,) * axes))
    return shape if len(shape) == axes else None


def _reshaped(scene: Scene, node: Node, shape: Shape, title: str) -> Candidate:
    return set_values(scene, node, {"shape": cast(JsonValue, list(shape))}, title)


INPUT_SHAPE = Proposer(_propose)
