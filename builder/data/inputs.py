"""Which shapes can what goes into an input take? Offered on the canvas when an input of another shape is drawn."""

from builder.data.answers import answers
from builder.data.columns import columns
from builder.data.registry import card
from builder.design.order import input_ids
from builder.errors import NotFound
from builder.project.document import Project

__all__ = ["input_shapes"]


def input_shapes(project: Project) -> dict[str, list[list[int]]]:
    """For each input node the shapes, without batch, that a row of the chosen data fits into.

    Images can also come as one row of numbers, the usual shape of the set first. Empty where nothing is known: no
    data, a set that is not there, an input that no column feeds.
    """
    if project.data is None:
        return {}
    try:
        facts = card(project.data.source)
    except NotFound:
        return {}
    names = [answer.name for answer in answers(project.design)]
    shared = columns(facts, project.data, input_ids(project.design), names)
    return {node: _shapes(len(taken), facts.image_shape) for node, taken in shared.inputs.items() if taken}


def _shapes(numbers: int, image: tuple[int, int] | None) -> list[list[int]]:
    if image is not None and image[0] * image[1] == numbers:
        return [[*image, 1], [numbers]]
    return [[numbers]]
