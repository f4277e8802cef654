"""How do layers that learn from data before training (Normalization and its kin) get to see the training rows?"""

from typing import TYPE_CHECKING, Any

from builder.translate.needs import FITTED_BY

if TYPE_CHECKING:
    import keras

Nest = Any


def adapt(model: "keras.Model", x: Nest) -> None:
    """Show the training rows to every layer that has not learned from data yet, in order, nested networks too.

    Args:
        model: Built, not compiled.
        x: The training inputs, nested as the model takes them; numpy arrays.
    """
    import keras

    for layer in model.layers:
        if _is_unadapted(layer):
            layer.adapt(_reaching(model, layer, x))
        elif isinstance(layer, keras.Model) and any(map(_is_unadapted, layer._flatten_layers())):
            adapt(layer, _reaching(model, layer, x))


def _is_unadapted(layer: Any) -> bool:
    """A layer that learns from data and was not given what it would learn as an argument."""
    given_by = FITTED_BY.get(type(layer).__name__)
    return given_by is not None and layer.get_config().get(given_by) is None


def _reaching(model: "keras.Model", layer: Any, x: Nest) -> Nest:
    """What arrives at the first call of `layer` when `x` goes into `model`."""
    import keras

    arriving = layer._inbound_nodes[0].arguments.args[0]
    for given, tensor in zip(keras.tree.flatten(x), model.inputs, strict=True):
        if arriving is tensor:
            return given
    return keras.tree.map_structure(
        keras.ops.convert_to_numpy,
        keras.Model(model.inputs, arriving).predict(keras.tree.flatten(x), verbose=0),
    )
