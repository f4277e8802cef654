"""One number for each channel: the mean or the largest over all places."""

from collections.abc import Iterator

from builder.design.document import Params
from builder.translate.candidates import Candidate, Proposer, insert
from builder.translate.heads import to_rows
from builder.translate.scene import Scene
from builder.translate.wishes import wishes


def _propose(scene: Scene) -> Iterator[Candidate]:
    for came in to_rows(scene):
        axes = len(came.shape or ()) - 1
        if axes in (1, 2, 3):
            # Behind Flatten: it throws places away, which Flatten does not.
            yield insert(scene, came.edge, (f"GlobalAveragePooling{axes}D", {}), why=_MEAN).sized(4)
            yield insert(scene, came.edge, (f"GlobalMaxPooling{axes}D", {}), why=_LARGEST).sized(5)
    for wish in wishes(scene):
        axes = len(wish.had) - 1
        if len(wish.shape) == 1 and axes in (1, 2, 3) and wish.shape[0] is not None:
            units: tuple[tuple[str, Params], ...] = (("Dense", {"units": wish.shape[0]}),)
            behind = () if wish.had[-1] == wish.shape[0] else units
            yield insert(scene, wish.came.edge, (f"GlobalAveragePooling{axes}D", {}), *behind)


_MEAN = "which keeps the mean of each channel"
_LARGEST = "which keeps the largest value of each channel"
GLOBAL_POOLING = Proposer(_propose)
