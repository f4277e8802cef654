"""Bring a tensor to another number of channels: a 1×1 convolution or a Dense layer on its wire."""

from collections.abc import Iterator
from math import ceil

from builder.design.document import Params
from builder.translate.candidates import Candidate, Proposer, insert
from builder.translate.report import Shape
from builder.translate.scene import Scene
from builder.translate.wishes import Wish, wishes


def _propose(scene: Scene) -> Iterator[Candidate]:
    for wish in wishes(scene):
        if len(wish.had) == len(wish.shape) and wish.shape and wish.shape[-1] is not None:
            layer = projected(wish.had, wish.shape)
            if layer is not None:
                size = 2 if wish.is_shortcut else 4
                yield insert(scene, wish.came.edge, layer, title=title(wish)).sized(size)


def projected(had: Shape, wanted: Shape) -> tuple[str, Params] | None:
    """The layer that brings one shape to another of as many axes by weights on the channels; None: none does."""
    strides = [striding(here, there) for here, there in zip(had[:-1], wanted[:-1], strict=True)]
    if any(stride is None for stride in strides) or len(strides) > 3:
        return None
    steps = [stride for stride in strides if stride is not None]
    if all(stride == 1 for stride in steps) and len(had) in (1, 2):
        return ("Dense", {"units": wanted[-1]}) if had[-1] != wanted[-1] else None
    params: Params = {"filters": wanted[-1], "kernel_size": 1}
    if any(stride > 1 for stride in steps):
        params["strides"] = steps[0] if len(set(steps)) == 1 else list(steps)
    return f"Conv{len(strides)}D", params


def striding(here: int | None, there: int | None) -> int | None:
    """The stride that brings one length to another; None: none does."""
    if here == there:
        return 1
    if here is None or there is None or there < 1 or there > here:
        return None
    return next((s for s in (here // there, ceil(here / there)) if s > 1 and ceil(here / s) == there), None)


def title(wish: Wish) -> str:
    """What happens to the tensor, as a button says it."""
    before, after = wish.had[-1] or 0, wish.shape[-1] or 0
    what = "the shortcut" if wish.is_shortcut else wish.came.edge.source
    verb = "Match" if before == after else "Widen" if before < after else "Narrow"
    return f"{verb} {what}"


PROJECTION = Proposer(_propose)
