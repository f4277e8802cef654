"""How strongly is a network held back from learning by heart, and how is that changed?

Dropout rates, the L2 strength of all kernels, and layers that vary the input: each read from a design and written into
it by the design's own edits, wherever the layers are nested.
"""

from collections.abc import Iterator
from math import isfinite

from builder.catalog import lookup
from builder.design import edits
from builder.design.document import Design, Node, Params

DROPOUTS = frozenset(
    {"Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout"}
)
_VARYING = frozenset({"RandAugment", "AugMix"})
KERNELS = {
    "kernel_regularizer": "kernel",
    "recurrent_regularizer": "recurrent_kernel",
    "depthwise_regularizer": "depthwise_kernel",
    "pointwise_regularizer": "pointwise_kernel",
    "embeddings_regularizer": "embeddings",
}
"""Arguments that hold kernels back, with the name of the weight."""


def placed(design: Design, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Every node with the path of the blocks that it is in, those of nested networks behind their block."""
    for node in design.nodes:
        yield path, node
        if node.graph is not None:
            yield from placed(node.graph, (*path, node.id))


def dropout_rates(design: Design) -> dict[str, float]:
    """`{"block/drop": 0.5}`: the rate of each layer that blanks out values, by its path from outside."""
    return {
        "/".join((*path, node.id)): rate
        for path, node in placed(design)
        if node.type in DROPOUTS
        and (rate := _number(node.params.get("rate"))) is not None
        and not node.bypass
    }


def with_dropout(design: Design, rate: float, only: str | None = None) -> Design:
    """Every dropout layer at this rate (from 0, below 1), or `only` the one at this path."""
    for path in dropout_rates(design):
        if only in (None, path):
            design = _set(design, path, {"rate": rate})
    return design


def l2_strength(design: Design) -> float:
    """The largest L2 strength on any kernel; 0 where there is none."""
    found = (_l2(node.params.get(name)) for _, node in placed(design) for name in KERNELS)
    return max(found, default=0.0)


def l2_by_node(design: Design) -> dict[str, dict[str, float]]:
    """`{"block/hidden": {"kernel_regularizer": 0.01}}`: every kernel that is under L2 (0: it is not) or can be."""
    found: dict[str, dict[str, float]] = {}
    for path, node in placed(design):
        spec = lookup.layer(node.type)
        taken = {parameter.name for parameter in spec.params} if spec and not node.bypass else set()
        strengths = {
            name: _l2(node.params.get(name)) for name in KERNELS if name in taken and _is_free(node, name)
        }
        if strengths:
            found["/".join((*path, node.id))] = strengths
    return found


def with_l2(design: Design, strength: float, only: str | None = None) -> Design:
    """Every kernel, or those of `only` the layer at this path, under L2 of this strength; 0 takes it away.

    Regularizers of other kinds stay as they are.
    """
    for path, strengths in l2_by_node(design).items():
        for name in strengths if only in (None, path) else ():
            value: Params = {name: {"type": "L2", "params": {"l2": strength}}} if strength else {}
            design = _set(design, path, value, () if strength else (name,))
    return design


def _is_free(node: Node, name: str) -> bool:
    """Whether there is no regularizer of another kind."""
    given = node.params.get(name)
    return given is None or bool(_l2(given))


def augmenting(design: Design) -> list[str]:
    """Paths of the layers that vary the input while training."""
    here = [
        node.id
        for node in design.nodes
        if not node.bypass
        and (node.type.startswith("Random") or node.type in _VARYING)
        and design.into(node.id)
    ]
    nested = [f"{node.id}/{inner}" for node in design.nodes if node.graph for inner in augmenting(node.graph)]
    return here + nested


def without_augmentation(design: Design) -> Design:
    """The design in which layers that vary the input let it pass."""
    for path in augmenting(design):
        *blocks, node_id = path.split("/")
        design = edits.apply(design, edits.inside(tuple(blocks), edits.SetBypass(ids=(node_id,))))
    return design


def _set(design: Design, path: str, params: Params, reset: tuple[str, ...] = ()) -> Design:
    *blocks, node_id = path.split("/")
    edit = edits.SetParams(id=node_id, params=params, reset=reset)
    return edits.apply(design, edits.inside(tuple(blocks), edit))


def _l2(value: object) -> float:
    """The strength of an L2 regularizer; 0 for anything else. Keras' own default is 0.01."""
    if value in ("l2", "L2"):
        return 0.01
    match value:
        case {"type": "L2", "params": {"l2": int() | float() as strength}}:
            return float(strength)
        case {"type": "L2"}:
            return 0.01
    return 0.0


def _number(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return float(value)
    return None
