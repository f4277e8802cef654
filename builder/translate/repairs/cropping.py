"""Cut off less, where nothing would be left."""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.translate.candidates import Candidate, Proposer, set_values
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    node = scene.holder
    if node is None or not scene.type.startswith("Cropping") or not scene.incoming:
        return
    shape = scene.incoming[0].shape or ()
    most = min((length for length in shape[:-1] if length is not None), default=3)
    for margin in dict.fromkeys(((most - 1) // 2, (most - 1) // 4, 0)):
        axes = int(scene.type[-2])
        pairs = [[margin, margin] for _ in range(axes)]
        value = cast(JsonValue, pairs[0] if axes == 1 else pairs)
        title = f"Cut off {margin} on each side" if margin else "Cut nothing off"
        yield set_values(scene, node, {"cropping": value}, title)


CROPPING = Proposer(_propose)
