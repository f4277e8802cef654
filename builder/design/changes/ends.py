"""What does the network give out? The list of its outputs, or their names."""

from typing import Literal

from builder.design.changes.kind import EditKind, changed, known
from builder.design.document import Design, References
from builder.errors import EditRefused


class SetOutputs(EditKind):
    """Say what the network gives out: `id` or `id:port` in order, or by name; None: decided from the drawing."""

    kind: Literal["set_outputs"] = "set_outputs"
    outputs: References | None = None


def set_outputs(design: Design, edit: SetOutputs) -> Design:
    """The design with these outputs; refuses unknown layers and one that is named twice. None of them: None."""
    outputs = edit.outputs
    listed = list(outputs.values() if isinstance(outputs, dict) else outputs or ())
    for reference in listed:
        known(design, reference.partition(":")[0])
        if listed.count(reference) > 1:
            raise EditRefused(f"{reference} is an output already.")
    return changed(design, outputs=outputs or None)
