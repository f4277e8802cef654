"""A window that is larger than what is left: make it smaller, fill up the edge, or shrink less before."""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.catalog import lookup
from builder.translate.candidates import Candidate, Proposer, set_values
from builder.translate.scene import Scene
from builder.translate.specs import shape_words

ARGUMENTS = ("kernel_size", "pool_size")


def _propose(scene: Scene) -> Iterator[Candidate]:
    argument, node = scene.issue.argument, scene.holder
    if (
        argument not in ARGUMENTS
        or node is None
        or scene.issue.code != "shape_mismatch"
        or not scene.incoming
    ):
        return
    names = {param.name for param in scene.spec.params} if scene.spec else set()
    if "padding" in names:
        yield set_values(
            scene, node, {"padding": "same"}, "Fill up the edge", "the window then fits everywhere"
        )
    for size in _smaller(scene, argument):
        words = shape_words(size)
        value = cast(JsonValue, size[0] if len(set(size)) == 1 else list(size))
        yield set_values(scene, node, {argument: value}, f"Use a window of {words}")
    if node.params.get("dilation_rate", 1) not in (1, [1, 1]):
        yield set_values(scene, node, {}, "Leave no gaps in the window", reset=("dilation_rate",))
    yield from _shrink_less(scene)


def _smaller(scene: Scene, argument: str) -> Iterator[list[int]]:
    came = scene.incoming[0].shape or ()
    last = scene.holder is not None and scene.holder.params.get("data_format") == "channels_first"
    left = [length or 3 for length in (came[1:] if last else came[:-1])]
    whole = [min(length, 3) for length in left]
    odd = [length - (length % 2 == 0) if argument == "kernel_size" else min(length, 2) for length in whole]
    seen: list[list[int]] = []
    for size in (odd, [min(odd)] * len(odd)):
        if size and size not in seen and min(size) > 0:
            seen.append(size)
            yield size


def _shrink_less(scene: Scene) -> Iterator[Candidate]:
    """A pooling or striding layer before it that leaves more."""
    for node in list(scene.upwards(scene.incoming[0].edge.source))[:6]:
        spec = lookup.layer(node.type)
        names = {param.name for param in spec.params} if spec else set()
        if "padding" in names and node.params.get("padding", "valid") == "valid" and _is_window(names):
            why = f"more is left for {scene.node.id if scene.node else ''} then"
            yield set_values(scene, node, {"padding": "same"}, f"Keep the size in {node.id}", why).sized(5)


def _is_window(names: set[str]) -> bool:
    return "kernel_size" in names or "pool_size" in names


WINDOW = Proposer(_propose)
