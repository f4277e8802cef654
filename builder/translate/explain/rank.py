"""The layer wants another number of axes: rows, sequences, images or volumes."""

import math

from builder.catalog import lookup
from builder.translate.faults import Fault, Rule, Words, came_in
from builder.translate.specs import Dim, shape_words

_KINDS = {
    1: "single numbers",
    2: "rows of numbers",
    3: "sequences (steps × features)",
    4: "images (height × width × channels)",
    5: "volumes (three lengths × channels)",
    6: "sequences of volumes",
}


def _explain(fault: Fault) -> Words | None:
    wanted = _wanted(fault)
    if wanted is None or not fault.incoming:
        return None
    kind = _KINDS.get(wanted, f"arrays with {wanted - 1} axes")
    if _reads_text(fault.type):
        kind = {1: "single texts", 2: "rows of text"}.get(wanted, kind)
    message = f"{fault.node} needs {kind}; {came_in(fault.incoming[:1])} came in."
    return Words(message, _fix(fault.incoming[0].sample, wanted))


def _reads_text(kind: str) -> bool:
    spec = lookup.layer(kind)
    return spec is not None and spec.dtype == "string"


def _wanted(fault: Fault) -> int | None:
    ours = fault.found(r"Rank: (\d*),(\d*)")
    if ours:
        low, high = (int(part) if part else None for part in ours.groups())
        return low if low is not None and len(fault.incoming[0].shape) < low else high
    keras = fault.found(r"expected (?:min_|max_)?ndim=(\d+), found ndim=\d+")
    return int(keras.group(1)) if keras else None


def _fix(shape: tuple[Dim, ...], wanted: int) -> str:
    """What to put in between."""
    if wanted == 2:
        return "Insert Flatten."
    if wanted - 1 == len(shape) + 1:
        return f"Insert Reshape to {shape_words((*shape, 1))}."
    side = math.isqrt(shape[0]) if len(shape) == 1 and shape[0] else 0
    if wanted == 4 and side and side * side == shape[0]:
        return f"Insert Reshape to {side}×{side}×1."
    return "Insert Reshape."


RANK = Rule(10, _explain)
