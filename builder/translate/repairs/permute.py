"""Put the axes in another order: where both tensors have the same lengths, but turned."""

from collections.abc import Iterator
from itertools import permutations

from builder.translate.candidates import Candidate, Proposer, insert
from builder.translate.scene import Scene
from builder.translate.wishes import wishes

MOST_AXES = 5


def _propose(scene: Scene) -> Iterator[Candidate]:
    for wish in wishes(scene):
        if len(wish.had) != len(wish.shape) or not 1 < len(wish.had) <= MOST_AXES:
            continue
        for dims in permutations(range(1, len(wish.had) + 1)):
            if tuple(wish.had[axis - 1] for axis in dims) == wish.shape and wish.had != wish.shape:
                title = f"Turn the axes of {wish.came.edge.source}"
                yield insert(scene, wish.came.edge, ("Permute", {"dims": list(dims)}), title=title)
                break


PERMUTE = Proposer(_propose)
