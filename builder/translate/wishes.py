"""Which tensor would have to have which shape? What a join, a nested network or a shared layer wishes to come in."""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.catalog import lookup
from builder.design import order
from builder.design.document import Design
from builder.translate.report import Shape
from builder.translate.scene import Arriving, Scene, nested

ELEMENTWISE = frozenset(
    (
        "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "ops.add", "ops.subtract", "ops.multiply",
        "ops.divide", "ops.power", "ops.maximum", "ops.minimum", "ops.stack",
    )
)  # fmt: skip
MOST = 4
"""Wishes of a join of which all inputs differ."""
ATTENDING = frozenset(("Attention", "AdditiveAttention"))


@dataclass(frozen=True, slots=True)
class Wish:
    """One tensor, and the shape that would go through."""

    came: Arriving
    shape: Shape
    """Without batch."""
    by: str | None = None
    """The node whose output has that shape; None: a layer was made for it."""
    is_shortcut: bool = False
    """The tensor leaves the main line early and joins it again: what is put there changes least."""

    @property
    def had(self) -> Shape:
        """The shape that came, without batch."""
        return self.came.shape or ()


def wishes(scene: Scene) -> Iterator[Wish]:
    """Every single change of a shape that would make this call go through, the least drastic first."""
    if scene.node is None or scene.issue.code != "shape_mismatch":
        return
    if scene.holder is not None and scene.holder.type == "Model":
        yield from _of_nested(scene)
    elif len(scene.incoming) > 1:
        yield from sorted(_of_join(scene), key=lambda wish: not wish.is_shortcut)
    elif scene.node.type == "Call":
        yield from _of_shared(scene)


def _of_join(scene: Scene) -> list[Wish]:
    """One input that differs, brought to what the others have; where these differ too, it takes several steps."""
    found = [wish for came in scene.incoming if came.shape is not None for wish in _of_one(scene, came)]
    enough = [wish for wish in found if _suits_all(scene, wish)]
    return enough or found[:MOST]


def _of_one(scene: Scene, came: Arriving) -> Iterator[Wish]:
    others = [other for other in scene.incoming if other is not came and other.shape is not None]
    shapes = {_beside(scene, came, other): other.edge.source for other in reversed(others)}
    for shape, by in shapes.items():
        if shape is not None and shape != came.shape:
            yield Wish(came, shape, by, _is_shortcut(scene.graph, came.edge.source, by))


def _suits_all(scene: Scene, wish: Wish) -> bool:
    others = (other for other in scene.incoming if other is not wish.came and other.shape is not None)
    return all(_beside(scene, wish.came, other) in (wish.shape, None) for other in others)


def _beside(scene: Scene, came: Arriving, other: Arriving) -> Shape | None:
    """The shape that `came` would need to go with `other`."""
    here, there = came.shape or (), other.shape or ()
    if scene.type in ELEMENTWISE:
        return there
    if scene.type in ("Concatenate", "ops.concatenate"):
        return _joined(scene, here, there)
    if scene.type in ATTENDING:
        return (*here[:-1], there[-1]) if here and there else None
    if scene.type == "Dot":
        return _multiplied(scene, came, here, there)
    if scene.type == "ops.matmul" and len(here) > 1 and len(there) > 1:
        first = came is scene.incoming[0]
        return (*here[:-1], there[-2]) if first else (*here[:-2], there[-1], here[-1])
    return None


def _joined(scene: Scene, here: Shape, there: Shape) -> Shape | None:
    """All lengths but that of the joined axis."""
    held = {**(scene.holder.params if scene.holder else {}), **(scene.node.args if scene.node else {})}
    axis = held.get("axis", -1)
    at = axis - 1 if isinstance(axis, int) and axis > 0 else axis
    if not isinstance(at, int) or not -len(there) <= at < len(there):
        return None
    at %= len(there)
    if len(here) != len(there):
        return there
    return (*there[:at], here[at], *there[at + 1 :])


def _multiplied(scene: Scene, came: Arriving, here: Shape, there: Shape) -> Shape | None:
    axes = scene.holder.params.get("axes", -1) if scene.holder else -1
    pair = axes if isinstance(axes, list) else [axes, axes]
    mine, others = pair if came is scene.incoming[0] else reversed(pair)
    if not isinstance(mine, int) or not isinstance(others, int):
        return None
    if max(mine, others) > min(len(here), len(there)) or 0 in (mine, others):
        return None
    at, wanted = (mine - 1 if mine > 0 else mine), there[others - 1 if others > 0 else others]
    at %= len(here)
    return (*here[:at], wanted, *here[at + 1 :])


def _is_shortcut(graph: Design, source: str, other: str) -> bool:
    return other in order.downstream(graph, source)


def _of_nested(scene: Scene) -> Iterator[Wish]:
    """What each input of a nested network was drawn for."""
    for inner_id, came in inner_inputs(scene):
        path = f"{scene.prefix}{scene.holder.id if scene.holder else ''}/{inner_id}"
        found = scene.report.nodes.get(path)
        shape = None if found is None or found.shape is None else found.shape
        wanted = tuple(length for length in shape or () if not isinstance(length, tuple))
        if shape is not None and came.shape is not None and wanted != came.shape:
            yield Wish(came, wanted)


def inner_inputs(scene: Scene) -> list[tuple[str, Arriving]]:
    """The inputs inside a nested network, each with what comes into it."""
    if scene.node is None or scene.holder is None:
        return []
    graph = scene.holder.graph or nested(scene.graph, (scene.holder.id,))
    return list(zip(order.input_ids(graph), scene.incoming, strict=False)) if graph else []


def _of_shared(scene: Scene) -> Iterator[Wish]:
    """What the layer was first called with."""
    first = scene.into(scene.holder.id) if scene.holder else ()
    for made_for, came in zip(first, scene.incoming, strict=False):
        if made_for.shape is not None and came.shape is not None and made_for.shape != came.shape:
            yield Wish(came, made_for.shape)


def _read_backwards(scene: Scene, axes: int) -> int | None:
    """What the layer inside takes: a sequence of rows, or of images for a convolving one."""
    inner = scene.holder.params.get("layer") if scene.holder else None
    spec = lookup.layer(str(inner.get("type"))) if isinstance(inner, dict) else None
    return spec.max_rank - 1 if spec and spec.max_rank and axes > spec.max_rank - 1 else None


def wanted_axes(scene: Scene) -> int | None:
    """How many axes one row must have, where the layer cannot take as many as came; None: that is not the fault."""
    spec, came = scene.spec, scene.incoming
    if spec is None or not came or came[0].shape is None:
        return None
    axes = len(came[0].shape)
    if scene.type == "Bidirectional" and axes > 2:
        return _read_backwards(scene, axes)
    if spec.min_rank is not None and axes < spec.min_rank - 1:
        return spec.min_rank - 1
    if spec.max_rank is not None and axes > spec.max_rank - 1:
        return spec.max_rank - 1
    return None
