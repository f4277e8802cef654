"""Where would a row of numbers have to come in? Before a layer that takes rows only, or before the last Dense."""

from collections.abc import Iterator

from builder.translate.scene import Arriving, Scene
from builder.translate.wishes import wanted_axes


def to_rows(scene: Scene) -> Iterator[Arriving]:
    """The tensors of which one, laid out as a row, would go through."""
    if wanted_axes(scene) == 1:
        yield scene.incoming[0]
    elif scene.issue.code == "data_mismatch" and scene.issue.argument is None and scene.node is not None:
        yield from _before_the_answer(scene)


def _before_the_answer(scene: Scene) -> Iterator[Arriving]:
    """The wire into the last layer with units, else into the output itself, where more than a row goes through."""
    shape = scene.shape(scene.node.id) if scene.node else None
    if scene.node is None or shape is None or len(shape) == 1:
        return
    found = scene.sets_width(scene.node.id)
    head = found[0] if found else scene.node
    yield from scene.into(head.id)[:1]
