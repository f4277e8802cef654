"""Bring a tensor to another size: pool, enlarge, pad, crop or resize it; then to other channels."""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.design.document import Params
from builder.translate.candidates import Candidate, Proposer, insert
from builder.translate.repairs.projection import projected, striding
from builder.translate.report import Shape
from builder.translate.scene import Scene
from builder.translate.wishes import wishes

Layer = tuple[str, Params]


def _propose(scene: Scene) -> Iterator[Candidate]:
    for wish in wishes(scene):
        had, wanted = wish.had, wish.shape
        axes = len(had) - 1
        if len(had) != len(wanted) or axes not in (1, 2, 3) or had[:-1] == wanted[:-1]:
            continue
        if None in had[:-1] or None in wanted[:-1]:
            continue
        last = projected((*wanted[:-1], had[-1]), wanted) if had[-1] != wanted[-1] else None
        behind = () if last is None else (last,)
        sides = [(here or 0, there or 0) for here, there in zip(had[:-1], wanted[:-1], strict=True)]
        for number, (layer, verb) in enumerate(_ways(sides, had)):
            size = number + (3 if wish.is_shortcut else 4)
            yield insert(
                scene, wish.came.edge, layer, *behind, title=f"{verb} {wish.came.edge.source}"
            ).sized(size)


def _ways(sides: list[tuple[int, int]], had: Shape) -> Iterator[tuple[Layer, str]]:
    """Layers that bring each first length to the second, the gentlest first."""
    axes = len(sides)
    strides = [striding(here, there) for here, there in sides]
    if all(strides):
        yield (f"MaxPooling{axes}D", {"pool_size": _one(strides), "padding": "same"}), "Pool"
    if all(there % here == 0 for here, there in sides):
        yield (f"UpSampling{axes}D", {"size": _one([there // here for here, there in sides])}), "Enlarge"
    if all(there >= here for here, there in sides):
        yield (f"ZeroPadding{axes}D", {"padding": _margins(sides)}), "Pad"
    if all(there <= here for here, there in sides):
        yield (f"Cropping{axes}D", {"cropping": _margins(sides)}), "Crop"
    if axes == 2:
        (_, height), (_, width) = sides
        yield ("Resizing", {"height": height, "width": width}), "Resize"


def _one(sizes: list[int] | list[int | None]) -> JsonValue:
    """One number where all are equal. UpSampling1D and the like take it as well as a list."""
    return sizes[0] if len(set(sizes)) == 1 else cast(list[JsonValue], list(sizes))


def _margins(sides: list[tuple[int, int]]) -> JsonValue:
    """What is put on, or cut off, before and behind each axis: the odd one behind."""
    missing = [abs(there - here) for here, there in sides]
    pairs = [[gap // 2, gap - gap // 2] for gap in missing]
    return cast(JsonValue, pairs[0] if len(pairs) == 1 else pairs)


RESIZING = Proposer(_propose)
