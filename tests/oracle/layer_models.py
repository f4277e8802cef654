"""How is a layer made from a document's values, and trained for one step?"""

from collections.abc import Mapping

import numpy as np

from builder.catalog.lookup import catalog, layer
from builder.catalog.spec import LayerSpec


def start_params(spec: LayerSpec) -> dict[str, object]:
    """What a node of this type holds when it has just been dropped."""
    return {param.name: param.start for param in spec.params if param.start is not None}


def start_args(spec: LayerSpec) -> dict[str, object]:
    """The call arguments of such a node; a key is read as an index."""
    from builder.translate.indexing import parsed

    given = {param.name: param.start for param in spec.args if param.start is not None}
    return {name: parsed(str(value)) if name == "key" else value for name, value in given.items()}


def made(type_name: str, params: Mapping[str, object]) -> object:
    """The Keras layer with these constructor arguments; nested objects are made first."""
    import keras

    spec = layer(type_name)
    groups = {param.name: param.group for param in spec.params} if spec else cell_groups(type_name)
    made_of = {name: _value(groups.get(name, ""), value) for name, value in params.items()}
    return getattr(keras.layers, type_name)(**made_of)


def cell_groups(type_name: str) -> dict[str, str]:
    found = next(spec for spec in catalog().objects if spec.type == type_name and spec.group == "cell")
    return {param.name: param.group for param in found.params}


def _value(group: str, value: object) -> object:
    import keras

    if group == "cells":
        return [_value("cell", part) for part in value]
    if not group or not isinstance(value, dict):
        return value
    if group in ("layer", "cell"):
        return made(value["type"], value.get("params", {}))
    module = {
        "initializer": keras.initializers,
        "regularizer": keras.regularizers,
        "constraint": keras.constraints,
    }[group]
    return getattr(module, value["type"])(**value.get("params", {}))


def call(spec: LayerSpec, function: object, tensors: list[object], args: Mapping[str, object]) -> object:
    """Calls a layer or operation with its tensors in the order of the ports that must be wired."""
    rest = list(tensors)
    named: dict[str, object] = {}
    for port in spec.inputs:
        if not port.optional:
            named[port.name] = rest if port.many else rest.pop(0)
    first, *others = named.values()
    return function(first, *others, **args)


def model_of(
    spec: LayerSpec, values: list[np.ndarray], params: Mapping[str, object]
) -> tuple[object, object]:
    """A model of inputs, the layer, and one dense output, with the layer itself (None for an operation)."""
    import keras

    inputs = [keras.Input(value.shape[1:], dtype=_dtype(value)) for value in values]
    function = getattr(keras.ops, spec.type[4:]) if spec.category == "ops" else made(spec.type, params)
    output = keras.tree.flatten(call(spec, function, inputs, start_args(spec)))[0]
    flat = keras.layers.Flatten()(keras.ops.cast(output, "float32"))
    model = keras.Model(inputs, keras.layers.Dense(1)(flat))
    return model, None if spec.category == "ops" else function


def train_once(model: object, values: list[np.ndarray]) -> float:
    """The loss of one training step on these values, in graph mode as in real training."""
    model.compile("sgd", "mse", jit_compile=False)
    return float(model.train_on_batch(tensors(values), np.ones((len(values[0]), 1), "float32")))


def tensors(values: list[np.ndarray]) -> object:
    """What a model of these inputs is called with."""
    import tensorflow as tf

    made_of = [tf.constant(value.tolist() if value.dtype == object else value) for value in values]
    return made_of if len(made_of) > 1 else made_of[0]


def _dtype(value: np.ndarray) -> str:
    return "string" if value.dtype == object else str(value.dtype)
