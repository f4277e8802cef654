"""What does each layer give while rows go through the network? Heard at the layer itself, also inside nested networks.

For the time of one pass the `call` of each layer is overlaid by one that notes what it gives. The overlay lies in the
instance alone and is taken off again, so that the model, its graph and its files stay as they are.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from enum import Enum
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras

Heard = dict[str, Any]
"""What a layer gave, by path; of several calls the first, of several outputs the first."""


class Ending(Enum):
    """With what a layer ends, as far as its units can fail by it."""

    RELU = "relu"
    """0 for all that is negative: a unit can die."""
    TANH = "tanh"
    SIGMOID = "sigmoid"
    OTHER = "other"


_BY_NAME = {"relu": Ending.RELU, "relu6": Ending.RELU, "tanh": Ending.TANH, "sigmoid": Ending.SIGMOID}
_GATED = ("recurrent_activation",)
"""Layers with gates give a product: what it is squashed by cannot be read off it."""


def layers_by_path(model: "keras.Model", prefix: str = "") -> dict[str, Any]:
    """All layers by full path, those in nested networks in place of these: `block/conv`."""
    import keras

    found: dict[str, Any] = {}
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            found |= layers_by_path(layer, f"{prefix}{layer.name}/")
        else:
            found.setdefault(f"{prefix}{layer.name}", layer)
    return found


def ending(layer: Any) -> Ending:
    """With what this layer ends; leaky and smooth ones are `OTHER`, because their units go on learning."""
    import keras

    if isinstance(layer, keras.layers.ReLU):
        flat = not layer.negative_slope and not layer.threshold
        return Ending.RELU if flat else Ending.OTHER
    if any(hasattr(layer, name) for name in _GATED):
        return Ending.OTHER
    activation = getattr(layer, "activation", None)
    return _BY_NAME.get(getattr(activation, "__name__", ""), Ending.OTHER)


def unit_axis(layer: Any) -> int:
    """Along which axis of the output the units lie."""
    return 1 if getattr(layer, "data_format", None) == "channels_first" else -1


class Listening:
    """Hears what these layers give."""

    def __init__(self, layers: Mapping[str, Any]) -> None:
        self._layers = layers

    @contextmanager
    def heard(self) -> Iterator[Heard]:
        """Within it, every pass through the model fills the dict."""
        outputs: Heard = {}
        with ExitStack() as overlays:
            for path, layer in self._layers.items():
                overlays.enter_context(_overlaid(path, layer, outputs))
            yield outputs


@contextmanager
def _overlaid(path: str, layer: Any, outputs: Heard) -> Iterator[None]:
    import keras

    plain = layer.call

    @wraps(plain)
    def call(*args: Any, **kwargs: Any) -> Any:
        given = plain(*args, **kwargs)
        tensors = [part for part in keras.tree.flatten(given) if keras.ops.is_tensor(part)]
        if tensors:
            outputs.setdefault(path, tensors[0])
        return given

    vars(layer)["call"] = call  # past Keras' own __setattr__, which tracks what belongs to a layer
    try:
        yield
    finally:
        del vars(layer)["call"]
