"""Which arguments can be left out? Those without which Keras makes the very same layer; that is tried, not assumed."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from builder.catalog.spec import LayerSpec
from builder.translate import objects
from builder.translate.ghost_scope import ghost_scope

Params = Mapping[str, JsonValue]


def needed(spec: LayerSpec, params: Params) -> dict[str, JsonValue]:
    """The arguments that make a difference.

    Looking like the default is not enough (`MaxPooling2D(3, strides=2)`: strides defaults to the pool size): the
    layer is made without them, its configuration compared, and what differs is put back.
    """
    params = objects.taken(spec, params)
    defaults = {each.name: each.default for each in spec.params if not each.required}
    likely = {
        name: value
        for name, value in params.items()
        if name not in defaults or not _alike(defaults[name], value)
    }
    if len(likely) == len(params):
        return dict(params)
    wanted = _config(spec, params)
    for name in params:
        if name not in likely and _config(spec, _restored(params, likely, name)) != _config(spec, likely):
            likely[name] = params[name]
    kept = {name: value for name, value in params.items() if name in likely}
    return kept if wanted is not None and _config(spec, kept) == wanted else dict(params)


def _alike(default: JsonValue, value: JsonValue) -> bool:
    """Whether a value may well be the default: `2` is what `[2, 2]` is."""
    return default == value or (
        isinstance(default, list) and bool(default) and all(each == value for each in default)
    )


def _restored(params: Params, likely: Params, name: str) -> dict[str, JsonValue]:
    return {each: value for each, value in params.items() if each in likely or each == name}


def _config(spec: LayerSpec, params: Params) -> Any:
    """The configuration of the layer with these arguments; None where it cannot be made."""
    from builder.translate.keras_model import assemble_design

    try:
        with ghost_scope():
            return objects.layer(spec, params, "layer", assemble_design).get_config()
    except Exception:
        return None
