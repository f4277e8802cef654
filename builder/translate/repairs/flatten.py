"""Lay everything out in one row: before a layer that needs rows, or where an output must be one."""

from collections.abc import Iterator

from builder.translate.candidates import Candidate, Proposer, insert
from builder.translate.heads import to_rows
from builder.translate.scene import Scene
from builder.translate.wishes import wishes


def _propose(scene: Scene) -> Iterator[Candidate]:
    for came in to_rows(scene):
        if came.shape is None or len(came.shape) != 1:
            yield insert(scene, came.edge, ("Flatten", {}), why="which lays all numbers out in one row")
    for wish in wishes(scene):
        if len(wish.shape) != 1 or len(wish.had) == 1:
            continue
        if wish.came.count == wish.shape[0]:
            yield insert(scene, wish.came.edge, ("Flatten", {}))
        elif wish.shape[0] is not None:
            yield insert(scene, wish.came.edge, ("Flatten", {}), ("Dense", {"units": wish.shape[0]}))


FLATTEN = Proposer(_propose)
