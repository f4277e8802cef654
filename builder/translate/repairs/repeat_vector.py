"""Make a sequence of a row by repeating it: before a layer that reads sequences."""

from collections.abc import Iterator

from builder.translate.candidates import Candidate, Proposer, insert
from builder.translate.scene import Scene
from builder.translate.wishes import wanted_axes, wishes

STEPS = 4


def _propose(scene: Scene) -> Iterator[Candidate]:
    if wanted_axes(scene) == 2 and len(scene.incoming[0].shape or ()) == 1:
        steps = _steps_before(scene) or STEPS
        why = f"which hands the row out {steps} times"
        yield insert(scene, scene.incoming[0].edge, ("RepeatVector", {"n": steps}), why=why).sized(4)
    for wish in wishes(scene):
        if len(wish.had) != 1 or len(wish.shape) != 2 or None in wish.shape:
            continue
        repeat = ("RepeatVector", {"n": wish.shape[0]})
        if wish.had[0] == wish.shape[1]:
            yield insert(scene, wish.came.edge, repeat)
        else:
            yield insert(scene, wish.came.edge, ("Dense", {"units": wish.shape[1]}), repeat)


def _steps_before(scene: Scene) -> int | None:
    """How many steps the sequence had from which the row was made."""
    for node in scene.upwards(scene.incoming[0].edge.source):
        shape = scene.shape(node.id)
        if shape is not None and len(shape) == 2:
            return shape[0]
    return None


REPEAT_VECTOR = Proposer(_propose)
