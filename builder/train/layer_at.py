"""Which layer of a model is a node of its design?"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras


def layer_at(model: "keras.Model", path: str) -> Any | None:
    """The layer of the node at `path` (`block/hidden`); None where the node is not part of the model."""
    found: Any = model
    for name in path.split("/"):
        inner = [layer for layer in getattr(found, "layers", ()) if layer.name == name]
        if not inner:
            return None
        found = inner[0]
    return found
