"""How do plain JSON arguments become Keras objects? Names from closed sets, plain constructors, no look-up by path."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import JsonValue

from builder.catalog import lookup
from builder.catalog.spec import LayerSpec, ObjectSpec, ParamSpec
from builder.design.document import Design

Assemble = Callable[[Design], Any]
"""Makes a `keras.Model` of a nested design."""


def layer(spec: LayerSpec, params: Mapping[str, JsonValue], name: str | None, assemble: Assemble) -> Any:
    """The Keras layer of this type with these arguments; raises whatever Keras raises."""
    import keras

    made = arguments(spec.params, taken(spec, params), assemble)
    return getattr(keras.layers, spec.type)(**made, **({"name": name} if name else {}))


def taken(spec: LayerSpec | ObjectSpec, params: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    """Without `trainable` where Keras' constructor does not know it: such a layer has nothing to train."""
    if not isinstance(spec, LayerSpec) or spec.takes_trainable or "trainable" not in params:
        return params
    return {name: value for name, value in params.items() if name != "trainable"}


def arguments(
    specs: tuple[ParamSpec, ...], params: Mapping[str, JsonValue], assemble: Assemble
) -> dict[str, Any]:
    """Constructor arguments with nested layers, cells, initializers and the like as objects."""
    groups = {param.name: param.group for param in specs}
    return {name: _value(groups.get(name, ""), value, assemble) for name, value in params.items()}


def _value(group: str, value: JsonValue, assemble: Assemble) -> Any:
    if isinstance(value, list):
        return [_value(group, part, assemble) for part in value]
    if group and isinstance(value, dict):
        return _object(group, value, assemble)
    return copy.deepcopy(value)


def _object(group: str, value: Mapping[str, JsonValue], assemble: Assemble) -> Any:
    if value.get("type") == "Model":
        return assemble(Design.model_validate(value.get("graph")))
    params = value.get("params") or {}
    if not isinstance(params, dict):
        raise ValueError("params must be an object")
    found = _known(group, str(value.get("type")))
    return getattr(_module(group), found.type)(**arguments(found.params, taken(found, params), assemble))


def _known(group: str, name: str) -> LayerSpec | ObjectSpec:
    """The named object, if it is on the list of what is allowed."""
    if group == "layer":
        found: LayerSpec | ObjectSpec | None = lookup.layer(name)
    else:
        found = lookup.named_object("cell" if group == "cells" else group, name)
    if found is None or group == "activation":
        raise ValueError(f"there is no {group} called {name}")
    return found


def _module(group: str) -> Any:
    import keras

    modules = {
        "initializer": keras.initializers,
        "regularizer": keras.regularizers,
        "constraint": keras.constraints,
    }
    return modules.get(group, keras.layers)
